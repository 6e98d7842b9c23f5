#pragma once
/// One table of a change as shares, with what each district and group holds of the index (private
/// to the room).

#include <span>
#include <vector>

#include "base/number.h"
#include "metrics/change.h"
#include "metrics/columns.h"

namespace quartier::metrics {

/// One table as shares: its index and what each district and group holds of it.
struct Snapshot {
  double index = undefined;         ///< M or H; undefined where it does not exist
  std::vector<double> unit_share;   ///< r_i
  std::vector<double> unit_part;    ///< m_i, Σ = index
  std::vector<double> group_share;  ///< c_k [K]
  std::vector<double> group_part;   ///< [K], Σ = index
};

/// The table a_i b_k x_ik, its margins and its index. Same bits for any number of threads.
///
/// @param counts        x_ik [K][n]
/// @param unit_factor   a_i  [n]
/// @param group_factor  b_k  [K]
Snapshot snapshot(GroupColumns counts, std::span<const double> unit_factor,
                  std::span<const double> group_factor, ChangeOf of);

}  // namespace quartier::metrics
