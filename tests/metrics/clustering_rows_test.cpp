#include <algorithm>
#include <cmath>
#include <limits>

#include "metrics/association_tables.h"
#include "metrics/clustering.h"
#include "metrics/composition.h"
#include "metrics/geary.h"
#include "metrics/registry.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

/// A city of 10 x 10 districts of 100 residents; group a in the north-west, b anywhere, c the rest.
struct City {
  test::NamedColumns table{{"a", "b", "c"}, {{}, {}, {}}};
  test::Population now;
  CountTable before;
  SpatialWeights queen = test::queen_lattice(10);

  City() {
    RandomStream stream(5);
    for (std::size_t i = 0; i < 100; ++i) {
      const bool corner = i / 10 < 4 && i % 10 < 4;
      const double a = corner ? 40.0 + stream.below(10) : stream.below(10);
      const double b = stream.below(30);
      table.columns[0].push_back(a);
      table.columns[1].push_back(b);
      table.columns[2].push_back(100.0 - a - b);
    }
    now = test::population_of(table);
    before = now.counts;
    before.date = "2015-01-01";
    before.groups[1].readable.assign(100, 5.0);
  }
  [[nodiscard]] MetricInput input() const {
    MetricInput in;
    in.counts = &now.counts;
    in.groups = &now.groups;
    in.group = 1;
    in.reference = 2;
    in.weights = &queen;
    in.weights_label = "queen";
    in.earlier = &before;
    in.permutations = 499;
    return in;
  }
  [[nodiscard]] std::vector<double> shares_of(std::size_t group) const {
    return shares(table.columns[group], std::vector<double>(100, 100.0));
  }
};

DistrictValues districts_of(std::string_view id, const MetricInput& in) {
  const MetricEntry* entry = find_metric(id);
  REQUIRE(entry != nullptr);
  return entry->districts(in);
}

}  // namespace

TEST_CASE("rows of local association find the corner where the group lives",
          "[metrics][registry][association]") {
  const City city;
  const MetricInput in = city.input();
  for (const std::string_view id :
       {"local_moran", "local_moran_rates", "local_moran_change", "local_geary", "local_g",
        "local_g_star", "local_join_count", "quantile_lisa"}) {
    INFO(id);
    const DistrictValues local = districts_of(id, in);
    CHECK(local.categories[11] == 1);
    CHECK(local.p_values[11] < 0.01);
    CHECK(find_metric(id)->categories[0] == "not significant");
  }
  CHECK(districts_of("local_moran_change", in).parameters ==
        "weights=queen; islands=kept; permutations=499; seed=1; level=0.05; correction=none; "
        "since=2015-01-01");
  CHECK(districts_of("quantile_lisa", in).parameters ==
        "weights=queen; islands=kept; p=exact; level=0.05; correction=none");
}

TEST_CASE("rows of association hand over shares and settings", "[metrics][registry][association]") {
  const City city;
  MetricInput in = city.input();
  const std::vector<double> a = city.shares_of(0);

  SECTION("stopping and correction are used and named") {
    in.stop_after = 10;
    in.conventions.correction = Correction::bonferroni;
    const DistrictValues local = districts_of("local_moran", in);
    const LocalAssociation ours =
        local_moran(a, city.queen, {.permutations = 499, .seed = 1, .stop_after = 10});
    CHECK(test::same_bits(local.values, ours.values));
    CHECK(test::same_bits(local.p_values, ours.p_values));
    // 499 draws cannot reach 0.05 / 100
    CHECK(std::count(local.categories.begin(), local.categories.end(), 0) == 100);
    CHECK(local.parameters.find("stop_after=10") != std::string::npos);
    CHECK(local.parameters.find("correction=bonferroni") != std::string::npos);
  }
  SECTION("all groups at once: the mean of the local Geary of each") {
    const DistrictValues all = districts_of("local_geary_groups", in);
    double mean = 0.0;
    for (std::size_t k = 0; k < 3; ++k) {
      mean += local_geary(city.shares_of(k), city.queen, {}).values[37] / 3.0;
    }
    CHECK_THAT(all.values[37], WithinAbs(mean, 1e-12));
    CHECK(find_metric("local_geary_groups")->categories.size() == 3);
  }
  SECTION("numbers of the city have p-values and expected ones") {
    for (const std::string_view id :
         {"moran_i", "moran_i_rates", "geary_c", "getis_ord_g", "join_count", "join_count_mixed"}) {
      INFO(id);
      const CityValue value = find_metric(id)->city(in);
      CHECK(value.p_value == 0.002);
      CHECK(is_defined(value.expected));
      CHECK(value.status.empty());
    }
    CHECK(find_metric("lee_l")->city(in).p_value > 0.0);
    CHECK(find_metric("moran_bivariate")->city(in).expected == 0.0);
  }
  SECTION("islands are left out where the conventions say so") {
    const SpatialWeights some = test::weights_of(100, {{0, 1}, {1, 2}, {2, 3}}, true);
    in.weights = &some;
    in.conventions.islands = Islands::dropped;
    const CityValue value = find_metric("moran_i")->city(in);
    const std::vector<double> four(a.begin(), a.begin() + 4);
    CHECK_THAT(
        value.value,
        WithinAbs(moran_i(four, test::weights_of(4, {{0, 1}, {1, 2}, {2, 3}}, true)), 1e-12));
    CHECK(value.status == "96 districts without neighbours left out");
    CHECK(value.parameters.find("islands=dropped") != std::string::npos);
  }
}
