#pragma once
/// Rings made valid: closed, without repeats, in the right direction, without crossings.

#include "base/finding.h"
#include "domain/polygons.h"
#include "geo/shapes.h"

namespace quartier::geo {

/// Makes every shape valid in the sense of OGC 06-103r4 (simple features), in parallel, the same
/// bits for any number of threads.
///
/// - Repeats of a vertex and the closing vertex are dropped. Whether the file had closed its rings
///   is for its reader to tell.
/// - Outer rings turn counter-clockwise, holes clockwise; the file's own direction says nothing.
/// - A part whose outer ring has fewer than three corners or no area is dropped (warning); a
///   feature left without a part is `rejected`; a hole without area is dropped (note).
/// - A shape is examined edge by edge; where edges touch or cross, or a ring lies where it should
///   not, GEOS decides, and mends what is invalid with its structure method: every lobe of a
///   self-crossing ring is kept, overlapping parts are merged, a hole outside its outer ring
///   becomes a part. The finding gives reason, place, and the area before and after in square units
///   of the layer.
/// - Features without geometry stay as they are (`screened` lists them).
///
/// @param rings finite coordinates, as `RawShapes` holds them
Loaded<KeptShapes> repaired(const Polygons& rings, const Origin& origin);

}  // namespace quartier::geo
