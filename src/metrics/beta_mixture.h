#pragma once
/// Beta mixture: dissimilarity of the shares behind the counts, where units are small (Rathelot
/// 2012).
///
/// A district of t_i residents has a share p_i, drawn for it, and of each resident it is a matter
/// of chance with that probability whether they belong to the group. The shares follow a mixture of
/// Beta distributions, so the counts follow one of beta-binomials:
///
///   p_i ~ Σ_c λ_c Beta(α_c, β_c),  x_i | p_i ~ Binomial(t_i, p_i)
///   ln L = Σ_i ln Σ_c λ_c B(x_i + α_c, y_i + β_c) / B(α_c, β_c)
///
/// which is the likelihood of the model that the paper sets up, less the terms without parameters.
/// The index is that of the fitted distribution F of p, with P its mean:
///
///   D = ∫ |p − P| dF(p) / (2 P (1 − P))
///
/// Sizes are taken to say nothing about shares: where large districts have other shares than small
/// ones, F is that of districts, not of residents.

#include <cstdint>
#include <span>
#include <vector>

#include "base/number.h"

namespace quartier::metrics {

struct BetaComponent {
  double weight = 1.0;  ///< λ
  double alpha = 1.0;
  double beta = 1.0;
  [[nodiscard]] double mean() const { return alpha / (alpha + beta); }
};

/// A fitted mixture.
struct BetaMixture {
  std::vector<BetaComponent> components;  ///< ascending by mean
  double log_likelihood = undefined;      ///< ln L as above
  double criterion = undefined;           ///< −2 ln L + parameters · ln n (Schwarz 1978)
  double dissimilarity = undefined;       ///< D of the mixture
  std::uint32_t iterations = 0;
  bool converged = false;
};

/// α + β from which a component counts as a single share: its spread is below 2e-4.
inline constexpr double point_precision = 1e7;

/// Greatest number of residents of a district; above it units are not small.
inline constexpr double small_unit_limit = 1'000'000.0;

/// D of a mixture of Beta distributions, in closed form with regularised incomplete beta functions
/// I: E|p − P| = 2 (P I_P(α, β) − m I_P(α + 1, β)) + m − P for a component of mean m.
double beta_mixture_dissimilarity(std::span<const BetaComponent> components);

/// I_x(a, b), by its continued fraction. 0 <= x <= 1, a, b > 0. Absolute error below 1e-12 up to
/// a + b = 1e4, below 1e-7 up to 1e7.
double incomplete_beta(double x, double a, double b);

/// Greatest likelihood by EM (Dempster, Laird & Rubin 1977) with a Newton step in ln α, ln β for
/// each component, from a fixed start: one component with the city's share; two with the districts
/// below and above it. No random numbers. Converged where an iteration gains less than 1e-8 in ln
/// L.
/// @param group            x_i, whole numbers [n]
/// @param reference        y_i, whole numbers [n]
/// @param component_count  1 or 2
/// @returns without components where one of the groups has no members, a count is no whole number,
///          or a district is above `small_unit_limit`
BetaMixture fit_beta_mixture(std::span<const double> group, std::span<const double> reference,
                             std::size_t component_count);

/// The fit with one or two components, whichever has the smaller criterion.
BetaMixture fit_beta_mixture(std::span<const double> group, std::span<const double> reference);

}  // namespace quartier::metrics
