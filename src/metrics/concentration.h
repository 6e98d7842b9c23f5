#pragma once
/// Concentration: how little of the land a group lives on.
///
/// A district without an area (`undefined`, no shape) takes no part, with its people. Areas may be
/// in any unit: every index is a ratio of areas.

#include <span>

#include "metrics/conventions.h"

namespace quartier::metrics {

/// Delta, the index of concentration (Hoover 1941; Massey & Denton 1988).
///
///   DEL = 1/2 · Σ_i | x_i / X − a_i / A |
///
/// The share of the group that would have to move for it to have the same density everywhere.
///
/// @param group  x_i [n]
/// @param total  t_i, everyone [n]; decides which districts are empty
/// @param area   a_i [n]
/// @param empty  whether land where nobody lives counts in A
/// @returns in [0, 1]; `undefined` where X or A is zero
double delta_index(std::span<const double> group, std::span<const double> total,
                   std::span<const double> area, EmptyDistricts empty);

/// Absolute concentration, ACO (Massey & Denton 1988).
///
///   ACO = 1 − (Σ_i x_i a_i / X − S1) / (S2 − S1)
///
/// S1 is the mean area Σ t_i a_i / Σ t_i of the smallest districts, in order of area, until their
/// population reaches X; S2 that of the largest until theirs does. The district that reaches it
/// counts whole. Districts of equal area follow each other in district order; the largest are the
/// same list read backwards. 1 where the group lives on as little land as it could, 0 on as much.
/// Empty districts change nothing.
///
/// @returns mostly in [0, 1]; beyond it where a district that reaches X is large against X;
///          `undefined` where X is zero or S1 = S2 to nine digits (districts of one size, a
///          lattice)
double absolute_concentration(std::span<const double> group, std::span<const double> total,
                              std::span<const double> area);

/// Relative concentration, RCO (Massey & Denton 1988).
///
///   RCO = ((Σ_i x_i a_i / X) / (Σ_i y_i a_i / Y) − 1) / (S1 / S2 − 1)
///
/// S1 as in ACO; S2 of the largest districts until their population reaches X or, with
/// `LargeEnd::reference`, Y. Above 0 the group lives on less land per head than the reference; 1 is
/// as much less as the city allows, −1 as much more.
///
/// @param reference  y_i [n]
/// @param total      t_i, everyone, not only the two [n]
/// @returns 0 where both live on districts of the same mean area; no fixed limits; `undefined`
///          where X, Y or Σ y_i a_i is zero or S1 = S2 to nine digits
double relative_concentration(std::span<const double> group, std::span<const double> reference,
                              std::span<const double> total, std::span<const double> area,
                              LargeEnd large_end);

}  // namespace quartier::metrics
