#include <bit>
#include <cstring>

#include "io/vector_shape.h"

namespace quartier::io {
namespace {

enum WkbType : std::uint32_t {
  wkb_point = 1,
  wkb_line = 2,
  wkb_polygon = 3,
  wkb_multi_point = 4,
  wkb_multi_line = 5,
  wkb_multi_polygon = 6,
  wkb_collection = 7,
};

/// Reads numbers off the front of a byte range; `ok` turns false where it ends too early.
class Cursor {
 public:
  explicit Cursor(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::uint32_t number() {
    std::uint32_t value = 0;
    take(&value, sizeof value);
    return swapped_ ? __builtin_bswap32(value) : value;
  }
  double real() {
    std::uint64_t bits = 0;
    take(&bits, sizeof bits);
    return std::bit_cast<double>(swapped_ ? __builtin_bswap64(bits) : bits);
  }
  /// The byte order and type of the geometry that starts here; dimensions are 2 to 4.
  std::uint32_t header(std::size_t& dimensions) {
    std::uint8_t order = 0;
    take(&order, 1);
    if (order > 1) ok = false;
    swapped_ = order == 0;
    std::uint32_t type = number();
    const bool z_flag = (type & 0x80000000U) != 0;
    const bool m_flag = (type & 0x40000000U) != 0;
    if ((type & 0x20000000U) != 0) number();
    type &= 0x1FFFFFFFU;
    const std::uint32_t iso = type / 1000;
    if (iso > 3) ok = false;
    dimensions = 2 + std::size_t{z_flag || iso == 1 || iso == 3} + std::size_t{m_flag || iso >= 2};
    return type % 1000;
  }
  /// A number of items of at least `item_bytes` each; 0 and not ok where they cannot be there.
  std::uint32_t count(std::size_t item_bytes) {
    const std::uint32_t value = number();
    if (value > bytes_.size() / item_bytes) ok = false;
    return ok ? value : 0;
  }
  void points(std::vector<Point>& into, std::size_t dimensions) {
    const std::size_t n = count(dimensions * sizeof(double));
    into.resize(n);
    if (dimensions == 2 && !swapped_) {
      take(into.data(), n * sizeof(Point));
      return;
    }
    for (Point& point : into) point = this->point(dimensions);
  }
  Point point(std::size_t dimensions) {
    Point point;
    point.x = real();
    point.y = real();
    for (std::size_t i = 2; i < dimensions; ++i) real();
    return point;
  }

  bool ok = true;

 private:
  void take(void* into, std::size_t size) {
    if (size > bytes_.size()) ok = false;
    if (!ok || size == 0) return;
    std::memcpy(into, bytes_.data(), size);
    bytes_ = bytes_.subspan(size);
  }
  std::span<const std::byte> bytes_;
  bool swapped_ = false;
};

static_assert(std::endian::native == std::endian::little);

class WkbReader {
 public:
  WkbReader(ShapeSink& sink, std::vector<Point>& scratch, std::span<const std::byte> wkb)
      : sink_(sink), scratch_(scratch), cursor_(wkb) {}

  ShapeProblem read() {
    std::size_t dimensions = 2;
    const std::uint32_t type = cursor_.header(dimensions);
    if (!cursor_.ok) return ShapeProblem::damaged;
    ShapeProblem problem = ShapeProblem::none;
    if (type >= wkb_point && type <= wkb_polygon) {
      problem = single(type, dimensions);
    } else if (type >= wkb_multi_point && type <= wkb_multi_polygon) {
      problem = parts(type - 3);
    } else if (type == wkb_collection) {
      if (cursor_.count(5) > 0) problem = ShapeProblem::wrong_type;
    } else {
      problem = ShapeProblem::wrong_type;
    }
    if (!cursor_.ok) return ShapeProblem::damaged;
    return problem != ShapeProblem::none ? problem : sink_.result();
  }

 private:
  ShapeProblem parts(std::uint32_t part_type) {
    const std::uint32_t n = cursor_.count(5);
    for (std::uint32_t i = 0; i < n; ++i) {
      std::size_t dimensions = 2;
      if (cursor_.header(dimensions) != part_type || !cursor_.ok) return ShapeProblem::damaged;
      const ShapeProblem problem = single(part_type, dimensions);
      if (problem != ShapeProblem::none || !cursor_.ok) return problem;
    }
    return ShapeProblem::none;
  }

  ShapeProblem single(std::uint32_t type, std::size_t dimensions) {
    if (type == wkb_point) return point(dimensions);
    if (type == wkb_line) {
      if (sink_.wanted() != ShapeKind::lines) return ShapeProblem::wrong_type;
      cursor_.points(scratch_, dimensions);
      return cursor_.ok ? sink_.add_line(scratch_) : ShapeProblem::damaged;
    }
    if (sink_.wanted() != ShapeKind::polygons) return ShapeProblem::wrong_type;
    const std::uint32_t ring_count = cursor_.count(4);
    for (std::uint32_t r = 0; r < ring_count; ++r) {
      cursor_.points(scratch_, dimensions);
      if (!cursor_.ok) return ShapeProblem::damaged;
      const ShapeProblem problem = sink_.add_ring(scratch_);
      if (problem != ShapeProblem::none) return problem;
    }
    sink_.end_part();
    return ShapeProblem::none;
  }

  ShapeProblem point(std::size_t dimensions) {
    if (sink_.wanted() != ShapeKind::points) return ShapeProblem::wrong_type;
    const Point place = cursor_.point(dimensions);
    if (!cursor_.ok) return ShapeProblem::damaged;
    // An empty point is written as NaN NaN (OGC 12-128r18, annex on geometry encoding).
    if (place.x != place.x && place.y != place.y) return ShapeProblem::none;
    return sink_.add_point(place);
  }

  ShapeSink& sink_;
  std::vector<Point>& scratch_;
  Cursor cursor_;
};

}  // namespace

ShapeProblem ShapeSink::add_wkb(std::span<const std::byte> wkb) {
  return WkbReader(*this, scratch_, wkb).read();
}

}  // namespace quartier::io
