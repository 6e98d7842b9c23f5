#include "metrics/boundaries.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "metrics/evenness.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr std::size_t order_grain = 1024;

/// Shares of the districts that take part; `undefined` marks those that do not.
std::vector<double> shares_taking_part(std::span<const double> group,
                                       std::span<const double> reference, EmptyDistricts empty) {
  const double of_empty = empty == EmptyDistricts::kept ? 0.0 : undefined;
  return per_district(group.size(), [&](std::size_t i) {
    const double both = group[i] + reference[i];
    return both > 0.0 ? group[i] / both : of_empty;
  });
}

/// A weighted mean in the making.
struct Weighed {
  double sum = 0.0;
  double weight = 0.0;
  Weighed& operator+=(const Weighed& other) {
    sum += other.sum;
    weight += other.weight;
    return *this;
  }
  /// 0 / 0 is NaN, as it should be.
  [[nodiscard]] double mean() const { return sum / weight; }
};

/// Σ_{i<j} over neighbours that both take part; pair(i, link) says {value, weight}.
template <typename Pair>
Weighed over_pairs(const Contiguity& contiguity, std::span<const double> share, const Pair& pair) {
  return sum_chunks(share.size(), sum_grain, Weighed{}, [&](std::size_t begin, std::size_t end) {
    Weighed part;
    for (std::size_t i = begin; i < end; ++i) {
      if (!is_defined(share[i])) continue;
      for (std::uint32_t l = contiguity.start[i]; l < contiguity.start[i + 1]; ++l) {
        const DistrictIndex j = contiguity.neighbour[l];
        if (j > i && is_defined(share[j])) part += pair(i, l);
      }
    }
    return part;
  });
}

void expect_districts(std::span<const double> group, const Contiguity& contiguity) {
  expects(group.size() == contiguity.size(), "boundaries: counts and contiguity of one edition");
}

bool counts(const Contiguity& contiguity, std::uint32_t link, ContiguityRule rule) {
  return rule == ContiguityRule::queen || contiguity.shared_m[link] > 0.0;
}

/// Breadth-first search of a bounded number of steps, again and again over one graph.
class Neighbourhoods {
 public:
  Neighbourhoods(const Contiguity& contiguity, ContiguityRule rule)
      : contiguity_(contiguity), rule_(rule), seen_from_(contiguity.size(), no_index) {}

  /// Calls visit(j, k) for every district j that is k <= `steps` steps from i, nearest first.
  template <typename Visit>
  void visit(DistrictIndex i, std::uint32_t steps, const Visit& visit) {
    queue_.assign(1, i);
    seen_from_[i] = i;
    std::size_t done = 0;
    for (std::uint32_t k = 1; k <= steps && done < queue_.size(); ++k) {
      const std::size_t ring_end = queue_.size();
      for (; done < ring_end; ++done) {
        const DistrictIndex from = queue_[done];
        for (std::uint32_t l = contiguity_.start[from]; l < contiguity_.start[from + 1]; ++l) {
          const DistrictIndex j = contiguity_.neighbour[l];
          if (seen_from_[j] == i || !counts(contiguity_, l, rule_)) continue;
          seen_from_[j] = i;
          queue_.push_back(j);
          visit(j, k);
        }
      }
    }
  }

 private:
  const Contiguity& contiguity_;
  ContiguityRule rule_;
  std::vector<DistrictIndex> seen_from_;
  std::vector<DistrictIndex> queue_;
};

double weight_of_order(const NeighbourOrders& orders, std::uint32_t k) {
  return orders.decay == OrderDecay::exponential
             ? std::exp(-orders.beta * (static_cast<double>(k) - 1.0))
             : std::pow(static_cast<double>(k), -orders.beta);
}

/// Sums of differences per order, added up order by order.
struct PerOrder {
  std::vector<Weighed> order;
  PerOrder& operator+=(const PerOrder& other) {
    for (std::size_t k = 0; k < order.size(); ++k) order[k] += other.order[k];
    return *this;
  }
};

}  // namespace

double contiguity_adjusted_dissimilarity(std::span<const double> group,
                                         std::span<const double> reference,
                                         const Contiguity& contiguity, ContiguityRule rule,
                                         EmptyDistricts empty) {
  expect_districts(group, contiguity);
  const double dissimilarity = dissimilarity_index(group, reference);
  if (!is_defined(dissimilarity)) return undefined;
  const std::vector<double> share = shares_taking_part(group, reference, empty);
  const Weighed pairs = over_pairs(contiguity, share, [&](std::size_t i, std::uint32_t l) {
    if (!counts(contiguity, l, rule)) return Weighed{};
    return Weighed{std::abs(share[i] - share[contiguity.neighbour[l]]), 1.0};
  });
  return dissimilarity - pairs.mean();
}

