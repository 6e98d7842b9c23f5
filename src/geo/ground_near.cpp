#include "geo/ground_near.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"

namespace quartier::geo {
namespace {

constexpr std::size_t rows_in_band = 16;
/// Beyond the distance by more than the diagonal of a square nothing is asked for.
constexpr double steps_beyond = 1.5;
/// A border stays this share of an edge away from the ends of the edge, so that rings never touch.
constexpr double least_share = 1e-6;
/// Vertices nearer to the line between their neighbours are those of a straight side.
constexpr double straight_m = 1e-6;
constexpr double most_rows = 1e8;

/// Points of the lattice, told apart by their place from the south-western one.
struct Lattice {
  double step = 1.0;
  double west = 0.0;   ///< in steps
  double south = 0.0;  ///< in steps
  std::uint64_t columns = 0;
  std::uint64_t rows = 0;

  [[nodiscard]] Point at(std::uint64_t column, std::uint64_t row) const {
    return {(west + static_cast<double>(column)) * step, (south + static_cast<double>(row)) * step};
  }
};

Lattice lattice_round(std::span<const Point> ends, double reach, double step) {
  const Box box = bounds_of(ends);
  Lattice lattice;
  lattice.step = step;
  lattice.west = std::floor((box.min_x - reach) / step);
  lattice.south = std::floor((box.min_y - reach) / step);
  const double columns = std::ceil((box.max_x + reach) / step) - lattice.west + 1.0;
  const double rows = std::ceil((box.max_y + reach) / step) - lattice.south + 1.0;
  if (!(columns < most_rows && rows < most_rows)) {
    throw GeometryError("an outline cannot be drawn: its lines are too far apart");
  }
  lattice.columns = static_cast<std::uint64_t>(columns);
  lattice.rows = static_cast<std::uint64_t>(rows);
  return lattice;
}

/// Squares of the distances at one row of the lattice, as far as they are below those known.
/// @param first_x  of the first point of `row`
QUARTIER_HOT void lower_row(double* row, std::size_t count, double first_x, double step, double y,
                            Point a, Point b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double length2 = dx * dx + dy * dy;
  const double per_length2 = length2 > 0.0 ? 1.0 / length2 : 0.0;
  const double py = y - a.y;
  for (std::size_t k = 0; k < count; ++k) {
    const double px = first_x + static_cast<double>(static_cast<std::int32_t>(k)) * step - a.x;
    double t = (px * dx + py * dy) * per_length2;
    t = t < 0.0 ? 0.0 : t;
    t = t > 1.0 ? 1.0 : t;
    const double qx = px - t * dx;
    const double qy = py - t * dy;
    const double square = qx * qx + qy * qy;
    row[k] = square < row[k] ? square : row[k];
  }
}

/// A piece of the border across half a square, near ground to its left. Edges of the lattice are
/// told by the point they start from and their direction.
struct Piece {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  Point at;  ///< on the edge `from`
};

enum Direction : std::uint64_t { east, north, north_east, direction_count };

/// A band of the lattice: squares of distances at its points, and the border across it.
class Band {
 public:
  Band(const Lattice& lattice, double distance, double reach)
      : lattice_(lattice), distance_(distance), reach_(reach) {}

  /// @param lines  positions of the lines that come near the band
  std::vector<Piece> border(std::span<const Point> ends, std::span<const std::size_t> lines,
                            std::uint64_t first_row) {
    first_row_ = first_row;
    rows_ = std::min<std::uint64_t>(rows_in_band + 1, lattice_.rows - first_row);
    Box box;
    for (const std::size_t line : lines) {
      box.extend(ends[2 * line]);
      box.extend(ends[2 * line + 1]);
    }
    first_column_ = column_below(box.min_x - reach_);
    columns_ = column_below(box.max_x + reach_) + 2 - first_column_;
    square_.assign(rows_ * columns_, std::numeric_limits<double>::infinity());
    for (const std::size_t line : lines) lower(ends[2 * line], ends[2 * line + 1]);
    return pieces();
  }

 private:
  [[nodiscard]] std::uint64_t column_below(double x) const {
    const double column = std::floor(x / lattice_.step) - lattice_.west;
    return static_cast<std::uint64_t>(
        std::clamp(column, 0.0, static_cast<double>(lattice_.columns - 2)));
  }

  /// Takes a line into account at the points within reach of it, row by row.
  void lower(Point a, Point b) {
    if (a.y > b.y) std::swap(a, b);
    for (std::uint64_t r = 0; r < rows_; ++r) {
      const double y = lattice_.at(0, first_row_ + r).y;
      // Only the part of the line between these heights can be within reach of the row.
      const double low = std::max(a.y, y - reach_);
      const double high = std::min(b.y, y + reach_);
      if (low > high) continue;
      const double rise = b.y - a.y;
      double x_low = std::min(a.x, b.x);
      double x_high = std::max(a.x, b.x);
      if (rise > 0.0) {
        const double x1 = a.x + (low - a.y) / rise * (b.x - a.x);
        const double x2 = a.x + (high - a.y) / rise * (b.x - a.x);
        x_low = std::max(x_low, std::min(x1, x2) - lattice_.step);
        x_high = std::min(x_high, std::max(x1, x2) + lattice_.step);
      }
      const std::uint64_t first = column_below(x_low - reach_);
      const std::uint64_t last = column_below(x_high + reach_) + 1;
      lower_row(&square_[r * columns_ + first - first_column_], last - first + 1,
                lattice_.at(first, 0).x, lattice_.step, y, a, b);
    }
  }

