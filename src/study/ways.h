#pragma once
/// Private to study: the ways from where people set out to the services.

#include <vector>

#include "base/progress.h"
#include "study/study.h"

namespace quartier::study {

/// How far ways to a service are searched, in metres or minutes: to its cutoff, or as far as its
/// weights reach.
double search_limit(const Study& study, const io::StudyService& settings);

/// Ways from the origins of every edition.
struct FoundWays {
  std::vector<std::vector<Impedance>> to_services;  ///< [editions][services]
  /// [editions] to the centroids of its districts, up to the longest cutoff: where one more site
  /// could be, and what services spread like people would be like. Empty unless asked for.
  std::vector<Impedance> to_districts;
};

/// Finds the ways to every service, and to the districts where they are asked for.
FoundWays find_ways(const Means& means, const StreetEdits& edits, const ScenarioServices& services,
                    bool to_districts, const Study& study, Progress& progress);

/// Ways on foot of up to `limit_m` between the districts of each edition, for environments along
/// streets.
void find_street_reach(double limit_m, Study& study);

}  // namespace quartier::study
