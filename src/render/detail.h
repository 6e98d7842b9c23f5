#pragma once
/// Levels of detail: meshes without what is too small to be seen.

#include <vector>

#include "domain/mesh.h"

namespace quartier::render {

/// `full` with its vertices snapped to a grid of `grid_m` metres, and without the triangles that
/// this leaves no area. Neighbouring districts snap alike, so no gap opens between them; a district
/// smaller than the grid may vanish. Districts that vanish altogether keep one triangle of their
/// own vertices, so that they can still be seen where they lie under a sample.
/// @param grid_m  more than zero
Mesh coarsened(const Mesh& full, double grid_m);

/// `full` and coarser levels for a map that is looked at from the whole extent down to single
/// districts: grids of 1/4, 1/2, 1, 2 and 4 times `metres_per_pixel`, the scale at which the whole
/// fits the window. A level that saves less than three tenths of the triangles of the one before is
/// left out, so a small study has one level only.
std::vector<Mesh> detail_levels(Mesh full, double metres_per_pixel);

}  // namespace quartier::render
