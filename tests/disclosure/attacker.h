#pragma once
/// An attacker with a linear programme: the exact range of every hidden count of a small table,
/// given all shown counts, all sums, and that no count is negative.

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "disclosure/gate.h"

namespace quartier::test {

/// Minimises over { x >= 0 : A x = b } by the simplex method with Bland's rule (1977).
class Simplex {
 public:
  /// @returns false where the set is empty
  bool start(std::vector<std::vector<double>> rows, std::vector<double> right) {
    columns_ = rows.empty() ? 0 : rows.front().size();
    tableau_.clear();
    basis_.clear();
    const std::size_t m = rows.size();
    for (std::size_t r = 0; r < m; ++r) {
      std::vector<double> row(columns_ + m + 1, 0.0);
      const double sign = right[r] < 0.0 ? -1.0 : 1.0;
      for (std::size_t c = 0; c < columns_; ++c) row[c] = sign * rows[r][c];
      row[columns_ + r] = 1.0;
      row.back() = sign * right[r];
      tableau_.push_back(std::move(row));
      basis_.push_back(columns_ + r);
    }
    std::vector<double> artificial(columns_ + m, 0.0);
    for (std::size_t k = columns_; k < columns_ + m; ++k) artificial[k] = 1.0;
    if (run(artificial, columns_ + m) > 1e-7) return false;
    for (std::size_t r = 0; r < tableau_.size();) {
      if (basis_[r] < columns_) {
        ++r;
        continue;
      }
      std::size_t c = 0;
      while (c < columns_ && std::abs(tableau_[r][c]) < eps) ++c;
      if (c < columns_) {
        pivot(r, c);
        ++r;
      } else {
        tableau_.erase(tableau_.begin() + static_cast<std::ptrdiff_t>(r));
        basis_.erase(basis_.begin() + static_cast<std::ptrdiff_t>(r));
      }
    }
    return true;
  }

  /// The least value of sign · x_column; -inf where there is none.
  double least(std::size_t column, double sign) {
    std::vector<double> cost(columns_, 0.0);
    cost[column] = sign;
    return run(cost, columns_);
  }

 private:
  static constexpr double eps = 1e-9;

  void pivot(std::size_t r, std::size_t c) {
    const double by = tableau_[r][c];
    for (double& x : tableau_[r]) x /= by;
    for (std::size_t k = 0; k < tableau_.size(); ++k) {
      if (k == r || tableau_[k][c] == 0.0) continue;
      const double factor = tableau_[k][c];
      for (std::size_t j = 0; j < tableau_[k].size(); ++j) {
        tableau_[k][j] -= factor * tableau_[r][j];
      }
    }
    basis_[r] = c;
  }

  double run(const std::vector<double>& cost, std::size_t usable) {
    while (true) {
      std::size_t enter = usable;
      for (std::size_t c = 0; c < usable && enter == usable; ++c) {
        double reduced = cost[c];
        for (std::size_t r = 0; r < tableau_.size(); ++r) {
          reduced -= (basis_[r] < cost.size() ? cost[basis_[r]] : 0.0) * tableau_[r][c];
        }
        if (reduced < -eps) enter = c;
      }
      if (enter == usable) break;
      std::size_t leave = tableau_.size();
      double best = 0.0;
      for (std::size_t r = 0; r < tableau_.size(); ++r) {
        if (tableau_[r][enter] <= eps) continue;
        const double ratio = tableau_[r].back() / tableau_[r][enter];
        if (leave == tableau_.size() || ratio < best - eps ||
            (ratio <= best + eps && basis_[r] < basis_[leave])) {
          leave = r;
          best = ratio;
        }
      }
      if (leave == tableau_.size()) return -INFINITY;
      pivot(leave, enter);
    }
    double value = 0.0;
    for (std::size_t r = 0; r < tableau_.size(); ++r) {
      if (basis_[r] < cost.size()) value += cost[basis_[r]] * tableau_[r].back();
    }
    return value;
  }

  std::size_t columns_ = 0;
  std::vector<std::vector<double>> tableau_;
  std::vector<std::size_t> basis_;
};

struct Range {
  std::size_t cell = 0;  ///< position in Protection::states
  disclosure::CellState state = disclosure::CellState::primary;
  double value = 0.0;  ///< the truth
  double least = 0.0;
  double greatest = 0.0;
};

/// The exact ranges of all hidden counts.
inline std::vector<Range> attack(const CountTable& counts, const Groups& groups,
                                 std::span<const ParentLevel> levels,
                                 const disclosure::Protection& protection) {
  const std::size_t n = protection.district_count;
  const std::size_t stride = protection.place_count();
  std::vector<double> value(protection.states.size(), 0.0);
  std::vector<std::vector<double>> equations;
  std::vector<double> right;
  std::vector<std::size_t> column(value.size(), 0);
  std::size_t hidden_count = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (std::size_t i = 0; i < n; ++i) {
      const double x = counts.groups[g].readable[i];
      value[g * stride + i] = x;
      value[(g + 1) * stride - 1] += x;
      for (std::size_t l = 0; l < levels.size(); ++l) {
        const auto p = levels[l].of_district[i];
        if (p != no_index) value[g * stride + protection.level_start[l] + p] += x;
      }
    }
  }
  for (std::size_t cell = 0; cell < value.size(); ++cell) {
    if (!may_show(protection.states[cell])) column[cell] = hidden_count++;
  }
  const auto line = [&](std::size_t total, const std::vector<std::size_t>& parts) {
    std::vector<double> row(hidden_count, 0.0);
    double rest = 0.0;
    bool any = false;
    const auto term = [&](std::size_t cell, double sign) {
      if (may_show(protection.states[cell])) {
        rest -= sign * value[cell];
      } else {
        row[column[cell]] += sign;
        any = true;
      }
    };
    term(total, -1.0);
    for (const std::size_t part : parts) term(part, 1.0);
    if (!any) return;
    equations.push_back(std::move(row));
    right.push_back(rest);
  };
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto children = groups.children(static_cast<GroupIndex>(g));
    for (std::size_t place = 0; place < stride && !children.empty(); ++place) {
      std::vector<std::size_t> parts;
      for (const GroupIndex child : children) parts.push_back(child * stride + place);
      line(g * stride + place, parts);
    }
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < n; ++i) all.push_back(g * stride + i);
    line((g + 1) * stride - 1, all);
    for (std::size_t l = 0; l < levels.size(); ++l) {
      for (std::size_t p = 0; p < levels[l].ids.size(); ++p) {
        std::vector<std::size_t> parts;
        for (std::size_t i = 0; i < n; ++i) {
          if (levels[l].of_district[i] == p) parts.push_back(g * stride + i);
        }
        if (!parts.empty()) line(g * stride + protection.level_start[l] + p, parts);
      }
    }
  }
  std::vector<Range> ranges;
  if (hidden_count == 0) return ranges;
  Simplex simplex;
  if (!simplex.start(std::move(equations), std::move(right))) return ranges;
  for (std::size_t cell = 0; cell < value.size(); ++cell) {
    if (may_show(protection.states[cell])) continue;
    ranges.push_back({cell, protection.states[cell], value[cell], simplex.least(column[cell], 1.0),
                      -simplex.least(column[cell], -1.0)});
  }
  return ranges;
}

}  // namespace quartier::test
