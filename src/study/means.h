#pragma once
/// Private to study: by which means people travel, and the ways from origins to sites by them.

#include <span>
#include <string>
#include <vector>

#include "base/progress.h"
#include "domain/street_edits.h"
#include "domain/street_network.h"
#include "domain/timetable.h"
#include "domain/travel_costs.h"
#include "io/study_access.h"
#include "network/profile.h"

namespace quartier::study {

/// What people travel on, loaded once. A scenario is a changed copy of its settings: edits of the
/// streets, another timetable.
struct Means {
  io::StudyTravel travel;
  io::StudyTimetable transit;  ///< read where the mode is transit
  std::string table;           ///< costs that a table gives in place of a search; empty: none
  CostUnit table_unit = CostUnit::second;
  double detour_factor = 1.3;  ///< of straight lines, where there are no streets
  bool has_streets = false;
  StreetNetwork streets;
  Timetable timetable;  ///< places in the study's CRS

  [[nodiscard]] bool by_timetable() const { return travel.mode == "transit"; }
  /// Whether ways are counted in minutes; else in metres.
  [[nodiscard]] bool counts_minutes() const { return shown_unit(unit()) == "min"; }
  /// The unit of the costs of ways.
  [[nodiscard]] CostUnit unit() const;
  /// "streets, walking", "timetable, 08:00 to 09:00, percentile 50": the words of `impedance`.
  [[nodiscard]] std::string label() const;
};

/// The profile of the study's mode of travel.
network::TravelProfile profile_of(const io::StudyTravel& travel);

/// The nearest of the sites that serve (`offered` above 0) among listed ways; the lowest position
/// among ties.
NearestSites nearest_listed(const TravelCosts& costs, std::span<const double> offered);

/// The sites of a service as ways are searched to them.
struct Destinations {
  std::span<const Point> places;
  std::span<const double> offered;  ///< 0: does not serve, and is never the nearest
  double cutoff = 0.0;              ///< metres or minutes, as the ways are counted
  double counted_within = 0.0;      ///< by timetable: minutes within which departures are counted
};

/// Where people set out, and where they travel to from there.
struct Journeys {
  std::span<const Point> origins;
  std::vector<Destinations> services;
};

/// Ways from the origins to each service, for all journeys at once: by timetable, along the
/// streets, or straight lines times the detour factor. What is beyond a service's cutoff is not
/// listed; by timetable, what is beyond `limit_min`. Many long ways along streets are read from a
/// hierarchy of shortcuts (`network/long_ways.h`), with the same costs, which `progress` tells.
/// @returns [journeys][services]
/// @throws InputError for a profile that makes no graph; Cancelled
std::vector<std::vector<Impedance>> ways_of(const Means& means, const StreetEdits& edits,
                                            std::span<const Journeys> journeys, Progress& progress);

}  // namespace quartier::study
