#include "network/contraction.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/parallel.h"
#include "base/random.h"
#include "network/witness_search.h"

namespace quartier::network {
namespace {

constexpr std::uint32_t not_taken = 0xFFFFFFFFu;

/// Nodes that a search for other ways may settle: enough for a detour round a few blocks.
constexpr std::uint32_t settled_to_rank = 25;
constexpr std::uint32_t settled_to_take_out = 100;

/// What the rounds work on: the nodes that are still there, numbered anew after every round.
struct Core {
  ArcRows out;
  ArcRows into;                      ///< empty for symmetric streets
  std::vector<std::uint32_t> node;   ///< [core] of the graph
  std::vector<std::uint32_t> level;  ///< [core] one more than that of any neighbour taken out
  std::vector<std::uint64_t> rank;   ///< [core] what taking it out loses; the least goes first
  std::vector<std::uint8_t> stale;   ///< [core] rank to be computed
};

class Rounds {
 public:
  Rounds(ArcRows rows, ArcRows turned, bool symmetric, std::uint32_t limit, Progress* progress)
      : limit_(limit), symmetric_(symmetric), progress_(progress) {
    const std::size_t n = rows.size();
    core_.out = std::move(rows);
    core_.into = std::move(turned);
    core_.node.resize(n);
    std::iota(core_.node.begin(), core_.node.end(), 0U);
    core_.level.assign(n, 0);
    core_.rank.assign(n, 0);
    core_.stale.assign(n, 1);
    result_.node.reserve(n);
  }

  std::optional<Contraction> run(std::size_t most_arcs) {
    // The first rounds take many nodes each, the last ones few.
    const double all = std::log1p(static_cast<double>(core_.node.size()));
    while (!core_.node.empty()) {
      if (progress_ != nullptr) {
        const double left = std::log1p(static_cast<double>(core_.node.size()));
        progress_->step("hierarchy of streets", 1.0 - left / all);
      }
      rank();
      choose();
      take_out();
      rebuild();
      const std::size_t arcs = result_.out.arcs.size() + result_.into.arcs.size() +
                               core_.out.arcs.size() + core_.into.arcs.size();
      if (arcs > most_arcs) return std::nullopt;
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] const ArcRows& into() const { return symmetric_ ? core_.out : core_.into; }

  void rank() {
    std::vector<std::uint32_t> stale;
    for (std::uint32_t v = 0; v < core_.node.size(); ++v) {
      if (core_.stale[v] != 0) stale.push_back(v);
    }
    for_chunks(stale.size(), 64, [&](std::size_t, std::size_t begin, std::size_t end) {
      if (progress_ != nullptr) progress_->check();
      const WitnessSearches::Loan search(searches_, core_.node.size());
      for (std::size_t k = begin; k < end; ++k) {
        core_.rank[stale[k]] = rank_of(stale[k], *search);
        core_.stale[stale[k]] = 0;
      }
    });
  }

  /// Level and loss above, chance below, so that equal nodes are spread over the city.
  [[nodiscard]] std::uint64_t rank_of(std::uint32_t v, WitnessSearch& search) const {
    std::uint64_t added = 0;
    search.shortcuts(
        core_.out, into(), symmetric_, limit_, settled_to_rank, v,
        [](std::uint32_t) { return false; },
        [&](std::uint32_t, std::uint32_t, std::uint32_t) { ++added; });
    std::uint64_t removed = core_.out.of(v).size();
    if (!symmetric_) removed += core_.into.of(v).size();
    const std::uint64_t loss =
        16 * std::uint64_t{core_.level[v]} + 128 * added / std::max<std::uint64_t>(removed, 1);
    return std::min<std::uint64_t>(loss, 0xFFFFFFFFU) << 32U | mix64(core_.node[v]) >> 32U;
  }

  [[nodiscard]] bool before(std::uint32_t a, std::uint32_t b) const {
    return core_.rank[a] != core_.rank[b] ? core_.rank[a] < core_.rank[b] : a < b;
  }
  [[nodiscard]] bool is_least(std::uint32_t v) const {
    for (const StreetArc arc : core_.out.of(v)) {
      if (before(arc.to, v)) return false;
    }
    if (symmetric_) return true;
    for (const StreetArc arc : core_.into.of(v)) {
      if (before(arc.to, v)) return false;
    }
    return true;
  }

  void choose() {
    order_.assign(core_.node.size(), not_taken);
    for_chunks(core_.node.size(), 4096, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (auto v = static_cast<std::uint32_t>(begin); v < end; ++v) {
        if (is_least(v)) order_[v] = 0;
      }
    });
    batch_.clear();
    for (std::uint32_t v = 0; v < order_.size(); ++v) {
      if (order_[v] == 0) batch_.push_back(v);
    }
    std::sort(batch_.begin(), batch_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return before(a, b); });
    for (std::uint32_t k = 0; k < batch_.size(); ++k) order_[batch_[k]] = k;
  }

