#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "metrics/clustering.h"
#include "metrics/composition.h"
#include "metrics/geary.h"
#include "metrics/getis_ord.h"
#include "metrics/join_count.h"
#include "metrics/lee.h"
#include "metrics/losh.h"
#include "metrics/moran_variants.h"
#include "metrics/rows_clustering.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs groups_in_space{.partition = true, .weights = true};
constexpr Needs group_over_time{.group = true, .weights = true, .earlier = true};

constexpr std::uint32_t fifth = 5;  // the highest quantile of quantile_lisa, and how many there are

/// Names of categories, and the patterns that follow the first, "not significant".
constexpr std::array<std::string_view, 5> quadrant_names{"not significant", "high-high", "low-low",
                                                         "high-low", "low-high"};
constexpr std::array quadrants{Pattern::high_high, Pattern::low_low, Pattern::high_low,
                               Pattern::low_high};
constexpr std::array<std::string_view, 5> likeness_names{"not significant", "high-high", "low-low",
                                                         "otherwise alike", "unlike"};
constexpr std::array likenesses{Pattern::high_high, Pattern::low_low, Pattern::similar,
                                Pattern::dissimilar};
constexpr std::array<std::string_view, 3> alike_names{"not significant", "alike", "unlike"};
constexpr std::array alikes{Pattern::similar, Pattern::dissimilar};
constexpr std::array<std::string_view, 3> spot_names{"not significant", "hot spot", "cold spot"};
constexpr std::array spots{Pattern::high_high, Pattern::low_low};
constexpr std::array<std::string_view, 2> cluster_names{"not significant", "cluster"};
constexpr std::array clusters{Pattern::high_high};
constexpr std::array<std::string_view, 3> spread_names{"not significant", "uniform", "varied"};

using LocalTest = std::function<LocalAssociation(GroupColumns, const SpatialWeights&,
                                                 const AssociationSettings&)>;

DistrictValues district_test(const MetricInput& in, const std::vector<ColumnRef>& columns,
                             std::span<const Pattern> categories, const LocalTest& test_of) {
  const SpatialWeights& weights = weights_of(in);
  DistrictValues result;
  result.values.assign(weights.size(), undefined);
  result.p_values.assign(weights.size(), undefined);
  result.categories.assign(weights.size(), 0);
  result.parameters = permutation_parameters(in);
  if (in.stop_after > 0) {
    add_parameter(result.parameters, "stop_after", std::to_string(in.stop_after));
  }
  add_parameter(result.parameters, "level", exact_text(in.level));
  add_parameter(result.parameters, "correction", text_of(in.conventions.correction));
  result.status = with_readable(in, columns, [&](GroupColumns c) {
    LocalAssociation local = test_of(c, weights, settings_of(in));
    const std::vector<Pattern> found =
        significant_patterns(local, in.level, in.conventions.correction);
    for (std::size_t i = 0; i < found.size(); ++i) {
      const auto position = static_cast<std::size_t>(
          std::find(categories.begin(), categories.end(), found[i]) - categories.begin());
      if (position < categories.size()) {
        result.categories[i] = static_cast<std::uint8_t>(position + 1);
      }
    }
    result.values = std::move(local.values);
    result.p_values = std::move(local.p_values);
  });
  return result;
}

DistrictValues local_moran(const MetricInput& in) {
  return district_test(in, group_and_everyone(in), quadrants,
                       [](GroupColumns c, auto& weights, auto& settings) {
                         return metrics::local_moran(shares(c[0], c[1]), weights, settings);
                       });
}

DistrictValues local_rates(const MetricInput& in) {
  return district_test(in, group_and_everyone(in), quadrants,
                       [](GroupColumns c, auto& weights, auto& settings) {
                         return local_rates_moran(c[0], c[1], weights, settings);
                       });
}

DistrictValues local_bivariate(const MetricInput& in) {
  return district_test(
      in, pair_and_everyone(in), quadrants, [](GroupColumns c, auto& weights, auto& settings) {
        return bivariate_local_moran(shares(c[0], c[2]), shares(c[1], c[2]), weights, settings);
      });
}

