#include "metrics/boundaries.h"
#include "metrics/proximity_profile.h"
#include "metrics/space_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs pair_of_shapes{
    .group = true, .reference = true, .districts = true, .contiguity = true};
constexpr Needs group_on_graph{.group = true, .contiguity = true};

/// The parameters and cautions every index of this family has.
void finish(const MetricInput& in, CityValue& result, bool by_rule) {
  if (by_rule) {
    add_parameter(result.parameters, "contiguity", text_of(in.conventions.contiguity));
  }
  add_parameter(result.parameters, "empty_districts", text_of(in.conventions.empty_districts));
  explain(result, "no two districts that take part are neighbours");
}

CityValue contiguity_dissimilarity(const MetricInput& in) {
  const Contiguity& contiguity = contiguity_of(in);
  const Conventions& by = in.conventions;
  CityValue result = city_index(in, group_and_reference(in), [&](GroupColumns c) {
    return contiguity_adjusted_dissimilarity(c[0], c[1], contiguity, by.contiguity,
                                             by.empty_districts);
  });
  finish(in, result, true);
  return result;
}

CityValue order_dissimilarity(const MetricInput& in) {
  const Contiguity& contiguity = contiguity_of(in);
  const Conventions& by = in.conventions;
  const NeighbourOrders orders{.highest = by.neighbour_orders};
  CityValue result = city_index(in, group_and_reference(in), [&](GroupColumns c) {
    return order_adjusted_dissimilarity(c[0], c[1], contiguity, by.contiguity, orders,
                                        by.empty_districts);
  });
  add_parameter(result.parameters, "orders", std::to_string(orders.highest));
  add_parameter(result.parameters, "weight_of_order", "exp(1-k)");
  finish(in, result, true);
  return result;
}

CityValue boundary_dissimilarity(const MetricInput& in) {
  const Contiguity& contiguity = contiguity_of(in);
  CityValue result = city_index(in, group_and_reference(in), [&](GroupColumns c) {
    return boundary_adjusted_dissimilarity(c[0], c[1], contiguity, in.conventions.empty_districts);
  });
  finish(in, result, false);
  return result;
}

CityValue shape_dissimilarity(const MetricInput& in) {
  const Contiguity& contiguity = contiguity_of(in);
  const Districts& districts = districts_of(in);
  const Perimeter which = in.conventions.perimeter;
  const std::vector<double> perimeter =
      which == Perimeter::full ? districts.perimeter_m : interior_perimeters(contiguity);
  CityValue result = city_index(in, group_and_reference(in), [&](GroupColumns c) {
    return shape_adjusted_dissimilarity(c[0], c[1], contiguity, districts.area_m2, perimeter,
                                        in.conventions.empty_districts);
  });
  add_parameter(result.parameters, "perimeter", text_of(which));
  finish(in, result, false);
  return result;
}

CityValue proximity_profile(const MetricInput& in) {
  const Contiguity& contiguity = contiguity_of(in);
  const Conventions& by = in.conventions;
  const std::vector<ColumnRef> columns = group_and_everyone(in);
  std::uint64_t unjoined = 0;
  CityValue result = city_index(in, columns, [&](GroupColumns c) {
    const ProximityProfile profile = spatial_proximity_profile(
        c[0], c[1], contiguity, by.contiguity, by.concentration_thresholds);
    unjoined = profile.unreachable_pairs;
    return profile.index;
  });
  add_parameter(result.parameters, "contiguity", text_of(by.contiguity));
  add_parameter(result.parameters, "thresholds", std::to_string(by.concentration_thresholds));
  if (unjoined > 0) {
    add_reason(result.status,
               number_of(unjoined, "pair", "pairs") + " of districts that no way joins");
  }
  explain(result, "nobody but the group");
  return result;
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "contiguity_dissimilarity",
     .label = "Dissimilarity adjusted for contiguity (Morrill)",
     .symbol = "D(adj)",
     .family = "contiguity",
     .unit = "index",
     .needs = pair_across_boundaries,
     .lowest = -1.0,
     .spatial = true,
     .source = "Morrill 1991",
     .meaning = "Dissimilarity less the mean difference between neighbouring districts.",
     .city = contiguity_dissimilarity},
    {.id = "order_dissimilarity",
     .label = "Dissimilarity adjusted for neighbours of neighbours",
     .symbol = "D(adj,K)",
     .family = "contiguity",
     .unit = "index",
     .needs = pair_across_boundaries,
     .lowest = -no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Tivadar 2019",
     .meaning = "Dissimilarity less the mean differences between districts one, two and more steps "
                "apart, each counting less than the one before.",
     .city = order_dissimilarity},
    {.id = "boundary_dissimilarity",
     .label = "Dissimilarity adjusted for shared boundaries (Wong)",
     .symbol = "D(w)",
     .family = "contiguity",
     .unit = "index",
     .needs = pair_across_boundaries,
     .lowest = -1.0,
     .spatial = true,
     .on_request = true,
     .source = "Wong 1993",
     .meaning = "Dissimilarity less the mean difference across a metre of shared boundary.",
     .city = boundary_dissimilarity},
    {.id = "shape_dissimilarity",
     .label = "Dissimilarity adjusted for boundaries and shape (Wong)",
     .symbol = "D(s)",
     .family = "contiguity",
     .unit = "index",
     .needs = pair_of_shapes,
     .lowest = -1.0,
     .spatial = true,
     .on_request = true,
     .source = "Wong 1993",
     .meaning = "As D(w), with boundaries of compact districts counting less.",
     .city = shape_dissimilarity},
    {.id = "proximity_profile",
     .label = "Spatial proximity profile",
     .symbol = "SPP",
     .family = "contiguity",
     .unit = "index",
     .needs = group_on_graph,
     .lowest = -no_limit,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Hong & Sadahiro 2014",
     .meaning = "How near to each other the districts with high shares of the group lie, summed up "
                "over all shares.",
     .city = proximity_profile},
});

}  // namespace

std::span<const MetricEntry> contiguity() { return table; }

}  // namespace quartier::metrics::rows
