#pragma once
/// What may be shown of values that are worked out from counts: hidden with what they come from.

#include <span>

#include "disclosure/gate.h"

namespace quartier::disclosure {

/// A share in a district, count / everyone: only where both counts may be shown (either of them and
/// the share give the other), and the base is large enough.
/// @param base_count  everyone in the district, persons
bool may_show_share(const Protection& protection, const Policy& policy, GroupIndex group,
                    GroupIndex base, std::size_t district, double base_count);

/// A location quotient: where the share of the district may be shown and both city totals too.
bool may_show_location_quotient(const Protection& protection, const Policy& policy,
                                GroupIndex group, GroupIndex base, std::size_t district,
                                double base_count);

/// A value of a district worked out from the counts of several groups (entropy, interaction, ...):
/// where each of the counts may be shown.
bool may_show_composition(const Protection& protection, std::span<const GroupIndex> groups,
                          std::size_t district);

/// An indicator, or a contribution to a score, of a district that is a rate of `base_count`
/// persons: not where these are some, but fewer than the policy's base. An undefined base is one
/// the publisher answers for, and shows.
bool may_show_rate(const Policy& policy, double base_count);

}  // namespace quartier::disclosure
