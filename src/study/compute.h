#pragma once
/// From a loaded study to results: every index from full counts, access from those
/// that are shown.

#include <cstdint>
#include <string>
#include <vector>

#include "base/progress.h"
#include "metrics/result.h"
#include "priority/profile.h"
#include "priority/ranking.h"
#include "study/choice.h"
#include "study/study.h"

namespace quartier::study {

/// A priority profile computed for one edition.
struct StudyRanking {
  std::uint32_t edition = 0;
  std::string date;  ///< the latest date among its indicators
  priority::PriorityProfile profile;
  priority::Ranking ranking;
  std::vector<ColumnSpec> columns;  ///< [item] the column each item was read from
};

/// What was computed. City-wide rows are ready to publish; per-district columns are made from the
/// study when they are asked for.
struct Results {
  std::vector<metrics::ResultRow> indices;
  std::vector<metrics::ResultRow> access;  ///< with hidden counts filled in
  std::vector<double> access_moves;  ///< [access] how far other ways to fill them move the value
  std::vector<StudyRanking> rankings;
  std::vector<Finding> findings;
};

/// @throws InputError where the study or the choice asks for a group, column or metric that does
///         not exist, or for one that the study has nothing for
Results compute(const Study& study, Progress& progress, const MetricChoice& choice = {});

}  // namespace quartier::study
