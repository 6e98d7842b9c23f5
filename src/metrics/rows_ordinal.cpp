#include "metrics/ordinal.h"
#include "metrics/rows.h"

namespace quartier::metrics::rows {
namespace {

/// "primary < secondary < tertiary", the order that the index takes the groups in.
std::string order_of(const MetricInput& in, const std::vector<ColumnRef>& columns) {
  std::string order;
  for (const ColumnRef& column : columns) {
    if (!order.empty()) order += " < ";
    order += in.groups->nodes[column.node].label;
  }
  return order;
}

CityValue ordinal(const MetricInput& in, OrdinalSpread spread) {
  const std::vector<ColumnRef> columns = whole_partition(in);
  CityValue result =
      city_index(in, columns, [&](GroupColumns c) { return ordinal_segregation(c, spread); });
  add_parameter(result.parameters, "groups", order_of(in, columns));
  return result;
}

CityValue ordinal_entropy(const MetricInput& in) { return ordinal(in, OrdinalSpread::entropy); }

CityValue ordinal_variation(const MetricInput& in) { return ordinal(in, OrdinalSpread::variation); }

CityValue ordinal_square_root(const MetricInput& in) {
  return ordinal(in, OrdinalSpread::square_root);
}

CityValue ordinal_absolute(const MetricInput& in) { return ordinal(in, OrdinalSpread::absolute); }

CityValue rank_order(const MetricInput& in, RankOrderIndex index) {
  const std::vector<ColumnRef> columns = whole_partition(in);
  CityValue result = city_index(
      in, columns, [&](GroupColumns c) { return rank_order_segregation(c, index).index; });
  add_parameter(result.parameters, "groups", order_of(in, columns));
  if (!is_defined(result.value)) return result;
  with_readable(in, columns, [&](GroupColumns c) {
    const RankOrder fit = rank_order_segregation(c, index);
    add_parameter(result.parameters, "order", std::to_string(fit.order));
    if (fit.order >= usual_rank_order) return;
    add_reason(result.status, number_of(fit.percentiles.size(), "threshold", "thresholds") +
                                  " allow a polynomial of order " + std::to_string(fit.order));
  });
  return result;
}

CityValue rank_order_theil(const MetricInput& in) { return rank_order(in, RankOrderIndex::theil); }

CityValue rank_order_variation(const MetricInput& in) {
  return rank_order(in, RankOrderIndex::variation);
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "ordinal_entropy",
     .label = "Ordinal segregation, entropy",
     .symbol = "Λ1",
     .family = "ordinal",
     .unit = "index",
     .needs = all_groups,
     .on_request = true,
     .source = "Reardon 2009",
     .meaning = "How much less spread out over ordered groups the districts are than the city.",
     .city = ordinal_entropy},
    {.id = "ordinal_variation",
     .label = "Ordinal segregation, variation",
     .symbol = "Λ2",
     .family = "ordinal",
     .unit = "index",
     .needs = all_groups,
     .on_request = true,
     .source = "Reardon 2009",
     .meaning = "Ordinal segregation where the spread is the variance at each threshold.",
     .city = ordinal_variation},
    {.id = "ordinal_square_root",
     .label = "Ordinal segregation, square root",
     .symbol = "Λ3",
     .family = "ordinal",
     .unit = "index",
     .needs = all_groups,
     .on_request = true,
     .source = "Reardon 2009",
     .meaning = "Ordinal segregation where the spread is the standard deviation at each threshold.",
     .city = ordinal_square_root},
    {.id = "ordinal_absolute",
     .label = "Ordinal segregation, absolute",
     .symbol = "Λ4",
     .family = "ordinal",
     .unit = "index",
     .needs = all_groups,
     .on_request = true,
     .source = "Reardon 2009",
     .meaning = "Ordinal segregation where the spread is the distance from an even split.",
     .city = ordinal_absolute},
    {.id = "rank_order_theil",
     .label = "Rank-order entropy index (H^R)",
     .symbol = "H^R",
     .family = "ordinal",
     .unit = "index",
     .needs = all_groups,
     .lowest = -no_limit,
     .highest = no_limit,
     .on_request = true,
     .source = "Reardon & Bischoff 2011",
     .meaning = "Theil's index between those below and above each percentile, over all of them.",
     .city = rank_order_theil},
    {.id = "rank_order_variation",
     .label = "Rank-order variance ratio (R^R)",
     .symbol = "R^R",
     .family = "ordinal",
     .unit = "index",
     .needs = all_groups,
     .lowest = -no_limit,
     .highest = no_limit,
     .on_request = true,
     .source = "Reardon 2011",
     .meaning = "Variance ratio between those below and above each percentile, over all of them.",
     .city = rank_order_variation},
});

}  // namespace

std::span<const MetricEntry> ordinal() { return table; }

}  // namespace quartier::metrics::rows
