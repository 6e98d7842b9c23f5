#include "metrics/expected_mass.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "base/number.h"

namespace quartier::metrics {
namespace {

constexpr std::size_t small_factorials = 16;

/// ln n! less Stirling's formula (n + 1/2) ln n − n + ln √(2π), for n = 0 .. 15.
const std::array<double, small_factorials>& small_remainders() {
  static const std::array<double, small_factorials> table = [] {
    std::array<double, small_factorials> remainders{};
    long double log_factorial = 0.0L;
    for (std::size_t n = 1; n < small_factorials; ++n) {
      const long double x = static_cast<long double>(n);
      log_factorial += std::log(x);
      remainders[n] = static_cast<double>(
          log_factorial -
          ((x + 0.5L) * std::log(x) - x + 0.5L * std::log(2.0L * std::numbers::pi_v<long double>)));
    }
    return remainders;
  }();
  return table;
}

double stirling_remainder(double n) {
  if (n < static_cast<double>(small_factorials))
    return small_remainders()[static_cast<std::size_t>(n)];
  const double s = 1.0 / (n * n);
  return (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - s / 1188.0)))) /
         n;
}

double raw_binomial(double x, double n, double p, double q) {
  if (x < 0.0 || x > n) return 0.0;
  if (p <= 0.0) return x == 0.0 ? 1.0 : 0.0;
  if (q <= 0.0) return x == n ? 1.0 : 0.0;
  if (x == 0.0) return n == 0.0 ? 1.0 : std::exp(n * (p < 0.5 ? std::log1p(-p) : std::log(q)));
  if (x == n) return std::exp(n * (q < 0.5 ? std::log1p(-q) : std::log(p)));
  const double exponent = stirling_remainder(n) - stirling_remainder(x) -
                          stirling_remainder(n - x) - deviance(x, n * p) - deviance(n - x, n * q);
  return std::exp(exponent) * std::sqrt(n / (2.0 * std::numbers::pi * x * (n - x)));
}

/// h(j + 1) / h(j).
double ratio_up(const ChanceCount& count, double j) {
  if (count.model == NullModel::permutation) {
    return (count.group - j) * (count.size - j) /
           ((j + 1.0) * (count.total - count.group - count.size + j + 1.0));
  }
  return (count.size - j) * count.group / ((j + 1.0) * (count.total - count.group));
}

}  // namespace

double deviance(double x, double mean) {
  if (x <= 0.0) return mean;
  const double difference = x - mean;
  if (std::abs(difference) < 0.1 * (x + mean)) {
    const double v = difference / (x + mean);
    double sum = difference * v;
    double term = 2.0 * x * v;
    for (int j = 3; j < 100; j += 2) {
      term *= v * v;
      const double next = sum + term / j;
      if (next == sum) break;
      sum = next;
    }
    return sum;
  }
  return x * std::log(x / mean) - difference;
}

double binomial_probability(double x, double n, double p) { return raw_binomial(x, n, p, 1.0 - p); }

double poisson_probability(double x, double mean) {
  if (x <= 0.0) return std::exp(-mean);
  return std::exp(-stirling_remainder(x) - deviance(x, mean)) /
         std::sqrt(2.0 * std::numbers::pi * x);
}

double probability(const ChanceCount& count, double x) {
  const double rest = count.total - count.group;
  if (count.model != NullModel::permutation) {
    return raw_binomial(x, count.size, count.group / count.total, rest / count.total);
  }
  if (x > count.group || count.size - x > rest) return 0.0;
  const double p = count.size / count.total;
  const double q = (count.total - count.size) / count.total;
  return raw_binomial(x, count.group, p, q) * raw_binomial(count.size - x, rest, p, q) /
         raw_binomial(count.size, count.total, p, q);
}

double mean_deviation(const ChanceCount& count) {
  const double v = std::floor(count.size * count.group / count.total) + 1.0;
  const double rest = count.total - count.group;
  if (v > count.size) return 0.0;
  if (count.model != NullModel::permutation) {
    return 2.0 * v * (rest / count.total) * probability(count, v);
  }
  if (v > count.group) return 0.0;
  return 2.0 * v * ((rest - count.size + v) / count.total) * probability(count, v);
}

void fill_mass(const ChanceCount& count, MassTable& table) {
  constexpr double least = 0x1.0p-100;
  const bool fixed = count.model == NullModel::permutation;
  const double lowest = fixed ? std::max(0.0, count.size - (count.total - count.group)) : 0.0;
  const double highest = fixed ? std::min(count.size, count.group) : count.size;
  const double mode = std::clamp(std::floor(count.mean()), lowest, highest);
  std::vector<double>& mass = table.mass;
  mass.clear();
  double term = 1.0;
  double j = mode;
  while (j > lowest && term >= least) {
    term /= ratio_up(count, j - 1.0);
    mass.push_back(term);
    j -= 1.0;
  }
  table.first = j;
  std::reverse(mass.begin(), mass.end());
  mass.push_back(1.0);
  term = 1.0;
  for (j = mode; j < highest && term >= least; j += 1.0) {
    term *= ratio_up(count, j);
    mass.push_back(term);
  }
  const double sum = compensated_sum(mass);
  for (double& part : mass) part /= sum;
}

std::vector<SizeClass> size_classes(std::span<const double> totals) {
  std::vector<SizeClass> classes;
  const double largest = totals.empty() ? 0.0 : *std::max_element(totals.begin(), totals.end());
  if (largest <= 65536.0 + 4.0 * static_cast<double>(totals.size())) {
    std::vector<std::uint32_t> count(static_cast<std::size_t>(largest) + 1, 0);
    for (const double size : totals) ++count[static_cast<std::size_t>(size)];
    for (std::size_t size = 1; size < count.size(); ++size) {
      if (count[size] > 0) {
        classes.push_back({static_cast<double>(size), static_cast<double>(count[size])});
      }
    }
    return classes;
  }
  std::vector<double> sorted(totals.begin(), totals.end());
  std::sort(sorted.begin(), sorted.end());
  for (const double size : sorted) {
    if (size <= 0.0) continue;
    if (classes.empty() || classes.back().size != size) classes.push_back({size, 0.0});
    classes.back().districts += 1.0;
  }
  return classes;
}

}  // namespace quartier::metrics
