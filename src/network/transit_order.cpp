#include "network/transit_order.h"

#include <algorithm>

#include "base/units.h"

namespace quartier::network {
namespace {

/// Boardings of one second and which of them must come before which, as rows (CSR).
struct Second {
  std::vector<std::uint32_t> start;
  std::vector<std::uint32_t> before;
};

/// Tarjan's components, without recursion; a component is complete after all that lead to it.
class Components {
 public:
  explicit Components(const Second& second)
      : second_(second),
        seen_(second.start.size() - 1, no_index),
        low_(seen_.size(), 0),
        on_stack_(seen_.size(), 0) {}

  /// Calls take(members) for each component.
  template <typename Take>
  void find(const Take& take) {
    for (std::uint32_t root = 0; root < seen_.size(); ++root) {
      if (seen_[root] != no_index) continue;
      enter(root);
      while (!path_.empty()) {
        const std::uint32_t v = path_.back().node;
        if (path_.back().next < second_.start[v + 1]) {
          const std::uint32_t u = second_.before[path_.back().next++];
          if (seen_[u] == no_index) {
            enter(u);
          } else if (on_stack_[u] != 0) {
            low_[v] = std::min(low_[v], seen_[u]);
          }
          continue;
        }
        path_.pop_back();
        if (!path_.empty()) {
          low_[path_.back().node] = std::min(low_[path_.back().node], low_[v]);
        }
        if (low_[v] == seen_[v]) take(popped(v));
      }
    }
  }

 private:
  struct Step {
    std::uint32_t node, next;
  };
  void enter(std::uint32_t v) {
    seen_[v] = low_[v] = count_++;
    on_stack_[v] = 1;
    stack_.push_back(v);
    path_.push_back({v, second_.start[v]});
  }
  std::vector<std::uint32_t> popped(std::uint32_t v) {
    std::vector<std::uint32_t> members;
    do {
      members.push_back(stack_.back());
      on_stack_[stack_.back()] = 0;
      stack_.pop_back();
    } while (members.back() != v);
    std::sort(members.begin(), members.end());
    return members;
  }

  const Second& second_;
  std::vector<std::uint32_t> seen_, low_;
  std::vector<std::uint8_t> on_stack_;
  std::vector<std::uint32_t> stack_;
  std::vector<Step> path_;
  std::uint32_t count_ = 0;
};

}  // namespace

BoardingOrder boarding_order(const BoardingDraft& draft) {
  BoardingOrder order;
  const auto count = static_cast<std::uint32_t>(draft.boardings.size());
  order.boardings.reserve(count);
  std::vector<std::vector<std::uint32_t>> before;
  std::uint32_t begin = 0;
  while (begin < count) {
    std::uint32_t end = begin;
    while (end < count && draft.boardings[end].time_s == draft.boardings[begin].time_s) ++end;
    const auto within = [&](std::uint32_t hop) {
      return draft.lasts_no_time(hop) && draft.hop_boarding[hop] >= begin &&
             draft.hop_boarding[hop] < end;
    };
    before.assign(end - begin, {});
    bool any = false;
    for (std::uint32_t b = begin; b < end; ++b) {
      for (std::size_t k = draft.change_start[b]; k < draft.change_end[b]; ++k) {
        if (!within(draft.changes[k])) continue;
        before[b - begin].push_back(draft.hop_boarding[draft.changes[k]] - begin);
        any = true;
      }
      for (std::size_t k = draft.hop_start[b]; k < draft.hop_start[b + 1]; ++k) {
        const std::uint32_t next = draft.next_hop[draft.hops[k]];
        if (next == no_index || !within(draft.hops[k])) continue;
        if (draft.hop_boarding[next] < begin || draft.hop_boarding[next] >= end) continue;
        before[draft.hop_boarding[next] - begin].push_back(b - begin);
        any = true;
      }
    }
    if (!any) {
      for (std::uint32_t b = begin; b < end; ++b) order.boardings.push_back(b);
    } else {
      Second second;
      second.start.push_back(0);
      for (const auto& row : before) {
        second.before.insert(second.before.end(), row.begin(), row.end());
        second.start.push_back(static_cast<std::uint32_t>(second.before.size()));
      }
      Components(second).find([&](const std::vector<std::uint32_t>& members) {
        const auto first = static_cast<std::uint32_t>(order.boardings.size());
        for (const std::uint32_t b : members) order.boardings.push_back(begin + b);
        const auto last = static_cast<std::uint32_t>(order.boardings.size());
        const std::uint32_t b = members.front();
        const bool own = members.size() == 1 &&
                         std::find(before[b].begin(), before[b].end(), b) != before[b].end();
        if (members.size() > 1 || own) order.loops.push_back({first, last});
      });
    }
    begin = end;
  }
  return order;
}

}  // namespace quartier::network
