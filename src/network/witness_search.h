#pragma once
/// The search that decides whether taking a node out needs a shortcut; private to the room.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "network/hierarchy.h"

namespace quartier::network {

/// A shortcut between two nodes that are still there.
struct Shortcut {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t cost = 0;
};

/// Searches from one neighbour of a node for ways to the others that do without it.
class WitnessSearch {
 public:
  /// Makes room for a graph of so many nodes.
  void prepare(std::size_t node_count) {
    if (label_.size() < node_count) {
      label_.resize(node_count, no_cost);
      need_.resize(node_count, 0);
    }
  }

  /// Calls shortcut(from, to, cost) for each that taking `node` out needs: where no way of at most
  /// its cost was found within `most_settled` nodes that avoids `node` and those that are `gone`.
  /// @param symmetric  ways are alike in both directions: each pair is looked at once, from < to
  /// @param into  the arcs that lead to nodes, the same as `out` for symmetric streets
  template <typename Gone, typename Found>
  void shortcuts(const ArcRows& out, const ArcRows& into, bool symmetric, std::uint32_t limit,
                 std::uint32_t most_settled, std::uint32_t node, const Gone& gone,
                 const Found& shortcut) {
    const std::span<const StreetArc> ends = out.of(node);
    for (const StreetArc first : into.of(node)) {
      std::uint64_t bound = 0;
      std::size_t wanted = 0;
      for (const StreetArc last : ends) {
        if (last.to == first.to || (symmetric && last.to < first.to)) continue;
        const std::uint64_t cost = std::uint64_t{first.cost} + last.cost;
        if (cost > limit) continue;
        need_[last.to] = cost + 1;
        bound = std::max(bound, cost);
        ++wanted;
      }
      if (wanted == 0) continue;
      run(out, first.to, node, bound, wanted, most_settled, gone);
      for (const StreetArc last : ends) {
        if (need_[last.to] == 0) continue;
        shortcut(first.to, last.to, static_cast<std::uint32_t>(need_[last.to] - 1));
        need_[last.to] = 0;
      }
    }
  }

 private:
  template <typename Gone>
  void run(const ArcRows& out, std::uint32_t source, std::uint32_t avoided, std::uint64_t bound,
           std::size_t wanted, std::uint32_t most_settled, const Gone& gone) {
    heap_.clear();
    touched_.clear();
    label_[source] = 0;
    touched_.push_back(source);
    heap_.push_back(source);
    std::uint32_t settled = 0;
    while (!heap_.empty() && wanted > 0) {
      const std::uint64_t top = heap_.front();
      std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
      heap_.pop_back();
      const auto cost = top >> 32U;
      const auto at = static_cast<std::uint32_t>(top);
      if (cost >= bound && cost > 0) break;
      if (label_[at] != cost || gone(at)) continue;
      if (++settled > most_settled) break;
      for (const StreetArc arc : out.of(at)) {
        const std::uint64_t further = cost + arc.cost;
        if (further > bound || further >= label_[arc.to] || arc.to == avoided) continue;
        if (label_[arc.to] == no_cost) touched_.push_back(arc.to);
        label_[arc.to] = static_cast<std::uint32_t>(further);
        if (further < need_[arc.to]) {
          need_[arc.to] = 0;
          if (--wanted == 0) break;
        }
        heap_.push_back(further << 32U | arc.to);
        std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
      }
    }
    for (const std::uint32_t node : touched_) label_[node] = no_cost;
  }

  std::vector<std::uint32_t> label_;  ///< [node count] or `no_cost`
  std::vector<std::uint64_t> need_;   ///< [node count] cost to be met + 1; 0: not a target
  std::vector<std::uint32_t> touched_;
  std::vector<std::uint64_t> heap_;
};

/// Searches for the chunks that run at the same time; their memory serves the next ones.
class WitnessSearches {
 public:
  class Loan {
   public:
    Loan(WitnessSearches& searches, std::size_t node_count) : searches_(searches) {
      {
        const std::lock_guard lock(searches_.mutex_);
        if (!searches_.idle_.empty()) {
          search_ = std::move(searches_.idle_.back());
          searches_.idle_.pop_back();
        }
      }
      if (search_ == nullptr) search_ = std::make_unique<WitnessSearch>();
      search_->prepare(node_count);
    }
    ~Loan() {
      const std::lock_guard lock(searches_.mutex_);
      searches_.idle_.push_back(std::move(search_));
    }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    WitnessSearch& operator*() const { return *search_; }
    WitnessSearch* operator->() const { return search_.get(); }

   private:
    WitnessSearches& searches_;
    std::unique_ptr<WitnessSearch> search_;
  };

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<WitnessSearch>> idle_;
};

}  // namespace quartier::network
