#include <array>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "metrics/clustering.h"
#include "metrics/composition.h"
#include "metrics/rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs group_in_space{.group = true, .weights = true};

constexpr std::array<std::string_view, 5> quadrant_names{"not significant", "high-high", "low-low",
                                                         "high-low", "low-high"};

std::string permutation_parameters(const MetricInput& in) {
  std::string parameters;
  add_parameter(parameters, "weights", in.weights_label);
  add_parameter(parameters, "permutations", std::to_string(in.permutations));
  add_parameter(parameters, "seed", std::to_string(in.seed));
  return parameters;
}

AssociationSettings settings_of(const MetricInput& in) {
  AssociationSettings settings;
  settings.permutations = in.permutations;
  settings.seed = in.seed;
  settings.stop_after = in.stop_after;
  settings.islands = in.conventions.islands;
  return settings;
}

const SpatialWeights& weights_of(const MetricInput& in) {
  expects(in.weights != nullptr, "metric: spatial weights");
  return *in.weights;
}

CityValue moran_i(const MetricInput& in) {
  const SpatialWeights& weights = weights_of(in);
  const std::vector<ColumnRef> columns = group_and_everyone(in);
  CityValue result = city_index(
      in, columns, [&](GroupColumns c) { return metrics::moran_i(shares(c[0], c[1]), weights); });
  result.parameters = permutation_parameters(in);
  if (!is_defined(result.value)) return result;
  with_readable(in, columns, [&](GroupColumns c) {
    const AssociationTest test = moran_test(shares(c[0], c[1]), weights, settings_of(in));
    result.p_value = test.p_value;
    result.expected = test.expected;
    if (test.island_count > 0) {
      add_reason(result.status, number_of(test.island_count, "district", "districts") +
                                    " without neighbours kept in n");
    }
    const std::size_t left_out = c[0].size() - test.district_count;
    if (left_out > 0) {
      add_reason(result.status, number_of(left_out, "district", "districts") + " without a share");
    }
  });
  return result;
}

DistrictValues local_moran(const MetricInput& in) {
  const SpatialWeights& weights = weights_of(in);
  DistrictValues result;
  result.values.assign(weights.size(), undefined);
  result.p_values.assign(weights.size(), undefined);
  result.categories.assign(weights.size(), 0);
  result.parameters = permutation_parameters(in);
  add_parameter(result.parameters, "level", exact_text(in.level));
  result.status = with_readable(in, group_and_everyone(in), [&](GroupColumns c) {
    LocalAssociation local = metrics::local_moran(shares(c[0], c[1]), weights, settings_of(in));
    const std::vector<Pattern> quadrants = significant_patterns(local, in.level);
    for (std::size_t i = 0; i < quadrants.size(); ++i) {
      result.categories[i] = static_cast<std::uint8_t>(quadrants[i]);
    }
    result.values = std::move(local.values);
    result.p_values = std::move(local.p_values);
  });
  return result;
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "moran_i",
     .label = "Moran's I",
     .symbol = "I",
     .family = "clustering",
     .unit = "index",
     .needs = group_in_space,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "Moran 1950",
     .meaning =
         "Whether districts with a high share of the group lie next to each other; near 0 is "
         "chance.",
     .city = moran_i},
    {.id = "local_moran",
     .label = "Local Moran",
     .symbol = "I_i",
     .family = "clustering",
     .unit = "index",
     .scope = Scope::district,
     .needs = group_in_space,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "Anselin 1995",
     .meaning = "Whether the district and its neighbours have like (above 0) or unlike shares.",
     .categories = quadrant_names,
     .districts = local_moran},
});

}  // namespace

std::span<const MetricEntry> clustering() { return table; }

}  // namespace quartier::metrics::rows
