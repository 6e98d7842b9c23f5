#pragma once
/// Types of districts by who lives together in them (Poulsen, Johnston & Forrest 2001).
///
/// Absolute thresholds, not relative to the city: the same district has the same type in any city,
/// but for the rule of `concentrated_group`. One group is the host, to whom all others are
/// compared.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "metrics/columns.h"

namespace quartier::metrics {

/// What kind of place a district is. The authors' own words stand in docs/metrics/local.md.
enum class SettlementType : std::uint8_t {
  no_residents,        ///< nobody is counted
  host_alone,          ///< the host is nearly everyone
  host_majority,       ///< the host is the majority
  shared_with_host,    ///< the host is a large minority beside another sizeable group
  several_groups,      ///< few of the host, no other group prevails
  one_group,           ///< few of the host, one other group prevails
  concentrated_group,  ///< the same, and much of that group lives in places where it prevails
};

/// Names in the order of `SettlementType`; the host is called the reference, as everywhere.
inline constexpr std::array<std::string_view, 7> settlement_type_names{
    "no residents",
    "almost only the reference",
    "mostly the reference",
    "reference and another group",
    "several groups",
    "mostly one other group",
    "mostly one other group, as for many of it"};

/// The thresholds, as published. A share equal to a threshold has reached it.
struct SettlementRules {
  double host_alone = 0.8;          ///< of all residents
  double host_majority = 0.5;       ///< of all residents
  double host_shared = 0.3;         ///< of all residents
  double sizeable_group = 0.2;      ///< largest other group, of all residents
  double times_the_others = 2.0;    ///< largest other group over all the rest but the host
  double prevailing_group = 0.6;    ///< largest other group, of all residents
  double share_of_the_group = 0.3;  ///< of the group's members who live where it prevails
};

/// Type of each district (Poulsen, Johnston & Forrest 2001).
///
/// With h the host's share of the residents, m that of the largest other group and r = 1 − h − m
/// that of everybody else:
///
///   h >= 0.8                                    host_alone
///   0.5 <= h < 0.8                              host_majority
///   0.3 <= h < 0.5 and m >= 0.2                 shared_with_host
///   otherwise, m < 0.2 or m < 2 r               several_groups
///   otherwise                                   one_group, or concentrated_group where m >= 0.6
///                                               and at least 30 % of that group's members live in
///                                               districts where its share is 0.6 or more
///
/// Equally large groups: the first in the order of `groups` is taken.
///
/// @param groups  x_ik, counts of K groups that together are everyone [K][n]
/// @param host    position of the host in `groups`
/// @returns [n]; `no_residents` where nobody lives
/// @throws std::logic_error where there is no such group
std::vector<SettlementType> settlement_types(GroupColumns groups, std::size_t host,
                                             const SettlementRules& rules = {});

/// The group with the most members, the first of several. @returns 0 where there is none
std::size_t largest_group(GroupColumns groups);

}  // namespace quartier::metrics
