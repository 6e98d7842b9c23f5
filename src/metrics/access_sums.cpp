#include "metrics/access_sums.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/text.h"
#include "metrics/lanes.h"

namespace quartier::metrics {
namespace {

/// Tables up to this size are always made; larger ones where as many pairs look things up.
constexpr std::size_t small_table = 65536;
constexpr std::size_t largest_table = std::size_t{1} << 22U;
/// Pairs of a block of sites whose costs stay in the last cache between the two steps.
constexpr std::size_t block_pairs = std::size_t{1} << 22U;
/// Sites that are spread together, so that an origin's sum is loaded and stored once for all.
constexpr std::size_t sites_together = 4;

double lanes_value(const std::array<double, lane_count>& sum) {
  return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

/// Σ_i v_i f(cost_i) of a dense row; `beyond` is the table's last position, whose weight is 0.
QUARTIER_HOT double dense_site_sum(const std::uint16_t* cost, const double* values,
                                   const double* table, std::uint16_t beyond, std::size_t count) {
  std::array<double, lane_count> sum{};
  std::size_t i = 0;
  for (; i + lane_count <= count; i += lane_count) {
    for (std::size_t l = 0; l < lane_count; ++l) {
      sum[l] += values[i + l] * table[std::min(cost[i + l], beyond)];
    }
  }
  for (std::size_t l = 0; i + l < count; ++l) {
    sum[l] += values[i + l] * table[std::min(cost[i + l], beyond)];
  }
  return lanes_value(sum);
}

/// Adds v f(cost_i) of one dense row to each origin.
QUARTIER_HOT void spread_row(const std::uint16_t* cost, double value, const double* table,
                             std::uint16_t beyond, std::size_t count, double* sums) {
  for (std::size_t i = 0; i < count; ++i) sums[i] += value * table[std::min(cost[i], beyond)];
}

/// Adds v f(cost_i) of eight origins.
[[gnu::always_inline]] inline void add_lanes(const std::uint16_t* cost, double value,
                                             const double* table, std::uint16_t beyond,
                                             std::array<double, lane_count>& sum) {
  for (std::size_t l = 0; l < lane_count; ++l) sum[l] += value * table[std::min(cost[l], beyond)];
}

/// `spread_row` of four rows, one after the other for each origin.
QUARTIER_HOT void spread_four(const std::uint16_t* cost, std::size_t stride, const double* values,
                              const double* table, std::uint16_t beyond, std::size_t count,
                              double* sums) {
  std::size_t i = 0;
  for (; i + lane_count <= count; i += lane_count) {
    std::array<double, lane_count> sum;
    for (std::size_t l = 0; l < lane_count; ++l) sum[l] = sums[i + l];
    add_lanes(cost + i, values[0], table, beyond, sum);
    add_lanes(cost + stride + i, values[1], table, beyond, sum);
    add_lanes(cost + 2 * stride + i, values[2], table, beyond, sum);
    add_lanes(cost + 3 * stride + i, values[3], table, beyond, sum);
    for (std::size_t l = 0; l < lane_count; ++l) sums[i + l] = sum[l];
  }
  for (; i < count; ++i) {
    double sum = sums[i];
    for (std::size_t s = 0; s < sites_together; ++s) {
      sum += values[s] * table[std::min(cost[s * stride + i], beyond)];
    }
    sums[i] = sum;
  }
}

/// Sites [first, last) of dense costs, spread over all origins.
void spread_dense(const TravelCosts& costs, const CostWeights& weights,
                  std::span<const double> values, std::size_t first, std::size_t last,
                  std::vector<double>& sums) {
  const std::size_t n = costs.origin_count;
  const auto beyond = static_cast<std::uint16_t>(weights.table().size() - 1);
  const double* table = weights.table().data();
  // Each origin's sum has the same order whatever the cut, so the cut may follow the threads.
  const std::size_t grain =
      std::clamp(n / (2 * thread_count()) + 1, std::size_t{512}, std::size_t{32768});
  for_chunks(n, grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::size_t j = first;
    for (; j + sites_together <= last; j += sites_together) {
      spread_four(costs.rows.data() + j * n + begin, n, values.data() + j, table, beyond,
                  end - begin, sums.data() + begin);
    }
    for (; j < last; ++j) {
      spread_row(costs.rows.data() + j * n + begin, values[j], table, beyond, end - begin,
                 sums.data() + begin);
    }
  });
}

void spread_sparse(const TravelCosts& costs, const CostWeights& weights,
                   std::span<const double> values, std::vector<double>& sums) {
  const std::size_t n = costs.origin_count;
  const bool few = costs.cost.size() < 65536;
  const std::size_t grain = few ? std::max<std::size_t>(n, 1) : n / (2 * thread_count()) + 1;
  for_chunks(n, grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t j = 0; j < costs.site_count; ++j) {
      const double value = values[j];
      if (value == 0.0) continue;
      costs.visit(j, begin, end, [&](std::size_t i, std::uint32_t cost) {
        if (cost <= weights.last()) sums[i] += value * weights(cost);
      });
    }
  });
}

double sparse_site_sum(const TravelCosts& costs, const CostWeights& weights,
                       std::span<const double> values, std::size_t site) {
  std::array<double, lane_count> sum{};
  const std::span<const std::uint32_t> origins = costs.origins_of(site);
  const std::span<const std::uint32_t> cost = costs.costs_of(site);
  for (std::size_t k = 0; k < origins.size(); ++k) {
    if (cost[k] > weights.last()) continue;
    sum[origins[k] % lane_count] += values[origins[k]] * weights(cost[k]);
  }
  return lanes_value(sum);
}

