#pragma once
/// Private to study: the streets.

#include "domain/street_graph.h"
#include "study/sources.h"
#include "study/study.h"

namespace quartier::study {

/// Reads the street graph in the study's CRS; an empty graph, with a finding, where the study names
/// no streets.
StreetGraph load_streets(SourceFiles& sources, Study& study);

}  // namespace quartier::study
