#include "metrics/centralization.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "metrics/nearest_places.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

using Numbers = std::span<const double>;

constexpr std::size_t local_grain = 1024;
/// Distances nearer than this part of them are equal but for rounding.
constexpr double same_distance = 1e-9;

/// A district on its way outwards.
struct Place {
  double distance = 0.0;
  std::uint32_t district = 0;
};

bool nearer(const Place& a, const Place& b) {
  return a.distance != b.distance ? a.distance < b.distance : a.district < b.district;
}

bool finite(Point place) { return std::isfinite(place.x) && std::isfinite(place.y); }

double distance_between(Point a, Point b) {
  const double dx = a.x - b.x;
  const double dy = a.y - b.y;
  return std::sqrt(dx * dx + dy * dy);
}

/// A district is the first of its own neighbourhood, also where others share its centroid.
void put_first(std::vector<Place>& places, std::uint32_t district) {
  auto own = places.begin();
  while (own != places.end() && own->district != district) ++own;
  if (own == places.end()) {
    --own;
    *own = {0.0, district};
  }
  std::rotate(places.begin(), own, own + 1);
}

/// Σ X_(i−1) Y_i − X_i Y_(i−1) over places in order. With the running sums before district i this
/// is Σ X_(i−1) y_i − x_i Y_(i−1), in whole numbers where counts are whole.
double centralization(std::span<const Place> places, Numbers x, Numbers y, Ties ties) {
  if (places.size() < 2) return undefined;
  double area = 0.0;
  double x_inside = 0.0;
  double y_inside = 0.0;
  std::size_t i = 0;
  while (i < places.size()) {
    const double first = places[i].distance;
    double x_here = 0.0;
    double y_here = 0.0;
    do {
      x_here += x[places[i].district];
      y_here += y[places[i].district];
      ++i;
    } while (ties == Ties::together && i < places.size() &&
             places[i].distance - first <= same_distance * places[i].distance);
    area += x_inside * y_here - x_here * y_inside;
    x_inside += x_here;
    y_inside += y_here;
  }
  if (!(x_inside > 0.0) || !(y_inside > 0.0)) return undefined;
  return std::clamp(area / (x_inside * y_inside), -1.0, 1.0);
}

}  // namespace

Point mean_centre(std::span<const Point> centroids, Numbers total, EmptyDistricts empty) {
  expects(empty == EmptyDistricts::kept || total.size() == centroids.size(),
          "mean_centre: everyone of every district");
  double x = 0.0;
  double y = 0.0;
  double count = 0.0;
  for (std::size_t i = 0; i < centroids.size(); ++i) {
    if (!finite(centroids[i])) continue;
    if (empty == EmptyDistricts::dropped && !(total[i] > 0.0)) continue;
    x += centroids[i].x;
    y += centroids[i].y;
    count += 1.0;
  }
  return {x / count, y / count};
}

std::vector<double> distances_to_nearest(std::span<const Point> centroids,
                                         std::span<const Point> centres) {
  return per_district(centroids.size(), [&](std::size_t i) {
    double nearest = undefined;
    for (const Point centre : centres) {
      const double distance = distance_between(centroids[i], centre);
      if (!is_defined(nearest) || distance < nearest) nearest = distance;
    }
    return nearest;
  });
}

std::vector<double> within_distance(Numbers distances_m, Metres limit) {
  return per_district(distances_m.size(), [&](std::size_t i) {
    return distances_m[i] <= limit.value ? distances_m[i] : undefined;
  });
}

double absolute_centralization(Numbers group, Numbers total, Numbers area, Numbers distance,
                               EmptyDistricts empty, Ties ties) {
  expects(group.size() == total.size() && group.size() == area.size() &&
              group.size() == distance.size(),
          "absolute_centralization: the same districts four times");
  std::vector<Place> places;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (empty == EmptyDistricts::dropped && !(total[i] > 0.0)) continue;
    if (std::isfinite(distance[i]) && is_defined(area[i])) {
      places.push_back({distance[i], static_cast<std::uint32_t>(i)});
    }
  }
  std::sort(places.begin(), places.end(), nearer);
  return centralization(places, group, area, ties);
}

double relative_centralization(Numbers group, Numbers reference, Numbers distance, Ties ties) {
  expects(group.size() == reference.size() && group.size() == distance.size(),
          "relative_centralization: the same districts three times");
  std::vector<Place> places;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (std::isfinite(distance[i])) places.push_back({distance[i], static_cast<std::uint32_t>(i)});
  }
  std::sort(places.begin(), places.end(), nearer);
  return centralization(places, group, reference, ties);
}

std::vector<double> local_relative_centralization(Numbers group, Numbers reference,
                                                  std::span<const Point> centroids,
                                                  std::uint32_t neighbours, Ties ties) {
  expects(group.size() == reference.size() && group.size() == centroids.size(),
          "local_relative_centralization: the same districts three times");
  std::vector<double> values(group.size(), undefined);
  const NearestPlaces index(centroids);
  for_chunks(values.size(), local_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::vector<NearPlace> near;
    std::vector<Place> places;
    for (std::size_t i = begin; i < end; ++i) {
      if (!finite(centroids[i])) continue;
      const std::size_t count = std::min<std::size_t>(group.size(), std::size_t{neighbours} + 1);
      index.nearest(centroids[i], count, near);
      if (ties == Ties::together) {
        const double farthest = std::sqrt(near.back().squared_m2) * (1.0 + same_distance);
        index.within(centroids[i], farthest * farthest, near);
      }
      places.clear();
      for (const NearPlace& place : near) {
        places.push_back({std::sqrt(place.squared_m2), place.place});
      }
      if (ties == Ties::row_order) put_first(places, static_cast<std::uint32_t>(i));
      values[i] = centralization(places, group, reference, ties);
    }
  });
  return values;
}

std::vector<double> local_relative_centralization(Numbers group, Numbers reference,
                                                  std::span<const Point> centroids,
                                                  const Contiguity& contiguity, ContiguityRule rule,
                                                  Ties ties) {
  expects(group.size() == reference.size() && group.size() == centroids.size() &&
              group.size() == contiguity.size(),
          "local_relative_centralization: the same districts four times");
  std::vector<double> values(group.size(), undefined);
  for_chunks(values.size(), local_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::vector<Place> places;
    for (std::size_t i = begin; i < end; ++i) {
      if (!finite(centroids[i])) continue;
      places.assign(1, {0.0, static_cast<std::uint32_t>(i)});
      for (std::uint32_t l = contiguity.start[i]; l < contiguity.start[i + 1]; ++l) {
        const DistrictIndex j = contiguity.neighbour[l];
        if (rule == ContiguityRule::rook && !(contiguity.shared_m[l] > 0.0)) continue;
        if (finite(centroids[j])) {
          places.push_back({distance_between(centroids[i], centroids[j]), j});
        }
      }
      std::sort(places.begin() + 1, places.end(), nearer);
      values[i] = centralization(places, group, reference, ties);
    }
  });
  return values;
}

}  // namespace quartier::metrics
