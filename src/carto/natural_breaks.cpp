#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/error.h"
#include "carto/classify.h"

namespace quartier::carto {
namespace {

/// Distinct values in ascending order, with running sums of how often they occur.
struct Distinct {
  std::vector<double> values;
  std::vector<double> weight_sum{0.0};  ///< [m + 1] of the first i values
  std::vector<double> sum{0.0};         ///< [m + 1] of weight times distance from the median
  std::vector<double> square_sum{0.0};  ///< [m + 1]
};

Distinct distinct_of(std::span<const double> values) {
  std::vector<double> sorted;
  sorted.reserve(values.size());
  for (const double value : values) {
    if (std::isfinite(value)) sorted.push_back(value);
  }
  std::sort(sorted.begin(), sorted.end());
  Distinct distinct;
  if (sorted.empty()) return distinct;
  // Distances from the median in units of the range keep the digits of the sums of squares.
  const double median = sorted[sorted.size() / 2];
  const double range = sorted.back() - sorted.front();
  const double unit = range > 0.0 && std::isfinite(range) ? range : 1.0;
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t end = i + 1;
    while (end < sorted.size() && sorted[end] == sorted[i]) ++end;
    const auto weight = static_cast<double>(end - i);
    const double x = (sorted[i] - median) / unit;
    distinct.values.push_back(sorted[i]);
    distinct.weight_sum.push_back(distinct.weight_sum.back() + weight);
    distinct.sum.push_back(distinct.sum.back() + weight * x);
    distinct.square_sum.push_back(distinct.square_sum.back() + weight * x * x);
    i = end;
  }
  return distinct;
}

/// Least sums of squares of the first i values in a given number of classes, one class at a time.
class Table {
 public:
  Table(const Distinct& distinct, std::size_t class_count)
      : distinct_(distinct),
        size_(distinct.values.size()),
        least_(size_ + 1),
        next_(size_ + 1),
        cuts_(class_count, std::vector<std::uint32_t>(size_ + 1, 0)) {
    for (std::size_t i = 0; i <= size_; ++i) least_[i] = deviation(0, i);
    for (std::size_t k = 1; k < class_count; ++k) {
      std::fill(next_.begin(), next_.end(), std::numeric_limits<double>::infinity());
      fill(k, k + 1, size_, k, size_ - 1);
      std::swap(least_, next_);
    }
  }

  /// Position of the first value of class k, where the classes up to k hold the first `end` values.
  [[nodiscard]] std::size_t cut(std::size_t k, std::size_t end) const { return cuts_[k][end]; }

 private:
  /// Sum of squared deviations from their mean of the values in [begin, end).
  [[nodiscard]] double deviation(std::size_t begin, std::size_t end) const {
    const double weight = distinct_.weight_sum[end] - distinct_.weight_sum[begin];
    if (end <= begin + 1) return 0.0;
    const double sum = distinct_.sum[end] - distinct_.sum[begin];
    const double squares = distinct_.square_sum[end] - distinct_.square_sum[begin];
    return std::max(0.0, squares - sum * sum / weight);
  }

  /// Best last cuts for ends in [low, high]: they rise with the end, so the middle end halves the
  /// search.
  void fill(std::size_t k, std::size_t low, std::size_t high, std::size_t from, std::size_t to) {
    if (low > high) return;
    const std::size_t middle = low + (high - low) / 2;
    const std::size_t last = std::min(to, middle - 1);
    std::size_t best = std::min(from, last);
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t cut = best; cut <= last; ++cut) {
      const double total = least_[cut] + deviation(cut, middle);
      if (total < least) {
        least = total;
        best = cut;
      }
    }
    next_[middle] = least;
    cuts_[k][middle] = static_cast<std::uint32_t>(best);
    if (middle > low) fill(k, low, middle - 1, from, best);
    fill(k, middle + 1, high, best, to);
  }

  const Distinct& distinct_;
  std::size_t size_;
  std::vector<double> least_;
  std::vector<double> next_;
  std::vector<std::vector<std::uint32_t>> cuts_;  ///< [class][end]
};

}  // namespace

Breaks natural_breaks(std::span<const double> values, std::size_t class_count) {
  expects(class_count >= 1 && class_count <= most_classes, "breaks: from 1 to 32 classes");
  const Distinct distinct = distinct_of(values);
  const std::size_t size = distinct.values.size();
  if (size == 0) return {};
  const std::size_t count = std::min(class_count, size);
  Breaks breaks;
  breaks.edges.assign(count + 1, distinct.values.front());
  breaks.edges[count] = distinct.values.back();
  if (count == 1) return breaks;
  const Table table(distinct, count);
  std::size_t end = size;
  for (std::size_t k = count - 1; k > 0; --k) {
    end = table.cut(k, end);
    breaks.edges[k] = distinct.values[end - 1];
  }
  return breaks;
}

}  // namespace quartier::carto
