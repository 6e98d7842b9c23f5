#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <numeric>

#include "base/number.h"
#include "base/parallel.h"
#include "base/random.h"
#include "metrics/access.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

/// Random costs in both forms: asymmetric, with gaps, closed sites and places without people.
struct City {
  std::size_t n = 0;
  std::size_t m = 0;
  std::vector<std::uint32_t> table;
  std::vector<double> supply;
  std::vector<double> people;
  Decay decay;

  [[nodiscard]] TravelCosts sparse() const {
    TravelCosts costs;
    costs.unit = CostUnit::second;
    costs.origin_count = n;
    costs.site_count = m;
    for (std::size_t j = 0; j < m; ++j) {
      for (std::size_t i = 0; i < n; ++i) {
        if (table[i * m + j] == no_cost) continue;
        costs.origin.push_back(static_cast<std::uint32_t>(i));
        costs.cost.push_back(table[i * m + j]);
      }
      costs.start.push_back(costs.origin.size());
    }
    return costs;
  }
  [[nodiscard]] TravelCosts dense() const {
    TravelCosts costs;
    costs.unit = CostUnit::second;
    costs.origin_count = n;
    costs.site_count = m;
    costs.rows.assign(n * m, no_cost_16);
    for (std::size_t j = 0; j < m; ++j) {
      for (std::size_t i = 0; i < n; ++i) {
        if (table[i * m + j] != no_cost) {
          costs.rows[j * n + i] = static_cast<std::uint16_t>(table[i * m + j]);
        }
      }
    }
    return costs;
  }
};

const std::array<const char*, 6> words{"binary",          "linear",       "gaussian:9",
                                       "exponential:0.1", "epanechnikov", "step:5=1,12=0.5"};

City city_of(std::uint64_t seed, std::size_t n, std::size_t m) {
  City city;
  city.n = n;
  city.m = m;
  RandomStream random(seed, 7);
  for (std::size_t k = 0; k < n * m; ++k) {
    city.table.push_back(random.below(10) == 0 ? no_cost : random.below(2400));
  }
  for (std::size_t j = 0; j < m; ++j) {
    city.supply.push_back(random.below(4) == 0 ? 0.0 : 1.0 + random.below(20));
  }
  for (std::size_t i = 0; i < n; ++i) {
    city.people.push_back(random.below(5) == 0 ? 0.0 : random.below(500));
  }
  city.decay = decay_of(words[random.below(words.size())], 5.0 + random.below(30));
  return city;
}

City any_city() {
  return city_of(*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::inRange<std::size_t>(1, 40),
                 *rc::gen::inRange<std::size_t>(1, 20));
}

struct Measure {
  const char* name;
  std::function<std::vector<double>(const City&, const TravelCosts&)> of;
};

/// Every measure that gives a value per origin.
const std::vector<Measure>& measures() {
  static const std::vector<Measure> all{
      {"kth",
       [](const City& c, const TravelCosts& t) { return kth_nearest_service(t, c.supply, 2); }},
      {"cost to",
       [](const City& c, const TravelCosts& t) { return cost_to_opportunities(t, c.supply, 9.0); }},
      {"within", [](const City& c,
                    const TravelCosts& t) { return services_within(t, c.supply, c.decay.cutoff); }},
      {"interval",
       [](const City& c, const TravelCosts& t) {
         return services_within_interval(t, c.supply, {2.0, c.decay.cutoff, 1.0});
       }},
      {"gravity",
       [](const City& c, const TravelCosts& t) { return gravity_access(t, c.supply, c.decay); }},
      {"enhanced",
       [](const City& c, const TravelCosts& t) {
         return enhanced_floating_catchment(t, c.supply, c.people, c.decay).access;
       }},
      {"modified",
       [](const City& c, const TravelCosts& t) {
         return modified_floating_catchment(t, c.supply, c.people, c.decay).access;
       }},
      {"three steps",
       [](const City& c, const TravelCosts& t) {
         return three_step_floating_catchment(t, c.supply, c.people, c.decay).access;
       }},
      {"balanced",
       [](const City& c, const TravelCosts& t) {
         return balanced_floating_catchment(t, c.supply, c.people, c.decay,
                                            DemandShares::open_sites)
             .access;
       }},
      {"availability",
       [](const City& c, const TravelCosts& t) {
         return spatial_availability(t, c.supply, c.people, c.decay, 0.5);
       }},
      {"total constrained",
       [](const City& c, const TravelCosts& t) {
         return total_constrained_access(t, c.supply, c.decay);
       }},
      {"balancing",
       [](const City& c, const TravelCosts& t) {
         return balancing_cost(t, c.supply, c.people, 1.0);
       }},
      {"buffer",
       [](const City& c, const TravelCosts& t) {
         return buffer_statistics(t, c.supply, {}, c.decay.cutoff, {}).deviation;
       }},
      {"composite",
       [](const City& c, const TravelCosts& t) {
         const CompositePart part{&t, c.supply, 1.0, {1.0, 0.5, 0.25}, c.decay};
         return composite_access(std::array{part});
       }},
  };
  return all;
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}

