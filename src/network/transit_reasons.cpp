#include "network/transit_reasons.h"

#include <algorithm>

#include "base/error.h"

namespace quartier::network {
namespace {

/// What a walk from or to stops leads to.
enum class Served : std::uint8_t { no_stop, no_vehicle, vehicle };

std::vector<Served> served_origins(const TransitSchedule& schedule, const TravelCosts& access) {
  std::vector<std::int64_t> latest(schedule.stop_count, -1);
  for (std::size_t b = 0; b < schedule.boarding_count(); ++b) {
    const TransitBoarding& here = schedule.boardings[b];
    if (here.first_hop == here.first_closed) continue;
    latest[here.stop] = std::max(latest[here.stop], std::int64_t{here.time_s});
  }
  std::vector<Served> served(access.origin_count, Served::no_stop);
  for (std::size_t s = 0; s < schedule.stop_count; ++s) {
    access.visit(s, [&](std::size_t origin, std::uint32_t seconds) {
      const bool vehicle = std::int64_t{schedule.options.from_s} + seconds <= latest[s];
      served[origin] = std::max(served[origin], vehicle ? Served::vehicle : Served::no_vehicle);
    });
  }
  return served;
}

std::vector<Served> served_destinations(const TransitSchedule& schedule,
                                        const TravelCosts& egress) {
  std::vector<Served> served(egress.site_count, Served::no_stop);
  for (std::size_t j = 0; j < egress.site_count; ++j) {
    egress.visit(j, [&](std::size_t stop, std::uint32_t) {
      served[j] = std::max(served[j], Served::no_vehicle);
      const auto calls = [&](std::size_t s) {
        return schedule.alight_start[s] < schedule.alight_start[s + 1];
      };
      bool vehicle = calls(stop);
      for (std::uint64_t f = schedule.foot_start[stop]; f < schedule.foot_start[stop + 1]; ++f) {
        vehicle = vehicle || calls(schedule.foot_from[f]);
      }
      if (vehicle) served[j] = Served::vehicle;
    });
  }
  return served;
}

}  // namespace

std::string_view text_of(TransitReason reason) {
  switch (reason) {
    case TransitReason::reached:
      return "reached";
    case TransitReason::too_few_departures:
      return "too few departures of the window have a way";
    case TransitReason::no_stop_at_origin:
      return "no stop within walking distance of the origin";
    case TransitReason::no_vehicle_at_origin:
      return "no vehicle stops near the origin at that time";
    case TransitReason::no_stop_at_destination:
      return "no stop within walking distance of the destination";
    case TransitReason::no_vehicle_at_destination:
      return "no vehicle stops near the destination at that time";
    case TransitReason::too_far:
      return "no connection within the longest travel";
  }
  return "";
}

std::vector<TransitReason> transit_reasons(const TransitSchedule& schedule,
                                           const TransitWalks& walks,
                                           const TransitPercentiles& found,
                                           std::size_t percentile) {
  expects(percentile < found.time.size(), "transit_reasons: a percentile of the result");
  const std::vector<Served> origins = served_origins(schedule, walks.access);
  const std::vector<Served> destinations = served_destinations(schedule, walks.egress);
  expects(found.reached.size() == origins.size() * destinations.size(),
          "transit_reasons: the result of these walks");
  const auto reason = [&](std::size_t i, std::size_t j) {
    const std::size_t pair = j * origins.size() + i;
    if (found.time[percentile].rows[pair] != no_cost_16) return TransitReason::reached;
    if (found.reached[pair] > 0) return TransitReason::too_few_departures;
    if (origins[i] == Served::no_stop) return TransitReason::no_stop_at_origin;
    if (origins[i] == Served::no_vehicle) return TransitReason::no_vehicle_at_origin;
    if (destinations[j] == Served::no_stop) return TransitReason::no_stop_at_destination;
    if (destinations[j] == Served::no_vehicle) return TransitReason::no_vehicle_at_destination;
    return TransitReason::too_far;
  };
  std::vector<TransitReason> reasons;
  reasons.reserve(found.reached.size());
  for (std::size_t j = 0; j < destinations.size(); ++j) {
    for (std::size_t i = 0; i < origins.size(); ++i) reasons.push_back(reason(i, j));
  }
  return reasons;
}

}  // namespace quartier::network
