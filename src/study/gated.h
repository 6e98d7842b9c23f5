#pragma once
/// Private to study: the disclosure policy applied to columns worked out from counts.

#include <span>
#include <vector>

#include "disclosure/gate.h"
#include "disclosure/policy.h"
#include "study/columns.h"
#include "study/compute.h"

namespace quartier::study {

/// True for a hidden count that a value made from it can give away. One hidden at the source of
/// which nothing can be read enters every value as 0, so that nothing of it is in there.
bool is_secret(const disclosure::Protection& table, const CountTable& counts, GroupIndex group,
               std::size_t district);

/// True where a count of one of `groups` is a secret in any district.
bool any_secret(const disclosure::Protection& table, const CountTable& counts,
                std::span<const GroupIndex> groups);

/// A column with the gate applied to its full values: values that may not be seen are NaN with the
/// state `suppressed`, values that do not exist `undefined` or `no_data`. Values made from all
/// groups of a district at once (entropy, local divergence) are coarsened where one of its counts
/// is hidden, to what a reader can work out from those shown (see `coarse_value`). Indicators of a
/// group are hidden where its count at the same date is. Values made from other districts' counts
/// are hidden where one of these is (see `reach_of`).
///
/// Values of access are worked out from the counts as a reader sees them (disclosure::seen_counts),
/// so that none of them holds a hidden count. Where other ways to fill in the hidden ones move a
/// value, it is told to a step of at least twice as much, and hidden where that step is more than a
/// tenth of it: so far the middle is no better than a guess.
Column gated(const Study& study, const std::vector<EditionWeights>& weights,
             const ColumnSpec& spec);

/// A ranking with the contributions and scores that may be seen; ranks are shown.
PublishedRanking gated(const Study& study, const std::vector<EditionWeights>& weights,
                       const StudyRanking& ranking);

/// Applies the gate to rows of the whole city.
///
/// Indices of segregation stay computed from the full counts:
///
/// - Indices that read a hidden count are rounded to three decimals. At full length a single one
///   (isolation holds Σ x² / t) leaves one way to divide the known sum among the hidden counts.
/// - `city_share`, and the share of the city that isolation and interaction expect, are hidden
/// where
///   one of the city totals they are made from is: with the number of residents they give it.
///
/// Rows of access are worked out from the counts as a reader sees them, as columns are. Where other
/// ways to fill in the hidden counts move a value, it is told to a step of at least twice as much
/// (`status` tells the step) and hidden where that is more than a tenth of the range of the
/// districts' values, of 1 for shares and indices, or of the value itself. Statuses that number
/// persons who reach no service are shortened where a hidden count is among them, since the number
/// is a guess.
///
/// @param moves  [rows] of access, see `Results`; empty for indices
void gate_rows(const Study& study, const std::vector<EditionWeights>& weights,
               std::vector<metrics::ResultRow>& rows, std::span<const double> moves);

}  // namespace quartier::study