  std::vector<Piece> pieces() {
    std::vector<Piece> border;
    const double limit = distance_ * distance_;
    std::vector<std::uint8_t> near(rows_ * columns_);
    for (std::size_t k = 0; k < near.size(); ++k) near[k] = square_[k] <= limit ? 1 : 0;
    std::vector<std::uint8_t> mixed(columns_ + sizeof(std::uint64_t));
    for (std::uint64_t r = 0; r + 1 < rows_; ++r) {
      const std::uint8_t* below = &near[r * columns_];
      const std::uint8_t* above = below + columns_;
      for (std::uint64_t c = 0; c + 1 < columns_; ++c) {
        mixed[c] = static_cast<std::uint8_t>((below[c] ^ below[c + 1]) | (below[c] ^ above[c]) |
                                             (below[c] ^ above[c + 1]));
      }
      for (std::uint64_t c = 0; c + 1 < columns_; c += sizeof(std::uint64_t)) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, &mixed[c], sizeof eight);
        if (eight == 0) continue;
        const std::uint64_t end = std::min<std::uint64_t>(c + sizeof eight, columns_ - 1);
        for (std::uint64_t k = c; k < end; ++k) {
          if (mixed[k] != 0) cross_square(k, r, border);
        }
      }
    }
    return border;
  }

  void cross_square(std::uint64_t c, std::uint64_t r, std::vector<Piece>& border) const {
    const Corner south_west = corner(c, r);
    const Corner south_east = corner(c + 1, r);
    const Corner top_east = corner(c + 1, r + 1);
    const Corner top_west = corner(c, r + 1);
    const std::uint64_t diagonal = edge(c, r, north_east);
    cross({south_west, south_east, top_east}, {edge(c, r, east), edge(c + 1, r, north), diagonal},
          border);
    cross({south_west, top_east, top_west}, {diagonal, edge(c, r + 1, east), edge(c, r, north)},
          border);
  }

  struct Corner {
    Point place;
    double distance = 0.0;
    bool near = false;
  };

  [[nodiscard]] Corner corner(std::uint64_t c, std::uint64_t r) const {
    const double square = square_[r * columns_ + c];
    return {lattice_.at(first_column_ + c, first_row_ + r), std::sqrt(square),
            square <= distance_ * distance_};
  }

  [[nodiscard]] std::uint64_t edge(std::uint64_t c, std::uint64_t r, Direction direction) const {
    return ((first_row_ + r) * lattice_.columns + first_column_ + c) * direction_count + direction;
  }

  /// The border across a triangle whose corners turn counter-clockwise; edge k leads from corner k
  /// to the next.
  void cross(const std::array<Corner, 3>& corners, const std::array<std::uint64_t, 3>& edges,
             std::vector<Piece>& border) const {
    for (std::size_t k = 0; k < 3; ++k) {
      const std::size_t next = (k + 1) % 3;
      const std::size_t before = (k + 2) % 3;
      if (corners[next].near != corners[before].near || corners[k].near == corners[next].near) {
        continue;
      }
      // Corner k is alone on its side.
      if (corners[k].near) {
        border.push_back({edges[k], edges[before], crossing(corners[k], corners[next])});
      } else {
        border.push_back({edges[before], edges[k], crossing(corners[before], corners[k])});
      }
    }
  }

  [[nodiscard]] Point crossing(const Corner& near, const Corner& far) const {
    const double share = std::clamp((distance_ - near.distance) / (far.distance - near.distance),
                                    least_share, 1.0 - least_share);
    return {near.place.x + share * (far.place.x - near.place.x),
            near.place.y + share * (far.place.y - near.place.y)};
  }

  const Lattice& lattice_;
  double distance_;
  double reach_;
  std::uint64_t first_row_ = 0;
  std::uint64_t rows_ = 0;
  std::uint64_t first_column_ = 0;
  std::uint64_t columns_ = 0;
  std::vector<double> square_;
};

/// Lines by the bands they come near, in their order.
struct LinesOfBands {
  std::vector<std::size_t> start{0};
  std::vector<std::size_t> lines;
};

