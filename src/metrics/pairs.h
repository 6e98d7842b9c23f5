#pragma once
/// Groups two by two: how unevenly each pair of groups is spread, whoever else lives there.

#include <vector>

#include "metrics/columns.h"

namespace quartier::metrics {

// Each is [K · K], row by row, and symmetric: the value of groups k and l stands at k · K + l. A
// pair is compared as if only its two groups lived in the city: districts with nobody of the two
// add nothing. A group compared with itself is 0; a pair with a group that nobody belongs to is
// `undefined`, also on the diagonal.

/// Dissimilarity D of every pair (Duncan & Duncan 1955), in [0, 1].
std::vector<double> pairwise_dissimilarity(GroupColumns groups);

/// Gini index G of every pair (Duncan & Duncan 1955), in [0, 1].
std::vector<double> pairwise_gini(GroupColumns groups);

/// Theil's entropy index H of every pair (Theil & Finizza 1971), in [0, 1].
std::vector<double> pairwise_theil_entropy(GroupColumns groups);

}  // namespace quartier::metrics
