#include "metrics/rows_clustering.h"

#include <array>

#include "base/error.h"
#include "metrics/clustering.h"
#include "metrics/composition.h"
#include "metrics/geary.h"
#include "metrics/getis_ord.h"
#include "metrics/join_count.h"
#include "metrics/lee.h"
#include "metrics/moran_variants.h"

namespace quartier::metrics::rows {
namespace {

using CityTest =
    std::function<AssociationTest(GroupColumns, const SpatialWeights&, const AssociationSettings&)>;

CityValue city_test(const MetricInput& in, const std::vector<ColumnRef>& columns,
                    const CityTest& test_of) {
  const SpatialWeights& weights = weights_of(in);
  AssociationSettings untested = settings_of(in);
  untested.permutations = 0;
  CityValue result =
      city_index(in, columns, [&](GroupColumns c) { return test_of(c, weights, untested).value; });
  result.parameters = permutation_parameters(in);
  if (!is_defined(result.value)) return result;
  with_readable(in, columns, [&](GroupColumns c) {
    const AssociationTest test = test_of(c, weights, settings_of(in));
    result.p_value = test.p_value;
    result.expected = test.expected;
    const bool dropped = in.conventions.islands == Islands::dropped;
    if (test.island_count > 0) {
      add_reason(result.status, number_of(test.island_count, "district", "districts") +
                                    " without neighbours " + (dropped ? "left out" : "kept in n"));
    }
    const std::size_t out_of_n = dropped ? test.island_count : 0;
    const std::size_t left_out = c[0].size() - test.district_count - out_of_n;
    if (left_out > 0) {
      add_reason(result.status, number_of(left_out, "district", "districts") + " without a share");
    }
  });
  return result;
}

CityValue moran_i(const MetricInput& in) {
  return city_test(in, group_and_everyone(in), [](GroupColumns c, auto& weights, auto& settings) {
    return moran_test(shares(c[0], c[1]), weights, settings);
  });
}

CityValue moran_rates(const MetricInput& in) {
  return city_test(in, group_and_everyone(in), [](GroupColumns c, auto& weights, auto& settings) {
    return rates_moran(c[0], c[1], weights, settings);
  });
}

CityValue moran_bivariate(const MetricInput& in) {
  return city_test(in, pair_and_everyone(in), [](GroupColumns c, auto& weights, auto& settings) {
    return bivariate_moran(shares(c[0], c[2]), shares(c[1], c[2]), weights, settings);
  });
}

CityValue lee(const MetricInput& in) {
  return city_test(in, pair_and_everyone(in), [](GroupColumns c, auto& weights, auto& settings) {
    return lee_l(shares(c[0], c[2]), shares(c[1], c[2]), weights, settings);
  });
}

CityValue geary(const MetricInput& in) {
  return city_test(in, group_and_everyone(in), [](GroupColumns c, auto& weights, auto& settings) {
    return geary_test(shares(c[0], c[1]), weights, settings);
  });
}

CityValue general_g(const MetricInput& in) {
  return city_test(in, group_and_everyone(in), [](GroupColumns c, auto& weights, auto& settings) {
    return getis_ord_g(shares(c[0], c[1]), weights, settings);
  });
}

CityValue join_count(const MetricInput& in) {
  return city_test(in, group_and_everyone(in), [](GroupColumns c, auto& weights, auto& settings) {
    return join_counts(marked_above_city(c), weights, settings).marked;
  });
}

CityValue join_count_mixed(const MetricInput& in) {
  return city_test(in, group_and_everyone(in), [](GroupColumns c, auto& weights, auto& settings) {
    return join_counts(marked_above_city(c), weights, settings).mixed;
  });
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
    {.id = "moran_i_rates",
     .label = "Moran's I of standardised rates",
     .symbol = "EBI",
     .family = "clustering",
     .unit = "index",
     .needs = group_in_space,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Assunção & Reis 1999",
     .meaning = "Moran's I after the greater chance variation of small districts is taken out.",
     .city = moran_rates},
    {.id = "moran_bivariate",
     .label = "Bivariate Moran's I",
     .symbol = "I_xy",
     .family = "clustering",
     .unit = "index",
     .needs = pair_in_space,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Anselin, Syabri & Smirnov 2002",
     .meaning = "Whether districts with a high share of the group lie next to districts with a "
                "high share of the reference.",
     .city = moran_bivariate},
    {.id = "lee_l",
     .label = "Lee's L",
     .symbol = "L",
     .family = "clustering",
     .unit = "index",
     .needs = pair_in_space,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Lee 2001",
     .meaning = "Whether the shares of the group and of the reference rise and fall together from "
                "neighbourhood to neighbourhood.",
     .city = lee},
    {.id = "geary_c",
     .label = "Geary's C",
     .symbol = "C",
     .family = "clustering",
     .unit = "index",
     .needs = group_in_space,
     .highest = no_limit,
     .neutral = 1.0,
     .spatial = true,
     .on_request = true,
     .source = "Geary 1954",
     .meaning = "How different neighbours are in the group's share; below 1 is more alike than "
                "chance.",
     .city = geary},
    {.id = "getis_ord_g",
     .label = "General G",
     .symbol = "G",
     .family = "clustering",
     .unit = "share",
     .needs = group_in_space,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Getis & Ord 1992",
     .meaning = "Whether high shares of the group lie together (above the expected value) or low "
                "ones (below).",
     .city = general_g},
    {.id = "join_count",
     .label = "Joins of districts above the city",
     .symbol = "BB",
     .family = "clustering",
     .unit = "joins",
     .needs = group_in_space,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Cliff & Ord 1981",
     .meaning = "Number of pairs of neighbours that both have a share above that of the city.",
     .city = join_count},
    {.id = "join_count_mixed",
     .label = "Joins across the city's share",
     .symbol = "BW",
     .family = "clustering",
     .unit = "joins",
     .needs = group_in_space,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Cliff & Ord 1981",
     .meaning = "Number of pairs of neighbours of which one has a share above that of the city.",
     .city = join_count_mixed},
});

}  // namespace

