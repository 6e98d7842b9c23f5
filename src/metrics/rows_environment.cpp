#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "metrics/distortion.h"
#include "metrics/profile.h"
#include "metrics/rows.h"
#include "metrics/sums.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs groups_around{.partition = true, .environment = true};
constexpr Needs group_around{.group = true, .environment = true};
constexpr Needs pair_around{.group = true, .reference = true, .environment = true};
constexpr Needs groups_in_space{.partition = true, .districts = true};

/// Where none is named, every district is its own environment.
EnvironmentSpec environment_of(const MetricInput& in) {
  return in.environment != nullptr ? *in.environment : own_environment();
}

std::span<const Point> places_of(const MetricInput& in) {
  return in.districts != nullptr ? std::span<const Point>(in.districts->centroids)
                                 : std::span<const Point>();
}

using Columns = std::vector<std::vector<double>>;

std::vector<std::span<const double>> spans_of(const Columns& columns) {
  return {columns.begin(), columns.end()};
}

/// Says in the result which environment was used, and what a reader should know of it.
template <typename Result>
void describe(const MetricInput& in, const std::vector<ColumnRef>& everyone, Result& result) {
  const EnvironmentSpec spec = environment_of(in);
  result.parameters = metrics::text_of(spec);
  add_parameter(result.parameters, "weighing", metrics::text_of(in.conventions.weighing));
  with_readable(in, everyone, [&](GroupColumns c) {
    add_reason(result.status, environment_caution(c, places_of(in), spec));
  });
}

std::vector<ColumnRef> everyone_of(const MetricInput& in) {
  return {group_and_everyone(in).back()};
}

/// An index of all groups over their surroundings.
CityValue groups_index(const MetricInput& in, double (*index)(GroupColumns, const Surroundings&)) {
  const EnvironmentSpec spec = environment_of(in);
  CityValue result = city_index(in, whole_partition(in), [&](GroupColumns c) {
    return index(c, surroundings_of(c, places_of(in), spec, in.conventions.weighing));
  });
  describe(in, whole_partition(in), result);
  return result;
}

/// A group, a reference and everyone else. Everyone is needed because environments of k people
/// count all of them.
struct Pair {
  Columns here;    ///< [3][n] persons in the district
  Columns around;  ///< [3][n] persons in its environment
};

CityValue pair_around_index(const MetricInput& in, double (*index)(const Pair&, Weighing)) {
  const EnvironmentSpec spec = environment_of(in);
  std::vector<ColumnRef> columns = group_and_reference(in);
  columns.push_back(group_and_everyone(in).back());
  CityValue result = city_index(in, columns, [&](GroupColumns c) {
    Pair pair;
    pair.here = {{c[0].begin(), c[0].end()}, {c[1].begin(), c[1].end()}, {}};
    pair.here[2] = per_district(
        c[2].size(), [&](std::size_t i) { return std::max(0.0, c[2][i] - c[0][i] - c[1][i]); });
    pair.around = environment_counts(spans_of(pair.here), places_of(in), spec);
    return index(pair, in.conventions.weighing);
  });
  describe(in, everyone_of(in), result);
  return result;
}

/// The two groups alone, among each other.
Surroundings pair_alone(const Pair& pair, Weighing weighing) {
  const Columns around{pair.around[0], pair.around[1]};
  Columns weights =
      weighing == Weighing::own_residents ? Columns{pair.here[0], pair.here[1]} : around;
  for (auto& column : weights) {
    for (double& persons : column) persons = is_defined(persons) ? persons : 0.0;
  }
  return {district_totals(spans_of(weights)), compositions_of(around),
          city_composition(spans_of(weights))};
}

/// Whom the members of the group have around them.
double met(const Pair& pair, std::size_t whom, Weighing weighing) {
  const auto& members = weighing == Weighing::own_residents ? pair.here[0] : pair.around[0];
  const Columns shares = compositions_of(pair.around);
  const auto counts = [&](std::size_t i) { return is_defined(shares[0][i]) ? members[i] : 0.0; };
  const double all = sum_over(members.size(), counts);
  const double sum = sum_over(members.size(), [&](std::size_t i) {
    return is_defined(shares[whom][i]) ? members[i] * shares[whom][i] : 0.0;
  });
  return all > 0.0 ? sum / all : undefined;
}