  /// A node of the round may be gone round over those that the round takes later: taken one after
  /// another they would still be there. Over those taken earlier it may not.
  void take_out() {
    constexpr std::size_t grain = 32;
    std::vector<std::vector<Shortcut>> found((batch_.size() + grain - 1) / grain);
    for_chunks(batch_.size(), grain, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
      if (progress_ != nullptr) progress_->check();
      const WitnessSearches::Loan search(searches_, core_.node.size());
      for (std::size_t k = begin; k < end; ++k) {
        search->shortcuts(
            core_.out, into(), symmetric_, limit_, settled_to_take_out, batch_[k],
            [&](std::uint32_t node) { return order_[node] <= k; },
            [&](std::uint32_t from, std::uint32_t to, std::uint32_t cost) {
              found[chunk].push_back({from, to, cost});
              if (symmetric_) found[chunk].push_back({to, from, cost});
            });
      }
    });
    shortcuts_.clear();
    for (const std::vector<Shortcut>& part : found) {
      shortcuts_.insert(shortcuts_.end(), part.begin(), part.end());
    }
    for (const std::uint32_t v : batch_) {
      result_.node.push_back(core_.node[v]);
      note(core_.out, v, result_.out);
      if (!symmetric_) note(core_.into, v, result_.into);
    }
  }

  void note(const ArcRows& rows, std::uint32_t v, ArcRows& noted) {
    for (const StreetArc arc : rows.of(v)) {
      noted.arcs.push_back({core_.node[arc.to], arc.cost});
      core_.level[arc.to] = std::max(core_.level[arc.to], core_.level[v] + 1);
      core_.stale[arc.to] = 1;
    }
    noted.end_row();
  }

  /// The rows of the nodes that remain, with the shortcuts that lead from each.
  [[nodiscard]] ArcRows joined(const ArcRows& rows, const std::vector<std::uint32_t>& kept,
                               const std::vector<std::uint32_t>& number) const {
    std::vector<std::uint32_t> start(rows.start.size(), 0);
    for (const Shortcut& s : shortcuts_) ++start[s.from + 1];
    std::partial_sum(start.begin(), start.end(), start.begin());
    std::vector<StreetArc> added(shortcuts_.size());
    std::vector<std::uint32_t> next(start.begin(), start.end() - 1);
    for (const Shortcut& s : shortcuts_) added[next[s.from]++] = {s.to, s.cost};

    constexpr std::size_t grain = 1024;
    std::vector<std::vector<StreetArc>> parts((kept.size() + grain - 1) / grain);
    std::vector<std::uint32_t> sizes(kept.size() + 1, 0);
    for_chunks(kept.size(), grain, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
      std::vector<StreetArc>& part = parts[chunk];
      for (std::size_t k = begin; k < end; ++k) {
        const std::uint32_t v = kept[k];
        const std::size_t before_row = part.size();
        const auto first = added.begin() + start[v];
        const auto last = added.begin() + start[v + 1];
        std::sort(first, last, [](const StreetArc& a, const StreetArc& b) {
          return a.to != b.to ? a.to < b.to : a.cost < b.cost;
        });
        auto more = first;
        const auto append = [&](StreetArc arc) {
          arc.to = number[arc.to];
          if (part.size() > before_row && part.back().to == arc.to) {
            part.back().cost = std::min(part.back().cost, arc.cost);
          } else {
            part.push_back(arc);
          }
        };
        for (const StreetArc arc : rows.of(v)) {
          if (order_[arc.to] != not_taken) continue;
          while (more != last && more->to < arc.to) append(*more++);
          append(arc);
        }
        while (more != last) append(*more++);
        sizes[k + 1] = static_cast<std::uint32_t>(part.size() - before_row);
      }
    });
    ArcRows joined;
    std::partial_sum(sizes.begin(), sizes.end(), sizes.begin());
    joined.arcs.resize(sizes.back());
    for_chunks(parts.size(), 1, [&](std::size_t chunk, std::size_t, std::size_t) {
      std::copy(parts[chunk].begin(), parts[chunk].end(),
                joined.arcs.begin() + sizes[chunk * grain]);
    });
    joined.start = std::move(sizes);
    return joined;
  }

  void rebuild() {
    std::vector<std::uint32_t> kept;
    std::vector<std::uint32_t> number(core_.node.size(), 0);
    for (std::uint32_t v = 0; v < core_.node.size(); ++v) {
      if (order_[v] != not_taken) continue;
      number[v] = static_cast<std::uint32_t>(kept.size());
      kept.push_back(v);
    }
    Core next;
    next.out = joined(core_.out, kept, number);
    if (!symmetric_) {
      for (Shortcut& s : shortcuts_) std::swap(s.from, s.to);
      next.into = joined(core_.into, kept, number);
    }
    next.node.reserve(kept.size());
    for (const std::uint32_t v : kept) {
      next.node.push_back(core_.node[v]);
      next.level.push_back(core_.level[v]);
      next.rank.push_back(core_.rank[v]);
      next.stale.push_back(core_.stale[v]);
    }
    core_ = std::move(next);
  }

  std::uint32_t limit_;
  bool symmetric_;
  Progress* progress_;
  Core core_;
  mutable WitnessSearches searches_;
  std::vector<std::uint32_t> order_;  ///< [core] position in the round, or `not_taken`
  std::vector<std::uint32_t> batch_;  ///< nodes of the round, least rank first
  std::vector<Shortcut> shortcuts_;
  Contraction result_;
};

}  // namespace

std::optional<Contraction> Contraction::of(ArcRows rows, ArcRows turned, bool symmetric,
                                           std::uint32_t limit, std::size_t most_arcs,
                                           Progress* progress) {
  return Rounds(std::move(rows), std::move(turned), symmetric, limit, progress).run(most_arcs);
}

}  // namespace quartier::network
