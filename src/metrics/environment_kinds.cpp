#include <algorithm>

#include "base/error.h"
#include "metrics/environment_sweep.h"

namespace quartier::metrics {
namespace {

/// Cells per district: kernels want cells smaller than their reach, searches a few districts each.
constexpr double kernel_cells = 4.0;
constexpr double nearest_cells = 0.5;
/// Cells across the reach of a kernel.
constexpr double cells_in_reach = 6.0;

/// The districts themselves, at every size.
void sweep_own(const CellOrder& order, std::size_t size_count, const SweepSink& sink) {
  const std::size_t padded = order.groups_padded();
  const auto fill = [&](std::size_t begin, std::size_t end, double* counts) {
    const std::size_t step = (end - begin) * padded;
    for (std::size_t s = 0; s < size_count; ++s) {
      std::copy_n(order.counts_of(begin), step, counts + s * step);
    }
  };
  sweep_blocks(order, size_count, fill, sink);
}

/// Kernels over distances along streets, one size each.
void sweep_streets(const CellOrder& order, const StreetReach& reach,
                   std::span<const Kernel> kernels, const SweepSink& sink) {
  expects(reach.size() == order.size(), "street environment: a row for each district");
  const std::size_t padded = order.groups_padded();
  const auto add_row = [&](std::size_t i, const Kernel& kernel, double* sums) {
    std::copy_n(order.counts_of(i), padded, sums);
    for (std::uint64_t l = reach.start[i]; l < reach.start[i + 1]; ++l) {
      if (reach.district[l] == i) continue;
      const double weight = kernel_weight(kernel, reach.metres[l]);
      const double* persons = order.counts_of(reach.district[l]);
      for (std::size_t k = 0; k < padded; ++k) sums[k] += weight * persons[k];
    }
  };
  const auto fill = [&](std::size_t begin, std::size_t end, double* counts) {
    for (std::size_t s = 0; s < kernels.size(); ++s) {
      for (std::size_t i = begin; i < end; ++i) {
        add_row(i, kernels[s], counts + (s * (end - begin) + (i - begin)) * padded);
      }
    }
  };
  sweep_blocks(order, kernels.size(), fill, sink);
}

}  // namespace

CellOrder environment_order(GroupColumns groups, std::span<const Point> places,
                            const EnvironmentSpec& spec) {
  switch (spec.kind) {
    case EnvironmentKind::own:
    case EnvironmentKind::street:
      break;
    case EnvironmentKind::kernel:
      return cell_order(groups, places, kernel_reach(spec.kernel, places.size()) / cells_in_reach,
                        kernel_cells);
    case EnvironmentKind::nearest_people:
    case EnvironmentKind::nearest_districts:
      return cell_order(groups, places, 0.0, nearest_cells);
  }
  return plain_order(groups);
}

void sweep_environments(const CellOrder& order, const EnvironmentSpec& spec,
                        std::span<const double> sizes, const SweepSink& sink) {
  std::vector<Kernel> kernels;
  for (const double size : sizes) kernels.push_back(at_scale(spec, size).kernel);
  switch (spec.kind) {
    case EnvironmentKind::own:
      sweep_own(order, sizes.size(), sink);
      break;
    case EnvironmentKind::kernel:
      sweep_kernels(order, kernels, sink);
      break;
    case EnvironmentKind::nearest_people:
      sweep_nearest(order, true, sizes, spec.ties, sink);
      break;
    case EnvironmentKind::nearest_districts:
      sweep_nearest(order, false, sizes, spec.ties, sink);
      break;
    case EnvironmentKind::street:
      sweep_streets(order, *spec.reach, kernels, sink);
      break;
  }
}

}  // namespace quartier::metrics