double order_adjusted_dissimilarity(std::span<const double> group,
                                    std::span<const double> reference, const Contiguity& contiguity,
                                    ContiguityRule rule, const NeighbourOrders& orders,
                                    EmptyDistricts empty) {
  expect_districts(group, contiguity);
  expects(orders.highest >= 1, "order_adjusted_dissimilarity: at least one order");
  expects(orders.beta >= 0.0, "order_adjusted_dissimilarity: weights that do not grow");
  const double dissimilarity = dissimilarity_index(group, reference);
  if (!is_defined(dissimilarity)) return undefined;
  const std::vector<double> share = shares_taking_part(group, reference, empty);
  // No way is longer than the districts less one.
  const auto longest = static_cast<std::uint32_t>(std::max<std::size_t>(share.size(), 2) - 1);
  const std::uint32_t steps = std::min(orders.highest, longest);
  const PerOrder none{std::vector<Weighed>(steps)};
  const PerOrder pairs =
      sum_chunks(share.size(), order_grain, none, [&](std::size_t begin, std::size_t end) {
        PerOrder part = none;
        Neighbourhoods neighbourhoods(contiguity, rule);
        for (std::size_t i = begin; i < end; ++i) {
          if (!is_defined(share[i])) continue;
          neighbourhoods.visit(static_cast<DistrictIndex>(i), steps,
                               [&](DistrictIndex j, std::uint32_t k) {
                                 if (j <= i || !is_defined(share[j])) return;
                                 part.order[k - 1] += {std::abs(share[i] - share[j]), 1.0};
                               });
        }
        return part;
      });
  if (!(pairs.order[0].weight > 0.0)) return undefined;
  double adjusted = dissimilarity;
  for (std::uint32_t k = 1; k <= steps; ++k) {
    const Weighed& order = pairs.order[k - 1];
    if (order.weight > 0.0) adjusted -= weight_of_order(orders, k) * order.mean();
  }
  return adjusted;
}

double boundary_adjusted_dissimilarity(std::span<const double> group,
                                       std::span<const double> reference,
                                       const Contiguity& contiguity, EmptyDistricts empty) {
  expect_districts(group, contiguity);
  const double dissimilarity = dissimilarity_index(group, reference);
  if (!is_defined(dissimilarity)) return undefined;
  const std::vector<double> share = shares_taking_part(group, reference, empty);
  const Weighed pairs = over_pairs(contiguity, share, [&](std::size_t i, std::uint32_t l) {
    const double shared = contiguity.shared_m[l];
    return Weighed{shared * std::abs(share[i] - share[contiguity.neighbour[l]]), shared};
  });
  return dissimilarity - pairs.mean();
}

double shape_adjusted_dissimilarity(std::span<const double> group,
                                    std::span<const double> reference, const Contiguity& contiguity,
                                    std::span<const double> area_m2,
                                    std::span<const double> perimeter_m, EmptyDistricts empty) {
  expect_districts(group, contiguity);
  expects(area_m2.size() == group.size() && perimeter_m.size() == group.size(),
          "shape_adjusted_dissimilarity: area and perimeter of every district");
  const double dissimilarity = dissimilarity_index(group, reference);
  if (!is_defined(dissimilarity)) return undefined;
  const std::vector<double> share = shares_taking_part(group, reference, empty);
  const std::vector<double> ratio = per_district(share.size(), [&](std::size_t i) {
    return area_m2[i] > 0.0 ? perimeter_m[i] / area_m2[i] : undefined;
  });
  double largest = 0.0;
  for (std::size_t i = 0; i < ratio.size(); ++i) {
    if (is_defined(share[i]) && ratio[i] > largest) largest = ratio[i];
  }
  const Weighed pairs = over_pairs(contiguity, share, [&](std::size_t i, std::uint32_t l) {
    const double shared = contiguity.shared_m[l];
    if (!(shared > 0.0)) return Weighed{};
    const DistrictIndex j = contiguity.neighbour[l];
    const double shape = (ratio[i] + ratio[j]) / (2.0 * largest);
    return Weighed{shared * std::abs(share[i] - share[j]) * shape, shared};
  });
  return dissimilarity - pairs.mean();
}

std::vector<double> interior_perimeters(const Contiguity& contiguity) {
  return per_district(contiguity.size(), [&](std::size_t i) {
    double sum = 0.0;
    for (std::uint32_t l = contiguity.start[i]; l < contiguity.start[i + 1]; ++l) {
      sum += contiguity.shared_m[l];
    }
    return sum;
  });
}

}  // namespace quartier::metrics