/// The shares of the earlier date, under the same policy for unknown cells, then local Moran of the
/// change.
DistrictValues local_change(const MetricInput& in) {
  expects(in.earlier != nullptr, "metric: counts of an earlier date");
  MetricInput before = in;
  before.counts = in.earlier;
  std::vector<double> earlier(in.earlier->district_count(), undefined);
  const std::string status = with_readable(before, group_and_everyone(before),
                                           [&](GroupColumns c) { earlier = shares(c[0], c[1]); });
  DistrictValues result = district_test(
      in, group_and_everyone(in), quadrants, [&](GroupColumns c, auto& weights, auto& settings) {
        return differential_local_moran(earlier, shares(c[0], c[1]), weights, settings);
      });
  if (!status.empty()) add_reason(result.status, in.earlier->date + ": " + status);
  add_parameter(result.parameters, "since", in.earlier->date);
  return result;
}

DistrictValues local_lee_l(const MetricInput& in) {
  return district_test(
      in, pair_and_everyone(in), quadrants, [](GroupColumns c, auto& weights, auto& settings) {
        return local_lee(shares(c[0], c[2]), shares(c[1], c[2]), weights, settings);
      });
}

DistrictValues local_geary_c(const MetricInput& in) {
  return district_test(in, group_and_everyone(in), likenesses,
                       [](GroupColumns c, auto& weights, auto& settings) {
                         return local_geary(shares(c[0], c[1]), weights, settings);
                       });
}

/// Groups whose share is the same everywhere say nothing about likeness and are passed over.
DistrictValues local_geary_groups(const MetricInput& in) {
  return district_test(
      in, whole_partition(in), alikes,
      [](GroupColumns c, const SpatialWeights& weights, const AssociationSettings& settings) {
        const std::vector<double> total = district_totals(c);
        std::vector<std::vector<double>> all;
        for (const std::span<const double> column : c) {
          std::vector<double> share = shares(column, total);
          double lowest = no_limit;
          double highest = -no_limit;
          for (const double value : share) {
            if (!is_defined(value)) continue;
            lowest = std::min(lowest, value);
            highest = std::max(highest, value);
          }
          if (lowest < highest) all.push_back(std::move(share));
        }
        if (all.empty()) all.emplace_back(total.size(), undefined);
        LocalAssociation local = local_geary(
            std::vector<std::span<const double>>(all.begin(), all.end()), weights, settings);
        for (Pattern& pattern : local.patterns) {
          if (pattern == Pattern::high_high || pattern == Pattern::low_low) {
            pattern = Pattern::similar;
          }
        }
        return local;
      });
}

DistrictValues g_of(const MetricInput& in, OwnValue own) {
  return district_test(in, group_and_everyone(in), spots,
                       [&](GroupColumns c, auto& weights, auto& settings) {
                         return local_getis_ord(shares(c[0], c[1]), weights, own, settings);
                       });
}

DistrictValues local_g(const MetricInput& in) { return g_of(in, OwnValue::left_out); }
DistrictValues local_g_star(const MetricInput& in) { return g_of(in, OwnValue::included); }

/// Join counts have exact p-values; nothing is drawn.
DistrictValues exact_test(const MetricInput& in, const LocalTest& test_of) {
  MetricInput undrawn = in;
  undrawn.permutations = 0;
  undrawn.stop_after = 0;
  DistrictValues result = district_test(undrawn, group_and_everyone(in), clusters, test_of);
  std::string parameters;
  add_parameter(parameters, "weights", in.weights_label);
  add_parameter(parameters, "islands", text_of(in.conventions.islands));
  add_parameter(parameters, "p", "exact");
  add_parameter(parameters, "level", exact_text(in.level));
  add_parameter(parameters, "correction", text_of(in.conventions.correction));
  result.parameters = parameters;
  return result;
}

DistrictValues local_joins(const MetricInput& in) {
  return exact_test(in, [](GroupColumns c, auto& weights, auto& settings) {
    return local_join_count(marked_above_city(c), weights, settings);
  });
}

DistrictValues highest_fifth(const MetricInput& in) {
  return exact_test(in, [](GroupColumns c, auto& weights, auto& settings) {
    return quantile_lisa(shares(c[0], c[1]), fifth, fifth, weights, settings);
  });
}

DistrictValues local_losh(const MetricInput& in) {
  return district_test(in, group_and_everyone(in), alikes,
                       [](GroupColumns c, auto& weights, auto& settings) {
                         return losh(shares(c[0], c[1]), weights, {}, settings).local;
                       });
}

