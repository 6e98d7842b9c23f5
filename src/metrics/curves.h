#pragma once
/// Curves behind indices, as series of points: what charts draw.

#include <cstddef>
#include <span>
#include <vector>

namespace quartier::metrics {

/// Segregation curve (Duncan & Duncan 1955): which share of the group lives where the given share
/// of the reference lives, districts with the lowest share of the group first.
///
/// The curve joins (Σ_(j<=i) y_j / Y, Σ_(j<=i) x_j / X) over districts sorted by x / (x + y) with
/// straight lines. The diagonal is an even spread; D is the greatest distance below it, G twice the
/// area between.
///
/// @param group      x_i [n]
/// @param reference  y_i [n], same order
/// @param points     at how many equally spaced shares of the reference it is read, both ends
///                   included; 2 or more
/// @returns [points] shares of the group at l / (points − 1); where the curve stands upright, its
///          lower end, but 1 at the last; all undefined where X or Y is zero
std::vector<double> segregation_curve(std::span<const double> group,
                                      std::span<const double> reference, std::size_t points);

}  // namespace quartier::metrics
