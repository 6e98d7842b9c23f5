#pragma once
/// A quick and exact look at whether a shape can be invalid at all; what it doubts goes to GEOS.

#include "domain/polygons.h"
#include "geo/edge_tree.h"

namespace quartier::geo {

/// True where `district` is valid for certain: no two edges touch except at the common vertex of
/// neighbours, holes lie inside their outer ring, no ring lies inside another of its kind. False
/// where edges touch, cross or fold back: the shape may still be valid.
/// @param rings  without repeats and closing vertices, at least three vertices each
/// @param tree   memory that is used again
bool surely_valid(const Polygons& rings, std::size_t district, EdgeTree& tree);

}  // namespace quartier::geo
