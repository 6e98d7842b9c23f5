#pragma once
/// The camera: which part of the world a picture shows, and where places fall on it.

#include "domain/polygons.h"

namespace quartier::render {

/// A place on the picture: pixels to the right of and below its top left corner; the centre of the
/// first pixel is (0.5, 0.5).
struct ScreenPoint {
  double x = 0.0;
  double y = 0.0;
};

/// North is up and a metre is as long east as north.
struct Camera {
  Point centre;                   ///< shown in the middle of the picture, metres
  double metres_per_pixel = 1.0;  ///< ground resolution, more than zero
  int width = 0;                  ///< of the picture, pixels
  int height = 0;

  [[nodiscard]] ScreenPoint screen_of(Point place) const;
  [[nodiscard]] Point world_of(ScreenPoint at) const;
  /// What the picture shows of the world.
  [[nodiscard]] Box visible() const;
  /// Moved with the hand: what lay at (0, 0) lies at (right_px, down_px) afterwards.
  [[nodiscard]] Camera panned(double right_px, double down_px) const;
  /// Magnified `factor` times (less than 1: zoomed out); the place under `cursor` stays there.
  [[nodiscard]] Camera zoomed_at(ScreenPoint cursor, double factor) const;
  /// The largest scale at which `box` fits the picture with `margin_px` free all round. An empty
  /// box, or one without extent, is shown as if it were a metre wide.
  static Camera fitting(const Box& box, int width, int height, double margin_px = 0.0);

  bool operator==(const Camera&) const = default;
};

}  // namespace quartier::render
