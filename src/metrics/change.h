#pragma once
/// Change: what became of segregation between two dates, and which districts and groups drove it.
///
/// M (or H) changes because districts grow and shrink (units), because groups do (groups), and
/// because people of a group live in other districts than before (structure): the part that is left
/// when neither kind of total moves. The split is that of Elbers 2021, with every table fitted to
/// 1e-13 (see margins.h); programs that stop earlier differ by per cents of a part.
///
/// Every part is a weighted sum of differences between two tables, and for each such difference
///
///   I' − I = Σ_i d_i,  d_i = m'_i − m_i − (r'_i − r_i) (I' + I) / 2
///
/// where r_i is the district's share of the residents and m_i = r_i ls_i its share of the index (of
/// H: over E). The last term sums to zero over the districts; with it d_i is the mean r_i times the
/// change of ls_i, plus the change of r_i times how far ls_i lies above the index, so that growth
/// counts as adding to segregation only in districts more segregated than the city. Contributions
/// of groups are made in the same way. Both sets add up to the part.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/number.h"
#include "metrics/columns.h"

namespace quartier::metrics {

/// Which index the change is of.
enum class ChangeOf : std::uint8_t { mutual_information, theil_entropy };

/// How the change is split.
enum class ChangeMethod : std::uint8_t {
  elbers,             ///< the default: symmetric in the two dates
  karmel_maclachlan,  ///< starts from the first date and leaves an interaction
};

/// One part of a change.
struct ChangePart {
  double value = undefined;
  std::vector<double> by_district;  ///< [n], sum = value
  std::vector<double> by_group;     ///< [K], sum = value
};

/// A change and its parts, which add up to it.
struct SegregationChange {
  double before = undefined;
  double after = undefined;
  ChangePart units;        ///< districts became larger or smaller
  ChangePart groups;       ///< groups became larger or smaller
  ChangePart structure;    ///< where people of a group live, all totals being equal
  ChangePart interaction;  ///< 0 with the method of Elbers
  ChangePart additions;    ///< districts and groups that have residents at the later date only
  ChangePart removals;     ///< at the earlier date only
  std::size_t districts_added = 0;
  std::size_t districts_removed = 0;
  std::size_t groups_added = 0;
  std::size_t groups_removed = 0;

  [[nodiscard]] double total() const { return after - before; }
  /// All parts together, per district [n] and per group [K].
  [[nodiscard]] ChangePart all() const;
};

/// Splits the change of an index between two dates.
///
/// With A, B the two tables of those districts and groups that are counted at both, r, c their
/// shares of districts and groups, and I(S; r, c) the index of table S fitted to margins r, c:
///
///   structure = 1/2 [I_B − I(A; r_B, c_B)] + 1/2 [I(B; r_A, c_A) − I_A]
///   units_A   = 1/2 [I(A; r_B, c_A) − I_A] + 1/2 [I(A; r_B, c_B) − I(A; r_A, c_B)], groups_A alike
///   units     = (units_A + units_B) / 2, units_B from I(B; r_A, c_A) to I_B in the same way
///
/// (Elbers 2021; not the Shapley value of three players, which differs). By Karmel & Maclachlan
/// 1988: units = I(A with districts weighted by r_B / r_A) − I_A, groups alike, structure = I_B −
/// I(A; r_B, c_B), interaction = the rest. Removals and additions are the changes of I when
/// districts and groups of one date only are left out of either table.
///
/// @param before  x_ik at the earlier date [K][n]
/// @param after   x_ik at the later date   [K][n], same districts, same groups
/// @returns parts `undefined` where no district or fewer than two groups (of H) are counted at both
/// @throws Error where a table cannot be fitted (see `fitted_to_margins`)
/// @throws std::logic_error where shapes differ
SegregationChange segregation_change(GroupColumns before, GroupColumns after,
                                     ChangeOf of = ChangeOf::mutual_information,
                                     ChangeMethod method = ChangeMethod::elbers);

/// The change of M by entropies.
struct EntropyChange {
  double groups = undefined;     ///< change of E, the entropy of the city's composition
  double units = undefined;      ///< −Σ_i (r'_i − r_i) (E_i + E'_i) / 2
  double structure = undefined;  ///< −Σ_i (r_i + r'_i) / 2 · (E'_i − E_i)
};

/// The change of M by Mora & Ruiz-Castillo 2009, from M = E − Σ_i r_i E_i, for comparison with
/// older studies. The parts are many times larger than the change and cancel, because E moves with
/// every change of the composition: not fit for a conclusion. A district without residents at one
/// date counts under `units`.
/// @returns parts that add up to the change of M; `undefined` where nobody lives at a date
EntropyChange entropy_change(GroupColumns before, GroupColumns after);

}  // namespace quartier::metrics
