#pragma once
/// An index of points in the plane: the exact nearest one, and all within a distance.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "domain/polygons.h"

namespace quartier::network {

/// A point of the index and its squared distance from the place asked for.
struct IndexedPoint {
  std::uint32_t point = no_index;  ///< position in the span the index was made from
  double squared_m2 = 0.0;
};

/// A balanced k-d tree (Bentley 1975) with small leaves. It does not degrade where points are
/// clustered, repeated or far apart. Points with a coordinate that is not finite are left out.
class PointIndex {
 public:
  PointIndex() = default;
  /// @param points   places in metres [n]
  /// @param include  which of them to index [n]; empty: all
  explicit PointIndex(std::span<const Point> points, std::span<const std::uint8_t> include = {});

  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

  /// The nearest point, of equally near ones that with the lowest position. Distances are compared
  /// as dx·dx + dy·dy in double precision. `no_index` where the index is empty or `place` not
  /// finite.
  [[nodiscard]] IndexedPoint nearest(Point place) const;

  /// Adds to `found` every point with factor · distance <= limit, in no particular order.
  void within(Point place, double factor, double limit, std::vector<IndexedPoint>& found) const;

 private:
  struct Entry {
    double x, y;
    std::uint32_t point;
  };
  struct Node {
    double split = 0.0;  ///< coordinate of the split; unused in leaves
    bool by_x = false;
  };
  void build(std::size_t node, std::size_t begin, std::size_t end);
  void search_nearest(std::size_t node, std::size_t begin, std::size_t end, Point place,
                      IndexedPoint& best) const;
  template <typename Accept>
  void search_within(std::size_t node, std::size_t begin, std::size_t end, Point place,
                     const Accept& accept, std::vector<IndexedPoint>& found) const;

  std::vector<Entry> entries_;
  std::vector<Node> nodes_;  ///< a heap: the halves of node k are 2k+1 and 2k+2
};

}  // namespace quartier::network
