#pragma once
/// Districts sorted into the cells of a square grid, with their counts beside them, so that the
/// surroundings of a district are a few contiguous runs of memory (private to the room).

#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "domain/polygons.h"
#include "metrics/columns.h"

namespace quartier::metrics {

/// Counts of eight groups: one wide register, one line of cache.
struct alignas(64) EightCounts {
  double of[8] = {};
};

/// Districts with a position, cell by cell and in district order within a cell.
struct CellOrder {
  std::size_t group_count = 0;
  std::size_t blocks = 0;               ///< EightCounts per district; missing groups count 0
  std::vector<DistrictIndex> district;  ///< [m] position of each in the full order
  std::vector<double> x;                ///< [m]
  std::vector<double> y;                ///< [m]
  std::vector<double> residents;        ///< [m] t_i
  std::vector<EightCounts> counts;      ///< [m][blocks]

  double left = 0.0;  ///< of the grid, metres
  double bottom = 0.0;
  double side = 1.0;  ///< of a cell, metres
  std::size_t columns = 1;
  std::size_t rows = 1;
  std::vector<std::uint32_t> start;  ///< [rows · columns + 1] first district of each cell

  [[nodiscard]] std::size_t size() const { return district.size(); }
  [[nodiscard]] std::size_t groups_padded() const { return blocks * 8; }
  [[nodiscard]] const double* counts_of(std::size_t position) const {
    return counts[position * blocks].of;
  }
  /// Column (row) of a coordinate, held inside the grid.
  [[nodiscard]] std::size_t column_of(double at_x) const { return cell_of(at_x - left, columns); }
  [[nodiscard]] std::size_t row_of(double at_y) const { return cell_of(at_y - bottom, rows); }

 private:
  [[nodiscard]] std::size_t cell_of(double offset, std::size_t count) const {
    const double cell = offset / side;
    if (!(cell > 0.0)) return 0;
    return cell < static_cast<double>(count) ? static_cast<std::size_t>(cell) : count - 1;
  }
};

/// Whether a district has a position.
bool has_position(const Point& place);

/// The box round the districts that have a position; all zero where none has.
Box extent_of(std::span<const Point> places);

/// Sorts districts into cells of about `side_m`, larger where that would make more than
/// `cells_per_district`. Districts without a position are left out. O(n K) memory.
///
/// @param groups  counts [K][n]
/// @param places  [n] one point per district
/// @param side_m  >= 0; infinite: one cell
CellOrder cell_order(GroupColumns groups, std::span<const Point> places, double side_m,
                     double cells_per_district);

/// All districts in their own order, without cells: for surroundings that need no positions.
CellOrder plain_order(GroupColumns groups);

}  // namespace quartier::metrics
