#include "metrics/access_buffer.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "metrics/access_lists.h"
#include "metrics/access_sums.h"

namespace quartier::metrics {
namespace {

double quantile_of(const std::vector<double>& ordered, double level) {
  const double position = static_cast<double>(ordered.size() - 1) * level;
  const auto below = static_cast<std::size_t>(position);
  if (below + 1 >= ordered.size()) return ordered.back();
  const double part = position - static_cast<double>(below);
  return ordered[below] + part * (ordered[below + 1] - ordered[below]);
}

/// Σ_k w_k of a part.
double check_part(const CompositePart& part, std::size_t origin_count) {
  expects(part.costs != nullptr && part.costs->origin_count == origin_count,
          "composite_access: costs over the same origins");
  check_supply(*part.costs, part.supply);
  CompensatedSum sum;
  for (std::size_t k = 0; k < part.choices.size(); ++k) {
    const double w = part.choices[k];
    if (!(w >= 0.0) || !std::isfinite(w) || (k > 0 && w > part.choices[k - 1])) {
      throw InputError("composite score: weights of choices must not rise or be negative",
                       "write them like 1, 0.5, 0.25");
    }
    sum.add(w);
  }
  if (!(part.importance >= 0.0) || !std::isfinite(part.importance)) {
    throw InputError("composite score: importance " + exact_text(part.importance),
                     "give 0 or more");
  }
  return sum.value();
}

}  // namespace

BufferStatistics buffer_statistics(const TravelCosts& costs, std::span<const double> supply,
                                   std::span<const double> values, double cutoff,
                                   std::span<const double> levels) {
  check_supply(costs, supply);
  expects(values.empty() || values.size() == costs.site_count,
          "buffer_statistics: a value for each site");
  for (const double level : levels) {
    if (level >= 0.0 && level <= 1.0) continue;
    throw InputError("quantile " + exact_text(level), "give a level from 0 to 1");
  }
  BufferStatistics found;
  found.sites.assign(costs.origin_count, 0);
  found.mean.assign(costs.origin_count, undefined);
  found.deviation.assign(costs.origin_count, undefined);
  found.quantiles.assign(levels.size(), std::vector<double>(costs.origin_count, undefined));
  const std::uint32_t last = searched_cost(costs, cutoff);
  for_each_origin(costs, last, supply, [&](std::size_t i, std::span<SiteCost> sites) {
    if (sites.empty()) return;
    std::vector<double> inside;
    inside.reserve(sites.size());
    for (const SiteCost& site : sites) {
      inside.push_back(values.empty() ? costs.shown(site.cost) : values[site.site]);
    }
    const auto count = static_cast<double>(inside.size());
    const double mean = compensated_sum(inside) / count;
    CompensatedSum squares;
    for (const double value : inside) squares.add((value - mean) * (value - mean));
    found.sites[i] = static_cast<std::uint32_t>(inside.size());
    found.mean[i] = mean;
    found.deviation[i] = std::sqrt(squares.value() / count);
    if (levels.empty()) return;
    std::sort(inside.begin(), inside.end());
    for (std::size_t q = 0; q < levels.size(); ++q) {
      found.quantiles[q][i] = quantile_of(inside, levels[q]);
    }
  });
  return found;
}

std::vector<double> composite_access(std::span<const CompositePart> parts) {
  expects(!parts.empty() && parts.front().costs != nullptr, "composite_access: a service");
  const std::size_t origin_count = parts.front().costs->origin_count;
  CompensatedSum full;
  for (const CompositePart& part : parts) {
    full.add(part.importance * check_part(part, origin_count));
  }
  if (!(full.value() > 0.0)) {
    throw InputError("composite score: all weights are 0", "give one service a weight");
  }
  std::vector<double> score(origin_count, 0.0);
  for (const CompositePart& part : parts) {
    const CostWeights f(part.decay, *part.costs);
    for_each_origin(
        *part.costs, f.last(), part.supply, [&](std::size_t i, std::span<SiteCost> sites) {
          const std::size_t choices = std::min(sites.size(), part.choices.size());
          std::partial_sort(sites.begin(), sites.begin() + static_cast<std::ptrdiff_t>(choices),
                            sites.end());
          double sum = 0.0;
          for (std::size_t k = 0; k < choices; ++k) {
            sum += part.choices[k] * f(sites[k].cost);
          }
          score[i] += part.importance * sum;
        });
  }
  for (double& value : score) value /= full.value();
  return score;
}

}  // namespace quartier::metrics
