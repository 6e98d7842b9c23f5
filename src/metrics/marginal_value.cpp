#include "metrics/marginal_value.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <string>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"

namespace quartier::metrics {
namespace {

constexpr std::array<SitingGoal, 3> goals{SitingGoal::cover, SitingGoal::cost,
                                          SitingGoal::shortfall};

/// An exchange has to gain more than rounding could.
constexpr double least_growth = 1e-12;

constexpr std::size_t candidate_grain = 16;

/// Settings as the loops read them, in whole units.
struct Reading {
  std::uint32_t cutoff;
  std::uint32_t beyond;
  std::vector<double> weight;  ///< f of each whole cost; beyond its end: 0
  double units;

  Reading(const TravelCosts& costs, const SitingSettings& settings)
      : cutoff(whole_cost(settings.cutoff, costs.unit)),
        beyond(whole_cost(settings.beyond > 0.0 ? settings.beyond : 2.0 * settings.cutoff,
                          costs.unit)),
        units(units_per_shown(costs.unit)) {
    std::uint32_t dearest = 0;
    for (const std::uint32_t whole : costs.cost) dearest = std::max(dearest, whole);
    for (const std::uint16_t whole : costs.rows) {
      if (whole != no_cost_16) dearest = std::max(dearest, std::uint32_t{whole});
    }
    const std::uint32_t last = std::min(dearest, whole_cost(settings.decay.cutoff, costs.unit));
    weight = decay_table(settings.decay, costs.unit, last);
  }

  [[nodiscard]] double f(std::uint32_t whole) const {
    return whole < weight.size() ? weight[whole] : 0.0;
  }
};

double places_of(const SitingSettings& settings, std::size_t candidate) {
  return settings.places.empty() ? 1.0 : settings.places[candidate];
}

/// R of a site: its places for each person who comes, weighted; 0 where nobody does.
double ratio_of(const TravelCosts& costs, std::size_t site, double places,
                std::span<const double> people, const Reading& reading) {
  double demand = 0.0;
  costs.visit(site,
              [&](std::size_t i, std::uint32_t whole) { demand += people[i] * reading.f(whole); });
  return demand > 0.0 ? places / demand : 0.0;
}

void open_at(SitingState& state, const TravelCosts& costs, std::size_t site, double places,
             std::span<const double> people, const Reading& reading) {
  const double ratio = ratio_of(costs, site, places, people, reading);
  costs.visit(site, [&](std::size_t i, std::uint32_t whole) {
    state.nearest[i] = std::min(state.nearest[i], whole);
    state.access[i] += ratio * reading.f(whole);
  });
}

/// Gains of one candidate for one column.
struct Gains {
  double covered = 0.0;
  double reached = 0.0;
  double saved = 0.0;
  double shortfall = 0.0;

  [[nodiscard]] double of(SitingGoal goal) const {
    switch (goal) {
      case SitingGoal::cover:
        return covered;
      case SitingGoal::cost:
        return saved;
      case SitingGoal::shortfall:
        return shortfall;
    }
    return 0.0;
  }
};

/// What one more site, of places per head `ratio`, gives the people `weights`.
Gains gains_at(const SitingState& state, const TravelCosts& candidates, std::size_t candidate,
               double ratio, std::span<const double> weights, const Reading& reading) {
  Gains gains;
  candidates.visit(candidate, [&](std::size_t i, std::uint32_t whole) {
    const double g = weights[i];
    const std::uint32_t now = state.nearest[i];
    if (whole <= reading.cutoff && now > reading.cutoff) gains.covered += g;
    if (whole <= reading.beyond && now > reading.beyond) gains.reached += g;
    const std::uint32_t before = std::min(now, reading.beyond);
    if (whole < before) gains.saved += g * static_cast<double>(before - whole);
    const double short_now = state.target_access - state.access[i];
    if (short_now > 0.0) gains.shortfall += g * std::min(short_now, ratio * reading.f(whole));
  });
  gains.saved /= reading.units;
  return gains;
}

void expect_fit(const SitingState& state, const TravelCosts& candidates,
                std::span<const double> people, const SitingSettings& settings) {
  expects(state.nearest.size() == candidates.origin_count &&
              state.access.size() == candidates.origin_count,
          "siting: a state of the candidates' origins");
  expects(people.size() == candidates.origin_count, "siting: people of each origin");
  expects(settings.places.empty() || settings.places.size() == candidates.site_count,
          "siting: places of each candidate");
}

/// The greedy choice and its exchanges.
class Planner {
 public:
  Planner(SitingState state, const TravelCosts& candidates, std::span<const double> weights,
          std::span<const double> people, SitingGoal goal, const SitingSettings& settings)
      : start_(std::move(state)),
        candidates_(candidates),
        weights_(weights),
        people_(people),
        goal_(goal),
        settings_(settings),
        reading_(candidates, settings),
        ratio_(candidates.site_count) {
    for_chunks(ratio_.size(), candidate_grain,
               [&](std::size_t, std::size_t begin, std::size_t end) {
                 for (std::size_t c = begin; c < end; ++c) {
                   ratio_[c] = ratio_of(candidates_, c, places_of(settings_, c), people_, reading_);
                 }
               });
  }

