#pragma once
/// What if: how segregation would change if some persons lived somewhere else.
///
/// Derivatives say how M and H answer to one more person of a group in a district, to first order;
/// moves and mixtures are exact. They rank districts by how much they weigh in the index. They say
/// nothing about whether anyone should move. Nats.

#include <cstddef>
#include <span>
#include <vector>

#include "base/number.h"
#include "base/units.h"
#include "metrics/columns.h"

namespace quartier::metrics {

/// A change of both indices. `theil_entropy` is undefined where H is.
struct IndexEffect {
  double mutual_information = undefined;
  double theil_entropy = undefined;
};

/// A city ready for questions: the counts stay where they are, the sums are made once.
class WhatIf {
 public:
  /// @param groups  K columns that together are everyone [K][n]; must outlive this object
  explicit WhatIf(GroupColumns groups);

  [[nodiscard]] double mutual_information() const { return information_; }  ///< M
  [[nodiscard]] double theil_entropy() const;                               ///< H = M / E

  /// dM/dx_ik for group k in every district [n]: one more person of the group, others staying.
  ///
  ///   ∂M/∂x_ik = (ln(p_ik / P_k) − M) / T
  ///
  /// Persons times derivatives add up to zero, Σ_i Σ_k x_ik ∂M/∂x_ik = 0, for M does not depend on
  /// the size of the city. Per person.
  /// @returns `undefined` where nobody of the group lives (the derivative is −∞; see `one_more`)
  [[nodiscard]] std::vector<double> mutual_information_derivatives(std::size_t group) const;

  /// dH/dx_ik for group k in every district [n].
  ///
  ///   ∂H/∂x_ik = (ln(p_ik / P_k) + H ln P_k) / (T E)
  ///
  /// with E counted along: one more person changes the composition of the city too. Sums as above.
  /// @returns `undefined` as above, everywhere where E = 0
  [[nodiscard]] std::vector<double> theil_entropy_derivatives(std::size_t group) const;

  /// The exact change if one more person of group k lived in the district, all others staying. It
  /// exists for districts without anyone of the group, and for empty ones, too.
  [[nodiscard]] IndexEffect one_more(std::size_t group, DistrictIndex district) const;

  /// The exact change if `persons` of group k lived in `to` instead of `from`. O(1).
  /// @param persons  0 to the number that lives in `from`
  /// @throws std::logic_error where more are asked for than live there
  [[nodiscard]] IndexEffect move(std::size_t group, DistrictIndex from, DistrictIndex to,
                                 double persons) const;

  /// The exact change if the residents of these districts were mixed: every one of them with the
  /// composition of all together, each as large as it is. −(T_S / T) M_S, never above zero.
  [[nodiscard]] IndexEffect mix(std::span<const DistrictIndex> districts) const;

 private:
  [[nodiscard]] IndexEffect effect(double information_change) const;

  GroupColumns groups_;
  std::vector<double> totals_;       ///< t_i
  std::vector<double> composition_;  ///< P_k
  double everyone_ = 0.0;
  double information_ = undefined;
  double entropy_ = undefined;
};

}  // namespace quartier::metrics