const SpatialWeights& weights_of(const MetricInput& in) {
  expects(in.weights != nullptr, "metric: spatial weights");
  return *in.weights;
}

AssociationSettings settings_of(const MetricInput& in) {
  AssociationSettings settings;
  settings.permutations = in.permutations;
  settings.seed = in.seed;
  settings.stop_after = in.stop_after;
  settings.islands = in.conventions.islands;
  return settings;
}

std::string permutation_parameters(const MetricInput& in) {
  std::string parameters;
  add_parameter(parameters, "weights", in.weights_label);
  add_parameter(parameters, "islands", text_of(in.conventions.islands));
  add_parameter(parameters, "permutations", std::to_string(in.permutations));
  add_parameter(parameters, "seed", std::to_string(in.seed));
  return parameters;
}

std::vector<ColumnRef> pair_and_everyone(const MetricInput& in) {
  std::vector<ColumnRef> columns = group_and_reference(in);
  columns.push_back({0, false});
  return columns;
}

std::vector<double> marked_above_city(GroupColumns group_and_everyone) {
  const std::vector<double> quotients =
      location_quotients(group_and_everyone[0], group_and_everyone[1]);
  std::vector<double> marks(quotients.size(), undefined);
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (is_defined(quotients[i])) marks[i] = quotients[i] > 1.0 ? 1.0 : 0.0;
  }
  return marks;
}

std::span<const MetricEntry> clustering() {
  static const std::vector<MetricEntry> both = [] {
    std::vector<MetricEntry> rows(table.begin(), table.end());
    const std::span<const MetricEntry> local = clustering_of_districts();
    rows.insert(rows.end(), local.begin(), local.end());
    return rows;
  }();
  return both;
}

}  // namespace quartier::metrics::rows
