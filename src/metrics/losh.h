#pragma once
/// Local spatial heteroscedasticity: where neighbours differ a lot from one another. Conventions in
/// metrics/association.h.

#include <span>
#include <vector>

#include "metrics/association.h"

namespace quartier::metrics {

/// How residuals enter LOSH.
struct LoshSettings {
  double exponent = 2.0;  ///< a > 0: 2 for variance, 1 for absolute differences
  /// Whether a district is one of its own neighbours, with the mean weight of the others. esda and
  /// spdep take the weights as they are, mostly without.
  bool own_included = false;
};

/// LOSH and its two tests.
struct Losh {
  /// H_i; p_values of conditional permutation of the residuals (Xu, Mei & Yan 2014); `expected` is
  /// 1 and z_scores are (H_i − 1) / sqrt(Var H_i). Patterns: `dissimilar` where H_i > 1, else
  /// `similar`.
  LocalAssociation local;
  std::vector<double> chi_square_p;  ///< P(χ² with 2 / Var degrees >= 2 H_i / Var), upper
};

/// H_i (Ord & Getis 2012).
///
///   H_i = Σ_j w_ij |e_j|^a / (h · W_i),  e_j = y_j − Σ_k w_jk y_k / W_j,  h = mean of |e_j|^a
///   Var H_i = (n Σ_j w_ij² − W_i²) (mean |e|^2a − h²) / ((n − 1) h² W_i²)
///
/// Above 1 where the neighbourhood is more varied than most, below where it is less. Islands have
/// no residual and take no part, whatever `settings.islands` says.
/// @param values  y_i per district [n]; `undefined` ones take no part
/// @throws std::logic_error unless the exponent is positive
Losh losh(std::span<const double> values, const SpatialWeights& weights, const LoshSettings& kind,
          const AssociationSettings& settings);

/// P(X >= x) of a chi-square distribution with `degrees` > 0 degrees of freedom, to about 1e-12.
double chi_square_upper(double x, double degrees);

}  // namespace quartier::metrics
