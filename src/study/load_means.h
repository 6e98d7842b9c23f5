#pragma once
/// Private to study: the streets and the timetable.

#include "study/sources.h"
#include "study/study.h"

namespace quartier::study {

/// Reads the means of travel the study names, in the study's CRS: the streets, the heights of their
/// nodes, and where the mode is transit the timetable of its day. Without streets, with a finding,
/// ways are straight lines.
void load_means(SourceFiles& sources, Study& study);

}  // namespace quartier::study