CityValue spatial_theil_h(const MetricInput& in) {
  return groups_index(in, [](GroupColumns, const Surroundings& s) {
    return spatial_theil_entropy(surroundings_sums(s));
  });
}

CityValue spatial_relative_diversity(const MetricInput& in) {
  return groups_index(in, [](GroupColumns, const Surroundings& s) {
    return metrics::spatial_relative_diversity(surroundings_sums(s));
  });
}

CityValue spatial_dissimilarity(const MetricInput& in) {
  return groups_index(in, [](GroupColumns, const Surroundings& s) {
    return metrics::spatial_dissimilarity(surroundings_sums(s));
  });
}

CityValue spatial_squared_variation(const MetricInput& in) {
  return groups_index(in, [](GroupColumns, const Surroundings& s) {
    return metrics::spatial_squared_variation(surroundings_sums(s));
  });
}

CityValue spatial_gini(const MetricInput& in) {
  return groups_index(in,
                      [](GroupColumns, const Surroundings& s) { return metrics::spatial_gini(s); });
}

CityValue spatial_divergence(const MetricInput& in) {
  return groups_index(in, [](GroupColumns, const Surroundings& s) {
    return metrics::spatial_divergence(surroundings_sums(s));
  });
}

CityValue spatial_scale_ratio(const MetricInput& in) {
  return groups_index(in, [](GroupColumns c, const Surroundings& s) {
    const double aspatial = spatial_theil_entropy(surroundings_sums(own_districts(c)));
    const double around = spatial_theil_entropy(surroundings_sums(s));
    return aspatial > 0.0 ? around / aspatial : undefined;
  });
}

CityValue spatial_isolation(const MetricInput& in) {
  return pair_around_index(in, [](const Pair& p, Weighing w) { return met(p, 0, w); });
}

CityValue spatial_interaction(const MetricInput& in) {
  return pair_around_index(in, [](const Pair& p, Weighing w) { return met(p, 1, w); });
}

CityValue spatial_correlation_ratio(const MetricInput& in) {
  return pair_around_index(in, [](const Pair& p, Weighing w) {
    const Columns& weights = w == Weighing::own_residents ? p.here : p.around;
    const double share = city_composition(spans_of(weights))[0];
    return share < 1.0 ? (met(p, 0, w) - share) / (1.0 - share) : undefined;
  });
}

CityValue spatial_pair_dissimilarity(const MetricInput& in) {
  return pair_around_index(in, [](const Pair& p, Weighing w) {
    return metrics::spatial_dissimilarity(surroundings_sums(pair_alone(p, w)), 0);
  });
}

CityValue spatial_pair_theil_h(const MetricInput& in) {
  return pair_around_index(in, [](const Pair& p, Weighing w) {
    return spatial_theil_entropy(surroundings_sums(pair_alone(p, w)), 0);
  });
}

CityValue spatial_pair_gini(const MetricInput& in) {
  return pair_around_index(
      in, [](const Pair& p, Weighing w) { return metrics::spatial_gini(pair_alone(p, w), 0); });
}

DistrictValues environment_share(const MetricInput& in) {
  const EnvironmentSpec spec = environment_of(in);
  DistrictValues result =
      district_index(in, group_and_everyone(in), Reads::whole_city, [&](GroupColumns c) {
        Columns columns{{c[0].begin(), c[0].end()}, {}};
        columns[1] = per_district(c[0].size(),
                                  [&](std::size_t i) { return std::max(0.0, c[1][i] - c[0][i]); });
        return compositions_of(environment_counts(spans_of(columns), places_of(in), spec))[0];
      });
  describe(in, everyone_of(in), result);
  return result;
}

/// One value per district from the composition of its environment and that of the city.
DistrictValues around_values(const MetricInput& in,
                             double (*value)(std::span<const double>, std::span<const double>)) {
  const EnvironmentSpec spec = environment_of(in);
  DistrictValues result =
      district_index(in, whole_partition(in), Reads::whole_city, [&](GroupColumns c) {
        const Surroundings s = surroundings_of(c, places_of(in), spec, in.conventions.weighing);
        return per_district(s.residents.size(), [&](std::size_t i) {
          std::vector<double> shares;
          for (const auto& column : s.shares) shares.push_back(column[i]);
          return is_defined(shares[0]) ? value(shares, s.composition) : undefined;
        });
      });
  describe(in, whole_partition(in), result);
  return result;
}

