#include "network/ball_search.h"

#include <algorithm>
#include <type_traits>

#include "base/error.h"
#include "base/number.h"
#include "domain/travel_costs.h"
#include "network/node_order.h"

namespace quartier::network {
namespace {

constexpr std::uint32_t local_mark = 0x80000000U;
constexpr std::uint32_t narrow_limit = 0x7FFEU;
constexpr std::uint32_t wide_limit = 0x7FFFFFFEU;

/// Relaxes every arc once, the nodes in ascending or descending order. Returns whether any cost
/// fell.
template <typename Cost, typename Arc>
inline bool sweep(Cost* __restrict labels, const std::uint32_t* start, const Arc* arcs,
                  std::size_t count, bool ascending) {
  constexpr std::size_t lanes = BallSearch::block_size;
  Cost moved[lanes] = {};
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t node = ascending ? k : count - 1 - k;
    Cost from[lanes];
    for (std::size_t l = 0; l < lanes; ++l) from[l] = labels[node * lanes + l];
    for (std::uint32_t a = start[node]; a < start[node + 1]; ++a) {
      Cost* to = labels + std::size_t{arcs[a].to} * lanes;
      const auto cost = static_cast<Cost>(arcs[a].cost);
      for (std::size_t l = 0; l < lanes; ++l) {
        const auto through = static_cast<Cost>(from[l] + cost);
        const Cost old = to[l];
        const Cost least = through < old ? through : old;
        moved[l] = static_cast<Cost>(moved[l] | (least ^ old));
        to[l] = least;
      }
    }
  }
  Cost any = 0;
  for (std::size_t l = 0; l < lanes; ++l) any = static_cast<Cost>(any | moved[l]);
  return any != 0;
}

template <typename Arc>
QUARTIER_HOT bool sweep_narrow(std::uint16_t* labels, const std::uint32_t* start, const Arc* arcs,
                               std::size_t count, bool ascending) {
  return sweep(labels, start, arcs, count, ascending);
}
template <typename Arc>
QUARTIER_HOT bool sweep_wide(std::uint32_t* labels, const std::uint32_t* start, const Arc* arcs,
                             std::size_t count, bool ascending) {
  return sweep(labels, start, arcs, count, ascending);
}

/// Lists the nodes whose cost in a lane is within the limit.
template <typename Cost>
std::size_t list_lane(const Cost* labels, std::span<const std::uint32_t> nodes, std::uint32_t limit,
                      std::uint32_t* place, std::uint32_t* cost) {
  std::size_t found = 0;
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    const std::uint32_t label = labels[k * BallSearch::block_size];
    place[found] = nodes[k];
    cost[found] = label;
    found += label <= limit ? 1 : 0;
  }
  return found;
}

}  // namespace

std::vector<std::uint64_t> along_curve(const SearchGraph& graph,
                                       std::span<const std::uint32_t> nodes) {
  std::vector<std::uint64_t> words(nodes.size());
  for (std::size_t k = 0; k < nodes.size(); ++k) {
    expects(nodes[k] < graph.size(), "sources of a search are nodes of its graph");
    words[k] = std::uint64_t{graph.place_of(nodes[k])} << 32U | k;
  }
  sort_by_key(words);
  return words;
}

BallSearch::BallSearch(const SearchGraph& graph, std::uint32_t limit)
    : graph_(graph), limit_(limit), cost_(graph.size(), no_cost), seen_(graph.size() + 1) {
  const BucketPlan plan = BucketPlan::of(graph, limit);
  shift_ = plan.shift;
  mask_ = plan.count - 1;
  items_.resize(plan.count * room_);
  waiting_.assign(plan.count, 0);
}

void BallSearch::grow() {
  std::vector<Item> larger(items_.size() * 2);
  for (std::size_t bucket = 0; bucket <= mask_; ++bucket) {
    std::copy_n(items_.begin() + bucket * room_, waiting_[bucket],
                larger.begin() + bucket * room_ * 2);
  }
  items_ = std::move(larger);
  room_ *= 2;
}

inline void BallSearch::push(std::uint32_t place, std::uint32_t cost) {
  const std::size_t bucket = (cost >> shift_) & mask_;
  if (waiting_[bucket] == room_) grow();
  items_[bucket * room_ + waiting_[bucket]++] = {place, cost};
}

