#pragma once
/// Walks as the crow flies, and walks that a timetable's publisher gives.

#include <span>

#include "domain/polygons.h"
#include "domain/timetable.h"
#include "domain/travel_costs.h"
#include "network/straight.h"

namespace quartier::network {

/// Walks from every origin to every site at most `limit_m` away (inclusive), in seconds rounded up:
/// ceil(distance / speed), where a thousand-millionth of a second over a whole one does not count.
/// Places whose coordinates are not finite have none.
///
/// With stops on both sides they are footpaths; each stop's walk to itself, 0 s, is among them and
/// lets people change there.
/// @param limit_m      metres, 0 or more
/// @param speed_m_s    metres a second, above 0
/// @returns sparse; time: places within a band of `limit_m` north and south of each site
/// @throws InputError for other limits and speeds
TravelCosts straight_walks(std::span<const Point> origins, std::span<const Point> sites,
                           double limit_m, double speed_m_s, Straight straight);

/// Ways of another network as walks: metres and millimetres divided by the speed, tenths of a
/// minute times six, seconds as they are; rounded up as above, the limit too. Of ways along
/// streets, for example.
/// @param speed_m_s  metres a second, above 0; not read where the ways are times
/// @throws InputError for other speeds
TravelCosts in_seconds(const TravelCosts& ways, double speed_m_s);

/// Footpaths with what the publisher says of them: a published time takes the place of ours or adds
/// a footpath; where changing is not possible there is no footpath, at one and the same stop too.
/// Of several statements on one pair the last holds.
TravelCosts with_transfers(const TravelCosts& footpaths, const Timetable& timetable);

/// The places of the stops, in their order.
std::vector<Point> places_of(const Timetable& timetable);

}  // namespace quartier::network
