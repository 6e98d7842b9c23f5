#include "metrics/evenness.h"
#include "metrics/rows.h"

namespace quartier::metrics::rows {
namespace {

CityValue dissimilarity(const MetricInput& in) {
  CityValue result = pair_index(in, dissimilarity_index);
  set_expected(in, group_and_reference(in), result,
               [](GroupColumns c) { return expected_dissimilarity(c[0], c[1]); });
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
});

}  // namespace

std::span<const MetricEntry> evenness() { return table; }

}  // namespace quartier::metrics::rows
