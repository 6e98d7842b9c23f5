#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "metrics/beta_mixture.h"

namespace quartier::metrics {
namespace {

constexpr double least_shape = 1e-6;
/// Gain of ln L in one iteration at which the fit has settled.
constexpr double least_gain = 1e-8;
constexpr std::uint32_t iteration_limit = 5000;

/// Districts of like counts.
struct Cell {
  std::uint32_t group = 0;
  std::uint32_t reference = 0;
  double districts = 0.0;
};

std::vector<Cell> cells_of(std::span<const double> group, std::span<const double> reference) {
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < group.size(); ++i) {
    const double size = group[i] + reference[i];
    if (group[i] != std::floor(group[i]) || reference[i] != std::floor(reference[i]) ||
        size > small_unit_limit) {
      return {};
    }
    if (size <= 0.0) continue;
    cells.push_back(
        {static_cast<std::uint32_t>(group[i]), static_cast<std::uint32_t>(reference[i]), 1.0});
  }
  std::sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) {
    return a.group != b.group ? a.group < b.group : a.reference < b.reference;
  });
  std::size_t kept = 0;
  for (std::size_t c = 1; c < cells.size(); ++c) {
    if (cells[c].group == cells[kept].group && cells[c].reference == cells[kept].reference) {
      cells[kept].districts += 1.0;
    } else {
      cells[++kept] = cells[c];
    }
  }
  if (!cells.empty()) cells.resize(kept + 1);
  return cells;
}

/// upto[j] = Σ_{i < j} ln(shape + i), which is ln Γ(shape + j) − ln Γ(shape).
std::vector<double> rising_logs(double shape, std::size_t largest) {
  std::vector<double> upto(largest + 1, 0.0);
  for (std::size_t j = 0; j < largest; ++j) {
    upto[j + 1] = upto[j] + std::log(shape + static_cast<double>(j));
  }
  return upto;
}

/// Turns weights by count into weights of the counts above: above[j] = Σ_{i > j} weight[i].
void accumulate_above(std::vector<double>& weights) {
  double sum = 0.0;
  for (std::size_t j = weights.size(); j-- > 0;) {
    const double own = weights[j];
    weights[j] = sum;
    sum += own;
  }
}

/// Weights of the counts of the group, the reference and both, for one component.
struct Weights {
  std::vector<double> group;
  std::vector<double> reference;
  std::vector<double> both;
};

/// Σ above[j] ln(shape + j)
double log_sum(const std::vector<double>& above, double shape) {
  double sum = 0.0;
  for (std::size_t j = 0; j < above.size(); ++j) {
    sum += above[j] * std::log(shape + static_cast<double>(j));
  }
  return sum;
}

/// The weighted log-likelihood of one component.
double likelihood(const Weights& weights, double a, double b) {
  return log_sum(weights.group, a) + log_sum(weights.reference, b) - log_sum(weights.both, a + b);
}

struct Slope {
  double first = 0.0;   ///< Σ above[j] / (shape + j)
  double second = 0.0;  ///< Σ above[j] / (shape + j)²
};

Slope slope(const std::vector<double>& above, double shape) {
  Slope sum;
  for (std::size_t j = 0; j < above.size(); ++j) {
    const double part = 1.0 / (shape + static_cast<double>(j));
    sum.first += above[j] * part;
    sum.second += above[j] * part * part;
  }
  return sum;
}

double bounded(double shape) { return std::clamp(shape, least_shape, point_precision); }

