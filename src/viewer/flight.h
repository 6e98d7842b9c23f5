#pragma once
/// Private to the viewer: where the camera goes when it visits a district, and how it gets there.

#include <optional>

#include "viewer/view_model.h"

namespace quartier::viewer {

/// The view of a district with its surroundings: it takes about a fifth of the picture, and the
/// view is no wider than one of the whole `extent`. Nothing where the district has no shape.
std::optional<render::Camera> camera_at(const Polygons& shapes, DistrictIndex district,
                                        const Box& extent, const render::Camera& now);

/// The camera after `flight.seconds`: the scale changes by equal factors in equal (eased) times,
/// and every place moves over the picture on a straight line.
render::Camera flown(const Flight& flight);

}  // namespace quartier::viewer
