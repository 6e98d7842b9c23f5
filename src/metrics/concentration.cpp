#include "metrics/concentration.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/error.h"
#include "base/number.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

using Counts = std::span<const double>;

/// Mean areas nearer than this part of the larger one differ by rounding only.
constexpr double same_size = 1e-9;

/// Inhabited districts with an area, smallest first.
std::vector<std::uint32_t> by_area(Counts total, Counts area) {
  std::vector<std::uint32_t> order;
  for (std::size_t i = 0; i < area.size(); ++i) {
    if (is_defined(area[i]) && total[i] > 0.0) order.push_back(static_cast<std::uint32_t>(i));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t i, std::uint32_t j) { return area[i] < area[j]; });
  return order;
}

/// Mean area per resident of the first districts of [first, last) until `population` is reached.
template <typename Iterator>
double mean_area(Iterator first, Iterator last, Counts total, Counts area, double population) {
  double land = 0.0;
  double people = 0.0;
  for (; first != last && people < population; ++first) {
    land += total[*first] * area[*first];
    people += total[*first];
  }
  return land / people;
}

double sum_with_area(Counts counts, Counts area) {
  return sum_over(counts.size(),
                  [&](std::size_t i) { return is_defined(area[i]) ? counts[i] : 0.0; });
}

/// Σ x_i a_i / X; 0 / 0 is NaN.
double mean_area_of(Counts counts, Counts area, double sum) {
  return sum_over(counts.size(),
                  [&](std::size_t i) { return is_defined(area[i]) ? counts[i] * area[i] : 0.0; }) /
         sum;
}

}  // namespace

double delta_index(Counts group, Counts total, Counts area, EmptyDistricts empty) {
  expects(group.size() == total.size() && group.size() == area.size(),
          "delta_index: the same districts three times");
  const auto takes_part = [&](std::size_t i) {
    return is_defined(area[i]) && (empty == EmptyDistricts::kept || total[i] > 0.0);
  };
  const double persons =
      sum_over(group.size(), [&](std::size_t i) { return takes_part(i) ? group[i] : 0.0; });
  const double land =
      sum_over(group.size(), [&](std::size_t i) { return takes_part(i) ? area[i] : 0.0; });
  if (!(persons > 0.0) || !(land > 0.0)) return undefined;
  const double difference = sum_over(group.size(), [&](std::size_t i) {
    return takes_part(i) ? std::abs(group[i] / persons - area[i] / land) : 0.0;
  });
  return within_unit(difference / 2.0);
}

double absolute_concentration(Counts group, Counts total, Counts area) {
  expects(group.size() == total.size() && group.size() == area.size(),
          "absolute_concentration: the same districts three times");
  const double persons = sum_with_area(group, area);
  if (!(persons > 0.0)) return undefined;
  const std::vector<std::uint32_t> order = by_area(total, area);
  const double smallest = mean_area(order.begin(), order.end(), total, area, persons);
  const double largest = mean_area(order.rbegin(), order.rend(), total, area, persons);
  if (!(largest - smallest > same_size * largest)) return undefined;
  return 1.0 - (mean_area_of(group, area, persons) - smallest) / (largest - smallest);
}

double relative_concentration(Counts group, Counts reference, Counts total, Counts area,
                              LargeEnd large_end) {
  expects(group.size() == reference.size() && group.size() == total.size() &&
              group.size() == area.size(),
          "relative_concentration: the same districts four times");
  const double persons = sum_with_area(group, area);
  const double others = sum_with_area(reference, area);
  if (!(persons > 0.0) || !(others > 0.0)) return undefined;
  const std::vector<std::uint32_t> order = by_area(total, area);
  const double reached = large_end == LargeEnd::group ? persons : others;
  const double smallest = mean_area(order.begin(), order.end(), total, area, persons);
  const double largest = mean_area(order.rbegin(), order.rend(), total, area, reached);
  const double of_others = mean_area_of(reference, area, others);
  if (!(of_others > 0.0) || !(largest - smallest > same_size * largest)) return undefined;
  return (mean_area_of(group, area, persons) / of_others - 1.0) / (smallest / largest - 1.0);
}

}  // namespace quartier::metrics
