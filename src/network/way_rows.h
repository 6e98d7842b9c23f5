#pragma once
/// The pairs of origins and sites within a limit, as the tables that measures read; private to the
/// room.

#include <cstdint>
#include <span>
#include <vector>

#include "domain/travel_costs.h"
#include "network/search.h"

namespace quartier::network {

/// The costs of `street_impedances`, one table per set of sites.
std::vector<TravelCosts> costs_within(const SearchableStreets& streets,
                                      const SnappedPlaces& origins,
                                      std::span<const SnappedPlaces* const> services,
                                      std::uint32_t limit);

}  // namespace quartier::network
