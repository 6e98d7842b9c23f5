#include <cmath>
#include <cstdlib>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/number.h"
#include "base/parallel.h"
#include "metrics/evenness.h"
#include "study/sample/sample_city.h"
#include "support/catch.h"

using namespace quartier;
using study::make_sample_city;
using study::SampleCity;

namespace {

SampleCity city_of(std::size_t districts, std::uint64_t seed) {
  Progress progress;
  return make_sample_city({.district_count = districts, .seed = seed}, progress);
}

double total(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

double from_the_rest(const SampleCity& city, std::size_t date, const std::string& group) {
  const CountTable& table = city.counts[date];
  const auto own = table.group(city.groups.find(group));
  std::vector<double> rest(own.size());
  for (std::size_t i = 0; i < own.size(); ++i) rest[i] = table.everyone()[i] - own[i];
  return metrics::dissimilarity_index(own, rest);
}

}  // namespace

TEST_CASE("sample counts are whole, add up, and cover six dates", "[study][sample]") {
  const SampleCity city = city_of(240, 1);
  REQUIRE(city.groups.size() == 9);
  CHECK(city.groups.leaves().size() == 8);
  REQUIRE(city.counts.size() == 6);
  CHECK(city.counts.front().date == "2015-01-01");
  CHECK(city.counts.back().date == "2025-01-01");
  std::size_t small = 0;
  for (const CountTable& table : city.counts) {
    REQUIRE(table.groups.size() == 9);
    for (std::size_t i = 0; i < city.districts.size(); ++i) {
      double sum = 0.0;
      for (GroupIndex g = 1; g < 9; ++g) {
        const double persons = table.group(g)[i];
        CHECK(persons >= 0.0);
        CHECK(persons == std::floor(persons));
        if (persons > 0.0 && persons < 5.0) ++small;
        sum += persons;
      }
      CHECK(sum == table.everyone()[i]);
      if (city.land_use[i] != "residential") CHECK(sum == 0.0);
    }
  }
  CHECK(small > 10);  // the gate has something to do
  CHECK(total(city.counts.back().everyone()) > total(city.counts.front().everyone()));
}

TEST_CASE("sample groups settle differently", "[study][sample]") {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const SampleCity city = city_of(240, seed);
    for (const char* group : {"western_northern_europe", "turkiye", "arab_countries",
                              "southern_asia", "sub_saharan_africa"}) {
      INFO(group << ", seed " << seed);
      const double first = from_the_rest(city, 0, group);
      CHECK(first > 0.2);
      CHECK(first < 0.6);
      CHECK(from_the_rest(city, 5, group) > 0.17);
    }
    CHECK(from_the_rest(city, 0, "southern_europe") < 0.12);
    CHECK(from_the_rest(city, 0, "residence_country") < 0.2);
    CHECK(from_the_rest(city, 0, "eastern_europe") < 0.25);
    // Ten years on: older groups have dispersed, recent ones have grown.
    CHECK(from_the_rest(city, 5, "turkiye") < from_the_rest(city, 0, "turkiye") - 0.02);
    const GroupIndex arrivals = city.groups.find("arab_countries");
    CHECK(total(city.counts[5].group(arrivals)) > 1.8 * total(city.counts[0].group(arrivals)));
  }
}

TEST_CASE("the same seed makes the same sample city on any number of threads", "[study][sample]") {
  set_thread_count(1);
  const SampleCity one = city_of(300, 42);
  set_thread_count(4);
  const SampleCity four = city_of(300, 42);
  set_thread_count(0);
  CHECK(one.districts.ids == four.districts.ids);
  CHECK(one.districts.names == four.districts.names);
  CHECK(one.districts.shapes.vertices == four.districts.shapes.vertices);
  CHECK(one.river == four.river);
  for (std::size_t d = 0; d < one.counts.size(); ++d) {
    for (std::size_t g = 0; g < one.groups.size(); ++g) {
      CHECK(one.counts[d].groups[g].readable == four.counts[d].groups[g].readable);
    }
  }
  REQUIRE(one.services.size() == four.services.size());
  for (std::size_t k = 0; k < one.services.size(); ++k) {
    CHECK(one.services[k].places == four.services[k].places);
    CHECK(one.services[k].supply == four.services[k].supply);
  }
  CHECK(one.street_nodes == four.street_nodes);
  REQUIRE(one.indicators.size() == four.indicators.size());
  for (std::size_t k = 0; k < one.indicators.size(); ++k) {
    CHECK(one.indicators[k].base == four.indicators[k].base);
    for (std::size_t i = 0; i < one.indicators[k].values.size(); ++i) {
      const double a = one.indicators[k].values[i];
      const double b = four.indicators[k].values[i];
      CHECK((a == b || (std::isnan(a) && std::isnan(b))));
    }
  }
  const SampleCity other = city_of(300, 43);
  CHECK_FALSE(other.districts.shapes.vertices == one.districts.shapes.vertices);
  CHECK_FALSE(other.counts[0].groups[0].readable == one.counts[0].groups[0].readable);
}

TEST_CASE("sample indicators cover three dimensions and are rates of their base",
          "[study][sample]") {
  const SampleCity city = city_of(240, 1);
  std::set<Dimension> dimensions;
  std::set<Dimension> dimensions_by_group;
  std::set<std::string> groups_with_unemployment;
  std::size_t missing = 0;
  std::size_t cells = 0;
  for (const Indicator& indicator : city.indicators) {
    dimensions.insert(dimension_of(indicator.domain));
    if (!indicator.group.empty()) dimensions_by_group.insert(dimension_of(indicator.domain));
    CHECK_FALSE(indicator.composition);
    if (indicator.id == "unemployment_rate") groups_with_unemployment.insert(indicator.group);
    REQUIRE(indicator.values.size() == city.districts.size());
    REQUIRE(indicator.base.size() == city.districts.size());
    const double per = indicator.unit == "%"           ? 100.0
                       : indicator.unit == "per 1,000" ? 1000.0
                                                       : 10000.0;
    for (std::size_t i = 0; i < city.districts.size(); ++i) {
      if (!is_defined(indicator.values[i])) {
        if (indicator.base[i] >= 1.0) ++missing;
        continue;
      }
      ++cells;
      CHECK(indicator.base[i] >= 1.0);
      const double cases = indicator.values[i] * indicator.base[i] / per;
      CHECK_THAT(cases, WithinAbs(std::round(cases), 1e-6));
      CHECK(cases >= 0.0);
      CHECK(cases <= indicator.base[i]);
    }
  }
  CHECK(dimensions.size() == 3);
  CHECK(dimensions_by_group.size() == 3);
  CHECK(groups_with_unemployment.size() == 9);  // everyone, and the eight groups
  const double missing_share = static_cast<double>(missing) / static_cast<double>(cells);
  CHECK(missing_share > 0.002);
  CHECK(missing_share < 0.02);
}