bool near(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) == std::isnan(b);
  return a == b || std::abs(a - b) <= 1e-11 * std::max(std::abs(a), std::abs(b));
}

/// The measure, origins and sites moved to other positions.
City reordered(const City& city, const std::vector<std::size_t>& origins,
               const std::vector<std::size_t>& sites) {
  City moved = city;
  for (std::size_t i = 0; i < city.n; ++i) moved.people[i] = city.people[origins[i]];
  for (std::size_t j = 0; j < city.m; ++j) moved.supply[j] = city.supply[sites[j]];
  for (std::size_t i = 0; i < city.n; ++i) {
    for (std::size_t j = 0; j < city.m; ++j) {
      moved.table[i * city.m + j] = city.table[origins[i] * city.m + sites[j]];
    }
  }
  return moved;
}

std::vector<std::size_t> shuffled(std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  RandomStream random(seed, 8);
  for (std::size_t k = count; k > 1; --k) {
    std::swap(order[k - 1], order[random.below(static_cast<std::uint32_t>(k))]);
  }
  return order;
}

double people_times(const City& city, const std::vector<double>& access) {
  CompensatedSum sum;
  for (std::size_t i = 0; i < city.n; ++i) sum.add(city.people[i] * access[i]);
  return sum.value();
}

}  // namespace

TEST_CASE("access: both forms of the costs and any number of threads give the same bits",
          "[metrics][access]") {
  rc::check("small cities", [] {
    const City city = any_city();
    const TravelCosts sparse = city.sparse();
    const TravelCosts dense = city.dense();
    for (const Measure& measure : measures()) {
      RC_ASSERT(same_bits(measure.of(city, sparse), measure.of(city, dense)));
    }
    RC_ASSERT(same_bits(passive_access(sparse, city.people, city.decay),
                        passive_access(dense, city.people, city.decay)));
  });
  const City city = city_of(11, 3001, 67);
  const TravelCosts sparse = city.sparse();
  const TravelCosts dense = city.dense();
  for (const Measure& measure : measures()) {
    INFO(measure.name);
    set_thread_count(1);
    const std::vector<double> one = measure.of(city, sparse);
    for (const std::size_t threads : {1U, 2U, 7U}) {
      set_thread_count(threads);
      CHECK(same_bits(measure.of(city, sparse), one));
      CHECK(same_bits(measure.of(city, dense), one));
    }
    set_thread_count(0);
  }
}

TEST_CASE("access: weights in a table and weights computed are the same", "[metrics][access]") {
  // in millimetres the cutoff is far beyond what a table holds
  City city = city_of(5, 60, 20);
  TravelCosts in_mm = city.sparse();
  in_mm.unit = CostUnit::millimetre;
  for (std::uint32_t& cost : in_mm.cost) cost *= 1000;
  TravelCosts in_m = city.sparse();
  in_m.unit = CostUnit::metre;
  const Decay decay = decay_of("gaussian:700", 2100.0);
  CHECK(same_bits(modified_floating_catchment(in_mm, city.supply, city.people, decay).access,
                  modified_floating_catchment(in_m, city.supply, city.people, decay).access));
}

