#include <algorithm>

#include "base/error.h"
#include "metrics/composition.h"
#include "metrics/local.h"
#include "metrics/rows.h"
#include "metrics/typology.h"

namespace quartier::metrics::rows {
namespace {

DistrictValues local_divergence(const MetricInput& in) {
  return district_index(in, whole_partition(in), Reads::whole_city, local_divergences);
}

CityValue group_divergence(const MetricInput& in) {
  return city_index(in, group_and_everyone(in),
                    [](GroupColumns c) { return metrics::group_divergence(c[0], c[1]); });
}

/// The reference where it is one of the groups, otherwise the largest.
std::size_t host_of(const MetricInput& in, const std::vector<ColumnRef>& columns,
                    GroupColumns groups) {
  for (std::size_t k = 0; k < columns.size(); ++k) {
    if (columns[k].node == in.reference) return k;
  }
  return largest_group(groups);
}

/// The value is the share of the host, the category the type.
DistrictValues settlement_type(const MetricInput& in) {
  const std::vector<ColumnRef> columns = whole_partition(in);
  expects(!columns.empty(), "settlement_type: groups");
  std::size_t host = 0;
  std::vector<SettlementType> types(in.counts->district_count(), SettlementType::no_residents);
  with_readable(in, columns, [&](GroupColumns c) {
    host = host_of(in, columns, c);
    types = settlement_types(c, host);
  });
  DistrictValues result = district_index(in, columns, Reads::whole_city, [&](GroupColumns c) {
    return shares(c[host], district_totals(c));
  });
  for (std::size_t i = 0; i < types.size(); ++i) {
    result.categories.push_back(is_defined(result.values[i]) ? static_cast<std::uint8_t>(types[i])
                                                             : std::uint8_t{0});
  }
  add_parameter(result.parameters, "host", in.groups->nodes[columns[host].node].label);
  if (in.reference != no_index && columns[host].node != in.reference) {
    add_reason(result.status, "the reference is not one of the groups: the largest is the host");
  }
  return result;
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
    {.id = "settlement_type",
     .label = "Type of district",
     .symbol = "type",
     .family = "local",
     .unit = "share",
     .scope = Scope::district,
     .needs = all_groups,
     .on_request = true,
     .source = "Poulsen, Johnston & Forrest 2001",
     .meaning = "Who lives together: the reference alone, with others, or few of it.",
     .categories = settlement_type_names,
     .districts = settlement_type},
});

}  // namespace

std::span<const MetricEntry> local() { return table; }

}  // namespace quartier::metrics::rows