void BallSearch::search(std::span<const std::uint32_t> sources) {
  seen_count_ = 0;
  std::size_t open = 0;
  for (const std::uint32_t source : sources) {
    if (cost_[source] == 0) continue;
    cost_[source] = 0;
    seen_[seen_count_++] = source;
    push(source, 0);
    ++open;
  }
  for (std::size_t bucket = 0; open > 0; ++bucket) {
    const std::size_t slot = bucket & mask_;
    for (std::size_t k = 0; k < waiting_[slot]; ++k) {
      const Item item = items_[slot * room_ + k];
      if (cost_[item.place] != item.cost) continue;
      const std::uint32_t rest = limit_ - item.cost;
      for (const StreetArc arc : graph_.arcs_at(item.place)) {
        const std::uint32_t old = cost_[arc.to];
        if (arc.cost > rest || item.cost + arc.cost >= old) continue;
        const std::uint32_t cost = item.cost + arc.cost;
        seen_[seen_count_] = arc.to;
        seen_count_ += old == no_cost ? 1 : 0;
        cost_[arc.to] = cost;
        push(arc.to, cost);
        ++open;
      }
    }
    open -= waiting_[slot];
    waiting_[slot] = 0;
  }
}

BallView BallSearch::ball_of(std::span<const std::uint32_t> sources) {
  search(sources);
  if (ball_cost_.size() < seen_count_) ball_cost_.resize(seen_count_ * 2);
  for (std::size_t k = 0; k < seen_count_; ++k) {
    ball_cost_[k] = cost_[seen_[k]];
    cost_[seen_[k]] = no_cost;
  }
  return {std::span(seen_).first(seen_count_), std::span(ball_cost_).first(seen_count_)};
}

bool BallSearch::share_work(std::span<const std::uint32_t> sources) {
  if (sources.size() < block_size / 2 || limit_ > wide_limit) return false;
  // Worth it where the balls overlap: most sources lie well within the ball of the middle one.
  // Lanes of 32 bits are worth it for next-door neighbours only, by measurement.
  search(sources.subspan(sources.size() / 2, 1));
  const std::uint64_t next_door = std::uint64_t{16} * graph_.mean_arc();
  const std::uint64_t reach =
      limit_ <= narrow_limit ? limit_ / 2 : std::min<std::uint64_t>(limit_ / 2, next_door);
  std::size_t near = 0;
  for (const std::uint32_t source : sources) near += cost_[source] <= reach ? 1 : 0;
  for (std::size_t k = 0; k < seen_count_; ++k) cost_[seen_[k]] = no_cost;
  if (4 * near < 3 * sources.size()) return false;
  search(sources);
  number_union();
  fill_lanes(sources);
  return true;
}

void BallSearch::number_union() {
  local_start_.assign(1, 0);
  local_arcs_.clear();
  ball_cost_.resize(std::max(ball_cost_.size(), seen_count_));
  for (std::size_t k = 0; k < seen_count_; ++k) {
    ball_cost_[k] = cost_[seen_[k]];
    cost_[seen_[k]] = local_mark | static_cast<std::uint32_t>(k);
  }
  for (std::size_t k = 0; k < seen_count_; ++k) {
    const std::uint32_t rest = limit_ - ball_cost_[k];
    for (const StreetArc arc : graph_.arcs_at(seen_[k])) {
      // Within this rest the end has been seen.
      if (arc.cost <= rest) local_arcs_.push_back({cost_[arc.to] & ~local_mark, arc.cost});
    }
    local_start_.push_back(static_cast<std::uint32_t>(local_arcs_.size()));
  }
}

void BallSearch::fill_lanes(std::span<const std::uint32_t> sources) {
  source_at_.clear();
  for (const std::uint32_t source : sources) source_at_.push_back(cost_[source] & ~local_mark);
  for (std::size_t k = 0; k < seen_count_; ++k) cost_[seen_[k]] = no_cost;
  const bool is_narrow = limit_ <= narrow_limit;
  const auto fill = [&](auto& labels, const auto& one_sweep) {
    using Cost = std::remove_reference_t<decltype(labels[0])>;
    labels.assign(seen_count_ * block_size, static_cast<Cost>(limit_ + 1));
    for (std::size_t l = 0; l < sources.size(); ++l) labels[source_at_[l] * block_size + l] = 0;
    bool ascending = true;
    while (
        one_sweep(labels.data(), local_start_.data(), local_arcs_.data(), seen_count_, ascending)) {
      ascending = !ascending;
    }
  };
  if (is_narrow) {
    fill(narrow_, sweep_narrow<LocalArc>);
  } else {
    fill(wide_, sweep_wide<LocalArc>);
  }
}

BallView BallSearch::ball_of_lane(std::size_t lane) {
  if (ball_place_.size() < seen_count_ + 1) ball_place_.resize(2 * seen_count_ + 1);
  if (ball_cost_.size() < seen_count_ + 1) ball_cost_.resize(2 * seen_count_ + 1);
  const std::span<const std::uint32_t> nodes = std::span(seen_).first(seen_count_);
  const std::size_t found =
      limit_ <= narrow_limit
          ? list_lane(narrow_.data() + lane, nodes, limit_, ball_place_.data(), ball_cost_.data())
          : list_lane(wide_.data() + lane, nodes, limit_, ball_place_.data(), ball_cost_.data());
  return {std::span(ball_place_).first(found), std::span(ball_cost_).first(found)};
}

}  // namespace quartier::network
