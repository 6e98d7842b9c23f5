#pragma once
/// A packed tree over the boxes of districts: which of them are near a place.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "domain/polygons.h"

namespace quartier::geo {

/// True where two boxes come within `reach` of each other; empty boxes never do.
inline bool boxes_near(const Box& a, const Box& b, double reach) {
  return !a.empty() && !b.empty() && a.max_x + reach >= b.min_x && b.max_x + reach >= a.min_x &&
         a.max_y + reach >= b.min_y && b.max_y + reach >= a.min_y;
}

/// The box of every district; empty without shape. In parallel. [district count]
std::vector<Box> district_boxes(const Polygons& shapes);

/// Districts sorted along a Hilbert curve, sixteen to a box, sixteen boxes to the next.
class BoxIndex {
 public:
  explicit BoxIndex(std::span<const Box> boxes);

  /// Calls visit(district) for each district whose box comes within `reach` of `box`, in the same
  /// order every time, but not sorted.
  template <typename Visit>
  void for_near(const Box& box, double reach, const Visit& visit) const {
    if (!levels_.empty()) descend(levels_.size() - 1, 0, levels_.back().size(), box, reach, visit);
  }

 private:
  static constexpr std::size_t fan = 16;
  std::vector<DistrictIndex> district_;   ///< in the order of the curve
  std::vector<std::vector<Box>> levels_;  ///< level 0: one box per district

  template <typename Visit>
  void descend(std::size_t level, std::size_t begin, std::size_t end, const Box& box, double reach,
               const Visit& visit) const {
    for (std::size_t k = begin; k < end; ++k) {
      if (!boxes_near(levels_[level][k], box, reach)) continue;
      if (level == 0) {
        visit(district_[k]);
      } else {
        descend(level - 1, k * fan, std::min((k + 1) * fan, levels_[level - 1].size()), box, reach,
                visit);
      }
    }
  }
};

}  // namespace quartier::geo