  SitePlan greedy(std::size_t count) {
    SitePlan plan;
    SitingState state = start_;
    plan.most = unreachable;
    for (std::size_t s = 0; s <= count; ++s) {
      const std::vector<double> gain = gains(state, plan, plan.sites.size());
      plan.most = std::min(plan.most, plan.total + best_together(gain, count));
      if (s == count) break;
      const std::size_t best = best_of(gain);
      if (best == gain.size() || !(gain[best] > 0.0)) break;
      add(plan, best, gain[best]);
      open(state, best);
    }
    return plan;
  }

  void exchange(SitePlan& plan) {
    bool grew = true;
    while (grew) {
      grew = false;
      for (std::size_t out = 0; out < plan.sites.size(); ++out) {
        SitingState state = start_;
        double rest = 0.0;
        for (std::size_t s = 0; s < plan.sites.size(); ++s) {
          if (s != out) rest += open_and_gain(state, plan.sites[s].candidate);
        }
        const std::vector<double> gain = gains(state, plan, out);
        const std::size_t best = best_of(gain);
        if (rest + gain[best] <= plan.total + least_growth * plan.total) continue;
        plan.sites[out].candidate = static_cast<std::uint32_t>(best);
        plan.total = rest + gain[best];
        ++plan.exchanges;
        grew = true;
      }
    }
    if (plan.exchanges > 0) tell_anew(plan);
  }

 private:
  /// Gains of all candidates but those of the plan, which gain nothing a second time; `out` is the
  /// position of one that is taken out of the plan.
  [[nodiscard]] std::vector<double> gains(const SitingState& state, const SitePlan& plan,
                                          std::size_t out) const {
    std::vector<double> gain(ratio_.size());
    for_chunks(gain.size(), candidate_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t c = begin; c < end; ++c) gain[c] = gain_of(state, c);
    });
    for (std::size_t s = 0; s < plan.sites.size(); ++s) {
      if (s != out) gain[plan.sites[s].candidate] = 0.0;
    }
    return gain;
  }

  [[nodiscard]] double gain_of(const SitingState& state, std::size_t candidate) const {
    return gains_at(state, candidates_, candidate, ratio_[candidate], weights_, reading_).of(goal_);
  }

  void open(SitingState& state, std::size_t candidate) const {
    open_at(state, candidates_, candidate, places_of(settings_, candidate), people_, reading_);
  }

  double open_and_gain(SitingState& state, std::size_t candidate) const {
    const double gain = gain_of(state, candidate);
    open(state, candidate);
    return gain;
  }

  static std::size_t best_of(std::span<const double> gain) {
    return static_cast<std::size_t>(std::max_element(gain.begin(), gain.end()) - gain.begin());
  }

  static double best_together(std::vector<double> gain, std::size_t count) {
    const std::size_t some = std::min(count, gain.size());
    std::partial_sort(gain.begin(), gain.begin() + static_cast<std::ptrdiff_t>(some), gain.end(),
                      std::greater<>());
    return std::accumulate(gain.begin(), gain.begin() + static_cast<std::ptrdiff_t>(some), 0.0);
  }

  static void add(SitePlan& plan, std::size_t candidate, double gain) {
    plan.total += gain;
    plan.sites.push_back({static_cast<std::uint32_t>(candidate), gain, plan.total});
  }

