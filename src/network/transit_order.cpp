#include "network/transit_order.h"

#include <algorithm>

#include "base/units.h"
#include "network/strong_components.h"

namespace quartier::network {
namespace {

/// Boardings of one second and which of them must come before which, as rows (CSR).
struct Second {
  std::vector<std::uint32_t> start;
  std::vector<std::uint32_t> before;
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
      const auto earlier = [&](std::uint32_t k) { return second.before[k]; };
      strong_components(second.start, earlier, [&](std::span<const std::uint32_t> component) {
        std::vector<std::uint32_t> members(component.begin(), component.end());
        std::sort(members.begin(), members.end());
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
