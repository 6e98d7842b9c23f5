#include "network/search_graph.h"

#include <algorithm>
#include <numeric>

#include "base/parallel.h"
#include "network/node_order.h"

namespace quartier::network {
namespace {

constexpr std::size_t grain = 16384;

}  // namespace

SearchGraph::SearchGraph(const StreetGraph& graph, SearchDirection direction)
    : node_at_(order_along_curve(graph.nodes)),
      place_of_(graph.size()),
      start_(graph.size() + 1, 0),
      arcs_(graph.arcs.size()),
      unit_(graph.unit) {
  const std::size_t n = graph.size();
  for (std::size_t place = 0; place < n; ++place) {
    place_of_[node_at_[place]] = static_cast<std::uint32_t>(place);
  }
  if (graph.symmetric || direction == SearchDirection::from_sources) {
    for (std::size_t place = 0; place < n; ++place) {
      const std::uint32_t node = node_at_[place];
      start_[place + 1] = start_[place] + (graph.start[node + 1] - graph.start[node]);
    }
    for_chunks(n, grain, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t place = begin; place < end; ++place) {
        std::uint32_t k = start_[place];
        for (const StreetArc arc : graph.arcs_of(node_at_[place])) {
          arcs_[k++] = {place_of_[arc.to], arc.cost};
        }
      }
    });
  } else {
    for (const StreetArc arc : graph.arcs) ++start_[place_of_[arc.to] + 1];
    std::partial_sum(start_.begin(), start_.end(), start_.begin());
    std::vector<std::uint32_t> next(start_.begin(), start_.end() - 1);
    for (std::size_t place = 0; place < n; ++place) {
      for (const StreetArc arc : graph.arcs_of(node_at_[place])) {
        arcs_[next[place_of_[arc.to]]++] = {static_cast<std::uint32_t>(place), arc.cost};
      }
    }
  }
  std::uint64_t sum = 0;
  for (const StreetArc arc : arcs_) {
    sum += arc.cost;
    longest_ = std::max(longest_, arc.cost);
  }
  if (!arcs_.empty()) mean_ = static_cast<std::uint32_t>(sum / arcs_.size());
}

BucketPlan BucketPlan::of(const SearchGraph& graph, std::uint32_t limit) {
  constexpr std::size_t most_buckets = 1U << 14U;
  const std::uint32_t longest = std::min(graph.longest_arc(), limit);
  BucketPlan plan;
  while ((2ULL << plan.shift) < graph.mean_arc()) ++plan.shift;
  while ((longest >> plan.shift) + std::size_t{2} > most_buckets) ++plan.shift;
  while (plan.count < (longest >> plan.shift) + std::size_t{2}) plan.count *= 2;
  return plan;
}

}  // namespace quartier::network
