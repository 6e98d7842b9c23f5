#include "geo/prepare.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "geo/crs.h"
#include "geo/repair.h"
#include "geo/reproject.h"
#include "geo/screen.h"

namespace quartier::geo {

Loaded<PreparedShapes> prepared(RawShapes raw, const Crs& target, const Origin& origin) {
  const CrsProperties properties = crs_properties(target);
  if (std::abs(properties.metres_per_unit - 1.0) > 1e-9) {
    throw CrsError(target.name + " (" + properties.label + ") is not in metres",
                   "choose a projected reference system in metres, for example \"EPSG:25831\"");
  }
  Loaded<PreparedShapes> result;
  PreparedShapes& value = result.value;
  const auto take = [&](Loaded<KeptShapes> step) {
    append(result.findings, std::move(step.findings));
    value.rejected.insert(value.rejected.end(), step.value.rejected.begin(),
                          step.value.rejected.end());
    return std::move(step.value.shapes);
  };
  const Crs source = raw.crs;
  Polygons shapes = take(screened(std::move(raw), origin));
  shapes = take(repaired(shapes, origin));
  value.shapes = take(reprojected(std::move(shapes), source, target, origin));
  value.crs = target;
  value.measures = measured(value.shapes);
  std::sort(value.rejected.begin(), value.rejected.end());
  return result;
}

}  // namespace quartier::geo
