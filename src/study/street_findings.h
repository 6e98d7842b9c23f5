#pragma once
/// Private to study: whether places meet the streets they are to travel on.

#include "study/study.h"

namespace quartier::study {

/// Places farther than this from where they enter the streets are told.
inline constexpr double far_from_streets_m = 500.0;

/// Tells how many junctions are cut off, whether the streets can be entered at all as people travel
/// here, which origins and sites lie farther than `far_from_streets_m` from where they enter them,
/// and whether the source knows of steps where a wheelchair asks. Nothing without streets.
void tell_of_streets(Study& study);

/// Tells how many stops and trips do not say whether a wheelchair can use them, where that is
/// asked.
void tell_of_wheelchairs(Study& study);

}  // namespace quartier::study