TEST_CASE("access: nothing is lost", "[metrics][access]") {
  rc::check("2SFCA and spatial availability give out the supply of the sites in use", [] {
    const City city = any_city();
    const TravelCosts costs = city.sparse();
    const double all = compensated_sum(city.supply);
    const FloatingCatchment catchment =
        enhanced_floating_catchment(costs, city.supply, city.people, city.decay);
    RC_ASSERT(near(people_times(city, catchment.access) + catchment.unused_supply, all));
    const std::vector<double> available =
        spatial_availability(costs, city.supply, city.people, city.decay);
    RC_ASSERT(near(compensated_sum(available) + catchment.unused_supply, all));
    for (std::size_t i = 0; i < city.n; ++i) {
      RC_ASSERT(near(available[i], city.people[i] * catchment.access[i]));
    }
    const FloatingCatchment chosen =
        three_step_floating_catchment(costs, city.supply, city.people, city.decay);
    RC_ASSERT(near(people_times(city, chosen.access) + chosen.unused_supply, all));
    const FloatingCatchment lossy =
        modified_floating_catchment(costs, city.supply, city.people, city.decay);
    RC_ASSERT(people_times(city, lossy.access) <= all * (1.0 + 1e-12));
  });
  rc::check("BFCA keeps people and level of service", [] {
    const City city = any_city();
    const TravelCosts costs = city.sparse();
    const FloatingCatchment balanced = balanced_floating_catchment(
        costs, city.supply, city.people, city.decay, DemandShares::open_sites);
    RC_ASSERT(near(compensated_sum(balanced.access), compensated_sum(balanced.ratio)));
    // Σ_j S_j / L_j is the demand that was divided: everyone who reaches an open site
    std::vector<double> open = city.supply;
    for (double& places : open) places = places > 0.0 ? 1.0 : 0.0;
    const std::vector<double> reach = gravity_access(costs, open, city.decay);
    CompensatedSum people;
    for (std::size_t i = 0; i < city.n; ++i) {
      if (reach[i] > 0.0) people.add(city.people[i]);
    }
    CompensatedSum divided;
    for (std::size_t j = 0; j < city.m; ++j) {
      if (balanced.ratio[j] > 0.0) divided.add(city.supply[j] / balanced.ratio[j]);
    }
    RC_ASSERT(near(divided.value(), people.value()));
  });
  rc::check("total constrained access adds up to the supply", [] {
    const City city = any_city();
    const std::vector<double> access =
        total_constrained_access(city.sparse(), city.supply, city.decay);
    if (std::isnan(access.front())) return;
    RC_ASSERT(near(compensated_sum(access), compensated_sum(city.supply)));
  });
  rc::check("doubly constrained flows keep both sums", [] {
    City city = any_city();
    for (std::uint32_t& cost : city.table) cost = cost == no_cost ? 1200 : cost;
    city.people[0] += 1.0;
    city.supply[0] += 1.0;
    const double scale = compensated_sum(city.people) / compensated_sum(city.supply);
    for (double& places : city.supply) places *= scale;
    const Decay decay = decay_of("exponential:0.05", unreachable);
    const TravelCosts costs = city.dense();
    const DoublyConstrained fit = doubly_constrained(costs, city.people, city.supply, decay);
    RC_ASSERT(fit.converged);
    std::vector<double> row(city.n, 0.0);
    for (std::size_t j = 0; j < city.m; ++j) {
      const SiteFlows flows = flows_to(costs, fit, decay, j);
      RC_ASSERT(near(compensated_sum(flows.flow), city.supply[j]));
      for (std::size_t k = 0; k < flows.flow.size(); ++k) row[flows.origin[k]] += flows.flow[k];
    }
    for (std::size_t i = 0; i < city.n; ++i) RC_ASSERT(near(row[i], city.people[i]));
  });
}

