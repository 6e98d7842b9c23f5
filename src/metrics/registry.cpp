#include "metrics/registry.h"

#include <array>

#include "metrics/rows.h"

namespace quartier::metrics {
namespace {

constexpr std::array<MetricFamily, 21> families{{
    {"composition", "Composition", "Who lives in each district and in the city, and how mixed."},
    {"evenness", "Evenness", "How differently groups are spread over the districts."},
    {"exposure", "Exposure", "Whom residents of a group meet in their own districts."},
    {"ordinal", "Ordered groups", "Evenness of groups that have an order, such as education."},
    {"local", "Local divergence", "How far a district or a group is from the city as a whole."},
    {"small_units", "Small units", "What chance alone brings, and indices of evenness without it."},
    {"inference", "Tests", "Whether an index, or its change, is more than chance."},
    {"environment", "Environments", "Segregation seen from what surrounds each district."},
    {"surface", "Surfaces", "Segregation of smoothed densities, and what it is made of."},
    {"decomposition", "Levels", "What lies between larger areas, and how much each person weighs."},
    {"change", "Change", "What became of segregation since an earlier date, and where."},
    {"proximity", "Proximity", "How close groups live to their own and to others, over distance."},
    {"contiguity", "Contiguity",
     "Evenness across boundaries: how sharply neighbouring districts differ."},
    {"concentration", "Concentration", "How little of the land a group lives on."},
    {"centralization", "Centralization",
     "How near to the centre, or round a district, a group lives."},
    {"clustering", "Clustering", "Whether neighbouring districts resemble each other."},
    {"access", "Access", "What the residents of a district can reach, and at what cost."},
    {"gaps", "Access gaps", "What a group can reach on average, compared with another."},
    {"gap_parts", "Parts of access gaps",
     "Whether a gap comes from where people live, where services are or how many share them."},
    {"inequality", "Inequality of access", "How unequally access is spread over people."},
    {"scenario", "Scenarios", "What a plan would change, and for whom."},
}};

std::vector<MetricEntry> whole_table() {
  std::vector<MetricEntry> table;
  for (const std::span<const MetricEntry> family :
       {rows::composition(), rows::evenness(),      rows::exposure(),       rows::ordinal(),
        rows::local(),       rows::small_units(),   rows::inference(),      rows::environment(),
        rows::surface(),     rows::decomposition(), rows::change(),         rows::proximity(),
        rows::contiguity(),  rows::concentration(), rows::centralization(), rows::clustering(),
        rows::access(),      rows::catchment(),     rows::congestion(),     rows::siting(),
        rows::composite(),   rows::gaps(),          rows::group_means(),    rows::gap_parts(),
        rows::inequality(),  rows::scenario()}) {
    table.insert(table.end(), family.begin(), family.end());
  }
  return table;
}

}  // namespace

std::string_view id_of(UnknownPolicy policy) {
  switch (policy) {
    case UnknownPolicy::left_out_of_sums:
      return "left_out_of_sums";
    case UnknownPolicy::district_left_out:
      return "district_left_out";
    case UnknownPolicy::index_undefined:
      break;
  }
  return "undefined";
}

std::optional<UnknownPolicy> unknown_policy_of(std::string_view id) {
  for (const UnknownPolicy policy :
       {UnknownPolicy::left_out_of_sums, UnknownPolicy::district_left_out,
        UnknownPolicy::index_undefined}) {
    if (id == id_of(policy)) return policy;
  }
  return std::nullopt;
}

std::span<const MetricEntry> metric_table() {
  static const std::vector<MetricEntry> table = whole_table();
  return table;
}

std::span<const MetricFamily> metric_families() { return families; }

std::string_view unit_of(const MetricEntry& entry, std::string_view way_unit) {
  return entry.needs.service && entry.unit == "m" ? way_unit : entry.unit;
}

const MetricEntry* find_metric(std::string_view id) {
  for (const MetricEntry& entry : metric_table()) {
    if (entry.id == id) return &entry;
  }
  return nullptr;
}

}  // namespace quartier::metrics
