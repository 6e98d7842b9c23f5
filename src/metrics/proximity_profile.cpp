#include "metrics/proximity_profile.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr std::size_t batch_size = 64;   // searches in one word
constexpr std::size_t batch_grain = 16;  // batches per chunk
constexpr std::uint32_t nowhere = no_index;

double threshold_at(std::uint32_t level, std::uint32_t thresholds) {
  return static_cast<double>(level) / static_cast<double>(thresholds - 1);
}

/// The last threshold that a share reaches.
std::uint32_t level_of(double share, std::uint32_t thresholds) {
  auto level = static_cast<std::uint32_t>(share * static_cast<double>(thresholds - 1));
  level = std::min(level, thresholds - 1);
  while (level + 1 < thresholds && threshold_at(level + 1, thresholds) <= share) ++level;
  while (level > 0 && threshold_at(level, thresholds) > share) --level;
  return level;
}

/// The links of one rule.
struct Graph {
  std::vector<std::uint32_t> start{0};
  std::vector<std::uint32_t> neighbour;
};

Graph graph_of(const Contiguity& contiguity, ContiguityRule rule) {
  Graph graph;
  for (std::size_t i = 0; i < contiguity.size(); ++i) {
    for (std::uint32_t l = contiguity.start[i]; l < contiguity.start[i + 1]; ++l) {
      if (rule == ContiguityRule::rook && !(contiguity.shared_m[l] > 0.0)) continue;
      graph.neighbour.push_back(contiguity.neighbour[l]);
    }
    graph.start.push_back(static_cast<std::uint32_t>(graph.neighbour.size()));
  }
  return graph;
}

/// The districts to search from, so ordered that each run of 64 lies together: searches that start
/// near each other meet the same districts at nearly the same step.
std::vector<std::uint32_t> grown_together(const Graph& graph,
                                          std::span<const std::uint32_t> level) {
  const std::size_t n = level.size();
  std::vector<std::uint32_t> order;
  std::vector<std::uint8_t> taken(n, 0);
  std::vector<std::uint32_t> front;
  std::size_t next = 0;
  const auto grow = [&](std::uint32_t from) {
    front.assign(1, from);
    taken[from] = 1;
    std::size_t found = 0;
    std::size_t done = 0;
    for (; done < front.size() && found < batch_size; ++done) {
      const std::uint32_t i = front[done];
      if (level[i] != nowhere) {
        order.push_back(i);
        ++found;
      }
      for (std::uint32_t l = graph.start[i]; l < graph.start[i + 1]; ++l) {
        const std::uint32_t j = graph.neighbour[l];
        if (taken[j] != 0) continue;
        taken[j] = 1;
        front.push_back(j);
      }
    }
    for (; done < front.size(); ++done) taken[front[done]] = 0;
  };
  for (; next < n; ++next) {
    if (taken[next] == 0) grow(static_cast<std::uint32_t>(next));
  }
  return order;
}

/// Steps between pairs and the number of pairs, both ways, by the smaller level of the pair.
struct PairSums {
  std::vector<std::uint64_t> steps;
  std::vector<std::uint64_t> pairs;
  PairSums& operator+=(const PairSums& other) {
    for (std::size_t l = 0; l < steps.size(); ++l) {
      steps[l] += other.steps[l];
      pairs[l] += other.pairs[l];
    }
    return *this;
  }
};

/// Breadth-first searches from up to 64 districts at once (Then et al. 2014).
class Searches {
 public:
  Searches(const Graph& graph, std::span<const std::uint32_t> level, std::uint32_t levels)
      : graph_(graph),
        level_(level),
        above_(levels),
        seen_(level.size()),
        now_(level.size()),
        next_(level.size()) {}

  void add(std::span<const std::uint32_t> sources, PairSums& sums) {
    set_above(sources);
    std::fill(seen_.begin(), seen_.end(), 0);
    front_.assign(sources.begin(), sources.end());
    for (std::size_t s = 0; s < sources.size(); ++s) {
      now_[sources[s]] = std::uint64_t{1} << s;
      seen_[sources[s]] = now_[sources[s]];
    }
    for (std::uint64_t step = 1; !front_.empty(); ++step) {
      spread();
      count(step, sums);
    }
  }

 private:
  /// above_[l]: the searches whose district is of a level higher than l.
  void set_above(std::span<const std::uint32_t> sources) {
    std::fill(above_.begin(), above_.end(), 0);
    for (std::size_t s = 0; s < sources.size(); ++s) {
      if (level_[sources[s]] > 0) above_[level_[sources[s]] - 1] |= std::uint64_t{1} << s;
    }
    for (std::size_t l = above_.size() - 1; l > 0; --l) above_[l - 1] |= above_[l];
  }

