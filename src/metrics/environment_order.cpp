#include "metrics/environment_order.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

void copy_counts(GroupColumns groups, CellOrder& order) {
  const std::size_t m = order.size();
  order.group_count = groups.size();
  order.blocks = (groups.size() + 7) / 8;
  order.counts.resize(m * order.blocks);
  order.residents.assign(m, 0.0);
  for_chunks(m, sum_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t p = begin; p < end; ++p) {
      EightCounts* row = &order.counts[p * order.blocks];
      double residents = 0.0;
      for (std::size_t k = 0; k < groups.size(); ++k) {
        const double persons = groups[k][order.district[p]];
        row[k / 8].of[k % 8] = persons;
        residents += persons;
      }
      order.residents[p] = residents;
    }
  });
}

bool placed(const Point& place) { return std::isfinite(place.x) && std::isfinite(place.y); }

/// Grid over the districts with at most about four cells per district.
void lay_grid(std::span<const Point> places, double side_m, CellOrder& order) {
  double left = std::numeric_limits<double>::infinity();
  double bottom = left;
  double right = -left;
  double top = -left;
  std::size_t count = 0;
  for (const Point& place : places) {
    if (!placed(place)) continue;
    ++count;
    left = std::min(left, place.x);
    right = std::max(right, place.x);
    bottom = std::min(bottom, place.y);
    top = std::max(top, place.y);
  }
  if (count == 0) return;
  order.left = left;
  order.bottom = bottom;
  const double width = right - left;
  const double height = top - bottom;
  const double most_cells = 4.0 * static_cast<double>(count) + 16.0;
  double side = std::max({side_m, (width + height) / most_cells, 1e-3});
  while ((std::floor(width / side) + 1.0) * (std::floor(height / side) + 1.0) > most_cells) {
    side *= 1.25;
  }
  order.side = side;
  order.columns = static_cast<std::size_t>(width / side) + 1;
  order.rows = static_cast<std::size_t>(height / side) + 1;
}

}  // namespace

CellOrder cell_order(GroupColumns groups, std::span<const Point> places, double side_m) {
  const std::size_t n = district_count(groups);
  expects(places.size() == n, "cell_order: a place for each district");
  CellOrder order;
  lay_grid(places, side_m, order);
  order.start.assign(order.rows * order.columns + 1, 0);
  std::vector<std::uint32_t> cell(n, no_index);
  for (std::size_t i = 0; i < n; ++i) {
    if (!placed(places[i])) continue;
    const std::size_t at = order.row_of(places[i].y) * order.columns + order.column_of(places[i].x);
    cell[i] = static_cast<std::uint32_t>(at);
    ++order.start[at + 1];
  }
  std::partial_sum(order.start.begin(), order.start.end(), order.start.begin());
  const std::size_t m = order.start.back();
  order.district.resize(m);
  order.x.resize(m);
  order.y.resize(m);
  std::vector<std::uint32_t> next(order.start.begin(), order.start.end() - 1);
  for (std::size_t i = 0; i < n; ++i) {
    if (cell[i] == no_index) continue;
    const std::uint32_t position = next[cell[i]]++;
    order.district[position] = static_cast<DistrictIndex>(i);
    order.x[position] = places[i].x;
    order.y[position] = places[i].y;
  }
  copy_counts(groups, order);
  return order;
}

CellOrder plain_order(GroupColumns groups) {
  CellOrder order;
  order.district.resize(district_count(groups));
  std::iota(order.district.begin(), order.district.end(), DistrictIndex{0});
  copy_counts(groups, order);
  return order;
}

}  // namespace quartier::metrics
