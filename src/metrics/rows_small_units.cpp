#include <algorithm>
#include <cmath>
#include <optional>

#include "base/text.h"
#include "metrics/beta_mixture.h"
#include "metrics/bootstrap.h"
#include "metrics/evenness.h"
#include "metrics/expected.h"
#include "metrics/rows.h"
#include "metrics/small_units.h"

namespace quartier::metrics::rows {
namespace {

constexpr NullModel model = NullModel::permutation;

/// Above this many terms the Gini index's mean under permutation takes too long; its mean under
/// evenness, which differs by about 1 / T of it, stands in.
constexpr double gini_work_limit = 5e8;

CityValue named(CityValue result) {
  add_parameter(result.parameters, "null", id_of(model));
  return result;
}

using PairIndex = std::function<double(std::span<const double>, std::span<const double>)>;

CityValue of_pair(const MetricInput& in, const PairIndex& index) {
  return city_index(in, group_and_reference(in), [&](GroupColumns c) { return index(c[0], c[1]); });
}

NullModel gini_model(std::span<const double> group, std::span<const double> reference) {
  return gini_work(group, reference) <= gini_work_limit ? model : NullModel::evenness;
}

double gini_mean(std::span<const double> group, std::span<const double> reference) {
  return expected_gini(group, reference, gini_model(group, reference));
}

CityValue gini_named(const MetricInput& in, CityValue result) {
  with_readable(in, group_and_reference(in), [&](GroupColumns c) {
    add_parameter(result.parameters, "null", id_of(gini_model(c[0], c[1])));
  });
  return result;
}

CityValue dissimilarity_expected(const MetricInput& in) {
  return named(of_pair(in, [](auto group, auto reference) {
    return expected_dissimilarity(group, reference, model);
  }));
}

CityValue gini_expected(const MetricInput& in) { return gini_named(in, of_pair(in, gini_mean)); }

CityValue theil_h_expected(const MetricInput& in) {
  return named(of_pair(in, [](auto group, auto reference) {
    return expected_pair(group, reference, model).theil_h;
  }));
}

CityValue correlation_ratio_expected(const MetricInput& in) {
  return named(of_pair(in, [](auto group, auto reference) {
    return expected_pair(group, reference, model).correlation_ratio;
  }));
}

CityValue atkinson_expected(const MetricInput& in) {
  const double shape = in.conventions.atkinson_b;
  CityValue result = named(of_pair(in, [&](auto group, auto reference) {
    return expected_atkinson(group, reference, shape, model);
  }));
  add_parameter(result.parameters, "b", exact_text(shape));
  return result;
}

/// Isolation is a matter of the group and everyone, whatever the reference.
CityValue isolation_expected(const MetricInput& in) {
  return named(city_index(in, group_and_everyone(in), [](GroupColumns c) {
    std::vector<double> rest(c[1].begin(), c[1].end());
    for (std::size_t i = 0; i < rest.size(); ++i) rest[i] = std::max(0.0, rest[i] - c[0][i]);
    return expected_pair(c[0], rest, model).isolation;
  }));
}

template <double ExpectedIndices::*index>
CityValue of_all(const MetricInput& in) {
  return named(city_index(in, whole_partition(in),
                          [](GroupColumns c) { return expected_indices(c, model).*index; }));
}

CityValue dissimilarity_carrington_troske(const MetricInput& in) {
  return named(of_pair(in, [](auto group, auto reference) {
    return carrington_troske(dissimilarity_index(group, reference),
                             expected_dissimilarity(group, reference, model));
  }));
}

CityValue gini_carrington_troske(const MetricInput& in) {
  return gini_named(in, of_pair(in, [](auto group, auto reference) {
                      return carrington_troske(gini_index(group, reference),
                                               gini_mean(group, reference));
                    }));
}

CityValue dissimilarity_density_corrected(const MetricInput& in) {
  return pair_index(in, density_corrected_dissimilarity);
}

bool whole(GroupColumns columns) {
  for (const auto& column : columns) {
    for (const double count : column) {
      if (count != std::floor(count)) return false;
    }
  }
  return true;
}

CityValue dissimilarity_bias_corrected(const MetricInput& in) {
  constexpr Resampling resampling = Resampling::within_groups;
  constexpr double level = 0.95;
  const std::vector<ColumnRef> columns = group_and_reference(in);
  const auto resampled = [&](GroupColumns c) {
    if (!whole(c)) return BootstrapResult{};
    return bootstrap(c, resampling, in.permutations, in.seed, level,
                     [](GroupColumns drawn) { return dissimilarity_index(drawn[0], drawn[1]); });
  };
  CityValue result =
      city_index(in, columns, [&](GroupColumns c) { return resampled(c).corrected; });
  add_parameter(result.parameters, "resampling", id_of(resampling));
  add_parameter(result.parameters, "resamples", std::to_string(in.permutations));
  add_parameter(result.parameters, "seed", std::to_string(in.seed));
  if (!is_defined(result.value)) return result;
  with_readable(in, columns, [&](GroupColumns c) {
    const BootstrapResult made = resampled(c);
    add_reason(result.status, "standard error " + display_text(made.standard_error, 3) +
                                  "; 95 % interval " + display_text(made.basic_lower, 3) + " to " +
                                  display_text(made.basic_upper, 3));
  });
  return result;
}

CityValue dissimilarity_beta_mixture(const MetricInput& in) {
  const std::vector<ColumnRef> columns = group_and_reference(in);
  std::optional<BetaMixture> first;
  CityValue result = city_index(in, columns, [&](GroupColumns c) {
    BetaMixture fit = fit_beta_mixture(c[0], c[1]);
    const double value = fit.dissimilarity;
    if (!first) first = std::move(fit);
    return value;
  });
  if (!first || first->components.empty()) return result;
  add_parameter(result.parameters, "components", std::to_string(first->components.size()));
  if (!first->converged) add_reason(result.status, "the fit stopped before it settled");
  return result;
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "dissimilarity_expected",
     .label = "Dissimilarity by chance (E[D])",
     .symbol = "E[D]",
     .family = "small_units",
     .unit = "share",
     .needs = pair,
     .on_request = true,
     .source = "Carrington & Troske 1997",
     .meaning = "Mean of D over all ways to relabel the residents; exact, not simulated.",
     .city = dissimilarity_expected},
    {.id = "gini_expected",
     .label = "Gini index by chance (E[G])",
     .symbol = "E[G]",
     .family = "small_units",
     .unit = "index",
     .needs = pair,
     .on_request = true,
     .source = "Carrington & Troske 1997",
     .meaning = "Mean of G over all ways to relabel the residents; exact, not simulated.",
     .city = gini_expected},
    {.id = "theil_h_expected",
     .label = "Theil entropy index by chance (E[H])",
     .symbol = "E[H]",
     .family = "small_units",
     .unit = "index",
     .needs = pair,
     .on_request = true,
     .source = "",
     .meaning = "Mean of H over all ways to relabel the residents; exact, not simulated.",
     .city = theil_h_expected},
    {.id = "correlation_ratio_expected",
     .label = "Correlation ratio by chance (E[V])",
     .symbol = "E[V]",
     .family = "small_units",
     .unit = "index",
     .needs = pair,
     .on_request = true,
     .source = "",
     .meaning = "Mean of V over all ways to relabel the residents: (n - 1) / (T - 1).",
     .city = correlation_ratio_expected},
    {.id = "atkinson_expected",
     .label = "Atkinson index by chance",
     .symbol = "A(E)",
     .family = "small_units",
     .unit = "index",
     .needs = pair,
     .on_request = true,
     .source = "",
     .meaning = "Atkinson's index at the mean of its sum over all ways to relabel the residents.",
     .city = atkinson_expected},
    {.id = "isolation_expected",
     .label = "Isolation by chance (E[xPx])",
     .symbol = "E[xPx]",
     .family = "small_units",
     .unit = "share",
     .needs = group,
     .on_request = true,
     .source = "",
     .meaning = "Mean of the isolation index over all ways to relabel the residents.",
     .city = isolation_expected},
    {.id = "multigroup_dissimilarity_expected",
     .label = "Dissimilarity of all groups by chance",
     .symbol = "E[D*]",
     .family = "small_units",
     .unit = "share",
     .needs = all_groups,
     .on_request = true,
     .source = "",
     .meaning = "Mean of D of all groups over all ways to relabel the residents.",
     .city = of_all<&ExpectedIndices::dissimilarity>},
    {.id = "multigroup_theil_h_expected",
     .label = "Theil entropy index of all groups by chance",
     .symbol = "E[H*]",
     .family = "small_units",
     .unit = "index",
     .needs = all_groups,
     .on_request = true,
     .source = "",
     .meaning = "Mean of H of all groups over all ways to relabel the residents.",
     .city = of_all<&ExpectedIndices::theil_h>},
    {.id = "mutual_information_expected",
     .label = "Mutual information by chance (E[M])",
     .symbol = "E[M]",
     .family = "small_units",
     .unit = "nats",
     .needs = all_groups,
     .highest = no_limit,
     .on_request = true,
     .source = "",
     .meaning = "Mean of M over all ways to relabel the residents; exact, not simulated.",
     .city = of_all<&ExpectedIndices::mutual_information>},
    {.id = "relative_diversity_expected",
     .label = "Relative diversity by chance (E[R])",
     .symbol = "E[R]",
     .family = "small_units",
     .unit = "index",
     .needs = all_groups,
     .on_request = true,
     .source = "",
     .meaning = "Mean of R, and of normalised exposure P: (n - 1) / (T - 1).",
     .city = of_all<&ExpectedIndices::relative_diversity>},
    {.id = "squared_variation_expected",
     .label = "Squared coefficient of variation by chance (E[C])",
     .symbol = "E[C]",
     .family = "small_units",
     .unit = "index",
     .needs = all_groups,
     .on_request = true,
     .source = "",
     .meaning = "Mean of C over all ways to relabel the residents.",
     .city = of_all<&ExpectedIndices::squared_variation>},
    {.id = "dissimilarity_carrington_troske",
     .label = "Dissimilarity beyond chance (D_ct)",
     .symbol = "D_ct",
     .family = "small_units",
     .unit = "index",
     .needs = pair,
     .lowest = -1.0,
     .neutral = 0.0,
     .source = "Carrington & Troske 1997",
     .meaning = "D rescaled so that 0 is what chance brings, 1 complete separation, -1 perfectly "
                "even.",
     .city = dissimilarity_carrington_troske},
    {.id = "gini_carrington_troske",
     .label = "Gini index beyond chance (G_ct)",
     .symbol = "G_ct",
     .family = "small_units",
     .unit = "index",
     .needs = pair,
     .lowest = -1.0,
     .neutral = 0.0,
     .on_request = true,
     .source = "Carrington & Troske 1997",
     .meaning = "G rescaled so that 0 is what chance brings, 1 complete separation, -1 perfectly "
                "even.",
     .city = gini_carrington_troske},
    {.id = "dissimilarity_density_corrected",
     .label = "Dissimilarity, density-corrected (D_dc)",
     .symbol = "D_dc",
     .family = "small_units",
     .unit = "share",
     .needs = pair,
     .on_request = true,
     .source = "Allen et al. 2015",
     .meaning = "D of the likeliest true difference of each district.",
     .city = dissimilarity_density_corrected},
    {.id = "dissimilarity_bias_corrected",
     .label = "Dissimilarity, bias-corrected (D_bc)",
     .symbol = "D_bc",
     .family = "small_units",
     .unit = "share",
     .needs = pair,
     .lowest = -1.0,
     .highest = 2.0,
     .on_request = true,
     .source = "Allen et al. 2015",
     .meaning = "D less the rise that resampling the residents brings.",
     .city = dissimilarity_bias_corrected},
    {.id = "dissimilarity_beta_mixture",
     .label = "Dissimilarity of a beta mixture (D_beta)",
     .symbol = "D_beta",
     .family = "small_units",
     .unit = "share",
     .needs = pair,
     .on_request = true,
     .source = "Rathelot 2012",
     .meaning = "D of the shares that lie behind the counts, taken as a mixture of Beta "
                "distributions.",
     .city = dissimilarity_beta_mixture},
});

}  // namespace

std::span<const MetricEntry> small_units() { return table; }

}  // namespace quartier::metrics::rows
