#include "metrics/raam.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "metrics/cheapest_sites.h"
#include "metrics/flow_forest.h"

namespace quartier::metrics {
namespace {

/// Sites an origin is offered between two searches over all pairs, on average.
constexpr std::size_t choices_wanted = 24;

/// A gain of less than this share of the price is rounding; so is what all would save together.
constexpr double rounding = 1e-14;
constexpr double least_saving = 1e-16;

std::vector<std::uint32_t> open_sites(std::span<const double> supply) {
  std::vector<std::uint32_t> open;
  for (std::size_t j = 0; j < supply.size(); ++j) {
    if (supply[j] > 0.0) open.push_back(static_cast<std::uint32_t>(j));
  }
  return open;
}

std::vector<double> capacities(std::span<const double> supply, double people_per_place) {
  std::vector<double> capacity;
  for (const double places : supply) {
    if (places > 0.0) capacity.push_back(places * people_per_place);
  }
  return capacity;
}

bool all_counts(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(),
                     [](double value) { return value >= 0.0 && std::isfinite(value); });
}

class Equilibrium {
 public:
  Equilibrium(const TravelCosts& costs, std::span<const double> supply,
              std::span<const double> people, double people_per_place,
              const CongestionSettings& settings, CongestionEquilibrium& result)
      : people_(people),
        settings_(settings),
        result_(result),
        capacity_(capacities(supply, people_per_place)),
        scale_(1.0 / (settings.scale * units_per_shown(costs.unit))),
        sites_(costs, open_sites(supply), scale_),
        forest_(people, capacity_, scale_) {}

  void solve() {
    price_.assign(capacity_.size(), 1.0);
    sites_.find(price_);
    ++result_.sweeps;
    sites_.collect(price_, choices_wanted);
    list_served();
    if (served_.empty()) return;
    begin();
    while (true) {
      if (is_done(improve())) break;
      sites_.collect(price_, choices_wanted);
    }
    report();
  }

 private:
  struct Way {
    SiteFlow flow;
    std::uint32_t whole;
  };

  void list_served() {
    for (std::size_t i = 0; i < people_.size(); ++i) {
      const bool reaches = sites_.cheapest()[i] < unreachable;
      if (!reaches) result_.cost[i] = unreachable;
      if (!(people_[i] > 0.0)) continue;
      (reaches ? served_sum_ : unserved_sum_).add(people_[i]);
      if (reaches) served_.push_back(static_cast<std::uint32_t>(i));
    }
    result_.served = served_sum_.value();
    result_.unserved = unserved_sum_.value();
  }

  /// One origin after the other goes where it is cheapest by then.
  void begin() {
    std::vector<double> load(capacity_.size(), 0.0);
    for (const std::uint32_t i : served_) {
      double least = unreachable;
      SiteChoice best;
      for (const SiteChoice& choice : sites_.choices(i)) {
        const double wait = (load[choice.site] + people_[i]) / capacity_[choice.site];
        const double cost = sites_.cost(wait, choice.whole);
        if (cost < least) {
          least = cost;
          best = choice;
        }
      }
      load[best.site] += people_[i];
      forest_.add(i, best.site, best.whole, people_[i]);
    }
  }

  /// The equilibrium over the sites that `sites_` offers.
  /// @returns whether anybody moved
  bool improve() {
    for (bool moved = false;; moved = true) {
      forest_.solve();
      ++result_.steps;
      if (result_.steps >= settings_.steps) return moved;
      const std::span<const double> price = forest_.site_price();
      entering_.clear();
      double saving = 0.0;
      double paying = 0.0;
      for (const std::uint32_t i : served_) {
        double least = unreachable;
        SiteChoice best;
        for (const SiteChoice& choice : sites_.choices(i)) {
          const double cost = sites_.cost(price[choice.site], choice.whole);
          if (cost < least) {
            least = cost;
            best = choice;
          }
        }
        const double paid = forest_.origin_price()[i];
        paying += people_[i] * paid;
        if (paid - least <= rounding * paid) continue;
        saving += people_[i] * (paid - least);
        entering_.emplace_back(i, best);
      }
      if (saving <= least_saving * paying) return moved;
      for (const auto& [origin, choice] : entering_) {
        forest_.add(origin, choice.site, choice.whole, 0.0);
      }
    }
  }

