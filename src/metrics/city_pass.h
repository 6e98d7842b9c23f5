#pragma once
/// One pass over a city of whole counts: the aspatial indices of every group and of all groups,
/// and the local values of every district, for the price of reading the counts twice.

#include <cstdint>
#include <span>
#include <vector>

#include "base/number.h"
#include "metrics/columns.h"

namespace quartier::metrics {

/// Indices of one group against the rest; see evenness.h and exposure.h for each. All `undefined`
/// where nobody or everybody is of the group, but isolation and interaction, which need only the
/// group.
struct GroupIndices {
  std::uint64_t persons = 0;             ///< X
  double dissimilarity = undefined;      ///< D
  double theil_entropy = undefined;      ///< H
  double correlation_ratio = undefined;  ///< V
  double isolation = undefined;          ///< xPx
  double interaction = undefined;        ///< xPy
  double gorard = undefined;             ///< GS
  double min_max = undefined;            ///< MM
  double atkinson = undefined;           ///< A(0.5)
};

/// Indices of the city. Those of all groups are `undefined` where fewer than two groups have
/// members; entropy, Simpson concentration and mutual information only where nobody lives.
struct CityIndices {
  std::uint64_t persons = 0;                 ///< T
  std::vector<GroupIndices> groups;          ///< [K]
  double dissimilarity = undefined;          ///< D
  double theil_entropy = undefined;          ///< H
  double mutual_information = undefined;     ///< M, nats
  double relative_diversity = undefined;     ///< R
  double squared_variation = undefined;      ///< C
  double normalised_exposure = undefined;    ///< P
  double entropy = undefined;                ///< E, nats
  double simpson_concentration = undefined;  ///< Σ_k P_k²
};

/// Where the values of districts go: memory of the caller, [n] each, or empty where they are not
/// wanted. Empty districts get `undefined`.
struct LocalValues {
  std::span<double> entropies;                          ///< E_i, nats
  std::span<double> divergences;                        ///< ls_i, nats
  std::span<double> simpson_diversities;                ///< 1 − Σ_k p_ik²
  std::vector<std::span<double>> location_quotients{};  ///< LQ_ik [K][n], or no column at all
};

/// Computes them all. O(n K) time, memory for a few districts at a time beside the results; the
/// same bits for any number of threads and in every version of the loops.
///
/// Logarithms of counts in districts of up to 4,096 persons come from a table of n ln n, of larger
/// ones from the library; either way an index is within 1e-12 of its formula.
///
/// @param groups  K columns that together are everyone [K][n]
/// @param local   filled where asked for
/// @throws std::logic_error where columns differ in length
CityIndices city_indices(PersonColumns groups, const LocalValues& local = {});

}  // namespace quartier::metrics
