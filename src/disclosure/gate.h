#pragma once
/// The gate: which counts of one table may leave, such that none that is hidden can be worked out.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "disclosure/policy.h"
#include "domain/counts.h"
#include "domain/districts.h"
#include "domain/groups.h"

namespace quartier::disclosure {

/// What the gate says of one count.
enum class CellState : std::uint8_t {
  shown,          ///< may leave
  at_least,       ///< may leave, marked as "at least": some finer cells are hidden at the source
  primary,        ///< hidden: too small
  complementary,  ///< hidden: would give away one that is too small
  publisher,      ///< hidden at the source
};

std::string_view id_of(CellState state);

/// True for counts that may leave. The reasons for hiding are for the analyst: what leaves says
/// only "suppressed", since telling which cell is too small would tell its range.
constexpr bool may_show(CellState state) {
  return state == CellState::shown || state == CellState::at_least;
}

/// The states of every count of one date: districts, parents of every level and the city, for
/// every node of the tree of groups.
struct Protection {
  std::size_t district_count = 0;
  std::size_t group_count = 0;
  std::vector<std::size_t> level_start;  ///< [level count + 1] position of the first parent
  std::vector<CellState> states;         ///< column by column: districts, parents, the city

  /// Places per group: districts, then the parents of each level, then the city.
  [[nodiscard]] std::size_t place_count() const { return level_start.back() + 1; }
  [[nodiscard]] CellState at(GroupIndex g, std::size_t district) const {
    return states[g * place_count() + district];
  }
  [[nodiscard]] CellState parent(std::size_t level, GroupIndex g, std::size_t p) const {
    return states[g * place_count() + level_start[level] + p];
  }
  [[nodiscard]] CellState city(GroupIndex g) const { return states[(g + 1) * place_count() - 1]; }
  /// The districts of one group [district count].
  [[nodiscard]] std::span<const CellState> column(GroupIndex g) const {
    return std::span(states).subspan(g * place_count(), district_count);
  }
  /// Counts in a state, over all groups and places.
  [[nodiscard]] std::size_t count(CellState state) const;
};

/// Decides for every count of a table, its margins included, whether it may leave.
///
/// Primary: counts below the threshold, whether of a group or of everyone, in a district, a parent
/// or the city. Publisher: counts of which nothing, or less than the threshold, can be read at the
/// source; where at least the threshold can be read the state is `at_least`. Complementary cells
/// are chosen so that for every hidden cell there is proof that it cannot be worked out from what
/// is shown: a set of hidden cells between which persons can be exchanged without any shown number
/// changing (the rectangles of Repsilber 1994, joined to strips). The proof says in what interval
/// an attacker, who knows every shown number, all sums, and that counts are not negative, must at
/// least place a count below the threshold; its width is at least `policy.width()`. A count hidden
/// at the source is kept from being pinned to one value where its group's parent is known in full;
/// elsewhere no sum holds the hidden part, and nothing more need be hidden for it.
/// Cells that cost least are chosen: first those that hide no zero, then those that hide the fewest
/// persons, then the first in order. The everyone count of a district, parent totals and the city
/// total are hidden only where nothing else protects.
///
/// The same bits for any number of threads. O(districts × groups²) time at worst, one byte per
/// cell of result.
///
/// @param counts  one date; its columns follow `groups`
/// @param levels  the parents of the districts; the city is implied
/// @throws InputError as `check(policy)`
Protection protect(const CountTable& counts, const Groups& groups,
                   std::span<const ParentLevel> levels, const Policy& policy);

}  // namespace quartier::disclosure
