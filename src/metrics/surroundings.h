#pragma once
/// Segregation over surroundings: the residents of each district weigh, the composition of what
/// surrounds them is compared with the city (Reardon & O'Sullivan 2004).
///
/// With the district itself as its surroundings every index here is the aspatial one of evenness.h
/// and exposure.h. Conventions, where programs differ:
/// * Weights are the residents counted in the district, never a smoothed count.
/// * The composition of the city, its entropy and its diversity come from the actual counts.
/// * A district without residents adds nothing. Residents who have nobody around them (a kernel
///   that gives their own district no weight) have no surroundings: they take no part in the sums,
///   nor in the T that divides them.
/// * Indices of one group compare it with everyone else. For two groups alone, make surroundings
///   of these two columns.

#include <cstddef>
#include <span>
#include <vector>

#include "metrics/columns.h"

namespace quartier::metrics {

/// Who lives where, and among whom.
struct Surroundings {
  std::vector<double> residents;            ///< t_i, persons [n]
  std::vector<std::vector<double>> shares;  ///< q_ik, composition around the residents [K][n]; sums
                                            ///< to 1 over k, all K `undefined` where nobody is
  std::vector<double> composition;          ///< P_k, shares in the city from actual counts [K]
};

/// Every district as its own surroundings: q_ik = x_ik / t_i. An index over these is aspatial.
/// @param groups  K columns that together are everyone [K][n]
Surroundings own_districts(GroupColumns groups);

/// What the evenness indices over surroundings are made of, from one sweep; the indices follow at
/// once. O(n K) time, no memory to speak of. Same bits for any number of threads.
struct SurroundingsSums {
  double residents = 0.0;                ///< T, persons with surroundings
  std::vector<double> composition;       ///< P_k [K]
  std::vector<double> deviation;         ///< Σ_i t_i |q_ik − P_k| [K]
  std::vector<double> squares;           ///< Σ_i t_i (q_ik − P_k)² [K]
  std::vector<double> diversity;         ///< Σ_i t_i q_ik (1 − q_ik) [K]
  std::vector<double> information;       ///< −Σ_i t_i q_ik ln q_ik [K]
  std::vector<double> rest_information;  ///< −Σ_i t_i (1 − q_ik) ln(1 − q_ik) [K]
  std::vector<double> mean;              ///< Σ_i t_i q_ik [K]
};

/// @throws std::logic_error where the parts of `s` differ in length
SurroundingsSums surroundings_sums(const Surroundings& s);

// All groups at once; each `undefined` where fewer than two groups have members or nobody has
// surroundings.

/// D~ = Σ_k Σ_i t_i |q_ik − P_k| / (2 T I),  I = Σ_k P_k (1 − P_k)  (Reardon & O'Sullivan 2004)
/// @returns in [0, 1] where every district is its own surroundings
double spatial_dissimilarity(const SurroundingsSums& s);

/// H~ = 1 − Σ_i t_i E(q_i) / (T E)  (Reardon & O'Sullivan 2004). 1 = everyone surrounded by their
/// own group; below 0 where the surroundings are on average more mixed than the city.
double spatial_theil_entropy(const SurroundingsSums& s);

/// R~ = 1 − Σ_i t_i I(q_i) / (T I),  I(q) = Σ_k q_k (1 − q_k): relative diversity (Reardon &
/// O'Sullivan 2004). Can be negative as H~.
double spatial_relative_diversity(const SurroundingsSums& s);

/// C~ = Σ_k Σ_i t_i (q_ik − P_k)² / (P_k T (K − 1)): squared coefficient of variation (Reardon &
/// Firebaugh 2002). Groups that nobody belongs to are left out; K stays the declared number.
double spatial_squared_variation(const SurroundingsSums& s);

/// M~ = Σ_i (t_i / T) Σ_k q_ik ln(q_ik / P_k): mean divergence of the surroundings from the city
/// (Roberto 2016). Nats, >= 0; not H~ · E unless every district is its own surroundings.
/// @returns 0 with a single group; `undefined` only where nobody has surroundings
double spatial_divergence(const SurroundingsSums& s);

// One group against everyone else; each `undefined` where the group or the rest has no members or
// nobody has surroundings.

/// D~ of a group, Σ_i t_i |q_i − P| / (2 T P (1 − P)).
double spatial_dissimilarity(const SurroundingsSums& s, std::size_t group);

/// H~ of a group and the rest, 1 − Σ_i t_i E(q_i) / (T E), E(q) = −q ln q − (1 − q) ln(1 − q).
double spatial_theil_entropy(const SurroundingsSums& s, std::size_t group);

/// R~ of a group and the rest, 1 − Σ_i t_i q_i (1 − q_i) / (T P (1 − P)).
double spatial_relative_diversity(const SurroundingsSums& s, std::size_t group);

/// M~ of a group and the rest, nats.
double spatial_divergence(const SurroundingsSums& s, std::size_t group);

/// G~ = Σ_i Σ_j t_i t_j |q_i − q_j| / (2 T² P (1 − P)): Gini index of a group over its
/// surroundings (Reardon & Firebaugh 2002, with surroundings for districts). O(n log n).
double spatial_gini(const Surroundings& s, std::size_t group);

/// G~ of all groups, Σ_k P_k (1 − P_k) G~_k / I.
/// @returns `undefined` where fewer than two groups have members or nobody has surroundings
double spatial_gini(const Surroundings& s);

/// A~(b) = 1 − P / (1 − P) · (Σ_i t_i (1 − q_i)^(1 − b) q_i^b / (P T))^(1 / (1 − b)): Atkinson
/// index over surroundings (Atkinson 1970; Massey & Denton 1988).
/// @param b  in (0, 1): above 1/2 districts where the group prevails weigh more
/// @returns `undefined` as the others of one group
/// @throws std::logic_error where b is not inside (0, 1)
double spatial_atkinson(const Surroundings& s, std::size_t group, double b = 0.5);

/// P~_kl = Σ_i x_ik q_il / Σ_i x_ik: whom the members of each group have around them (Reardon &
/// O'Sullivan 2004). Every row sums to 1.
/// @param groups  x_ik, the counts that `s` was made from [K][n]
/// @returns [K · K], row by row: P~_kl stands at k · K + l; a row is `undefined` where nobody of
///          group k has surroundings
std::vector<double> spatial_exposures(GroupColumns groups, const Surroundings& s);

/// V~ = (P~_kk − P_k) / (1 − P_k): isolation beyond what the size of the group brings (Bell 1954).
/// @param exposures  of `spatial_exposures` [K · K]
/// @returns `undefined` where 1 − P_k is 0 or P~_kk is undefined
double spatial_correlation_ratio(std::span<const double> exposures,
                                 std::span<const double> composition, std::size_t group);

/// Normalised exposure of all groups, Σ_k P_k V~_k (James 1986; Reardon & Firebaugh 2002).
/// @returns `undefined` where fewer than two groups have members
double spatial_normalised_exposure(std::span<const double> exposures,
                                   std::span<const double> composition);

}  // namespace quartier::metrics