  /// The flows of the forest, the rounding of each origin's sum put right.
  void read_flows() {
    ways_.clear();
    std::vector<double> used(people_.size(), 0.0);
    forest_.visit([&](std::uint32_t i, std::uint32_t k, std::uint32_t whole, double flow) {
      if (!(flow > 0.0)) return;
      ways_.push_back({{i, k, flow}, whole});
      used[i] += flow;
    });
    std::sort(ways_.begin(), ways_.end(), [](const Way& a, const Way& b) {
      return std::pair(a.flow.origin, a.flow.site) < std::pair(b.flow.origin, b.flow.site);
    });
    load_.assign(capacity_.size(), 0.0);
    for (Way& way : ways_) {
      SiteFlow& flow = way.flow;
      if (used[flow.origin] != people_[flow.origin]) {
        flow.people *= people_[flow.origin] / used[flow.origin];
      }
      load_[flow.site] += flow.people;
    }
    for (std::size_t k = 0; k < price_.size(); ++k) price_[k] = load_[k] / capacity_[k];
  }

  /// Searches all pairs at the waiting of the present flows.
  /// @param moved  whether anybody moved since the last search; if not, further ones find no more
  bool is_done(bool moved) {
    read_flows();
    sites_.find(price_);
    ++result_.sweeps;
    CompensatedSum paid;
    CompensatedSum saving;
    for (const Way& way : ways_) {
      const double cost = sites_.cost(price_[way.flow.site], way.whole);
      const double saved = cost - sites_.cheapest()[way.flow.origin];
      paid.add(way.flow.people * cost);
      saving.add(way.flow.people * saved);
    }
    paid_ = paid.value();
    result_.gap = paid_ > 0.0 ? saving.value() / paid_ : 0.0;
    if (result_.gap <= settings_.gap) {
      result_.end = CongestionEnd::gap_reached;
    } else if (!moved && result_.sweeps > 2) {
      result_.end = CongestionEnd::rounding;
    } else if (result_.steps >= settings_.steps) {
      result_.end = CongestionEnd::steps_used;
    } else {
      return false;
    }
    return true;
  }

  void report() {
    const std::span<const std::uint32_t> open = sites_.open();
    for (std::size_t k = 0; k < open.size(); ++k) {
      result_.load[open[k]] = load_[k];
      result_.waiting[open[k]] = price_[k];
    }
    for (const std::uint32_t i : served_) result_.cost[i] = 0.0;
    CompensatedSum waiting;
    for (Way& way : ways_) {
      SiteFlow& flow = way.flow;
      const double share = flow.people / people_[flow.origin];
      result_.cost[flow.origin] += share * sites_.cost(price_[flow.site], way.whole);
      waiting.add(flow.people * price_[flow.site]);
      flow.site = open[flow.site];
      result_.flows.push_back(flow);
    }
    result_.mean_cost = paid_ / result_.served;
    result_.mean_waiting = waiting.value() / result_.served;
    result_.mean_travel = result_.mean_cost - result_.mean_waiting;
  }

  std::span<const double> people_;
  const CongestionSettings& settings_;
  CongestionEquilibrium& result_;
  std::vector<double> capacity_;
  double scale_;
  CheapestSites sites_;
  FlowForest forest_;
  CompensatedSum served_sum_;
  CompensatedSum unserved_sum_;
  std::vector<std::uint32_t> served_;
  std::vector<double> price_;  ///< [open sites]
  std::vector<double> load_;   ///< [open sites]
  std::vector<Way> ways_;
  std::vector<std::pair<std::uint32_t, SiteChoice>> entering_;
  double paid_ = 0.0;
};

}  // namespace

std::string_view id_of(CongestionEnd end) {
  switch (end) {
    case CongestionEnd::gap_reached:
      return "gap_reached";
    case CongestionEnd::rounding:
      return "rounding";
    case CongestionEnd::steps_used:
      return "steps_used";
    case CongestionEnd::nobody:
      return "nobody";
  }
  return {};
}

CongestionEquilibrium congestion_equilibrium(const TravelCosts& costs,
                                             std::span<const double> supply,
                                             std::span<const double> people,
                                             const CongestionSettings& settings) {
  expects(supply.size() == costs.site_count, "congestion_equilibrium: supply of each site");
  expects(people.size() == costs.origin_count, "congestion_equilibrium: people of each origin");
  expects(all_counts(supply), "congestion_equilibrium: supply of 0 or more");
  expects(all_counts(people), "congestion_equilibrium: people of 0 or more");
  expects(settings.scale > 0.0 && std::isfinite(settings.scale),
          "congestion_equilibrium: a scale above 0");
  expects(settings.gap >= 0.0, "congestion_equilibrium: a gap of 0 or more");

  CongestionEquilibrium result;
  result.cost.assign(people.size(), undefined);
  result.waiting.assign(supply.size(), undefined);
  result.load.assign(supply.size(), 0.0);
  const double places = compensated_sum(supply);
  if (places > 0.0) result.people_per_place = compensated_sum(people) / places;
  // without people the capacities would all be 0; any other number finds who reaches a site
  const double people_per_place = result.people_per_place > 0.0 ? result.people_per_place : 1.0;
  Equilibrium(costs, supply, people, people_per_place, settings, result).solve();
  return result;
}

}  // namespace quartier::metrics
