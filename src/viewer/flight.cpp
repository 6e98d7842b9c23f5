#include "viewer/flight.h"

#include <algorithm>
#include <cmath>

namespace quartier::viewer {

std::optional<render::Camera> camera_at(const Polygons& shapes, DistrictIndex district,
                                        const Box& extent, const render::Camera& now) {
  if (!shapes.has_shape(district) || now.width <= 0 || now.height <= 0) return std::nullopt;
  Box box;
  const std::uint32_t first = shapes.part_start[shapes.district_start[district]];
  const std::uint32_t last = shapes.part_start[shapes.district_start[district + 1]];
  for (std::uint32_t ring = first; ring < last; ++ring) {
    for (const Point p : shapes.ring(ring)) box.extend(p);
  }
  constexpr double surroundings = 5.0;
  render::Camera camera = render::Camera::fitting(box, now.width, now.height);
  const double widest = render::Camera::fitting(extent, now.width, now.height).metres_per_pixel;
  camera.metres_per_pixel =
      std::max(1e-3, std::min(camera.metres_per_pixel * surroundings, widest));
  return camera;
}

render::Camera flown(const Flight& flight) {
  const double part = std::clamp(flight.seconds / flight.duration, 0.0, 1.0);
  if (part >= 1.0) return flight.to;
  const double eased = part * part * (3.0 - 2.0 * part);
  const double from = flight.from.metres_per_pixel;
  const double to = flight.to.metres_per_pixel;
  render::Camera camera = flight.to;
  camera.metres_per_pixel = from * std::pow(to / from, eased);
  // Straight over the picture: the way left is measured in pixels of a scale that changes too.
  const bool same_scale = std::abs(to - from) < 1e-3 * from;
  const double way = same_scale ? eased : (from - camera.metres_per_pixel) / (from - to);
  camera.centre.x = flight.from.centre.x + way * (flight.to.centre.x - flight.from.centre.x);
  camera.centre.y = flight.from.centre.y + way * (flight.to.centre.y - flight.from.centre.y);
  return camera;
}

}  // namespace quartier::viewer
