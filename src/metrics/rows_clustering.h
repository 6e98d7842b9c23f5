#pragma once
/// The rows of spatial association: what those of the city and those per district share (private to
/// the room).

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "metrics/association.h"
#include "metrics/rows.h"

namespace quartier::metrics::rows {

inline constexpr Needs group_in_space{.group = true, .weights = true};
inline constexpr Needs pair_in_space{.group = true, .reference = true, .weights = true};

std::span<const MetricEntry> clustering_of_districts();

/// @throws std::logic_error where the input has none
const SpatialWeights& weights_of(const MetricInput& in);

/// Permutations, seed, stopping and islands of the input.
AssociationSettings settings_of(const MetricInput& in);

/// "weights=queen; permutations=999; seed=1".
std::string permutation_parameters(const MetricInput& in);

/// The group, the reference or the rest, and everyone.
std::vector<ColumnRef> pair_and_everyone(const MetricInput& in);

/// 1 where the group's share is above its share in the city, else 0; `undefined` without a share.
std::vector<double> marked_above_city(GroupColumns group_and_everyone);

}  // namespace quartier::metrics::rows