constexpr auto table = std::to_array<MetricEntry>({
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
    {.id = "local_moran_rates",
     .label = "Local Moran of standardised rates",
     .symbol = "EBI_i",
     .family = "clustering",
     .unit = "index",
     .scope = Scope::district,
     .needs = group_in_space,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Assunção & Reis 1999",
     .meaning = "Local Moran after the greater chance variation of small districts is taken out.",
     .categories = quadrant_names,
     .districts = local_rates},
    {.id = "local_moran_bivariate",
     .label = "Bivariate local Moran",
     .symbol = "I_xy,i",
     .family = "clustering",
     .unit = "index",
     .scope = Scope::district,
     .needs = pair_in_space,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Anselin, Syabri & Smirnov 2002",
     .meaning = "Whether the group's share here goes with a like (above 0) or unlike share of the "
                "reference around.",
     .categories = quadrant_names,
     .districts = local_bivariate},
    {.id = "local_moran_change",
     .label = "Local Moran of change",
     .symbol = "ΔI_i",
     .family = "clustering",
     .unit = "index",
     .scope = Scope::district,
     .needs = group_over_time,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Anselin 1995",
     .meaning = "Whether the group's share changed alike (above 0) here and around since the "
                "earlier date.",
     .categories = quadrant_names,
     .districts = local_change},
    {.id = "local_lee",
     .label = "Local Lee's L",
     .symbol = "L_i",
     .family = "clustering",
     .unit = "index",
     .scope = Scope::district,
     .needs = pair_in_space,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Lee 2001",
     .meaning = "Whether group and reference are both high or both low (above 0) around the "
                "district.",
     .categories = quadrant_names,
     .districts = local_lee_l},
    {.id = "local_geary",
     .label = "Local Geary",
     .symbol = "c_i",
     .family = "clustering",
     .unit = "index",
     .scope = Scope::district,
     .needs = group_in_space,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Anselin 1995",
     .meaning = "How different the district is from its neighbours in the group's share; 0 is the "
                "same.",
     .categories = likeness_names,
     .districts = local_geary_c},
    {.id = "local_geary_groups",
     .label = "Local Geary of all groups",
     .symbol = "c_i*",
     .family = "clustering",
     .unit = "index",
     .scope = Scope::district,
     .needs = groups_in_space,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Anselin 2019",
     .meaning = "How different the district is from its neighbours in its whole composition; 0 is "
                "the same.",
     .categories = alike_names,
     .districts = local_geary_groups},
    {.id = "local_g",
     .label = "Local G",
     .symbol = "G_i",
     .family = "clustering",
     .unit = "standard deviations",
     .scope = Scope::district,
     .needs = group_in_space,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Ord & Getis 1995",
     .meaning = "Whether the shares around the district, its own left out, are high (above 0) or "
                "low.",
     .categories = spot_names,
     .districts = local_g},
    {.id = "local_g_star",
     .label = "Local G*",
     .symbol = "G*_i",
     .family = "clustering",
     .unit = "standard deviations",
     .scope = Scope::district,
     .needs = group_in_space,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Ord & Getis 1995",
     .meaning = "Whether the shares in and around the district are high (above 0) or low.",
     .categories = spot_names,
     .districts = local_g_star},
    {.id = "local_join_count",
     .label = "Local join count",
     .symbol = "BB_i",
     .family = "clustering",
     .unit = "neighbours",
     .scope = Scope::district,
     .needs = group_in_space,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Anselin & Li 2019",
     .meaning = "Number of neighbours with a share above that of the city, of a district that has "
                "one.",
     .categories = cluster_names,
     .districts = local_joins},
    {.id = "quantile_lisa",
     .label = "Clusters of the highest fifth",
     .symbol = "Q_i",
     .family = "clustering",
     .unit = "neighbours",
     .scope = Scope::district,
     .needs = group_in_space,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Anselin 2019",
     .meaning = "Number of neighbours among the fifth of districts with the highest shares, of a "
                "district that is one.",
     .categories = cluster_names,
     .districts = highest_fifth},
    {.id = "losh",
     .label = "Local variety (LOSH)",
     .symbol = "H_i",
     .family = "clustering",
     .unit = "ratio",
     .scope = Scope::district,
     .needs = group_in_space,
     .highest = no_limit,
     .neutral = 1.0,
     .spatial = true,
     .on_request = true,
     .source = "Ord & Getis 2012",
     .meaning = "How much districts around differ from their surroundings, over the mean of the "
                "city; above 1 is more.",
     .categories = spread_names,
     .districts = local_losh},
});

}  // namespace

std::span<const MetricEntry> clustering_of_districts() { return table; }

}  // namespace quartier::metrics::rows
