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
    {.id = "interaction",
     .label = "Interaction index (xPy)",
     .symbol = "xPy",
     .family = "exposure",
     .unit = "share",
     .needs = pair,
     .source = "Bell 1954",
     .meaning = "Share of the reference in the district of an average member of the group.",
     .city = interaction},
});

}  // namespace

std::span<const MetricEntry> exposure() { return table; }

}  // namespace quartier::metrics::rows
