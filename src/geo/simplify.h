#pragma once
/// Coarser meshes for views from afar.

#include "base/units.h"
#include "domain/mesh.h"
#include "domain/polygons.h"

namespace quartier::geo {

/// A mesh of detail level `grid`: vertices moved to the nearest point of a square grid, repeats and
/// there-and-back spikes dropped, what is left cut into triangles. Neighbours move alike, so no gap
/// opens between them. A ring smaller than a cell disappears; its district then has no triangles.
/// Snapping can fold narrow shapes, so this is for drawing at a pixel of about `grid`, never for
/// measures or export. In parallel, the same bits for any number of threads.
/// @param grid  greater than 0, metres
/// @returns a mesh with the centre of `triangulated(shapes)`, vertices only where they are used
Mesh snapped_mesh(const Polygons& shapes, Metres grid);

}  // namespace quartier::geo