TEST_CASE("access: more supply or a greater cutoff never gives less", "[metrics][access]") {
  rc::check("monotone", [] {
    City city = any_city();
    const TravelCosts costs = city.sparse();
    const Decay shorter = decay_of("binary", 10.0);
    const Decay longer = decay_of("binary", 20.0);
    const std::vector<double> near_by = gravity_access(costs, city.supply, shorter);
    const std::vector<double> farther = gravity_access(costs, city.supply, longer);
    const std::vector<double> before =
        enhanced_floating_catchment(costs, city.supply, city.people, city.decay).access;
    const std::vector<double> gravity = gravity_access(costs, city.supply, city.decay);
    const std::vector<double> kth = kth_nearest_service(costs, city.supply, 2);
    const std::vector<double> balance = balancing_cost(costs, city.supply, city.people, 1.0);
    const std::size_t more = *rc::gen::inRange<std::size_t>(0, city.m);
    city.supply[more] += 5.0;
    const std::vector<double> after =
        enhanced_floating_catchment(costs, city.supply, city.people, city.decay).access;
    const std::vector<double> gravity_after = gravity_access(costs, city.supply, city.decay);
    const std::vector<double> kth_after = kth_nearest_service(costs, city.supply, 2);
    const std::vector<double> balance_after = balancing_cost(costs, city.supply, city.people, 1.0);
    for (std::size_t i = 0; i < city.n; ++i) {
      RC_ASSERT(near_by[i] <= farther[i]);
      RC_ASSERT(before[i] <= after[i]);
      RC_ASSERT(gravity[i] <= gravity_after[i]);
      RC_ASSERT(kth[i] >= kth_after[i]);
      RC_ASSERT(std::isnan(balance[i]) || balance[i] >= balance_after[i]);
    }
  });
}

TEST_CASE("access: where origins and sites stand in the table does not matter",
          "[metrics][access]") {
  rc::check("permutation", [] {
    const City city = any_city();
    const std::vector<std::size_t> origins = shuffled(city.n, *rc::gen::arbitrary<std::uint64_t>());
    const std::vector<std::size_t> sites = shuffled(city.m, *rc::gen::arbitrary<std::uint64_t>());
    const City moved = reordered(city, origins, sites);
    for (const Measure& measure : measures()) {
      const std::vector<double> before = measure.of(city, city.sparse());
      const std::vector<double> after = measure.of(moved, moved.dense());
      for (std::size_t i = 0; i < city.n; ++i) RC_ASSERT(near(after[i], before[origins[i]]));
    }
  });
}

TEST_CASE("access: groups of people and of sites add up", "[metrics][access]") {
  rc::check("gravity over sites, passive over people, availability over origins of one place", [] {
    const City city = any_city();
    const TravelCosts costs = city.sparse();
    std::vector<double> some = city.supply;
    std::vector<double> others = city.supply;
    std::vector<double> group = city.people;
    std::vector<double> rest = city.people;
    for (std::size_t j = 0; j < city.m; ++j) (j % 2 == 0 ? some : others)[j] = 0.0;
    for (std::size_t i = 0; i < city.n; ++i) {
      group[i] = std::floor(city.people[i] / 3.0);
      rest[i] = city.people[i] - group[i];
    }
    const std::vector<double> all = gravity_access(costs, city.supply, city.decay);
    const std::vector<double> first = gravity_access(costs, some, city.decay);
    const std::vector<double> second = gravity_access(costs, others, city.decay);
    for (std::size_t i = 0; i < city.n; ++i) RC_ASSERT(near(first[i] + second[i], all[i]));
    const std::vector<double> everyone = passive_access(costs, city.people, city.decay);
    const std::vector<double> of_group = passive_access(costs, group, city.decay);
    const std::vector<double> of_rest = passive_access(costs, rest, city.decay);
    for (std::size_t j = 0; j < city.m; ++j) {
      RC_ASSERT(near(of_group[j] + of_rest[j], everyone[j]));
    }
  });
}

TEST_CASE("access: ways there are not ways back", "[metrics][access]") {
  // from 0 to 1 is near, from 1 to 0 is far: whoever swaps the directions is found out
  City city;
  city.n = city.m = 2;
  city.table = {0, 60, 1200, 0};
  city.supply = {3.0, 5.0};
  city.people = {10.0, 20.0};
  for (const TravelCosts& costs : {city.sparse(), city.dense()}) {
    CHECK(services_within(costs, city.supply, 5.0) == std::vector<double>{8.0, 5.0});
    CHECK(passive_access(costs, city.people, decay_of("binary", 5.0)) ==
          std::vector<double>{10.0, 30.0});
    const FloatingCatchment catchment =
        two_step_floating_catchment(costs, city.supply, city.people, 5.0);
    CHECK_THAT(catchment.access[0], WithinAbs(0.3 + 5.0 / 30.0, 1e-15));
    CHECK_THAT(catchment.access[1], WithinAbs(5.0 / 30.0, 1e-15));
  }
}
