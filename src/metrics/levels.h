#pragma once
/// Levels: how much of segregation lies between larger areas and how much within them.
///
/// Districts nest in parents (boroughs), parents in larger ones, all in the city. M and H split
/// exactly over such a chain; D does not (see docs/metrics/decomposition.md). Conventions: a
/// district without a parent stands as a parent of its own, so it adds to the part between parents
/// and nothing to the part within; how many such districts there are is returned. Every part within
/// is weighted by persons. Nats.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/number.h"
#include "metrics/columns.h"

namespace quartier::metrics {

/// The parent of each district [n], counted from 0; `no_index`: none.
using ParentOf = std::span<const std::uint32_t>;

/// What one parent holds.
struct ParentPart {
  double population_share = undefined;    ///< T_g / T; undefined where nobody lives in the city
  double mutual_information = undefined;  ///< M_g, of its districts against its own composition;
                                          ///< undefined where nobody lives in it
  double theil_entropy = undefined;       ///< H_g = M_g / E_g; undefined where E_g is 0
  double entropy_ratio = undefined;       ///< E_g / E; undefined where E is 0
};

/// M and H of the city split by one level of parents.
struct LevelSplit {
  double mutual_information = undefined;  ///< M
  double between = undefined;             ///< M of the parents' totals
  double within = undefined;              ///< Σ_g (T_g / T) M_g
  double theil_entropy = undefined;       ///< H = M / E
  double theil_between = undefined;       ///< M_between / E
  double theil_within = undefined;        ///< Σ_g (T_g / T) (E_g / E) H_g = M_within / E
  std::vector<ParentPart> parents;        ///< [parent count]
  std::size_t without_parent = 0;         ///< districts that stand as their own parent
};

/// Splits M and H into a part between parents and a part within them (Theil 1972; Reardon &
/// Firebaugh 2002; Mora & Ruiz-Castillo 2011).
///
///   M = M_between + Σ_g (T_g / T) M_g,   H = M_between / E + Σ_g (T_g / T) (E_g / E) H_g
///
/// @param groups        K columns that together are everyone [K][n]
/// @param parent_of     the parent of each district [n]
/// @param parent_count  parents of the level, more than every position in `parent_of`
/// @returns all undefined where nobody lives in the city; the H parts also where E = 0
/// @throws std::logic_error where lengths differ or a position is too large
LevelSplit level_split(GroupColumns groups, ParentOf parent_of, std::size_t parent_count);

/// One step of a chain of nested levels.
struct NestedStep {
  double mutual_information = undefined;  ///< M of the finer areas within the coarser ones
  double theil_entropy = undefined;       ///< the same over the city's E
  std::size_t area_count = 0;             ///< finer areas
};

/// M and H split over a chain of levels: neighbourhoods within boroughs, districts within
/// neighbourhoods, ... (the sums telescope: the steps add up to M and to H).
///
/// @param levels  the parent of each district at each level, nearest parents first [level][n]; an
///                area that has no parent at a level stands for itself there
/// @returns [level count + 1]: first the districts within their nearest parents, last the
///          outermost parents within the city
/// @throws std::logic_error where lengths differ or the levels do not nest (`first_not_nested`)
std::vector<NestedStep> nested_split(GroupColumns groups, std::span<const ParentOf> levels);

/// The first district [n] whose area at some level lies in two areas of the next, or `no_index`
/// where the levels nest.
std::uint32_t first_not_nested(std::size_t district_count, std::span<const ParentOf> levels);

}  // namespace quartier::metrics
