#pragma once
/// Private to study: where in the districts people set out.

#include <span>
#include <vector>

#include "domain/services.h"
#include "study/study.h"

namespace quartier::study {

/// The origins of an edition: one point per district (its centroid), cells of a grid, junctions of
/// the streets, or points with people.
///
/// - centroids: `points` is empty, `places` are the centroids [district count].
/// - grid: the centres of the cells of a square grid (aligned to multiples of `grid_m`) that lie in
///   the district, in rows from south to north; its people are spread evenly over them.
/// - streets: the nodes of the street network in the district; its people are spread evenly.
/// - points: those of `points` that lie in the district, each with its part of their people.
///
/// A district without any cell or point keeps its centroid, told as a finding.
/// @param junctions  nodes of the streets; read where origins come from streets
/// @param people     points with their people as supply; nullptr unless origins come from points
EditionOrigins origins_of(const io::StudyOrigins& settings, const Edition& area,
                          std::span<const Point> junctions, const Services* people,
                          std::vector<Finding>& findings);

}  // namespace quartier::study
