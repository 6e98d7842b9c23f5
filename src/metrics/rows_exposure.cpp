#include "metrics/composition.h"
#include "metrics/exposure.h"
#include "metrics/rows.h"

namespace quartier::metrics::rows {
namespace {

CityValue isolation(const MetricInput& in) {
  const std::vector<ColumnRef> columns = group_and_everyone(in);
  CityValue result =
      city_index(in, columns, [](GroupColumns c) { return isolation_index(c[0], c[1]); });
  set_expected(in, columns, result, [](GroupColumns c) { return metrics::city_share(c[0], c[1]); });
  return result;
}

CityValue interaction(const MetricInput& in) {
  std::vector<ColumnRef> columns = group_and_reference(in);
  columns.push_back({0, false});
  CityValue result =
      city_index(in, columns, [](GroupColumns c) { return interaction_index(c[0], c[1], c[2]); });
  set_expected(in, columns, result, [](GroupColumns c) { return metrics::city_share(c[1], c[2]); });
  return result;
}

CityValue isolation_without_self(const MetricInput& in) {
  return city_index(in, group_and_everyone(in),
                    [](GroupColumns c) { return metrics::isolation_without_self(c[0], c[1]); });
}

CityValue correlation_ratio(const MetricInput& in) {
  return pair_index(in, metrics::correlation_ratio);
}

CityValue multigroup_normalised_exposure(const MetricInput& in) {
  return city_index(in, whole_partition(in), normalised_exposure);
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "isolation",
     .label = "Isolation index (xPx)",
     .symbol = "xPx",
     .family = "exposure",
     .unit = "share",
     .needs = group,
     .source = "Bell 1954",
     .meaning = "Share of the own group in the district of its average member.",
     .city = isolation},
    {.id = "isolation_without_self",
     .label = "Isolation without the own presence (xPx)",
     .symbol = "xPx - self",
     .family = "exposure",
     .unit = "share",
     .needs = group,
     .on_request = true,
     .source = "Bell 1954",
     .meaning = "Share of the own group among the neighbours of its average member.",
     .city = isolation_without_self},
    {.id = "interaction",
     .label = "Interaction index (xPy)",
     .symbol = "xPy",
     .family = "exposure",
     .unit = "share",
     .needs = pair,
     .source = "Bell 1954",
     .meaning = "Share of the reference in the district of an average member of the group.",
     .city = interaction},
    {.id = "correlation_ratio",
     .label = "Correlation ratio (V)",
     .symbol = "V",
     .family = "exposure",
     .unit = "index",
     .needs = pair,
     .source = "Bell 1954",
     .meaning = "Isolation beyond what the size of the group brings, as a share of what it could "
                "bring.",
     .city = correlation_ratio},
    {.id = "multigroup_normalised_exposure",
     .label = "Normalised exposure of all groups (P)",
     .symbol = "P*",
     .family = "exposure",
     .unit = "index",
     .needs = all_groups,
     .on_request = true,
     .source = "James 1986",
     .meaning = "Correlation ratios of each group against the rest, weighted by the size of the "
                "groups.",
     .city = multigroup_normalised_exposure},
});

}  // namespace

std::span<const MetricEntry> exposure() { return table; }

}  // namespace quartier::metrics::rows