DistrictValues environment_divergence(const MetricInput& in) {
  return around_values(in, [](std::span<const double> shares, std::span<const double> city) {
    double sum = 0.0;
    for (std::size_t k = 0; k < shares.size(); ++k) sum += relative_information(shares[k], city[k]);
    return std::max(0.0, sum);
  });
}

DistrictValues environment_entropy(const MetricInput& in) {
  return around_values(in, [](std::span<const double> shares, std::span<const double>) {
    double sum = 0.0;
    for (const double share : shares) sum += information(share);
    return sum;
  });
}

DistrictValues distortion_values(const MetricInput& in,
                                 std::vector<double> (*compute)(GroupColumns,
                                                                std::span<const Point>, TieRule)) {
  const TieRule ties = environment_of(in).ties;
  const std::span<const Point> places = places_of(in);
  DistrictValues result =
      district_index(in, whole_partition(in), Reads::whole_city, [&](GroupColumns c) {
        if (places.empty()) return std::vector<double>(district_count(c), undefined);
        return compute(c, places, ties);
      });
  if (places.empty()) add_reason(result.status, "undefined: the districts have no positions");
  add_parameter(result.parameters, "ties", id_of(ties));
  return result;
}

DistrictValues distortion(const MetricInput& in) { return distortion_values(in, distortions); }

