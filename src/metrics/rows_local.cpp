#include "metrics/local.h"
#include "metrics/rows.h"

namespace quartier::metrics::rows {
namespace {

DistrictValues local_divergence(const MetricInput& in) {
  return district_index(in, whole_partition(in), Reads::whole_city, local_divergences);
}

CityValue group_divergence(const MetricInput& in) {
  return city_index(in, group_and_everyone(in),
                    [](GroupColumns c) { return metrics::group_divergence(c[0], c[1]); });
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "local_divergence",
     .label = "Local divergence",
     .symbol = "ls_i",
     .family = "local",
     .unit = "nats",
     .scope = Scope::district,
     .needs = all_groups,
     .highest = no_limit,
     .source = "Roberto 2016",
     .meaning = "How far the composition of the district is from that of the city; 0 is the same.",
     .districts = local_divergence},
    {.id = "group_divergence",
     .label = "Divergence of a group",
     .symbol = "ls_k",
     .family = "local",
     .unit = "nats",
     .needs = group,
     .highest = no_limit,
     .source = "Elbers 2021",
     .meaning = "How far the group's spread over the districts is from that of all residents.",
     .city = group_divergence},
});

}  // namespace

std::span<const MetricEntry> local() { return table; }

}  // namespace quartier::metrics::rows
