#pragma once
/// Private to study: the disclosure policy applied to columns worked out from counts.

#include <span>
#include <vector>

#include "disclosure/gate.h"
#include "disclosure/policy.h"
#include "study/columns.h"
#include "study/compute.h"

namespace quartier::study {

/// The protection of every date of every edition.
struct Gate {
  disclosure::Policy policy;
  std::vector<std::vector<disclosure::Protection>> tables;  ///< [edition][date]
  [[nodiscard]] const disclosure::Protection& table(std::uint32_t edition, std::size_t date) const {
    return tables[edition][date];
  }
};

/// Protects every table and attacks it with the audit.
/// @throws Error where a hidden count could be worked out all the same
Gate gate_of(const Study& study);

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
/// are hidden where one of these is (see `reach_of`). Values made from the demand have two digits
/// where a count of it is hidden, and none where they are the district's own demand times something
/// known. Sums of persons over districts are told, beside, in steps of 10 times the policy's width,
/// and not where they round to 0.
Column gated(const Study& study, const Gate& gate, const ColumnSpec& spec,
             metrics::DistrictValues values);

/// The value to two digits that count.
double two_digits(double value);

/// Who needs a service: the group its settings name, or everyone.
GroupIndex demand_group(const Study& study, std::string_view service);

/// A ranking with the contributions and scores that may be seen; ranks are shown.
PublishedRanking gated(const Study& study, const Gate& gate,
                       const std::vector<EditionWeights>& weights, const StudyRanking& ranking);

/// Applies the gate to rows of the whole city. They stay computed from the full counts:
///
/// - Indices that read a hidden count are rounded to three decimals. At full length a single one
///   (isolation holds Σ x² / t) leaves one way to divide the known sum among the hidden counts.
/// - `city_share`, and the share of the city that isolation and interaction expect, are hidden
/// where
///   one of the city totals they are made from is: with the number of residents they give it.
/// - Access of a group of which counts of districts are hidden (or of its reference) is a mean of
///   values that are shown for every district, weighted by the hidden counts: ten services make ten
///   equations, which give them all. Such rows are rounded to a step of 1, 2 or 5 × 10^k of at
///   least 10 w R / X, where w is the policy's width, R the range of the districts' values and X
///   the persons of the group; `status` tells the step.
/// - What is made from the demand of all districts (unused supply, congestion) has two digits where
///   a count of the demand is hidden, and is hidden where it is a number of persons.
/// - Persons who reach no service, and statuses that tell their number, are hidden where one of the
///   counts they are a sum of is.
void gate_rows(const Study& study, const Gate& gate, const std::vector<EditionWeights>& weights,
               std::vector<metrics::ResultRow>& rows);

}  // namespace quartier::study