  void spread() {
    reached_.clear();
    for (const std::uint32_t i : front_) {
      const std::uint64_t searches = now_[i];
      now_[i] = 0;
      for (std::uint32_t l = graph_.start[i]; l < graph_.start[i + 1]; ++l) {
        const std::uint32_t j = graph_.neighbour[l];
        if (next_[j] == 0) reached_.push_back(j);
        next_[j] |= searches;
      }
    }
    now_.swap(next_);
  }

  /// Each unordered pair is met from both ends: it counts twice at the lower level if they differ
  /// and once from either end if not.
  void count(std::uint64_t step, PairSums& sums) {
    front_.clear();
    for (const std::uint32_t j : reached_) {
      const std::uint64_t arrived = now_[j] & ~seen_[j];
      now_[j] = arrived;
      if (arrived == 0) continue;
      seen_[j] |= arrived;
      front_.push_back(j);
      const std::uint32_t level = level_[j];
      if (level == nowhere) continue;
      const std::uint64_t at_least = level == 0 ? ~std::uint64_t{0} : above_[level - 1];
      const auto above = static_cast<std::uint64_t>(std::popcount(arrived & above_[level]));
      const std::uint64_t met =
          above + static_cast<std::uint64_t>(std::popcount(arrived & at_least));
      sums.steps[level] += step * met;
      sums.pairs[level] += met;
    }
  }

  const Graph& graph_;
  std::span<const std::uint32_t> level_;
  std::vector<std::uint64_t> above_;
  std::vector<std::uint64_t> seen_, now_, next_;
  std::vector<std::uint32_t> front_, reached_;
};

PairSums pair_sums(const Graph& graph, std::span<const std::uint32_t> level, std::uint32_t levels) {
  const std::vector<std::uint32_t> sources = grown_together(graph, level);
  const std::size_t batches = (sources.size() + batch_size - 1) / batch_size;
  const PairSums none{std::vector<std::uint64_t>(levels), std::vector<std::uint64_t>(levels)};
  return sum_chunks(batches, batch_grain, none, [&](std::size_t begin, std::size_t end) {
    PairSums part = none;
    Searches searches(graph, level, levels);
    for (std::size_t b = begin; b < end; ++b) {
      const std::size_t first = b * batch_size;
      searches.add(std::span(sources).subspan(first, std::min(batch_size, sources.size() - first)),
                   part);
    }
    return part;
  });
}

/// The summary of a profile whose missing points count as 0.
double summary(const ProximityProfile& profile, double share) {
  if (!(share > 0.0) || !(share < 1.0)) return undefined;
  double below = 0.0;
  double above = 0.0;
  for (std::size_t l = 0; l < profile.thresholds.size(); ++l) {
    if (!is_defined(profile.proximity[l])) continue;
    (profile.thresholds[l] < share ? below : above) += profile.proximity[l];
  }
  const auto m = static_cast<double>(profile.thresholds.size());
  return (share - (below - above) / m) / (1.0 - share);
}

}  // namespace

ProximityProfile spatial_proximity_profile(std::span<const double> group,
                                           std::span<const double> total,
                                           const Contiguity& contiguity, ContiguityRule rule,
                                           std::uint32_t thresholds, Unreachable unreachable) {
  expects(group.size() == total.size() && group.size() == contiguity.size(),
          "spatial_proximity_profile: the same districts three times");
  expects(thresholds >= 2, "spatial_proximity_profile: two thresholds or more");
  std::vector<std::uint32_t> level(group.size(), nowhere);
  std::vector<std::uint64_t> reaching(thresholds, 0);
  for (std::size_t i = 0; i < level.size(); ++i) {
    if (!(total[i] > 0.0)) continue;
    level[i] = level_of(group[i] / total[i], thresholds);
    ++reaching[level[i]];
  }
  const PairSums sums = pair_sums(graph_of(contiguity, rule), level, thresholds);

  ProximityProfile profile;
  profile.thresholds.resize(thresholds);
  profile.proximity.assign(thresholds, undefined);
  std::uint64_t k = 0;
  std::uint64_t steps = 0;
  std::uint64_t joined = 0;
  for (std::uint32_t l = thresholds; l-- > 0;) {
    profile.thresholds[l] = threshold_at(l, thresholds);
    k += reaching[l];
    steps += sums.steps[l];
    joined += sums.pairs[l];
    if (k < 2) continue;
    if (joined < k * (k - 1) && unreachable == Unreachable::infinite) {
      profile.proximity[l] = 0.0;
    } else if (joined > 0) {
      profile.proximity[l] = static_cast<double>(joined) / static_cast<double>(steps);
    }
  }
  profile.unreachable_pairs = k > 0 ? (k * (k - 1) - joined) / 2 : 0;
  const double everyone = total_of(total);
  profile.index = everyone > 0.0 ? summary(profile, total_of(group) / everyone) : undefined;
  return profile;
}

}  // namespace quartier::metrics
