#pragma once
/// Expected values: what an index would be on average in a city without segregation, exactly, with
/// no simulation.
///
/// Small districts and small groups raise every index of evenness by chance alone. An index that is
/// a sum of one term per district, Σ_i f(x_i; t_i), has under `NullModel` the mean
///
///   Σ_i Σ_j f(j; t_i) · Probability(x = j in a district of t_i)
///
/// which needs one small table for each distinct t_i and group. `permutation` (both margins fixed)
/// gives the mean of the index over all ways to relabel the residents; `evenness` lets each
/// resident draw a group with the city's composition, which stays in the formula as it is
/// (Carrington & Troske 1997). `systematic` has no such sum: `null_tests` simulates it.
///
/// Counts are whole numbers; where one is not, the result is `undefined`. Probabilities are left
/// out where they are below 2^-100 of the greatest (`expected_mass.h`), which moves no result by
/// more than 1e-15. All functions throw std::logic_error for `systematic` and for columns of
/// different length.

#include <span>
#include <vector>

#include "metrics/columns.h"
#include "metrics/null_model.h"

namespace quartier::metrics {

/// Expected values of the indices of two groups, or of one against the rest. All `undefined` where
/// one of the two has no members.
struct ExpectedPair {
  double dissimilarity;      ///< E[D]
  double theil_h;            ///< E[H]
  double correlation_ratio;  ///< E[V]; (n − 1) / (T − 1) under permutation, n districts with people
  double isolation;          ///< E[xPx] = P + (1 − P) E[V]
};

/// The mean of D alone, in closed form (see `mean_deviation`). O(n).
///
///   E[D] = Σ_i E|x_i − t_i P| / (2 T P (1 − P)),  t_i = x_i + y_i
///
/// @param group      x_i [n]
/// @param reference  y_i [n], same order
double expected_dissimilarity(std::span<const double> group, std::span<const double> reference,
                              NullModel model);

/// @param group      x_i [n]
/// @param reference  y_i [n], same order
ExpectedPair expected_pair(std::span<const double> group, std::span<const double> reference,
                           NullModel model);

/// Expected values of the indices of all groups (Reardon & Firebaugh 2002), and of each group
/// against the rest.
struct ExpectedIndices {
  std::vector<ExpectedPair> groups;  ///< [K]
  double dissimilarity;
  double theil_h;
  double mutual_information;   ///< nats
  double relative_diversity;   ///< R; (n − 1) / (T − 1) under permutation, n / T under evenness
  double squared_variation;    ///< C = R (K' − 1) / (K − 1), K' groups with members
  double normalised_exposure;  ///< P, equal to R
};

/// All of them in one pass. O(n K + d K s): d distinct sizes, s the spread of a count, about
/// 24 √(t P (1 − P)). Multigroup values are `undefined` where fewer than two groups have members
/// (mutual information: where nobody is counted).
/// @param groups  K columns [K][n]
ExpectedIndices expected_indices(GroupColumns groups, NullModel model);

/// The Gini index's mean, exactly, although its terms are pairs of districts.
///
/// Evenness: districts are independent, so E[G] is the Gini index of the mixture of all binomial
/// shares, less what each district would add against a copy of itself. O(m log m), m the number of
/// probabilities in all tables. Permutation: given the m = x_i + x_j members in both districts, the
/// difference of shares is a hypergeometric deviation with the closed form of `mean_deviation`:
///
///   E[t_i t_j |p_i − p_j|] = Σ_m h(m; T, X, t_i + t_j) · 2 v (t_j − m + v) · h(v; t_i + t_j, m,
///   t_i)
///
/// with v = floor(m t_i / (t_i + t_j)) + 1. O(d² s) for d distinct sizes: `gini_work` terms.
double expected_gini(std::span<const double> group, std::span<const double> reference,
                     NullModel model);

/// About how many terms `expected_gini` adds under `permutation`; 1e9 take some seconds.
double gini_work(std::span<const double> group, std::span<const double> reference);

/// Atkinson's index at the expected value of its sum:
///
///   A = 1 − P / (1 − P) · ( Σ_i E[(1 − p_i)^(1 − b) p_i^b t_i] / (P T) )^(1 / (1 − b))
///
/// The power lies outside the mean, and is convex, so the mean of A itself is at most this value;
/// with more than some hundred districts the two agree closely.
/// @param shape  b, 0 < b < 1
double expected_atkinson(std::span<const double> group, std::span<const double> reference,
                         double shape, NullModel model);

}  // namespace quartier::metrics
