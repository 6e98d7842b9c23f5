#include "base/text.h"
#include "metrics/concentration_profile.h"
#include "metrics/evenness.h"
#include "metrics/rows.h"

namespace quartier::metrics::rows {
namespace {

CityValue dissimilarity(const MetricInput& in) {
  CityValue result = pair_index(in, dissimilarity_index);
  set_expected(in, group_and_reference(in), result,
               [](GroupColumns c) { return expected_dissimilarity(c[0], c[1]); });
  add_parameter(result.parameters, "expected", "binomial");
  return result;
}

DistrictValues dissimilarity_contribution(const MetricInput& in) {
  return district_index(in, group_and_reference(in), Reads::whole_city,
                        [](GroupColumns c) { return dissimilarity_contributions(c[0], c[1]); });
}

CityValue gini(const MetricInput& in) { return pair_index(in, gini_index); }

CityValue theil_h(const MetricInput& in) { return pair_index(in, theil_entropy_index); }

CityValue multigroup_dissimilarity(const MetricInput& in) {
  return city_index(in, whole_partition(in), metrics::multigroup_dissimilarity);
}

CityValue multigroup_gini(const MetricInput& in) {
  return city_index(in, whole_partition(in), metrics::multigroup_gini);
}

CityValue multigroup_theil_h(const MetricInput& in) {
  return city_index(in, whole_partition(in), multigroup_theil_entropy);
}

CityValue mutual_information(const MetricInput& in) {
  return city_index(in, whole_partition(in),
                    [](GroupColumns c) { return metrics::mutual_information(c); });
}

CityValue mutual_information_bits(const MetricInput& in) {
  return city_index(in, whole_partition(in), [](GroupColumns c) {
    return in_unit(metrics::mutual_information(c), InformationUnit::bits);
  });
}

CityValue atkinson(const MetricInput& in) {
  const double b = in.conventions.atkinson_b;
  CityValue result = city_index(in, group_and_reference(in),
                                [&](GroupColumns c) { return atkinson_index(c[0], c[1], b); });
  add_parameter(result.parameters, "b", exact_text(b));
  return result;
}

CityValue gorard(const MetricInput& in) { return pair_index(in, gorard_index); }

CityValue min_max(const MetricInput& in) { return pair_index(in, min_max_index); }

CityValue concentration_profile(const MetricInput& in) {
  const std::uint32_t thresholds = in.conventions.concentration_thresholds;
  CityValue result = city_index(in, group_and_everyone(in), [&](GroupColumns c) {
    return concentration_profile_index(c[0], c[1], thresholds);
  });
  add_parameter(result.parameters, "m", std::to_string(thresholds));
  return result;
}

CityValue multigroup_relative_diversity(const MetricInput& in) {
  return city_index(in, whole_partition(in), metrics::multigroup_relative_diversity);
}

CityValue multigroup_squared_variation(const MetricInput& in) {
  return city_index(in, whole_partition(in), metrics::multigroup_squared_variation);
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "dissimilarity",
     .label = "Dissimilarity index (D)",
     .symbol = "D",
     .family = "evenness",
     .unit = "share",
     .needs = pair,
     .source = "Duncan & Duncan 1955",
     .meaning = "Share of either group that would have to move for both to be spread alike.",
     .city = dissimilarity},
    {.id = "dissimilarity_contribution",
     .label = "Contribution to D",
     .symbol = "D_i",
     .family = "evenness",
     .unit = "share",
     .scope = Scope::district,
     .needs = pair,
     .source = "Duncan & Duncan 1955",
     .meaning = "What the district adds to the dissimilarity index; the contributions sum to D.",
     .districts = dissimilarity_contribution},
    {.id = "gini",
     .label = "Gini index (G)",
     .symbol = "G",
     .family = "evenness",
     .unit = "index",
     .needs = pair,
     .source = "Duncan & Duncan 1955",
     .meaning = "Twice the area between the segregation curve and the diagonal; 0 is spread alike.",
     .city = gini},
    {.id = "theil_h",
     .label = "Theil entropy index (H)",
     .symbol = "H",
     .family = "evenness",
     .unit = "index",
     .needs = pair,
     .source = "Theil & Finizza 1971",
     .meaning = "How much less mixed districts are than the city, for the two groups.",
     .city = theil_h},
    {.id = "atkinson",
     .label = "Atkinson index (A)",
     .symbol = "A(b)",
     .family = "evenness",
     .unit = "index",
     .needs = pair,
     .source = "Atkinson 1970",
     .meaning = "Unevenness with a choice of which districts weigh: those where the group prevails "
                "or those where it is rare.",
     .city = atkinson},
    {.id = "gorard",
     .label = "Gorard's segregation index (GS)",
     .symbol = "GS",
     .family = "evenness",
     .unit = "share",
     .needs = pair,
     .on_request = true,
     .source = "Gorard 2000",
     .meaning = "Share of the group that would have to move if nobody else did.",
     .city = gorard},
    {.id = "min_max",
     .label = "Min-Max index (MM)",
     .symbol = "MM",
     .family = "evenness",
     .unit = "share",
     .needs = pair,
     .on_request = true,
     .source = "O'Sullivan & Wong 2007",
     .meaning = "Share of the two spreads, laid over each other, that does not overlap.",
     .city = min_max},
    {.id = "concentration_profile",
     .label = "Concentration profile index (R)",
     .symbol = "R",
     .family = "evenness",
     .unit = "index",
     .needs = group,
     .lowest = -1.0,
     .on_request = true,
     .source = "Hong & Sadahiro 2014",
     .meaning = "How far the group lives where it is a larger share than in the city, over every "
                "threshold of what is large.",
     .city = concentration_profile},
    {.id = "multigroup_dissimilarity",
     .label = "Dissimilarity of all groups (D)",
     .symbol = "D*",
     .family = "evenness",
     .unit = "share",
     .needs = all_groups,
     .source = "Reardon & Firebaugh 2002",
     .meaning = "Share of all residents that would have to move, over what complete separation "
                "would need.",
     .city = multigroup_dissimilarity},
    {.id = "multigroup_gini",
     .label = "Gini index of all groups (G)",
     .symbol = "G*",
     .family = "evenness",
     .unit = "index",
     .needs = all_groups,
     .source = "Reardon & Firebaugh 2002",
     .meaning = "Gini indices of each group against the rest, weighted by the size of the groups.",
     .city = multigroup_gini},
    {.id = "multigroup_theil_h",
     .label = "Theil entropy index of all groups (H)",
     .symbol = "H*",
     .family = "evenness",
     .unit = "index",
     .needs = all_groups,
     .source = "Reardon & Firebaugh 2002",
     .meaning = "How much less mixed districts are than the city, over all groups.",
     .city = multigroup_theil_h},
    {.id = "multigroup_relative_diversity",
     .label = "Relative diversity of all groups (R)",
     .symbol = "R*",
     .family = "evenness",
     .unit = "index",
     .needs = all_groups,
     .source = "Carlson 1992",
     .meaning = "How much less likely two residents of one district are to differ in group than "
                "two of the city.",
     .city = multigroup_relative_diversity},
    {.id = "multigroup_squared_variation",
     .label = "Squared coefficient of variation of all groups (C)",
     .symbol = "C*",
     .family = "evenness",
     .unit = "index",
     .needs = all_groups,
     .source = "Reardon & Firebaugh 2002",
     .meaning = "Variation of the groups' shares over districts; rare groups weigh as much as "
                "large ones.",
     .city = multigroup_squared_variation},
    {.id = "mutual_information",
     .label = "Mutual information (M)",
     .symbol = "M",
     .family = "evenness",
     .unit = "nats",
     .needs = all_groups,
     .highest = no_limit,
     .source = "Mora & Ruiz-Castillo 2011",
     .meaning = "How much a resident's district tells about their group; the mean of the local "
                "divergence.",
     .city = mutual_information},
    {.id = "mutual_information_bits",
     .label = "Mutual information (M), bits",
     .symbol = "M",
     .family = "evenness",
     .unit = "bits",
     .needs = all_groups,
     .highest = no_limit,
     .on_request = true,
     .source = "Mora & Ruiz-Castillo 2011",
     .meaning = "The same in bits: 1 halves the doubt about a resident's group.",
     .city = mutual_information_bits},
});

}  // namespace

std::span<const MetricEntry> evenness() { return table; }

}  // namespace quartier::metrics::rows
