#pragma once
/// Private to study: how people travel, as parameters that stand beside every value of access.

#include <string>

#include "study/study.h"

namespace quartier::study {

/// ", from a grid of 250 m"; empty where people set out from centroids.
std::string label_of(const io::StudyOrigins& origins);

/// Says for each service what the ways to it are searched with: the label of the means, which is
/// the value of `impedance`, and as "name=value" pairs, called like the keys of a study, what the
/// label does not say: "streets, walking time; speed_kmh=4.32; snap=largest component". With them,
/// the inputs and the parameters of a measure its value can be computed again.
void name_travel_parameters(Study& study);

}  // namespace quartier::study
