#pragma once
/// Private to study: services, and where in the districts people set out.

#include "study/sources.h"
#include "study/study.h"

namespace quartier::study {

/// Reads every service the study names (each layer once), in the study's CRS, and which of its
/// sites serve on the terms the study asks for. Sites without place or outside every district of
/// every edition are left out, with a finding.
/// @throws InputError where a layer does not have a kind that the study names
void load_services(SourceFiles& sources, Study& study);

/// The origins of every edition. @throws InputError where points have no people
void load_origins(SourceFiles& sources, Study& study);

}  // namespace quartier::study
