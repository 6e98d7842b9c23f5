#include "metrics/environment_order.h"

#include <algorithm>
#include <cmath>
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

/// A grid over the districts with at most about `most_cells`.
void lay_grid(const Box& extent, double side_m, double most_cells, CellOrder& order) {
  const double width = extent.max_x - extent.min_x;
  const double height = extent.max_y - extent.min_y;
  double side = std::max({side_m, (width + height) / most_cells, 1e-3});
  while ((std::floor(width / side) + 1.0) * (std::floor(height / side) + 1.0) > most_cells) {
    side *= 1.25;
  }
  order.left = extent.min_x;
  order.bottom = extent.min_y;
  order.side = side;
  order.columns = static_cast<std::size_t>(width / side) + 1;
  order.rows = static_cast<std::size_t>(height / side) + 1;
}

}  // namespace

bool has_position(const Point& place) { return std::isfinite(place.x) && std::isfinite(place.y); }

Box extent_of(std::span<const Point> places) {
  Box box;
  for (const Point& place : places) {
    if (has_position(place)) box.extend(place);
  }
  return box.empty() ? Box{0.0, 0.0, 0.0, 0.0} : box;
}

CellOrder cell_order(GroupColumns groups, std::span<const Point> places, double side_m,
                     double cells_per_district) {
  const std::size_t n = district_count(groups);
  expects(places.size() == n, "cell_order: a place for each district");
  CellOrder order;
  const double most_cells = cells_per_district * static_cast<double>(n) + 16.0;
  lay_grid(extent_of(places), side_m, most_cells, order);
  order.start.assign(order.rows * order.columns + 1, 0);
  std::vector<std::uint32_t> cell(n, no_index);
  for (std::size_t i = 0; i < n; ++i) {
    if (!has_position(places[i])) continue;
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
