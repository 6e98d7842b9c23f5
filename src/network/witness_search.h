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

/// Searches from each neighbour of a node for ways to the others that do without it.
class WitnessSearch {
 public:
  /// Makes room for a graph of so many nodes.
  void prepare(std::size_t node_count) {
    if (seen_.size() < node_count) seen_.resize(node_count);
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
    last_arc_.clear();
    for (const StreetArc last : ends) last_arc_.push_back(least_but_from(into.of(last.to), node));
    for (const StreetArc first : into.of(node)) {
      // A way of cost c to an end leaves its last node but one at c less the end's cheapest arc.
      std::int64_t reach = -1;
      std::size_t hoped = 0;
      for (std::size_t k = 0; k < ends.size(); ++k) {
        if (ends[k].to == first.to || (symmetric && ends[k].to < first.to)) continue;
        const std::uint64_t cost = std::uint64_t{first.cost} + ends[k].cost;
        if (cost > limit) continue;
        seen_[ends[k].to].above = static_cast<std::uint32_t>(cost) + 1;
        if (last_arc_[k] > cost) continue;
        reach = std::max(reach, static_cast<std::int64_t>(cost - last_arc_[k]));
        ++hoped;
      }
      if (hoped > 0) run(out, first.to, node, reach, hoped, most_settled, gone);
      for (const StreetArc last : ends) {
        std::uint32_t& above = seen_[last.to].above;
        if (above == 0) continue;
        shortcut(first.to, last.to, above - 1);
        above = 0;
      }
    }
  }

 private:
  struct Seen {
    std::uint32_t label = no_cost;
    std::uint32_t above = 0;  ///< an end waits for a way that costs less than this; 0: no end
  };

  static std::uint32_t least_but_from(std::span<const StreetArc> arcs, std::uint32_t node) {
    std::uint32_t least = no_cost;
    for (const StreetArc arc : arcs) {
      if (arc.to != node) least = std::min(least, arc.cost);
    }
    return least;
  }

  template <typename Gone>
  void run(const ArcRows& out, std::uint32_t source, std::uint32_t avoided, std::int64_t reach,
           std::size_t hoped, std::uint32_t most_settled, const Gone& gone) {
    heap_.clear();
    touched_.clear();
    seen_[source].label = 0;
    touched_.push_back(source);
    heap_.push_back(source);
    std::uint32_t settled = 0;
    while (!heap_.empty() && hoped > 0) {
      const std::uint64_t top = heap_.front();
      std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
      heap_.pop_back();
      const auto cost = top >> 32U;
      const auto at = static_cast<std::uint32_t>(top);
      if (seen_[at].label != cost || gone(at)) continue;
      if (++settled > most_settled) break;
      for (const StreetArc arc : out.of(at)) {
        const std::uint64_t further = cost + arc.cost;
        Seen& seen = seen_[arc.to];
        if (further < seen.above) {
          seen.above = 0;
          --hoped;
        }
        if (static_cast<std::int64_t>(further) > reach || further >= seen.label ||
            arc.to == avoided) {
          continue;
        }
        if (seen.label == no_cost) touched_.push_back(arc.to);
        seen.label = static_cast<std::uint32_t>(further);
        heap_.push_back(further << 32U | arc.to);
        std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
      }
    }
    for (const std::uint32_t node : touched_) seen_[node].label = no_cost;
  }

  std::vector<Seen> seen_;               ///< [node count]
  std::vector<std::uint32_t> last_arc_;  ///< [ends] the cheapest arc to each, but from the node
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
