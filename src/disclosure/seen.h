#pragma once
/// The table as a reader sees it: hidden counts filled in from nothing but what is shown.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "disclosure/gate.h"
#include "domain/counts.h"
#include "domain/groups.h"

namespace quartier::disclosure {

/// How a hidden count is filled in. Its bounds are what a reader can say of it from its district's
/// shown counts and the group's total of the city; other sums may tell him more.
enum class Fill : std::uint8_t {
  middle,    ///< an even part of the persons left over, see `seen_counts`
  least,     ///< its least
  greatest,  ///< its greatest
  mixed,     ///< of a group's hidden counts, in district order, one greatest, one least, ...
  mirrored,  ///< one least, one greatest, ...
};
inline constexpr std::size_t fill_count = 5;
/// All but the middle: by how far they move a value is how well it is known.
inline constexpr std::array other_fills{Fill::least, Fill::greatest, Fill::mixed, Fill::mirrored};

/// One date with every hidden count filled in.
struct SeenCounts {
  std::vector<CountTable> fills;    ///< [fill_count]
  std::vector<std::uint8_t> hides;  ///< [group count] 1 where a count that is filled in can matter

  [[nodiscard]] const CountTable& as(Fill fill) const {
    return fills[static_cast<std::size_t>(fill)];
  }
};

/// Fills in the hidden counts of the districts from shown counts alone, so that whatever is worked
/// out from the result tells a reader nothing that the shown counts do not.
///
/// Parents come before their children. For a hidden count of group g with parent p in district i:
///
///   least_i    = what the shown counts below g add up to (0 for a leaf)
///   free_i     = persons of p in i (filled in where hidden) less all shown counts below p
///   left       = city total of g − its shown counts − Σ least
///   middle_i   = least_i + left · e_i / Σ e,   e_i = free_i / number of p's hidden children in i
///   greatest_i = least_i + min(free_i, left)
///
/// the middle kept within the two bounds. Where the city total is hidden, middle_i = least_i + e_i
/// and greatest_i = least_i + free_i. Everyone's count has no parent: what is left is shared
/// evenly, and where the city total is hidden too, its greatest is above that of all shown
/// districts together. Nothing is taken from parents' totals below the city: a reader knows more,
/// not less.
///
/// Shown counts are as they are. Finer cells hidden at the source keep their number and the width
/// of their bounds.
///
/// @param protection  of this table
SeenCounts seen_counts(const CountTable& counts, const Groups& groups,
                       const Protection& protection);

}  // namespace quartier::disclosure
