#include "metrics/typology.h"

#include <algorithm>
#include <span>

#include "base/error.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

/// Whether enough of each group's members live in districts where it prevails [K].
std::vector<bool> concentrated(GroupColumns groups, std::span<const double> totals,
                               const SettlementRules& rules) {
  std::vector<bool> result;
  for (const std::span<const double> persons : groups) {
    const double among_their_own = sum_over(persons.size(), [&](std::size_t i) {
      return totals[i] > 0.0 && persons[i] / totals[i] >= rules.prevailing_group ? persons[i] : 0.0;
    });
    const double all = total_of(persons);
    result.push_back(all > 0.0 && among_their_own / all >= rules.share_of_the_group);
  }
  return result;
}

}  // namespace

std::vector<SettlementType> settlement_types(GroupColumns groups, std::size_t host,
                                             const SettlementRules& rules) {
  expects(host < groups.size(), "settlement_types: a host among the groups");
  const std::vector<double> totals = district_totals(groups);
  const std::vector<bool> concentrates = concentrated(groups, totals, rules);
  std::vector<SettlementType> types(totals.size(), SettlementType::no_residents);
  for (std::size_t i = 0; i < totals.size(); ++i) {
    if (totals[i] <= 0.0) continue;
    std::size_t other = host;
    for (std::size_t k = 0; k < groups.size(); ++k) {
      if (k != host && (other == host || groups[k][i] > groups[other][i])) other = k;
    }
    const double persons = other == host ? 0.0 : groups[other][i];
    const double rest = std::max(0.0, totals[i] - groups[host][i] - persons);
    const double host_share = groups[host][i] / totals[i];
    const double share = persons / totals[i];
    if (host_share >= rules.host_alone) {
      types[i] = SettlementType::host_alone;
    } else if (host_share >= rules.host_majority) {
      types[i] = SettlementType::host_majority;
    } else if (host_share >= rules.host_shared && share >= rules.sizeable_group) {
      types[i] = SettlementType::shared_with_host;
    } else if (share < rules.sizeable_group || persons < rules.times_the_others * rest) {
      types[i] = SettlementType::several_groups;
    } else if (share >= rules.prevailing_group && concentrates[other]) {
      types[i] = SettlementType::concentrated_group;
    } else {
      types[i] = SettlementType::one_group;
    }
  }
  return types;
}

std::size_t largest_group(GroupColumns groups) {
  const std::vector<double> sizes = group_totals(groups);
  return static_cast<std::size_t>(std::max_element(sizes.begin(), sizes.end()) - sizes.begin());
}

}  // namespace quartier::metrics
