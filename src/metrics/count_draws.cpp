#include "metrics/count_draws.h"

#include <algorithm>
#include <cmath>

namespace quartier::metrics {
namespace {

/// x ~ Binomial(n, p) with n p < 10: probabilities from 0 upwards until they cover a uniform.
double inverted_binomial(RandomStream& random, double n, double p) {
  double left = random.uniform();
  double probability = std::exp(n * std::log1p(-p));
  const double odds = p / (1.0 - p);
  double x = 0.0;
  while (left >= probability && x < n) {
    left -= probability;
    probability *= odds * (n - x) / (x + 1.0);
    x += 1.0;
    if (probability <= 0.0) break;
  }
  return x;
}

/// A candidate of the transformed rejection: the count, and the height under its hat.
struct Candidate {
  double count;
  double height;
  bool inside;  ///< in the part where no test is needed
};

Candidate candidate(RandomStream& random, double a, double b, double centre, double sure) {
  const double u = random.uniform() - 0.5;
  const double v = random.uniform();
  const double us = 0.5 - std::abs(u);
  return {std::floor((2.0 * a / us + b) * u + centre), v / (a / (us * us) + b),
          us >= 0.07 && v <= sure};
}

double rejected_binomial(RandomStream& random, double n, double p) {
  const double spread = std::sqrt(n * p * (1.0 - p));
  const double b = 1.15 + 2.53 * spread;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double alpha = (2.83 + 5.1 / b) * spread;
  double greatest = 0.0;
  for (;;) {
    const Candidate next = candidate(random, a, b, n * p + 0.5, 0.92 - 4.2 / b);
    if (next.inside) return next.count;
    if (!(next.count >= 0.0 && next.count <= n)) continue;
    if (greatest == 0.0) greatest = binomial_probability(std::floor((n + 1.0) * p), n, p);
    if (next.height * alpha * greatest <= binomial_probability(next.count, n, p)) {
      return next.count;
    }
  }
}

}  // namespace

double binomial_draw(RandomStream& random, double n, double p) {
  if (n <= 0.0 || p <= 0.0) return 0.0;
  if (p >= 1.0) return n;
  if (p > 0.5) return n - binomial_draw(random, n, 1.0 - p);
  return n * p < 10.0 ? inverted_binomial(random, n, p) : rejected_binomial(random, n, p);
}

double poisson_draw(RandomStream& random, double mean) {
  if (mean <= 0.0) return 0.0;
  if (mean < 10.0) {
    double left = random.uniform();
    double probability = std::exp(-mean);
    double x = 0.0;
    while (left >= probability && probability > 0.0) {
      left -= probability;
      x += 1.0;
      probability *= mean / x;
    }
    return x;
  }
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  for (;;) {
    const Candidate next = candidate(random, a, b, mean + 0.43, 0.9277 - 3.6224 / (b - 2.0));
    if (next.inside) return next.count;
    if (!(next.count >= 0.0) || std::isinf(next.count)) continue;
    if (next.height * inverse_alpha <= poisson_probability(next.count, mean)) return next.count;
  }
}

std::size_t CountTables::add(const MassTable& table) {
  const double least = 0x1.0p-36 * *std::max_element(table.mass.begin(), table.mass.end());
  std::size_t begin = 0;
  std::size_t end = table.mass.size();
  while (table.mass[begin] < least) ++begin;
  while (table.mass[end - 1] < least) --end;
  const std::size_t size = end - begin;
  const auto start = static_cast<std::uint32_t>(entries_.size());
  double sum = 0.0;
  for (std::size_t j = begin; j < end; ++j) sum += table.mass[j];

  std::vector<double> height(size);
  std::vector<std::uint32_t> low;
  std::vector<std::uint32_t> high;
  for (std::size_t j = 0; j < size; ++j) {
    height[j] = table.mass[begin + j] / sum * static_cast<double>(size);
    (height[j] < 1.0 ? low : high).push_back(static_cast<std::uint32_t>(j));
    entries_.push_back({0xFFFFFFFFU, static_cast<std::uint32_t>(j)});
  }
  while (!low.empty() && !high.empty()) {
    const std::uint32_t small = low.back();
    const std::uint32_t large = high.back();
    low.pop_back();
    entries_[start + small] = {static_cast<std::uint32_t>(height[small] * 0x1.0p32), large};
    height[large] -= 1.0 - height[small];
    if (height[large] < 1.0) {
      high.pop_back();
      low.push_back(large);
    }
  }
  heads_.push_back({start,
                    static_cast<std::uint32_t>(table.first) + static_cast<std::uint32_t>(begin),
                    static_cast<std::uint32_t>(size)});
  return heads_.size() - 1;
}

}  // namespace quartier::metrics
