#include "study/origins.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "geo/locate.h"

namespace quartier::study {
namespace {

constexpr double most_cells = 4e6;

/// Centres of the cells of a grid over everything.
std::vector<Point> cell_centres(const Edition& area, double side_m) {
  Box box;
  for (const Point vertex : area.districts.shapes.vertices) box.extend(vertex);
  std::vector<Point> centres;
  if (box.empty()) return centres;
  const double first_x = std::floor(box.min_x / side_m);
  const double first_y = std::floor(box.min_y / side_m);
  const double columns = std::floor(box.max_x / side_m) - first_x + 1.0;
  const double rows = std::floor(box.max_y / side_m) - first_y + 1.0;
  if (columns * rows > most_cells) {
    throw InputError("a grid of " + exact_text(side_m) + " m has more than 4 million cells here",
                     "choose a larger [origins] grid_m");
  }
  for (double row = 0.0; row < rows; ++row) {
    for (double column = 0.0; column < columns; ++column) {
      centres.push_back({(first_x + column + 0.5) * side_m, (first_y + row + 0.5) * side_m});
    }
  }
  return centres;
}

}  // namespace

EditionOrigins origins_of(const io::StudyOrigins& settings, const Edition& area,
                          std::span<const Point> junctions, const Services* people,
                          std::vector<Finding>& findings) {
  EditionOrigins origins;
  const std::vector<Point>& centroids = area.districts.centroids;
  if (settings.from == "centroids") {
    origins.places = centroids;
    return origins;
  }
  std::vector<Point> cells;
  if (settings.from == "grid") cells = cell_centres(area, settings.grid_m);
  const std::span<const Point> places = people != nullptr ? people->places
                                        : settings.from == "streets"
                                            ? junctions
                                            : std::span<const Point>(cells);
  const std::vector<DistrictIndex> district = geo::located(places, area.districts.shapes);
  const auto weight = [&](std::size_t k) { return people != nullptr ? people->supply[k] : 1.0; };
  std::vector<std::uint32_t> order;
  for (std::size_t k = 0; k < places.size(); ++k) {
    if (district[k] != no_index && weight(k) > 0.0) order.push_back(static_cast<std::uint32_t>(k));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return district[a] < district[b]; });
  std::size_t next = 0;
  std::size_t without = 0;
  for (std::size_t d = 0; d < area.districts.size(); ++d) {
    const std::size_t begin = next;
    double sum = 0.0;
    while (next < order.size() && district[order[next]] == d) sum += weight(order[next++]);
    if (begin == next) {
      ++without;
      origins.points.district.push_back(static_cast<DistrictIndex>(d));
      origins.points.share.push_back(1.0);
      origins.places.push_back(centroids[d]);
      continue;
    }
    for (std::size_t k = begin; k < next; ++k) {
      origins.points.district.push_back(static_cast<DistrictIndex>(d));
      origins.points.share.push_back(weight(order[k]) / sum);
      origins.places.push_back(places[order[k]]);
    }
  }
  if (without > 0) {
    Finding finding{.kind = "origins_missing", .severity = Severity::note};
    finding.layer = area.label;
    finding.count = without;
    finding.message =
        "Districts without a point where people live; their ways begin at the centroid";
    findings.push_back(std::move(finding));
  }
  return origins;
}

}  // namespace quartier::study