/// Fills Σ_i v_i f_ij of the sites [first, last).
void fill_site_sums(const TravelCosts& costs, const CostWeights& weights,
                    std::span<const double> values, std::size_t first, std::size_t last,
                    std::vector<double>& sums) {
  const bool dense = costs.is_dense();
  const std::size_t n = costs.origin_count;
  const auto beyond = static_cast<std::uint16_t>(dense ? weights.table().size() - 1 : 0);
  const std::size_t grain = std::max<std::size_t>(1, dense ? 16384 / (n + 1) : 64);
  for_chunks(last - first, grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t j = first + begin; j < first + end; ++j) {
      sums[j] = dense ? dense_site_sum(costs.rows.data() + j * n, values.data(),
                                       weights.table().data(), beyond, n)
                      : sparse_site_sum(costs, weights, values, j);
    }
  });
}

}  // namespace

CostWeights::CostWeights(const Decay& decay, const TravelCosts& costs)
    : decay_(decay), unit_(costs.unit) {
  check_decay(decay);
  last_ = searched_cost(costs, decay.cutoff);
  if (costs.is_dense()) last_ = std::min(last_, std::uint32_t{no_cost_16} - 1);
  const std::size_t wanted = std::size_t{last_} + 2;
  if (costs.is_dense() || wanted <= small_table ||
      wanted <= std::min(costs.cost.size(), largest_table)) {
    table_ = decay_table(decay_, unit_, last_);
    table_.push_back(0.0);
  }
}

CostWeights CostWeights::squared() const {
  CostWeights result = *this;
  expects(!squared_, "CostWeights: squared once");
  result.squared_ = true;
  for (double& f : result.table_) f *= f;
  return result;
}

std::uint32_t searched_cost(const TravelCosts& costs, double cutoff) {
  const std::uint32_t last = whole_cost(cutoff, costs.unit);
  if (last > costs.limit) {
    const std::string unit(shown_unit(costs.unit));
    throw InputError("cutoff of " + exact_text(cutoff) + " " + unit +
                         " is beyond the search for ways, which ended at " +
                         exact_text(costs.shown(costs.limit)) + " " + unit,
                     "search as far as the cutoff, or lower the cutoff");
  }
  return last;
}

double beyond_search(const TravelCosts& costs) {
  return costs.limit == greatest_cost ? unreachable : undefined;
}

void check_supply(const TravelCosts& costs, std::span<const double> supply) {
  expects(supply.size() == costs.site_count, "access: a supply for each site");
  expects(std::all_of(supply.begin(), supply.end(),
                      [](double places) { return places >= 0.0 && std::isfinite(places); }),
          "access: a supply of 0 or more");
}

void check_demand(const TravelCosts& costs, std::span<const double> demand) {
  expects(demand.size() == costs.origin_count, "access: a demand for each origin");
  expects(std::all_of(demand.begin(), demand.end(),
                      [](double people) { return people >= 0.0 && std::isfinite(people); }),
          "access: a demand of 0 or more");
}

std::vector<double> site_sums(const TravelCosts& costs, const CostWeights& weights,
                              std::span<const double> values) {
  expects(values.size() == costs.origin_count, "site_sums: a value for each origin");
  std::vector<double> sums(costs.site_count, 0.0);
  fill_site_sums(costs, weights, values, 0, costs.site_count, sums);
  return sums;
}

std::vector<double> origin_sums(const TravelCosts& costs, const CostWeights& weights,
                                std::span<const double> values) {
  expects(values.size() == costs.site_count, "origin_sums: a value for each site");
  std::vector<double> sums(costs.origin_count, 0.0);
  if (costs.is_dense()) {
    spread_dense(costs, weights, values, 0, costs.site_count, sums);
  } else {
    spread_sparse(costs, weights, values, sums);
  }
  return sums;
}

void two_steps(const TravelCosts& costs, const CostWeights& first, const CostWeights& second,
               std::span<const double> supply, std::span<const double> values,
               std::vector<double>& ratio, std::vector<double>& access) {
  expects(supply.size() == costs.site_count && values.size() == costs.origin_count,
          "two_steps: a supply for each site and a value for each origin");
  const std::size_t m = costs.site_count;
  ratio.assign(m, 0.0);
  access.assign(costs.origin_count, 0.0);
  std::size_t block = std::max<std::size_t>(m, 1);
  if (costs.is_dense()) {
    const std::size_t fits = block_pairs / costs.origin_count / sites_together * sites_together;
    block = std::clamp(fits, 2 * sites_together, std::max(m, 2 * sites_together));
  }
  for (std::size_t begin = 0; begin < m; begin += block) {
    const std::size_t end = std::min(m, begin + block);
    fill_site_sums(costs, first, values, begin, end, ratio);
    for (std::size_t j = begin; j < end; ++j) {
      const double share = ratio[j] > 0.0 ? supply[j] / ratio[j] : 0.0;
      ratio[j] = std::isfinite(share) ? share : 0.0;
    }
    if (costs.is_dense()) spread_dense(costs, second, ratio, begin, end, access);
  }
  if (!costs.is_dense()) spread_sparse(costs, second, ratio, access);
}

}  // namespace quartier::metrics
