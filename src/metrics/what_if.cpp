#include "metrics/what_if.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "metrics/composition.h"
#include "metrics/evenness.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

/// Change of Σ v ln v, less that of the district's total, when a cell of x persons in a district of
/// t gains `gain` (which may be negative): f(x + gain) − f(x) − f(t + gain) + f(t), f(v) = v ln v,
/// without taking differences of large numbers.
double cell_change(double x, double t, double gain) {
  const auto by_growth = [&](double before) {
    return before > 0.0 && before + gain > 0.0 ? before * std::log1p(gain / before) : 0.0;
  };
  // A cell that empties loses x ln x; one that stays has gain · ln((x + gain) / (t + gain)) and the
  // growth of both sums.
  if (x + gain <= 0.0) {
    if (t + gain <= 0.0) return 0.0;
    return -x * std::log(x / (t + gain)) - by_growth(t);
  }
  return gain * std::log((x + gain) / (t + gain)) + by_growth(x) - by_growth(t);
}

}  // namespace

WhatIf::WhatIf(GroupColumns groups)
    : groups_(groups),
      totals_(district_totals(groups)),
      composition_(city_composition(groups)),
      everyone_(total_of(totals_)),
      information_(metrics::mutual_information(groups)),
      entropy_(city_entropy(groups)) {}

double WhatIf::theil_entropy() const {
  return entropy_ > 0.0 ? within_unit(information_ / entropy_) : undefined;
}

std::vector<double> WhatIf::mutual_information_derivatives(std::size_t group) const {
  expects(group < groups_.size(), "what if: a group of the columns");
  return per_district(totals_.size(), [&](std::size_t i) {
    const double persons = groups_[group][i];
    if (persons <= 0.0) return undefined;
    return (std::log(persons / totals_[i] / composition_[group]) - information_) / everyone_;
  });
}

std::vector<double> WhatIf::theil_entropy_derivatives(std::size_t group) const {
  expects(group < groups_.size(), "what if: a group of the columns");
  const double index = theil_entropy();
  return per_district(totals_.size(), [&](std::size_t i) {
    const double persons = groups_[group][i];
    if (persons <= 0.0 || !(entropy_ > 0.0)) return undefined;
    const double share = composition_[group];
    return (std::log(persons / totals_[i] / share) + index * std::log(share)) /
           (everyone_ * entropy_);
  });
}

IndexEffect WhatIf::effect(double information_change) const {
  if (everyone_ <= 0.0) return {};
  return {information_change, entropy_ > 0.0 ? information_change / entropy_ : undefined};
}

IndexEffect WhatIf::one_more(std::size_t group, DistrictIndex district) const {
  expects(group < groups_.size() && district < totals_.size(), "what if: a group and a district");
  if (everyone_ <= 0.0) return {};
  const double cell = cell_change(groups_[group][district], totals_[district], 1.0);
  const double margin = cell_change(composition_[group] * everyone_, everyone_, 1.0);
  const double larger = everyone_ + 1.0;
  // M' (T + 1) = M T + cell − margin, and E' (T + 1) = E T − margin
  const double information = (cell - margin - information_) / larger;
  const double entropy = (-margin - entropy_) / larger;
  IndexEffect made{information, undefined};
  if (entropy_ > 0.0) {
    const double index = information_ / entropy_;
    made.theil_entropy = (information - index * entropy) / (entropy_ + entropy);
  }
  return made;
}

IndexEffect WhatIf::move(std::size_t group, DistrictIndex from, DistrictIndex to,
                         double persons) const {
  expects(group < groups_.size() && from < totals_.size() && to < totals_.size(),
          "what if: a group and two districts");
  expects(persons >= 0.0 && persons <= groups_[group][from],
          "what if: no more may move than live there");
  if (from == to || persons == 0.0) return effect(0.0);
  const double change = cell_change(groups_[group][from], totals_[from], -persons) +
                        cell_change(groups_[group][to], totals_[to], persons);
  return effect(change / everyone_);
}

IndexEffect WhatIf::mix(std::span<const DistrictIndex> districts) const {
  std::vector<double> together(groups_.size(), 0.0);
  double persons = 0.0;
  for (const DistrictIndex district : districts) {
    expects(district < totals_.size(), "what if: a district");
    for (std::size_t k = 0; k < groups_.size(); ++k) together[k] += groups_[k][district];
    persons += totals_[district];
  }
  double loss = 0.0;
  for (const DistrictIndex district : districts) {
    if (totals_[district] <= 0.0) continue;
    double divergence = 0.0;
    for (std::size_t k = 0; k < groups_.size(); ++k) {
      divergence +=
          relative_information(groups_[k][district] / totals_[district], together[k] / persons);
    }
    loss += totals_[district] * std::max(0.0, divergence);
  }
  return effect(-loss / everyone_);
}

}  // namespace quartier::metrics
