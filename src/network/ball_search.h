#pragma once
/// Searches of the nodes within a limit, private to the room: one search from one or several
/// sources, and the searches of a block of neighbouring sources side by side. Nodes are places of a
/// `SearchGraph`.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "network/search_graph.h"

namespace quartier::network {

/// The nodes within the limit of a source, each once, and their costs.
struct BallView {
  std::span<const std::uint32_t> place;
  std::span<const std::uint32_t> cost;
};

/// A search with a ring of buckets (Dial 1969); its memory is cleaned by what was touched, so that
/// a search takes time by the size of its ball and not of the graph.
class BallSearch {
 public:
  BallSearch(const SearchGraph& graph, std::uint32_t limit);

  /// Finds the cost of the cheapest way from any of `sources` to every node within the limit.
  /// The view holds until the next call; nodes come in the order in which they were first seen.
  BallView ball_of(std::span<const std::uint32_t> sources);

  /// Finds the ball of each of up to `block_size` sources, and calls visit(k, ball) for the k-th.
  /// The order of nodes in a ball depends on the block only.
  template <typename Visit>
  void balls_of_block(std::span<const std::uint32_t> sources, const Visit& visit) {
    if (!share_work(sources)) {
      for (std::size_t k = 0; k < sources.size(); ++k) visit(k, ball_of(sources.subspan(k, 1)));
      return;
    }
    for (std::size_t k = 0; k < sources.size(); ++k) visit(k, ball_of_lane(k));
  }

  static constexpr std::size_t block_size = 32;

 private:
  struct Item {
    std::uint32_t place = 0;
    std::uint32_t cost = 0;
  };
  struct LocalArc {
    std::uint32_t to = 0;
    std::uint32_t cost = 0;
  };

  void search(std::span<const std::uint32_t> sources);
  void push(std::uint32_t place, std::uint32_t cost);
  void grow();
  bool share_work(std::span<const std::uint32_t> sources);
  void number_union();
  void fill_lanes(std::span<const std::uint32_t> sources);
  BallView ball_of_lane(std::size_t lane);

  const SearchGraph& graph_;
  std::uint32_t limit_;
  unsigned shift_ = 0;
  std::size_t mask_ = 0;
  std::size_t room_ = 64;               ///< items a bucket has room for
  std::vector<Item> items_;             ///< [buckets · room]
  std::vector<std::uint32_t> waiting_;  ///< [buckets]
  std::vector<std::uint32_t> cost_;     ///< [node count] no_cost: not seen
  std::vector<std::uint32_t> seen_;     ///< [node count], the first seen_count_ are filled
  std::size_t seen_count_ = 0;
  std::vector<std::uint32_t> ball_cost_;   ///< costs of the view
  std::vector<std::uint32_t> ball_place_;  ///< places of the view of a lane

  std::vector<std::uint32_t> local_start_;  ///< arcs within the union of a block's balls
  std::vector<LocalArc> local_arcs_;
  std::vector<std::uint32_t> source_at_;
  std::vector<std::uint16_t> narrow_;  ///< [nodes of the union · block size]
  std::vector<std::uint32_t> wide_;    ///< the same where the limit needs more than 15 bits
};

/// Searches that threads take and give back, so that their memory is made once for each thread.
class SearchPool {
 public:
  SearchPool(const SearchGraph& graph, std::uint32_t limit) : graph_(graph), limit_(limit) {}
  std::unique_ptr<BallSearch> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<BallSearch> search = std::move(idle_.back());
        idle_.pop_back();
        return search;
      }
    }
    return std::make_unique<BallSearch>(graph_, limit_);
  }
  void give_back(std::unique_ptr<BallSearch> search) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(search));
  }

 private:
  const SearchGraph& graph_;
  std::uint32_t limit_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<BallSearch>> idle_;
};

/// (place, position) words of sources in the order of their places, so that those of a block are
/// neighbours.
std::vector<std::uint64_t> along_curve(const SearchGraph& graph,
                                       std::span<const std::uint32_t> nodes);

/// Sources in a block; few sources are spread over the threads.
inline std::size_t block_size_of(std::size_t source_count) {
  return std::clamp<std::size_t>(source_count / 16, 1, BallSearch::block_size);
}

/// Cuts the sources into blocks of neighbours, at the same time on several threads: calls
/// take_block(block, balls) once for each block, where balls(visit) calls visit(position of the
/// source, ball) for each of its sources.
template <typename TakeBlock>
void for_each_block(const SearchGraph& graph, std::span<const std::uint32_t> nodes,
                    std::uint32_t limit, const TakeBlock& take_block) {
  const std::vector<std::uint64_t> words = along_curve(graph, nodes);
  const std::size_t size = block_size_of(nodes.size());
  SearchPool pool(graph, limit);
  for_chunks(nodes.size(), size, [&](std::size_t block, std::size_t begin, std::size_t end) {
    std::uint32_t places[BallSearch::block_size];
    for (std::size_t k = begin; k < end; ++k) {
      places[k - begin] = static_cast<std::uint32_t>(words[k] >> 32U);
    }
    std::unique_ptr<BallSearch> search = pool.take();
    take_block(block, [&](const auto& visit) {
      search->balls_of_block(std::span(places, end - begin), [&](std::size_t k, BallView ball) {
        visit(static_cast<std::size_t>(words[begin + k] & 0xFFFFFFFFU), ball);
      });
    });
    pool.give_back(std::move(search));
  });
}

/// Calls visit(position of the source, ball) for every source, each once. The order of nodes in a
/// ball depends on the graph, the sources and the limit, never on the threads.
template <typename Visit>
void for_each_ball(const SearchGraph& graph, std::span<const std::uint32_t> nodes,
                   std::uint32_t limit, const Visit& visit) {
  for_each_block(graph, nodes, limit, [&](std::size_t, const auto& balls) { balls(visit); });
}

}  // namespace quartier::network
