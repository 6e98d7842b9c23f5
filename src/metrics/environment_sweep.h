#pragma once
/// One pass over the districts that hands out the surroundings of each at several sizes at once,
/// block by block, so that no table of districts by districts is ever made (private to the room).

#include <algorithm>
#include <functional>
#include <span>

#include "base/parallel.h"
#include "metrics/environment.h"
#include "metrics/environment_order.h"

namespace quartier::metrics {

/// Districts per part: fixed, because it decides the order of additions over districts.
inline constexpr std::size_t sweep_grain = 1024;

/// Surroundings of the districts at [begin, end) of the order.
struct SweepBlock {
  std::size_t part = 0;  ///< of the order; one part is never in two threads at once
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t size_count = 0;
  std::size_t groups_padded = 0;
  const double* counts = nullptr;  ///< [size][end − begin][groups padded], weighted persons

  [[nodiscard]] const double* of(std::size_t size, std::size_t position) const {
    return counts + (size * (end - begin) + (position - begin)) * groups_padded;
  }
};

/// Called for the blocks of one part in order, for parts in any order and at the same time.
using SweepSink = std::function<void(const SweepBlock&)>;

inline std::size_t sweep_parts(const CellOrder& order) {
  return (order.size() + sweep_grain - 1) / sweep_grain;
}

/// The order that the environments of a kind are found in, for sizes up to that of the spec.
CellOrder environment_order(GroupColumns groups, std::span<const Point> places,
                            const EnvironmentSpec& spec);

/// Calls `sink` with the environments of every district at each size, ascending. O(pairs within the
/// largest) time.
void sweep_environments(const CellOrder& order, const EnvironmentSpec& spec,
                        std::span<const double> sizes, const SweepSink& sink);

/// Kernels, one size each. Any order of sizes.
void sweep_kernels(const CellOrder& order, std::span<const Kernel> kernels, const SweepSink& sink);

/// The nearest districts until `limits` persons (or districts), ascending, one size each.
void sweep_nearest(const CellOrder& order, bool people, std::span<const double> limits,
                   TieRule ties, const SweepSink& sink);

/// Runs fill(begin, end, counts) for every block of the order and hands the counts, zero before,
/// to `sink`.
template <typename Fill>
void sweep_blocks(const CellOrder& order, std::size_t size_count, const Fill& fill,
                  const SweepSink& sink) {
  constexpr std::size_t block_grain = 64;
  const std::size_t padded = order.groups_padded();
  for_chunks(order.size(), sweep_grain, [&](std::size_t part, std::size_t first, std::size_t last) {
    std::vector<EightCounts> counts(size_count * block_grain * order.blocks);
    for (std::size_t begin = first; begin < last; begin += block_grain) {
      const std::size_t end = std::min(last, begin + block_grain);
      std::fill(counts.begin(), counts.end(), EightCounts{});
      fill(begin, end, counts.front().of);
      sink({part, begin, end, size_count, padded, counts.front().of});
    }
  });
}

}  // namespace quartier::metrics
