#include "study/sample/noise.h"

namespace quartier::study::sample {
namespace {

double corner_value(std::uint64_t key, std::int64_t i, std::int64_t j) {
  RandomStream stream(key, static_cast<std::uint64_t>(i), static_cast<std::uint64_t>(j));
  return 2.0 * stream.uniform() - 1.0;
}

double eased(double t) { return t * t * (3.0 - 2.0 * t); }

}  // namespace

double smooth_noise(std::uint64_t key, double x, double y) {
  const double floor_x = std::floor(x);
  const double floor_y = std::floor(y);
  const auto i = static_cast<std::int64_t>(floor_x);
  const auto j = static_cast<std::int64_t>(floor_y);
  const double s = eased(x - floor_x);
  const double t = eased(y - floor_y);
  const double south = (1.0 - s) * corner_value(key, i, j) + s * corner_value(key, i + 1, j);
  const double north =
      (1.0 - s) * corner_value(key, i, j + 1) + s * corner_value(key, i + 1, j + 1);
  return (1.0 - t) * south + t * north;
}

}  // namespace quartier::study::sample
