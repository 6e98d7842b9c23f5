#include "study/catalogue.h"

#include <map>

#include "io/layer_definition.h"

namespace quartier::study {

std::vector<LayerSummary> layer_summaries(const std::vector<std::filesystem::path>& folders) {
  std::map<std::string, LayerSummary> found;
  for (const auto& folder : folders) {
    for (const io::LayerDefinition& layer : io::list_layer_definitions(folder)) {
      found.try_emplace(layer.id, LayerSummary{layer.id, std::string(io::name_of(layer.kind)),
                                               layer.title, layer.publisher, layer.licence});
    }
  }
  std::vector<LayerSummary> summaries;
  summaries.reserve(found.size());
  for (auto& [id, summary] : found) summaries.push_back(std::move(summary));
  return summaries;
}

}  // namespace quartier::study
