#include "metrics/composition.h"
#include "metrics/rows.h"

namespace quartier::metrics::rows {
namespace {

DistrictValues share(const MetricInput& in) {
  return district_index(in, group_and_everyone(in), Reads::own_cells,
                        [](GroupColumns c) { return shares(c[0], c[1]); });
}

CityValue city_share(const MetricInput& in) {
  return city_index(in, group_and_everyone(in),
                    [](GroupColumns c) { return metrics::city_share(c[0], c[1]); });
}

DistrictValues location_quotient(const MetricInput& in) {
  return district_index(in, group_and_everyone(in), Reads::whole_city,
                        [](GroupColumns c) { return location_quotients(c[0], c[1]); });
}

DistrictValues entropy(const MetricInput& in) {
  return district_index(in, whole_partition(in), Reads::own_cells, district_entropies);
}

DistrictValues entropy_normalised(const MetricInput& in) {
  return district_index(in, whole_partition(in), Reads::own_cells, normalised_district_entropies);
}

CityValue city_entropy(const MetricInput& in) {
  return city_index(in, whole_partition(in), metrics::city_entropy);
}

CityValue city_entropy_normalised(const MetricInput& in) {
  return city_index(in, whole_partition(in), normalised_city_entropy);
}

DistrictValues simpson_diversity(const MetricInput& in) {
  return district_index(in, whole_partition(in), Reads::own_cells, simpson_diversities);
}

CityValue city_simpson_diversity(const MetricInput& in) {
  return city_index(in, whole_partition(in), metrics::city_simpson_diversity);
}

DistrictValues simpson_concentration(const MetricInput& in) {
  return district_index(in, whole_partition(in), Reads::own_cells, simpson_concentrations);
}

CityValue city_simpson_concentration(const MetricInput& in) {
  return city_index(in, whole_partition(in), metrics::city_simpson_concentration);
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "share",
     .label = "Share of residents",
     .symbol = "p",
     .family = "composition",
     .unit = "share",
     .scope = Scope::district,
     .needs = group,
     .source = "",
     .meaning = "Share of the group among all residents of the district.",
     .districts = share},
    {.id = "city_share",
     .label = "Share in the city",
     .symbol = "P",
     .family = "composition",
     .unit = "share",
     .needs = group,
     .source = "",
     .meaning = "Share of the group among all residents of the city.",
     .city = city_share},
    {.id = "location_quotient",
     .label = "Location quotient (LQ)",
     .symbol = "LQ",
     .family = "composition",
     .unit = "ratio",
     .scope = Scope::district,
     .needs = group,
     .highest = no_limit,
     .neutral = 1.0,
     .source = "Isard 1960",
     .meaning =
         "The group's share in the district over its share in the city; 1 is as in the city.",
     .districts = location_quotient},
    {.id = "entropy",
     .label = "Entropy (E)",
     .symbol = "E_i",
     .family = "composition",
     .unit = "nats",
     .scope = Scope::district,
     .needs = all_groups,
     .highest = no_limit,
     .source = "Theil 1972",
     .meaning = "How evenly the residents of the district are divided among all groups; 0 is one "
                "group only.",
     .districts = entropy},
    {.id = "entropy_normalised",
     .label = "Entropy, normalised",
     .symbol = "E_i / ln K",
     .family = "composition",
     .unit = "index",
     .scope = Scope::district,
     .needs = all_groups,
     .source = "Theil 1972",
     .meaning =
         "Entropy of the district over its greatest possible value; 1 is all groups of equal "
         "size.",
     .districts = entropy_normalised},
    {.id = "city_entropy",
     .label = "Entropy of the city (E)",
     .symbol = "E",
     .family = "composition",
     .unit = "nats",
     .needs = all_groups,
     .highest = no_limit,
     .source = "Theil 1972",
     .meaning = "How evenly the residents of the city are divided among all groups.",
     .city = city_entropy},
    {.id = "city_entropy_normalised",
     .label = "Entropy of the city, normalised",
     .symbol = "E / ln K",
     .family = "composition",
     .unit = "index",
     .needs = all_groups,
     .source = "Theil 1972",
     .meaning = "Entropy of the city over its greatest possible value.",
     .city = city_entropy_normalised},
    {.id = "simpson_diversity",
     .label = "Simpson diversity",
     .symbol = "1 - Σp²",
     .family = "composition",
     .unit = "index",
     .scope = Scope::district,
     .needs = all_groups,
     .source = "Simpson 1949",
     .meaning = "Chance that two residents of the district belong to different groups.",
     .districts = simpson_diversity},
    {.id = "city_simpson_diversity",
     .label = "Simpson diversity of the city",
     .symbol = "1 - ΣP²",
     .family = "composition",
     .unit = "index",
     .needs = all_groups,
     .source = "Simpson 1949",
     .meaning = "Chance that two residents of the city belong to different groups.",
     .city = city_simpson_diversity},
    {.id = "simpson_concentration",
     .label = "Simpson concentration",
     .symbol = "Σp²",
     .family = "composition",
     .unit = "index",
     .scope = Scope::district,
     .needs = all_groups,
     .on_request = true,
     .source = "Simpson 1949",
     .meaning = "Chance that two residents of the district belong to the same group.",
     .districts = simpson_concentration},
    {.id = "city_simpson_concentration",
     .label = "Simpson concentration of the city",
     .symbol = "ΣP²",
     .family = "composition",
     .unit = "index",
     .needs = all_groups,
     .on_request = true,
     .source = "Simpson 1949",
     .meaning = "Chance that two residents of the city belong to the same group.",
     .city = city_simpson_concentration},
});

}  // namespace

std::span<const MetricEntry> composition() { return table; }

}  // namespace quartier::metrics::rows
