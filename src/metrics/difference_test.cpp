#include "metrics/difference_test.h"

#include <numeric>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/parallel.h"
#include "base/random.h"

namespace quartier::metrics {
namespace {

using Columns = std::vector<std::vector<double>>;

std::vector<std::span<const double>> spans(const Columns& columns) {
  return {columns.begin(), columns.end()};
}

Columns copy_of(GroupColumns groups) {
  Columns columns;
  for (const auto& group : groups) columns.emplace_back(group.begin(), group.end());
  return columns;
}

/// Exchanges the dates of each district on the toss of a coin.
void swap_dates(std::uint64_t seed, std::size_t draw, Columns& first, Columns& second) {
  for (std::size_t i = 0; i < first.front().size(); ++i) {
    RandomStream random(seed, draw, i);
    if (random.next() >> 63U == 0) continue;
    for (std::size_t k = 0; k < first.size(); ++k) std::swap(first[k][i], second[k][i]);
  }
}

/// Deals the districts of both into two cities of as many districts as before.
void deal(std::uint64_t seed, std::size_t draw, Columns& first, Columns& second) {
  const std::size_t n = first.front().size();
  const std::size_t all = n + second.front().size();
  const auto cell = [&](std::size_t k, std::size_t i) -> double& {
    return i < n ? first[k][i] : second[k][i - n];
  };
  RandomStream random(seed, draw);
  for (std::size_t left = all; left > 1; --left) {
    const std::size_t other = random.below(static_cast<std::uint32_t>(left));
    for (std::size_t k = 0; k < first.size(); ++k) std::swap(cell(k, left - 1), cell(k, other));
  }
}

}  // namespace

std::string_view id_of(Exchange exchange) {
  return exchange == Exchange::swap_dates ? "swap_dates" : "pool_districts";
}

NullDistribution difference_test(GroupColumns first, GroupColumns second, Exchange exchange,
                                 std::uint32_t draws, std::uint64_t seed, const CountIndex& index) {
  expects(!first.empty() && first.size() == second.size(), "difference_test: the same groups");
  const std::size_t n = district_count(first);
  const std::size_t m = district_count(second);
  expects(exchange != Exchange::swap_dates || n == m, "difference_test: the same districts");
  std::vector<double> values(draws);
  for_chunks(draws, 8, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t d = begin; d < end; ++d) {
      Columns a = copy_of(first);
      Columns b = copy_of(second);
      if (exchange == Exchange::swap_dates) {
        swap_dates(seed, d, a, b);
      } else {
        deal(seed, d, a, b);
      }
      values[d] = index(spans(b)) - index(spans(a));
    }
  });
  return distribution_of(index(second) - index(first), std::move(values), seed);
}

BootstrapResult difference_bootstrap(GroupColumns first, GroupColumns second, Resampling resampling,
                                     std::uint32_t draws, std::uint64_t seed, double level,
                                     const CountIndex& index) {
  expects(first.size() == second.size(), "difference_bootstrap: the same groups");
  std::vector<double> before = bootstrap(first, resampling, draws, seed, level, index).draws;
  const BootstrapResult after = bootstrap(second, resampling, draws, mix64(seed), level, index);
  for (std::size_t d = 0; d < before.size(); ++d) before[d] = after.draws[d] - before[d];
  return bootstrap_of(after.observed - index(first), std::move(before), seed, level);
}

}  // namespace quartier::metrics
