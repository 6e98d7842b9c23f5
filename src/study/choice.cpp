#include "study/choice.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace quartier::study {
namespace {

bool holds(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::string way_out_of(const std::string& word, const std::vector<std::string>& known,
                       const std::string& otherwise) {
  const std::string near = nearest_word(word, known);
  return near.empty() ? otherwise : "did you mean '" + near + "'?";
}

}  // namespace

bool MetricChoice::wants(const metrics::MetricEntry& entry) const {
  if (none) return false;
  if (all || holds(metrics, entry.id) || holds(families, entry.family)) return true;
  return metrics.empty() && families.empty() && !entry.on_request;
}

bool MetricChoice::wants_service(std::string_view id) const {
  return services.empty() || holds(services, id);
}

bool MetricChoice::names_scenario(std::string_view id) const { return holds(scenarios, id); }

void check(const MetricChoice& choice, metrics::Scope scope) {
  std::vector<std::string> ids;
  for (const metrics::MetricEntry& entry : metrics::metric_table()) ids.emplace_back(entry.id);
  for (const std::string& id : choice.metrics) {
    const metrics::MetricEntry* entry = metrics::find_metric(id);
    if (entry == nullptr) {
      throw InputError("there is no metric '" + id + "'",
                       way_out_of(id, ids, "`quartier list metrics` shows what there is"));
    }
    if (entry->scope != scope) {
      throw InputError(
          "'" + id + "' has " +
              (scope == metrics::Scope::city ? "a value for each district, not for the city"
                                             : "a value for the city, not for each district"),
          scope == metrics::Scope::city ? "write the districts' values with --local"
                                        : "leave --local out");
    }
  }
  std::vector<std::string> families;
  for (const metrics::MetricFamily& family : metrics::metric_families()) {
    families.emplace_back(family.id);
  }
  for (const std::string& id : choice.families) {
    if (holds(families, id)) continue;
    throw InputError("there is no family '" + id + "'",
                     way_out_of(id, families, "there is: " + joined(families, ", ")));
  }
}

}  // namespace quartier::study