DistrictValues distortion_normalised(const MetricInput& in) {
  return distortion_values(in, normalised_distortions);
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "spatial_theil_h",
     .label = "Spatial entropy index (H~)",
     .symbol = "H~",
     .family = "environment",
     .unit = "index",
     .needs = groups_around,
     .lowest = -no_limit,
     .spatial = true,
     .source = "Reardon & O'Sullivan 2004",
     .meaning = "How much less mixed the surroundings of residents are than the city.",
     .city = spatial_theil_h},
    {.id = "spatial_relative_diversity",
     .label = "Spatial relative diversity (R~)",
     .symbol = "R~",
     .family = "environment",
     .unit = "index",
     .needs = groups_around,
     .lowest = -no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Reardon & O'Sullivan 2004",
     .meaning = "How much less diverse the surroundings of residents are than the city.",
     .city = spatial_relative_diversity},
    {.id = "spatial_dissimilarity",
     .label = "Spatial dissimilarity (D~)",
     .symbol = "D~",
     .family = "environment",
     .unit = "index",
     .needs = groups_around,
     .highest = no_limit,
     .spatial = true,
     .source = "Reardon & O'Sullivan 2004",
     .meaning = "How far the surroundings of residents are from the composition of the city.",
     .city = spatial_dissimilarity},
    {.id = "spatial_squared_variation",
     .label = "Spatial squared coefficient of variation (C~)",
     .symbol = "C~",
     .family = "environment",
     .unit = "index",
     .needs = groups_around,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Reardon & Firebaugh 2002",
     .meaning = "Variance of the groups' shares around residents; small groups count fully.",
     .city = spatial_squared_variation},
    {.id = "spatial_gini",
     .label = "Spatial Gini index (G~)",
     .symbol = "G~",
     .family = "environment",
     .unit = "index",
     .needs = groups_around,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Reardon & Firebaugh 2002",
     .meaning = "How unlike the surroundings of any two residents are.",
     .city = spatial_gini},
    {.id = "spatial_divergence",
     .label = "Spatial divergence",
     .symbol = "M~",
     .family = "environment",
     .unit = "nats",
     .needs = groups_around,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Roberto 2016",
     .meaning = "Mean divergence of residents' surroundings from the city.",
     .city = spatial_divergence},
    {.id = "spatial_scale_ratio",
     .label = "Share of segregation left in the surroundings",
     .symbol = "H~ / H",
     .family = "environment",
     .unit = "index",
     .needs = groups_around,
     .lowest = -no_limit,
     .highest = no_limit,
     .spatial = true,
     .source = "Reardon et al. 2008",
     .meaning = "Near 1 segregation is a matter of whole quarters, near 0 of next-door districts.",
     .city = spatial_scale_ratio},
    {.id = "spatial_isolation",
     .label = "Spatial isolation",
     .symbol = "P~_xx",
     .family = "environment",
     .unit = "share",
     .needs = group_around,
     .spatial = true,
     .on_request = true,
     .source = "Reardon & O'Sullivan 2004",
     .meaning = "Share of the own group in the surroundings of its average member.",
     .city = spatial_isolation},
    {.id = "spatial_interaction",
     .label = "Spatial exposure",
     .symbol = "P~_xy",
     .family = "environment",
     .unit = "share",
     .needs = pair_around,
     .spatial = true,
     .on_request = true,
     .source = "Reardon & O'Sullivan 2004",
     .meaning = "Share of the reference in the surroundings of an average member of the group.",
     .city = spatial_interaction},
    {.id = "spatial_correlation_ratio",
     .label = "Spatial correlation ratio (V~)",
     .symbol = "V~",
     .family = "environment",
     .unit = "index",
     .needs = group_around,
     .lowest = -no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Bell 1954",
     .meaning = "Spatial isolation beyond what the size of the group brings.",
     .city = spatial_correlation_ratio},
    {.id = "spatial_pair_dissimilarity",
     .label = "Spatial dissimilarity of two groups",
     .symbol = "D~_xy",
     .family = "environment",
     .unit = "index",
     .needs = pair_around,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Reardon & O'Sullivan 2004",
     .meaning = "Spatial dissimilarity where only the group and the reference are counted.",
     .city = spatial_pair_dissimilarity},
    {.id = "spatial_pair_theil_h",
     .label = "Spatial entropy index of two groups",
     .symbol = "H~_xy",
     .family = "environment",
     .unit = "index",
     .needs = pair_around,
     .lowest = -no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Reardon & O'Sullivan 2004",
     .meaning = "Spatial entropy index where only the group and the reference are counted.",
     .city = spatial_pair_theil_h},
    {.id = "spatial_pair_gini",
     .label = "Spatial Gini index of two groups",
     .symbol = "G~_xy",
     .family = "environment",
     .unit = "index",
     .needs = pair_around,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Reardon & Firebaugh 2002",
     .meaning = "Spatial Gini index where only the group and the reference are counted.",
     .city = spatial_pair_gini},
    {.id = "environment_share",
     .label = "Share in the surroundings",
     .symbol = "q_i",
     .family = "environment",
     .unit = "share",
     .scope = Scope::district,
     .needs = group_around,
     .spatial = true,
     .on_request = true,
     .source = "Reardon & O'Sullivan 2004",
     .meaning = "Share of the group among the people around the district.",
     .districts = environment_share},
    {.id = "environment_divergence",
     .label = "Divergence of the surroundings",
     .symbol = "ls~_i",
     .family = "environment",
     .unit = "nats",
     .scope = Scope::district,
     .needs = groups_around,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Roberto 2016",
     .meaning = "How far the people around the district are from the composition of the city.",
     .districts = environment_divergence},
    {.id = "environment_entropy",
     .label = "Entropy of the surroundings",
     .symbol = "E~_i",
     .family = "environment",
     .unit = "nats",
     .scope = Scope::district,
     .needs = groups_around,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Reardon & O'Sullivan 2004",
     .meaning = "How evenly the people around the district are divided among the groups.",
     .districts = environment_entropy},
    {.id = "distortion",
     .label = "Distortion",
     .symbol = "Δ_i",
     .family = "environment",
     .unit = "nats",
     .scope = Scope::district,
     .needs = groups_in_space,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Olteanu, Randon-Furling & Clark 2019",
     .meaning = "How long surroundings stay unlike the city as they grow around the district.",
     .districts = distortion},
    {.id = "distortion_normalised",
     .label = "Normalised distortion",
     .symbol = "Δ_i / Δ_max",
     .family = "environment",
     .unit = "index",
     .scope = Scope::district,
     .needs = groups_in_space,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Olteanu, Randon-Furling & Clark 2019",
     .meaning = "Distortion over that at the centre of a fully sorted city of the same groups.",
     .districts = distortion_normalised},
});

}  // namespace

std::span<const MetricEntry> environment() { return table; }

}  // namespace quartier::metrics::rows
