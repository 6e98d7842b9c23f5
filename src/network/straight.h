#pragma once
/// Straight lines between places, in the plane or on the globe.

#include <cstdint>

#include "domain/polygons.h"

namespace quartier::network {

/// How straight lines are measured.
enum class Straight : std::uint8_t {
  plane,   ///< coordinates in metres
  sphere,  ///< longitude and latitude in degrees; haversine, radius 6,371,008.8 m
};

/// The length of the straight line, or of the great circle, in metres.
double straight_m(Point a, Point b, Straight straight);

/// Metres to a step of 1 in y: 1, or those of a degree of latitude. No two places are nearer than
/// their distance in y.
double metres_per_y(Straight straight);

}  // namespace quartier::network