  /// The sites of a plan in the order in which they gain most.
  void tell_anew(SitePlan& plan) const {
    std::vector<PlannedSite> left = plan.sites;
    plan.sites.clear();
    plan.total = 0.0;
    SitingState state = start_;
    while (!left.empty()) {
      std::sort(left.begin(), left.end(), [](const PlannedSite& a, const PlannedSite& b) {
        return a.candidate < b.candidate;
      });
      std::vector<double> gain;
      gain.reserve(left.size());
      for (const PlannedSite& site : left) gain.push_back(gain_of(state, site.candidate));
      const std::size_t best = best_of(gain);
      add(plan, left[best].candidate, gain[best]);
      open(state, left[best].candidate);
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(best));
    }
  }

  SitingState start_;
  const TravelCosts& candidates_;
  std::span<const double> weights_;
  std::span<const double> people_;
  SitingGoal goal_;
  const SitingSettings& settings_;
  Reading reading_;
  std::vector<double> ratio_;
};

}  // namespace

std::string_view id_of(SitingGoal goal) {
  switch (goal) {
    case SitingGoal::cover:
      return "cover";
    case SitingGoal::cost:
      return "cost";
    case SitingGoal::shortfall:
      return "shortfall";
  }
  return {};
}

SitingGoal siting_goal_of(std::string_view word) {
  for (const SitingGoal goal : goals) {
    if (word == id_of(goal)) return goal;
  }
  throw InputError("'" + std::string(word) + "' is no goal of siting",
                   "give cover, cost or shortfall");
}

SitingState siting_state(const TravelCosts& costs, std::span<const double> supply,
                         std::span<const double> people, const SitingSettings& settings) {
  expects(supply.size() == costs.site_count, "siting: supply of each site");
  expects(people.size() == costs.origin_count, "siting: people of each origin");
  const Reading reading(costs, settings);
  SitingState state;
  state.nearest.assign(people.size(), no_cost);
  state.access.assign(people.size(), 0.0);
  for (std::size_t j = 0; j < supply.size(); ++j) {
    if (supply[j] > 0.0) open_at(state, costs, j, supply[j], people, reading);
  }
  const double everyone = compensated_sum(people);
  const double mean = everyone > 0.0 ? compensated_sum(supply) / everyone : 0.0;
  state.target_access = settings.target_access > 0.0 ? settings.target_access : mean;
  return state;
}

void open_site(SitingState& state, const TravelCosts& candidates, std::size_t candidate,
               std::span<const double> people, const SitingSettings& settings) {
  expect_fit(state, candidates, people, settings);
  expects(candidate < candidates.site_count, "siting: a candidate");
  open_at(state, candidates, candidate, places_of(settings, candidate), people,
          Reading(candidates, settings));
}

MarginalValues marginal_values(const SitingState& state, const TravelCosts& candidates,
                               std::span<const std::span<const double>> columns,
                               std::span<const double> people, const SitingSettings& settings) {
  expect_fit(state, candidates, people, settings);
  for (const std::span<const double> column : columns) {
    expects(column.size() == candidates.origin_count, "siting: people of each origin");
  }
  const Reading reading(candidates, settings);
  MarginalValues values;
  values.candidate_count = candidates.site_count;
  const std::size_t cells = columns.size() * candidates.site_count;
  values.covered.resize(cells);
  values.reached.resize(cells);
  values.saved.resize(cells);
  values.shortfall.resize(cells);
  for_chunks(
      candidates.site_count, candidate_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
        for (std::size_t c = begin; c < end; ++c) {
          const double ratio = ratio_of(candidates, c, places_of(settings, c), people, reading);
          for (std::size_t k = 0; k < columns.size(); ++k) {
            const Gains gains = gains_at(state, candidates, c, ratio, columns[k], reading);
            values.covered[values.at(k, c)] = gains.covered;
            values.reached[values.at(k, c)] = gains.reached;
            values.saved[values.at(k, c)] = gains.saved;
            values.shortfall[values.at(k, c)] = gains.shortfall;
          }
        }
      });
  return values;
}

SitePlan plan_sites(SitingState state, const TravelCosts& candidates,
                    std::span<const double> weights, std::span<const double> people,
                    SitingGoal goal, std::size_t count, bool exchange,
                    const SitingSettings& settings) {
  expect_fit(state, candidates, people, settings);
  expects(weights.size() == candidates.origin_count, "siting: people of each origin");
  Planner planner(std::move(state), candidates, weights, people, goal, settings);
  SitePlan plan = planner.greedy(count);
  if (exchange) planner.exchange(plan);
  return plan;
}

}  // namespace quartier::metrics
