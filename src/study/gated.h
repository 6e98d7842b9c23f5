#pragma once
/// Private to study: the disclosure policy applied to columns worked out from counts.

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

/// A column with the gate applied to its full values: values that may not be seen are NaN with the
/// state `suppressed`, values that do not exist `undefined` or `no_data`. Values made from all
/// groups of a district at once (entropy, local divergence) are coarsened where one of its counts
/// is hidden, to a step that hides at least twice what that count can change, and hidden where that
/// step would exceed a tenth.
Column gated(const Study& study, const Gate& gate, const ColumnSpec& spec,
             metrics::DistrictValues values);

/// A ranking with the contributions and scores that may be seen; ranks are shown.
PublishedRanking gated(const Study& study, const Gate& gate,
                       const std::vector<EditionWeights>& weights, const StudyRanking& ranking);

}  // namespace quartier::study
