#include "render/camera.h"

#include <algorithm>

namespace quartier::render {

ScreenPoint Camera::screen_of(Point place) const {
  return {(place.x - centre.x) / metres_per_pixel + width / 2.0,
          (centre.y - place.y) / metres_per_pixel + height / 2.0};
}

Point Camera::world_of(ScreenPoint at) const {
  return {centre.x + (at.x - width / 2.0) * metres_per_pixel,
          centre.y - (at.y - height / 2.0) * metres_per_pixel};
}

Box Camera::visible() const {
  const double half_width = width / 2.0 * metres_per_pixel;
  const double half_height = height / 2.0 * metres_per_pixel;
  return {centre.x - half_width, centre.y - half_height, centre.x + half_width,
          centre.y + half_height};
}

Camera Camera::panned(double right_px, double down_px) const {
  Camera moved = *this;
  moved.centre.x -= right_px * metres_per_pixel;
  moved.centre.y += down_px * metres_per_pixel;
  return moved;
}

Camera Camera::zoomed_at(ScreenPoint cursor, double factor) const {
  const Point held = world_of(cursor);
  Camera zoomed = *this;
  zoomed.metres_per_pixel = metres_per_pixel / factor;
  zoomed.centre.x = held.x - (cursor.x - width / 2.0) * zoomed.metres_per_pixel;
  zoomed.centre.y = held.y + (cursor.y - height / 2.0) * zoomed.metres_per_pixel;
  return zoomed;
}

Camera Camera::fitting(const Box& box, int width, int height, double margin_px) {
  Camera camera;
  camera.width = width;
  camera.height = height;
  double wide = 1.0;
  double high = 1.0;
  if (!box.empty()) {
    camera.centre = {(box.min_x + box.max_x) / 2.0, (box.min_y + box.max_y) / 2.0};
    wide = box.max_x - box.min_x;
    high = box.max_y - box.min_y;
    if (wide <= 0.0 && high <= 0.0) wide = 1.0;
  }
  camera.metres_per_pixel = std::max(wide / std::max(1.0, width - 2.0 * margin_px),
                                     high / std::max(1.0, height - 2.0 * margin_px));
  return camera;
}

}  // namespace quartier::render
