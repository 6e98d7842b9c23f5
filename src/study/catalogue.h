#pragma once
/// What a study can be made of: the layer definitions that are installed.

#include <filesystem>
#include <string>
#include <vector>

namespace quartier::study {

struct LayerSummary {
  std::string id;
  std::string kind;
  std::string title;
  std::string publisher;
  std::string licence;
};

/// Every definition in `folders`, by id; of the same id the first folder's.
/// @throws InputError for a definition that cannot be read
std::vector<LayerSummary> layer_summaries(const std::vector<std::filesystem::path>& folders);

}  // namespace quartier::study
