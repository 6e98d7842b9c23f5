#pragma once
/// Levels of detail: meshes without what is too small to be seen.

#include "domain/mesh.h"

namespace quartier::render {

/// `full` with its vertices snapped to a grid of `grid_m` metres, and without the triangles that
/// this leaves no area. Neighbouring districts snap alike, so no gap opens between them; a district
/// smaller than the grid may vanish. Districts that vanish altogether keep one triangle of their
/// own vertices, so that they can still be seen where they lie under a sample.
/// @param grid_m  more than zero
Mesh coarsened(const Mesh& full, double grid_m);

}  // namespace quartier::render
