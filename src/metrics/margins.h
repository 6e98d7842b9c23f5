#pragma once
/// Margins: a table of counts made to have given totals, keeping its inner structure.

#include <cstddef>
#include <span>
#include <vector>

#include "metrics/columns.h"

namespace quartier::metrics {

/// A fitted table as factors: its cells are unit_factor[i] · group_factor[k] · x_ik.
struct FittedMargins {
  std::vector<double> unit_factor;   ///< a_i [n]
  std::vector<double> group_factor;  ///< b_k [K]
  std::size_t rounds = 0;            ///< passes over the table
  double largest_error = 0.0;        ///< max_k |fitted total / margin − 1|; units are exact
};

struct FitLimits {
  double tolerance = 1e-13;        ///< largest relative error of a group's total
  std::size_t max_rounds = 20000;  ///< after which the fit has failed
};

/// Iterative proportional fitting (Deming & Stephan 1940): the table a_i b_k x_ik whose sums are
/// the margins asked for. Every odds ratio of x stays; a cell without persons stays empty.
///
/// Each round is one pass, O(n K), with the same bits for any number of threads. A unit or group
/// whose margin is 0 gets the factor 0.
///
/// @param counts         x_ik [K][n]
/// @param unit_margins   r_i >= 0 [n]
/// @param group_margins  c_k >= 0 [K], with the sum of the r_i
/// @throws Error naming the unit or group where the margins cannot be reached: nobody is counted
///         there, or its total is still off after `max_rounds` or moves no more
/// @throws std::logic_error where lengths or the sums of the margins differ
FittedMargins fitted_to_margins(GroupColumns counts, std::span<const double> unit_margins,
                                std::span<const double> group_margins,
                                const FitLimits& limits = {});

}  // namespace quartier::metrics
