#pragma once
/// Private to study: services, streets, and the ways from the districts to the services.

#include "domain/street_graph.h"
#include "study/sources.h"
#include "study/study.h"

namespace quartier::study {

/// Reads every service the study names (each layer once), in the study's CRS. Sites without place
/// or outside every district of every edition are left out, with a finding.
/// @throws InputError where a layer does not have a kind that the study names
void load_services(SourceFiles& sources, Study& study);

/// Reads the street graph in the study's CRS; an empty graph, with a finding, where the study names
/// no streets.
StreetGraph load_streets(SourceFiles& sources, Study& study);

/// Ways from the districts of every edition to every service: along the streets where there are
/// any, else straight lines times the study's detour factor.
void find_ways(const StreetGraph& streets, Study& study);

/// Ways of up to `limit_m` between the districts of each edition, for environments along streets.
void find_street_reach(const StreetGraph& streets, double limit_m, Study& study);

}  // namespace quartier::study
