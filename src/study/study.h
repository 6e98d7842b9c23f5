#pragma once
/// A loaded study: everything read, joined and measured, in district order, before any analysis.
/// Not protected: only `compute` and `Publication` read it.

#include <string>
#include <vector>

#include "base/finding.h"
#include "disclosure/gate.h"
#include "disclosure/policy.h"
#include "disclosure/seen.h"
#include "domain/counts.h"
#include "domain/districts.h"
#include "domain/groups.h"
#include "domain/indicators.h"
#include "domain/service_terms.h"
#include "domain/services.h"
#include "domain/street_graph.h"
#include "io/study_file.h"
#include "metrics/environment.h"
#include "study/means.h"
#include "study/publication.h"

namespace quartier::study {

/// The protection of every date of every edition.
struct Gate {
  disclosure::Policy policy;
  std::vector<std::vector<disclosure::Protection>> tables;  ///< [edition][date]
  [[nodiscard]] const disclosure::Protection& table(std::uint32_t edition, std::size_t date) const {
    return tables[edition][date];
  }
};

/// Where in the districts of an edition people set out.
struct EditionOrigins {
  OriginPoints points;        ///< empty: one point per district
  std::vector<Point> places;  ///< [origin count] metres
};

/// The districts of one edition with all that is known about them. Every array is in the order of
/// `area.districts`.
struct StudyEdition {
  Edition area;  ///< boundaries, triangles and dates
  Contiguity contiguity;
  std::vector<CountTable> counts;            ///< one per date of `area.dates`
  std::vector<disclosure::SeenCounts> seen;  ///< the same as a reader sees them; see `guard`
  std::vector<Indicator> indicators;
  EditionOrigins origins;
  std::vector<Impedance> impedance;  ///< one per service of the study
  Impedance to_districts;  ///< ways from the origins to the centroids, as far as any service
  std::vector<Impedance> scenario_to_districts;  ///< [scenarios] empty where ways stay today's
  std::vector<std::vector<Impedance>> scenario_impedance;  ///< [scenarios][services]
  metrics::StreetReach street_reach;  ///< between districts; where environments follow the streets
};

/// The services of a study as a plan would have them.
struct ScenarioServices {
  std::vector<Services> services;
  std::vector<std::vector<double>> offered;  ///< [services][sites]
};

/// A study area, loaded.
struct Study {
  io::StudyFile settings;
  Crs crs;  ///< the one projected CRS of every coordinate
  Groups groups;
  std::vector<StudyEdition> editions;  ///< in the order of the study file
  std::vector<Services> services;
  std::vector<ServiceTerms> terms;                  ///< [services] asked for
  std::vector<std::vector<SiteState>> site_states;  ///< [services][sites] by the terms asked for
  std::vector<std::vector<double>> offered;    ///< [services][sites] places of those that serve
  Means means;                                 ///< by which people travel
  std::string means_label;                     ///< in words
  std::vector<std::string> travel_parameters;  ///< [services] that ways were searched with
  std::vector<ScenarioServices> scenarios;     ///< one per scenario of the settings
  std::vector<Source> sources;
  std::vector<InputFile> inputs;
  std::vector<Finding> findings;
  std::vector<Ledger> ledgers;
  Gate gate;  ///< see `guard`
};

/// Protects every table of counts and fills in what is hidden. Access is worked out from the
/// result, so this stands between loading and computing.
void guard(Study& study);

}  // namespace quartier::study
