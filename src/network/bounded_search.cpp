#include "network/bounded_search.h"

#include <algorithm>
#include <iterator>

#include "base/error.h"
#include "base/parallel.h"
#include "network/ball_search.h"

namespace quartier::network {
namespace {

constexpr std::size_t grain = 16384;
constexpr unsigned range_bits = 12;
constexpr std::size_t pairs_at_once = std::size_t{1} << 23U;

/// The pairs of one source whose places lie in one range of 2^12 places.
struct Segment {
  std::uint32_t source = 0;
  std::uint32_t range = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// The balls of a block of sources, the pairs of each grouped by range.
struct BlockPairs {
  std::vector<Segment> segments;
  std::vector<std::uint32_t> place;
  std::vector<std::uint32_t> cost;  ///< empty where weights are 1
};

/// Appends a ball to the pairs of its block. `next` is zero for every range, before and after.
void append(BlockPairs& pairs, std::uint32_t source, BallView ball, bool with_costs,
            std::vector<std::uint32_t>& next) {
  const std::size_t first = pairs.segments.size();
  const std::size_t offset = pairs.place.size();
  for (const std::uint32_t place : ball.place) {
    const std::uint32_t range = place >> range_bits;
    if (next[range]++ == 0) pairs.segments.push_back({source, range, 0, 0});
  }
  auto position = static_cast<std::uint32_t>(offset);
  for (std::size_t s = first; s < pairs.segments.size(); ++s) {
    Segment& segment = pairs.segments[s];
    segment.begin = position;
    position += next[segment.range];
    segment.end = position;
    next[segment.range] = segment.begin;
  }
  pairs.place.resize(position);
  if (with_costs) pairs.cost.resize(position);
  for (std::size_t k = 0; k < ball.place.size(); ++k) {
    const std::uint32_t at = next[ball.place[k] >> range_bits]++;
    pairs.place[at] = ball.place[k];
    if (with_costs) pairs.cost[at] = ball.cost[k];
  }
  for (std::size_t s = first; s < pairs.segments.size(); ++s) next[pairs.segments[s].range] = 0;
}

/// Adds the pairs of some sources to the sums of all places, source by source.
class Scatter {
 public:
  Scatter(const SearchGraph& graph, std::span<const double> values, std::span<const double> weights)
      : values_(values),
        weights_(weights),
        sums_(graph.size(), 0.0),
        range_count_((graph.size() >> range_bits) + 1) {}

  void add(const std::vector<BlockPairs>& blocks) {
    struct Named {
      std::uint32_t source = 0;
      std::uint32_t block = 0;
      std::uint32_t segment = 0;
    };
    std::vector<std::vector<Named>> of_range(range_count_);
    for (std::uint32_t b = 0; b < blocks.size(); ++b) {
      for (std::uint32_t s = 0; s < blocks[b].segments.size(); ++s) {
        const Segment& segment = blocks[b].segments[s];
        of_range[segment.range].push_back({segment.source, b, s});
      }
    }
    for_chunks(range_count_, 4, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t range = begin; range < end; ++range) {
        std::vector<Named>& named = of_range[range];
        std::sort(named.begin(), named.end(),
                  [](const Named& a, const Named& b) { return a.source < b.source; });
        for (const Named& one : named) {
          add_segment(blocks[one.block], blocks[one.block].segments[one.segment]);
        }
      }
    });
  }

  [[nodiscard]] std::vector<double> by_node(const SearchGraph& graph) const {
    std::vector<double> sums(graph.size());
    for_chunks(sums.size(), grain, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t node = begin; node < end; ++node) sums[node] = sums_[graph.place_of(node)];
    });
    return sums;
  }

 private:
  void add_segment(const BlockPairs& pairs, const Segment& segment) {
    const double value = values_[segment.source];
    if (weights_.empty()) {
      for (std::uint32_t k = segment.begin; k < segment.end; ++k) sums_[pairs.place[k]] += value;
      return;
    }
    for (std::uint32_t k = segment.begin; k < segment.end; ++k) {
      sums_[pairs.place[k]] += value * weights_[pairs.cost[k]];
    }
  }

  std::span<const double> values_;
  std::span<const double> weights_;
  std::vector<double> sums_;
  std::size_t range_count_;
};

void check_weights(std::span<const double> weights, std::uint32_t limit) {
  expects(weights.empty() || weights.size() > limit, "sums over balls: a weight for each cost");
}

}  // namespace

void visit_balls(const SearchGraph& graph, std::span<const std::uint32_t> sources,
                 std::uint32_t limit, const std::function<void(const Ball&)>& visit) {
  for_each_block(graph, sources, limit, [&](std::size_t, const auto& balls) {
    std::vector<std::uint32_t> nodes;
    balls([&](std::size_t source, BallView ball) {
      nodes.resize(ball.place.size());
      for (std::size_t k = 0; k < nodes.size(); ++k) nodes[k] = graph.node_at(ball.place[k]);
      visit({source, nodes, ball.cost});
    });
  });
}

std::vector<double> sums_at_sources(const SearchGraph& graph,
                                    std::span<const std::uint32_t> sources, std::uint32_t limit,
                                    std::span<const double> values,
                                    std::span<const double> weights) {
  expects(values.size() == graph.size(), "sums_at_sources: a value for each node");
  check_weights(weights, limit);
  std::vector<double> at_place(values.size());
  for (std::size_t place = 0; place < values.size(); ++place) {
    at_place[place] = values[graph.node_at(place)];
  }
  std::vector<double> sums(sources.size(), 0.0);
  for_each_ball(graph, sources, limit, [&](std::size_t source, BallView ball) {
    constexpr std::size_t lanes = 4;
    double sum[lanes] = {};
    const std::size_t count = ball.place.size();
    for (std::size_t k = 0; k < count; ++k) {
      const double value = at_place[ball.place[k]];
      sum[k % lanes] += weights.empty() ? value : value * weights[ball.cost[k]];
    }
    sums[source] = (sum[0] + sum[1]) + (sum[2] + sum[3]);
  });
  return sums;
}

std::vector<double> sums_at_nodes(const SearchGraph& graph, std::span<const std::uint32_t> sources,
                                  std::uint32_t limit, std::span<const double> values,
                                  std::span<const double> weights) {
  expects(values.size() == sources.size(), "sums_at_nodes: a value for each source");
  check_weights(weights, limit);
  Scatter scatter(graph, values, weights);
  const std::size_t range_count = (graph.size() >> range_bits) + 1;
  // Runs of sources whose pairs fit in memory; the size of one is judged by the one before.
  std::size_t run = 16;
  for (std::size_t first = 0; first < sources.size();) {
    const std::size_t count = std::min(run, sources.size() - first);
    const std::size_t block_size = block_size_of(count);
    std::vector<BlockPairs> blocks((count + block_size - 1) / block_size);
    for_each_block(graph, sources.subspan(first, count), limit,
                   [&](std::size_t block, const auto& balls) {
                     std::vector<std::uint32_t> next(range_count, 0);
                     balls([&](std::size_t source, BallView ball) {
                       append(blocks[block], static_cast<std::uint32_t>(first + source), ball,
                              !weights.empty(), next);
                     });
                   });
    std::size_t pair_count = 0;
    for (const BlockPairs& pairs : blocks) pair_count += pairs.place.size();
    scatter.add(blocks);
    first += count;
    const std::size_t mean = std::max<std::size_t>(1, pair_count / count);
    run = std::max<std::size_t>(16, pairs_at_once / mean);
  }
  return scatter.by_node(graph);
}

}  // namespace quartier::network
