#pragma once
/// One pass over the districts that hands out the surroundings of each at several scales at once,
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
  std::size_t scale_count = 0;
  std::size_t groups_padded = 0;
  const double* counts = nullptr;  ///< [scale][end − begin][groups padded], weighted persons

  [[nodiscard]] const double* of(std::size_t scale, std::size_t position) const {
    return counts + (scale * (end - begin) + (position - begin)) * groups_padded;
  }
};

/// Called for the blocks of one part in order, for parts in any order and at the same time.
using SweepSink = std::function<void(const SweepBlock&)>;

inline std::size_t sweep_parts(const CellOrder& order) {
  return (order.size() + sweep_grain - 1) / sweep_grain;
}

/// The districts themselves, one scale.
void sweep_own(const CellOrder& order, const SweepSink& sink);

/// Kernels, one scale each. O(pairs within the largest reach) time.
void sweep_kernels(const CellOrder& order, std::span<const Kernel> kernels, const SweepSink& sink);

/// A side for the cells of `sweep_kernels`.
double kernel_cell_side(std::span<const Kernel> kernels, std::size_t district_count);

/// Kernels over distances along streets, one scale each. `order` is plain.
void sweep_streets(const CellOrder& order, const StreetReach& reach,
                   std::span<const Kernel> kernels, const SweepSink& sink);

/// The nearest districts until `limits` persons (or districts), ascending, one scale each.
void sweep_nearest(const CellOrder& order, bool people, std::span<const double> limits,
                   TieRule ties, const SweepSink& sink);

/// A side for the cells of `sweep_nearest`.
double nearest_cell_side(std::span<const Point> places);

/// Runs fill(begin, end, counts) for every block of the order and hands the counts, zero before,
/// to `sink`.
template <typename Fill>
void sweep_blocks(const CellOrder& order, std::size_t scale_count, const Fill& fill,
                  const SweepSink& sink) {
  constexpr std::size_t block_grain = 64;
  const std::size_t padded = order.groups_padded();
  for_chunks(order.size(), sweep_grain, [&](std::size_t part, std::size_t first, std::size_t last) {
    std::vector<EightCounts> counts(scale_count * block_grain * order.blocks);
    for (std::size_t begin = first; begin < last; begin += block_grain) {
      const std::size_t end = std::min(last, begin + block_grain);
      std::fill(counts.begin(), counts.end(), EightCounts{});
      fill(begin, end, counts.front().of);
      sink({part, begin, end, scale_count, padded, counts.front().of});
    }
  });
}

}  // namespace quartier::metrics
