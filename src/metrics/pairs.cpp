#include "metrics/pairs.h"

#include <span>
#include <utility>

#include "base/number.h"
#include "base/parallel.h"
#include "metrics/evenness.h"

namespace quartier::metrics {
namespace {

using Index = double (*)(std::span<const double>, std::span<const double>);

std::vector<double> matrix_of(GroupColumns groups, Index index) {
  const std::size_t group_count = groups.size();
  static_cast<void>(district_count(groups));
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t k = 0; k < group_count; ++k) {
    for (std::size_t l = k; l < group_count; ++l) pairs.emplace_back(k, l);
  }
  std::vector<double> matrix(group_count * group_count, undefined);
  for_chunks(pairs.size(), 1, [&](std::size_t pair, std::size_t, std::size_t) {
    const auto [k, l] = pairs[pair];
    const double value = index(groups[k], groups[l]);
    matrix[k * group_count + l] = k == l && is_defined(value) ? 0.0 : value;
    matrix[l * group_count + k] = matrix[k * group_count + l];
  });
  return matrix;
}

}  // namespace

std::vector<double> pairwise_dissimilarity(GroupColumns groups) {
  return matrix_of(groups, dissimilarity_index);
}

std::vector<double> pairwise_gini(GroupColumns groups) { return matrix_of(groups, gini_index); }

std::vector<double> pairwise_theil_entropy(GroupColumns groups) {
  return matrix_of(groups, theil_entropy_index);
}

}  // namespace quartier::metrics
