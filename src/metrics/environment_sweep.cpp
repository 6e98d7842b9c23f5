#include "metrics/environment_sweep.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>

#include "base/number.h"
#include "metrics/kernel_lanes.h"

namespace quartier::metrics {
namespace {

/// Kernels that are summed side by side: as many as keep their sums in registers.
constexpr std::size_t most_lanes = 5;
/// Districts weighed at once.
constexpr std::size_t run_grain = 64;

/// Kernels of like reach, the farthest first.
struct LaneGroup {
  std::size_t count = 0;
  std::array<KernelLane, most_lanes> kernel;
  std::array<std::size_t, most_lanes> place{};
  double reach_m = 0.0;
};

using Weights = double[most_lanes][run_grain];

template <std::size_t Lanes>
[[gnu::always_inline]] inline void add_lanes(const Weights& weight, const EightCounts* row,
                                             std::size_t count, std::size_t row_step,
                                             double* const* sums) {
  Eight sum[Lanes];
  for (std::size_t b = 0; b < Lanes; ++b) std::memcpy(&sum[b], sums[b], sizeof(Eight));
  for (std::size_t j = 0; j < count; ++j) {
    Eight persons;
    std::memcpy(&persons, row[j * row_step].of, sizeof(Eight));
#pragma GCC unroll 5
    for (std::size_t b = 0; b < Lanes; ++b) sum[b] += weight[b][j] * persons;
  }
  for (std::size_t b = 0; b < Lanes; ++b) std::memcpy(sums[b], &sum[b], sizeof(Eight));
}

/// sums[b][0..7] += Σ_j weight[b][j] · row j
[[gnu::always_inline]] inline void add_weighted(std::size_t lanes, const Weights& weight,
                                                const EightCounts* row, std::size_t count,
                                                std::size_t row_step, double* const* sums) {
  switch (lanes) {
    case 1:
      add_lanes<1>(weight, row, count, row_step, sums);
      break;
    case 2:
      add_lanes<2>(weight, row, count, row_step, sums);
      break;
    case 3:
      add_lanes<3>(weight, row, count, row_step, sums);
      break;
    case 4:
      add_lanes<4>(weight, row, count, row_step, sums);
      break;
    default:
      add_lanes<most_lanes>(weight, row, count, row_step, sums);
      break;
  }
}

/// Adds what lies in positions [first, last) around one district.
[[gnu::always_inline]] inline void add_run(const CellOrder& order, const LaneGroup& group,
                                           std::size_t centre, std::size_t first, std::size_t last,
                                           double* const* sums) {
  const double centre_x = order.x[centre];
  const double centre_y = order.y[centre];
  double square[run_grain];
  Weights weight;
  for (std::size_t begin = first; begin < last; begin += run_grain) {
    const std::size_t count = std::min(last - begin, run_grain);
    const double* x = order.x.data() + begin;
    const double* y = order.y.data() + begin;
    for (std::size_t j = 0; j < count; ++j) {
      const double dx = x[j] - centre_x;
      const double dy = y[j] - centre_y;
      square[j] = dx * dx + dy * dy;
    }
    for (std::size_t b = 0; b < group.count; ++b) weigh(group.kernel[b], square, count, weight[b]);
    for (std::size_t k = 0; k < order.blocks; ++k) {
      std::array<double*, most_lanes> block_sums{};
      for (std::size_t b = 0; b < group.count; ++b) block_sums[b] = sums[b] + 8 * k;
      add_weighted(group.count, weight, &order.counts[begin * order.blocks + k], count,
                   order.blocks, block_sums.data());
    }
  }
}

/// The kernels of one group around the districts [begin, end).
QUARTIER_HOT void sweep_group(const CellOrder& order, const LaneGroup& group, std::size_t begin,
                              std::size_t end, double* counts) {
  const double reach = group.reach_m + same_distance_m;
  const std::size_t padded = order.groups_padded();
  std::array<double*, most_lanes> sums{};
  for (std::size_t i = begin; i < end; ++i) {
    for (std::size_t b = 0; b < group.count; ++b) {
      sums[b] = counts + (group.place[b] * (end - begin) + (i - begin)) * padded;
    }
    const double x = order.x[i];
    const double y = order.y[i];
    const std::size_t last_row = order.row_of(y + reach);
    for (std::size_t r = order.row_of(y - reach); r <= last_row; ++r) {
      const double below = order.bottom + static_cast<double>(r) * order.side;
      const double off =
          std::max({0.0, below - y - same_distance_m, y - below - order.side - same_distance_m});
      if (off > reach) continue;
      const double half = std::sqrt(reach * reach - off * off) + same_distance_m;
      const std::size_t cell = r * order.columns;
      add_run(order, group, i, order.start[cell + order.column_of(x - half)],
              order.start[cell + order.column_of(x + half) + 1], sums.data());
    }
  }
}

std::vector<LaneGroup> lane_groups(std::span<const Kernel> kernels, std::size_t district_count) {
  std::vector<double> reach;
  for (const Kernel& kernel : kernels) reach.push_back(kernel_reach(kernel, district_count));
  std::vector<std::size_t> farthest(kernels.size());
  std::iota(farthest.begin(), farthest.end(), std::size_t{0});
  std::stable_sort(farthest.begin(), farthest.end(),
                   [&](std::size_t a, std::size_t b) { return reach[a] > reach[b]; });
  std::vector<LaneGroup> groups;
  for (const std::size_t scale : farthest) {
    if (groups.empty() || groups.back().count == most_lanes) {
      groups.emplace_back();
      groups.back().reach_m = reach[scale];
    }
    LaneGroup& group = groups.back();
    group.kernel[group.count] = lane_of(kernels[scale], reach[scale]);
    group.place[group.count] = scale;
    ++group.count;
  }
  return groups;
}

}  // namespace

void sweep_kernels(const CellOrder& order, std::span<const Kernel> kernels, const SweepSink& sink) {
  const std::vector<LaneGroup> groups = lane_groups(kernels, order.size());
  sweep_blocks(
      order, kernels.size(),
      [&](std::size_t begin, std::size_t end, double* counts) {
        for (const LaneGroup& group : groups) sweep_group(order, group, begin, end, counts);
      },
      sink);
}

}  // namespace quartier::metrics