/// A Newton step in ln α, ln β, bent uphill where the likelihood is not concave, and halved until
/// it does not lower the likelihood.
void improve(BetaComponent& component, const Weights& weights) {
  const double a = component.alpha;
  const double b = component.beta;
  const Slope x = slope(weights.group, a);
  const Slope y = slope(weights.reference, b);
  const Slope t = slope(weights.both, a + b);
  const double slope_a = a * (x.first - t.first);
  const double slope_b = b * (y.first - t.first);
  double bend_aa = a * a * (t.second - x.second) + slope_a;
  double bend_bb = b * b * (t.second - y.second) + slope_b;
  const double bend_ab = a * b * t.second;

  // eigenvalues of the bend: both must be negative
  const double middle = (bend_aa + bend_bb) / 2.0;
  const double radius = std::hypot((bend_aa - bend_bb) / 2.0, bend_ab);
  const double least = 1e-3 * (std::abs(middle) + radius);
  if (middle + radius > -least) {
    bend_aa -= middle + radius + least;
    bend_bb -= middle + radius + least;
  }
  const double determinant = bend_aa * bend_bb - bend_ab * bend_ab;
  if (!(determinant > 0.0)) return;
  double step_a = (bend_ab * slope_b - bend_bb * slope_a) / determinant;
  double step_b = (bend_ab * slope_a - bend_aa * slope_b) / determinant;
  const double longest = std::max(std::abs(step_a), std::abs(step_b));
  const double shorter = longest > 2.0 ? 2.0 / longest : 1.0;
  step_a *= shorter;
  step_b *= shorter;

  const double before = likelihood(weights, a, b);
  for (int halving = 0; halving < 30; ++halving) {
    const double next_a = bounded(a * std::exp(step_a));
    const double next_b = bounded(b * std::exp(step_b));
    if (likelihood(weights, next_a, next_b) >= before) {
      component.alpha = next_a;
      component.beta = next_b;
      return;
    }
    step_a /= 2.0;
    step_b /= 2.0;
  }
}

class Fit {
 public:
  Fit(std::vector<Cell> cells, std::vector<BetaComponent> start)
      : cells_(std::move(cells)), components_(std::move(start)) {
    for (const Cell& cell : cells_) {
      largest_group_ = std::max<std::size_t>(largest_group_, cell.group);
      largest_reference_ = std::max<std::size_t>(largest_reference_, cell.reference);
      largest_both_ = std::max<std::size_t>(largest_both_, cell.group + cell.reference);
      districts_ += cell.districts;
    }
  }

  BetaMixture run() {
    BetaMixture result;
    result.log_likelihood = expect();
    while (!result.converged && result.iterations < iteration_limit) {
      maximise();
      const double likelihood = expect();
      const double noise = 1e-13 * std::abs(likelihood);
      result.converged = likelihood - result.log_likelihood < least_gain + noise;
      result.log_likelihood = likelihood;
      ++result.iterations;
    }
    const double parameters = 3.0 * static_cast<double>(components_.size()) - 1.0;
    result.criterion = parameters * std::log(districts_) - 2.0 * result.log_likelihood;
    std::sort(components_.begin(), components_.end(),
              [](const BetaComponent& a, const BetaComponent& b) { return a.mean() < b.mean(); });
    result.components = components_;
    result.dissimilarity = beta_mixture_dissimilarity(components_);
    return result;
  }

