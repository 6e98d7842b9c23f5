#pragma once
/// Isochrones of a study: where each service is within its cutoff, and how many live there.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "domain/polygons.h"

namespace quartier::study {

struct Gate;
struct Study;

/// The area from which a service is within a cutoff.
struct Isochrone {
  std::string service;        ///< id
  std::string label;          ///< of the service
  double cutoff = 0.0;        ///< metres or minutes
  double part = 1.0;          ///< of the service's own cutoff: 1, 0.5
  std::string unit;           ///< "m" or "min"
  std::string ways;           ///< what ways follow: "streets", "streets, cycling", ...
  bool along_streets = true;  ///< false: circles of cutoff / detour factor
  Polygons area;              ///< one shape, in the study's CRS; no parts: nothing is reached
  double area_km2 = 0.0;
  double streets_km = 0.0;          ///< length of the reached streets; `undefined` without streets
  double share_of_residents = 0.0;  ///< of the city at the latest date, rounded; `undefined` where
                                    ///< it is hidden or nobody is counted
};

/// One isochrone for each service and cutoff, in this order.
///
/// Along streets, outlines are geo::isochrone_outline of what network::reached_streets finds, with
/// the legs of the sites; without streets, circles. Sites that do not serve on the study's terms
/// take no part. Residents are those of the origins of the edition whose way to the nearest site is
/// within the cutoff, their own leg included; the share is rounded to 0.1 %, and coarser where that
/// is fewer persons than ten times what the disclosure policy hides.
///
/// @param services  ids; empty: all
/// @param cutoffs   metres or minutes as ways are counted, above 0; empty: each service's own, and
///                  half of it
/// @throws InputError for a service that does not exist, a cutoff that is none, and where people
/// travel by timetable; GeometryError
std::vector<Isochrone> isochrones_of(const Study& study, const Gate& gate, std::uint32_t edition,
                                     std::span<const std::string> services,
                                     std::span<const double> cutoffs);

}  // namespace quartier::study
