#pragma once
/// Small units: indices of evenness less what small districts and small groups add by chance.

#include <span>

namespace quartier::metrics {

/// An index rescaled so that 0 is what chance would bring (Carrington & Troske 1997).
///
///   (index − mean) / (1 − mean) where index >= mean, otherwise (index − mean) / mean
///
/// 1 = complete segregation, 0 = as by chance, −1 = perfectly even. For D and G, with the mean of
/// either null model (`expected.h`).
/// @param index  in [0, 1]
/// @param mean   its expected value without segregation, in [0, 1]
/// @returns in [−1, 1]; `undefined` where either is, or where 0 and 1 fall together
double carrington_troske(double index, double mean);

/// Dissimilarity corrected with the density of the district differences (Allen et al. 2015).
///
///   q1_i = x_i / X, q0_i = y_i / Y, s_i² = q1_i (1 − q1_i) / X + q0_i (1 − q0_i) / Y
///   z_i = |q1_i − q0_i| / s_i,  θ_i = 0 for z_i <= 1, otherwise the positive root of
///   θ = z_i tanh(z_i θ),  D_dc = 1/2 Σ_i s_i θ_i
///
/// θ_i is the true difference in units of s_i under which the difference seen is likeliest; the
/// sign of it being unknown, its density is that of a folded normal. A district with s_i = 0 adds
/// nothing.
/// @param group      x_i [n]
/// @param reference  y_i [n], same order
/// @returns `undefined` where one of the groups has no members. Cities of one district give 0.
double density_corrected_dissimilarity(std::span<const double> group,
                                       std::span<const double> reference);

/// The likeliest θ >= 0 for the folded difference z >= 0; see above. Relative error below 1e-14,
/// close to z = 1 an absolute one of that size.
double likeliest_difference(double z);

}  // namespace quartier::metrics