 private:
  /// Share of each component in each cell [components][cells]. @returns ln L
  double expect() {
    shares_.assign(components_.size(), std::vector<double>(cells_.size()));
    for (std::size_t c = 0; c < components_.size(); ++c) {
      const BetaComponent& component = components_[c];
      const std::vector<double> group = rising_logs(component.alpha, largest_group_);
      const std::vector<double> reference = rising_logs(component.beta, largest_reference_);
      const std::vector<double> both = rising_logs(component.alpha + component.beta, largest_both_);
      const double weight = std::log(component.weight);
      for (std::size_t i = 0; i < cells_.size(); ++i) {
        const Cell& cell = cells_[i];
        shares_[c][i] = weight + group[cell.group] + reference[cell.reference] -
                        both[cell.group + cell.reference];
      }
    }
    double sum_of_logs = 0.0;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      double greatest = shares_[0][i];
      for (const auto& share : shares_) greatest = std::max(greatest, share[i]);
      double sum = 0.0;
      for (auto& share : shares_) {
        share[i] = std::exp(share[i] - greatest);
        sum += share[i];
      }
      for (auto& share : shares_) share[i] /= sum;
      sum_of_logs += cells_[i].districts * (greatest + std::log(sum));
    }
    return sum_of_logs;
  }

  void maximise() {
    for (std::size_t c = 0; c < components_.size(); ++c) {
      Weights weights{std::vector<double>(largest_group_ + 1),
                      std::vector<double>(largest_reference_ + 1),
                      std::vector<double>(largest_both_ + 1)};
      double mass = 0.0;
      for (std::size_t i = 0; i < cells_.size(); ++i) {
        const double weight = shares_[c][i] * cells_[i].districts;
        weights.group[cells_[i].group] += weight;
        weights.reference[cells_[i].reference] += weight;
        weights.both[cells_[i].group + cells_[i].reference] += weight;
        mass += weight;
      }
      accumulate_above(weights.group);
      accumulate_above(weights.reference);
      accumulate_above(weights.both);
      improve(components_[c], weights);
      components_[c].weight = std::max(mass / districts_, 1e-12);
    }
  }

  std::vector<Cell> cells_;
  std::vector<BetaComponent> components_;
  std::vector<std::vector<double>> shares_;
  std::size_t largest_group_ = 0;
  std::size_t largest_reference_ = 0;
  std::size_t largest_both_ = 0;
  double districts_ = 0.0;
};

/// Components with the shares of the districts below and above the city's, or of all of them;
/// fewer than asked for where one would be empty or of one group only.
std::vector<BetaComponent> start_of(const std::vector<Cell>& cells, std::size_t count) {
  constexpr double precision = 10.0;
  double group = 0.0;
  double reference = 0.0;
  for (const Cell& cell : cells) {
    group += cell.districts * cell.group;
    reference += cell.districts * cell.reference;
  }
  if (group <= 0.0 || reference <= 0.0) return {};
  const double share = group / (group + reference);
  if (count < 2) return {{1.0, precision * share, precision * (1.0 - share)}};
  std::array<double, 2> own{};
  std::array<double, 2> all{};
  std::array<double, 2> districts{};
  for (const Cell& cell : cells) {
    const double size = static_cast<double>(cell.group) + static_cast<double>(cell.reference);
    const std::size_t side = static_cast<double>(cell.group) > share * size ? 1 : 0;
    own[side] += cell.districts * cell.group;
    all[side] += cell.districts * size;
    districts[side] += cell.districts;
  }
  std::vector<BetaComponent> start;
  for (std::size_t side = 0; side < 2; ++side) {
    if (districts[side] <= 0.0) return start_of(cells, 1);
    const double mean = std::clamp(own[side] / all[side], 0.001, 0.999);
    start.push_back({districts[side] / (districts[0] + districts[1]), precision * mean,
                     precision * (1.0 - mean)});
  }
  return start;
}

}  // namespace

BetaMixture fit_beta_mixture(std::span<const double> group, std::span<const double> reference,
                             std::size_t component_count) {
  expects(group.size() == reference.size(), "fit_beta_mixture: the same districts twice");
  expects(component_count == 1 || component_count == 2, "fit_beta_mixture: one or two components");
  std::vector<Cell> cells = cells_of(group, reference);
  std::vector<BetaComponent> start = start_of(cells, component_count);
  if (start.empty()) return {};
  return Fit(std::move(cells), std::move(start)).run();
}

BetaMixture fit_beta_mixture(std::span<const double> group, std::span<const double> reference) {
  BetaMixture one = fit_beta_mixture(group, reference, 1);
  if (one.components.empty()) return one;
  BetaMixture two = fit_beta_mixture(group, reference, 2);
  return two.criterion < one.criterion ? two : one;
}

}  // namespace quartier::metrics
