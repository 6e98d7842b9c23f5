#pragma once
/// Private to study: the ways from where people set out to the services.

#include "domain/street_graph.h"
#include "study/study.h"

namespace quartier::study {

/// Ways from the origins of every edition to every service: along the streets where there are any,
/// else straight lines times the study's detour factor.
void find_ways(const StreetGraph& streets, Study& study);

/// Ways of up to `limit_m` between the districts of each edition, for environments along streets.
void find_street_reach(const StreetGraph& streets, double limit_m, Study& study);

}  // namespace quartier::study