LinesOfBands lines_of_bands(std::span<const Point> ends, const Lattice& lattice, double reach) {
  const std::uint64_t bands = (lattice.rows - 2) / rows_in_band + 1;
  const auto band_of = [&](double y) {
    const double row = std::floor(y / lattice.step) - lattice.south;
    return static_cast<std::uint64_t>(
        std::clamp(row / static_cast<double>(rows_in_band), 0.0, static_cast<double>(bands - 1)));
  };
  const auto for_lines = [&](const auto& body) {
    for (std::size_t k = 0; k < ends.size() / 2; ++k) {
      const auto [low, high] = std::minmax(ends[2 * k].y, ends[2 * k + 1].y);
      // The lowest row of points of a band is the highest of the band before.
      const std::uint64_t first = band_of(low - reach - lattice.step);
      for (std::uint64_t band = first; band <= band_of(high + reach); ++band) {
        body(band, k);
      }
    }
  };
  LinesOfBands by_band;
  by_band.start.assign(bands + 1, 0);
  for_lines([&](std::uint64_t band, std::size_t) { ++by_band.start[band + 1]; });
  for (std::size_t band = 0; band < bands; ++band) by_band.start[band + 1] += by_band.start[band];
  by_band.lines.resize(by_band.start.back());
  std::vector<std::size_t> next = by_band.start;
  for_lines([&](std::uint64_t band, std::size_t line) { by_band.lines[next[band]++] = line; });
  return by_band;
}

/// Whether a vertex lies on the line through its neighbours.
bool is_straight(Point before, Point p, Point after) {
  const double dx = after.x - before.x;
  const double dy = after.y - before.y;
  const double off = dx * (p.y - before.y) - dy * (p.x - before.x);
  const double length2 = dx * dx + dy * dy;
  return length2 > 0.0 && off * off <= straight_m * straight_m * length2;
}

/// A ring without the vertices along its straight sides.
Ring with_corners(const Ring& ring) {
  Ring corners;
  for (std::size_t k = 0; k < ring.size(); ++k) {
    const Point before = corners.empty() ? ring.back() : corners.back();
    const Point after = ring[(k + 1) % ring.size()];
    if (!is_straight(before, ring[k], after)) corners.push_back(ring[k]);
  }
  return corners;
}

/// Follows the pieces from edge to edge until they close.
std::vector<Ring> followed(std::vector<Piece>& pieces, const Lattice& lattice) {
  std::sort(pieces.begin(), pieces.end(),
            [](const Piece& a, const Piece& b) { return a.from < b.from; });
  const auto row_of = [&](std::uint64_t edge) {
    return edge / (direction_count * lattice.columns);
  };
  std::vector<std::size_t> start(lattice.rows + 1, 0);  // of the pieces of each row
  for (const Piece& piece : pieces) ++start[row_of(piece.from) + 1];
  for (std::size_t row = 0; row < lattice.rows; ++row) start[row + 1] += start[row];
  const auto position = [&](std::uint64_t edge) {
    const std::uint64_t row = row_of(edge);
    const auto end = pieces.begin() + static_cast<std::ptrdiff_t>(start[row + 1]);
    const auto found =
        std::lower_bound(pieces.begin() + static_cast<std::ptrdiff_t>(start[row]), end, edge,
                         [](const Piece& piece, std::uint64_t from) { return piece.from < from; });
    expects(found != end && found->from == edge, "rings_near: borders close");
    return static_cast<std::size_t>(found - pieces.begin());
  };
  std::vector<Ring> rings;
  std::vector<bool> done(pieces.size(), false);
  for (std::size_t first = 0; first < pieces.size(); ++first) {
    Ring ring;
    for (std::size_t k = first; !done[k]; k = position(pieces[k].to)) {
      done[k] = true;
      ring.push_back(pieces[k].at);
    }
    if (!ring.empty()) rings.push_back(with_corners(ring));
  }
  return rings;
}

}  // namespace

std::vector<Ring> rings_near(std::span<const Point> ends, double distance_m, double step_m) {
  expects(ends.size() % 2 == 0, "rings_near: two ends of each line");
  expects(distance_m > 0.0 && std::isfinite(distance_m) && step_m > 0.0 && std::isfinite(step_m),
          "rings_near: a distance and a step");
  for (const Point p : ends) expects(std::isfinite(p.x + p.y), "rings_near: finite ends");
  if (ends.empty()) return {};
  const double reach = distance_m + steps_beyond * step_m;
  const Lattice lattice = lattice_round(ends, reach, step_m);
  const LinesOfBands by_band = lines_of_bands(ends, lattice, reach);
  std::vector<std::vector<Piece>> of_band(by_band.start.size() - 1);
  for_chunks(of_band.size(), 1, [&](std::size_t band, std::size_t, std::size_t) {
    const std::size_t count = by_band.start[band + 1] - by_band.start[band];
    if (count == 0) return;
    of_band[band] = Band(lattice, distance_m, reach)
                        .border(ends, std::span(by_band.lines).subspan(by_band.start[band], count),
                                band * rows_in_band);
  });
  std::vector<Piece> pieces;
  for (const std::vector<Piece>& band : of_band) {
    pieces.insert(pieces.end(), band.begin(), band.end());
  }
  return followed(pieces, lattice);
}

}  // namespace quartier::geo
