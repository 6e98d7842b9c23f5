#pragma once
/// The Gini index of whole counts, exact: every share is compared as the fraction it is.

#include <cstdint>
#include <span>
#include <vector>

#include "metrics/columns.h"

namespace quartier::metrics {

/// Gini index G of a group against a reference (Duncan & Duncan 1955), see `gini_index`.
///
///   G = Σ_(i) (x_i CY_i − y_i CX_i) / (X Y)
///
/// over districts in the order of p_i = x_i / (x_i + y_i), CX and CY the sums of x and y before i.
/// Fractions are told apart by ⌊2^b p⌋ with 2^b beyond the square of the largest district, which
/// orders different fractions as they are; the sums are whole numbers of up to 128 bits. The only
/// rounding is that of the last division. O(n) time by radix sort where every district has fewer
/// than 65,536 persons, O(n log n) otherwise.
///
/// @param group, reference  x_i, y_i, whole persons per district [n]
/// @returns G in [0, 1]; `undefined` where X or Y is zero
/// @throws std::logic_error where a district has 2^32 persons or more
double exact_gini_index(std::span<const std::uint32_t> group,
                        std::span<const std::uint32_t> reference);

/// Gini indices of every group against the rest, and of all groups at once.
struct GiniOfGroups {
  std::vector<double> against_rest;  ///< G_k [K]; `undefined` for a group of nobody or of everyone
  double multigroup = 0.0;           ///< Σ_k P_k (1 − P_k) G_k / I (Reardon & Firebaugh 2002);
                                     ///< `undefined` where fewer than two groups have members
};

/// Groups are computed side by side; the same bits for any number of threads.
/// @param groups  K columns that together are everyone [K][n]
GiniOfGroups gini_of_groups(PersonColumns groups);

}  // namespace quartier::metrics
