#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <queue>
#include <utility>
#include <vector>

#include "base/error.h"
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

using Edge = std::pair<std::pair<double, double>, std::pair<double, double>>;

Edge edge_between(Point a, Point b) { return {{a.x, a.y}, {b.x, b.y}}; }

double area_of(const std::vector<Point>& ring) {
  double twice = 0.0;
  for (std::size_t k = 0; k < ring.size(); ++k) {
    const Point a{ring[k].x - ring[0].x, ring[k].y - ring[0].y};
    const Point next = ring[(k + 1) % ring.size()];
    const Point b{next.x - ring[0].x, next.y - ring[0].y};
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2.0;
}

/// Which district is left of every directed boundary segment.
std::map<Edge, std::uint32_t> directed_edges(const Districts& districts) {
  std::map<Edge, std::uint32_t> owner;
  for (std::uint32_t i = 0; i < districts.size(); ++i) {
    const auto ring = districts.shapes.ring(i);
    for (std::size_t k = 0; k < ring.size(); ++k) {
      const bool first =
          owner.emplace(edge_between(ring[k], ring[(k + 1) % ring.size()]), i).second;
      CHECK(first);  // no segment is walked twice in the same direction
    }
  }
  return owner;
}

bool crosses(Point a, Point b, Point c, Point d) {
  const auto side = [](Point p, Point q, Point r) {
    return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  };
  return side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0;
}

}  // namespace

TEST_CASE("sample districts share their boundaries vertex for vertex", "[study][sample]") {
  const SampleCity city = city_of(240, 1);
  const Districts& districts = city.districts;
  REQUIRE(districts.size() == 240);
  REQUIRE(districts.shapes.ring_count() == 240);  // one part, no holes
  const auto owner = directed_edges(districts);

  // A segment without a twin in the opposite direction is part of the city limits: together they
  // are one closed line, and the area within it is the sum of the districts.
  std::map<std::pair<double, double>, Point> next;
  std::size_t shared = 0;
  for (const auto& [edge, district] : owner) {
    const auto twin = owner.find({edge.second, edge.first});
    if (twin != owner.end()) {
      CHECK(twin->second != district);
      ++shared;
      continue;
    }
    const Point to{edge.second.first, edge.second.second};
    CHECK(next.emplace(edge.first, to).second);
  }
  CHECK(shared > 4 * next.size());
  std::vector<Point> limits;
  Point at{next.begin()->first.first, next.begin()->first.second};
  do {
    limits.push_back(at);
    const auto step = next.find({at.x, at.y});
    REQUIRE(step != next.end());
    at = step->second;
  } while (!(at == limits.front()) && limits.size() <= next.size());
  CHECK(limits.size() == next.size());

  double sum = 0.0;
  for (const double area : districts.area_m2) {
    CHECK(area > 0.0);
    sum += area;
  }
  CHECK_THAT(area_of(limits), WithinRel(sum, 1e-9));
}

TEST_CASE("no sample boundary crosses itself", "[study][sample]") {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const SampleCity city = city_of(60, seed);
    for (std::size_t i = 0; i < city.districts.size(); ++i) {
      const auto ring = city.districts.shapes.ring(i);
      const std::size_t n = ring.size();
      std::size_t crossings = 0;
      for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = a + 2; b < n; ++b) {
          if (crosses(ring[a], ring[(a + 1) % n], ring[b], ring[(b + 1) % n])) ++crossings;
        }
      }
      CHECK(crossings == 0);
    }
  }
}

TEST_CASE("sample quarters and boroughs are in one piece and nest", "[study][sample]") {
  const SampleCity city = city_of(240, 4);
  const Districts& districts = city.districts;
  REQUIRE(districts.levels.size() == 2);
  CHECK(districts.levels[0].id == "quarter");
  CHECK(districts.levels[1].id == "borough");

  std::vector<std::vector<std::uint32_t>> neighbours(districts.size());
  const auto owner = directed_edges(districts);
  for (const auto& [edge, district] : owner) {
    const auto twin = owner.find({edge.second, edge.first});
    if (twin != owner.end()) neighbours[district].push_back(twin->second);
  }
  for (const ParentLevel& level : districts.levels) {
    REQUIRE(level.of_district.size() == districts.size());
    REQUIRE(level.names.size() == level.ids.size());
    std::vector<std::uint32_t> pieces(level.ids.size(), 0);
    std::vector<std::uint8_t> seen(districts.size(), 0);
    for (std::uint32_t start = 0; start < districts.size(); ++start) {
      if (seen[start] != 0) continue;
      ++pieces[level.of_district[start]];
      std::queue<std::uint32_t> front({start});
      seen[start] = 1;
      while (!front.empty()) {
        const std::uint32_t here = front.front();
        front.pop();
        for (const std::uint32_t other : neighbours[here]) {
          if (seen[other] != 0 || level.of_district[other] != level.of_district[here]) continue;
          seen[other] = 1;
          front.push(other);
        }
      }
    }
    CHECK(pieces == std::vector<std::uint32_t>(level.ids.size(), 1));
  }
  for (std::size_t i = 0; i < districts.size(); ++i) {
    const std::string& quarter = districts.levels[0].ids[districts.levels[0].of_district[i]];
    const std::string& borough = districts.levels[1].ids[districts.levels[1].of_district[i]];
    CHECK(districts.ids[i].starts_with(quarter));
    CHECK(quarter.starts_with(borough));
  }
  CHECK(districts.ids.front() == "010101");
  CHECK(std::is_sorted(districts.ids.begin(), districts.ids.end()));
  CHECK(std::adjacent_find(districts.ids.begin(), districts.ids.end()) == districts.ids.end());
}

TEST_CASE("the sample city is dense in its core and wide outside", "[study][sample]") {
  const SampleCity city = city_of(240, 1);
  const Point centre{500000.0, 6200000.0};
  std::vector<std::pair<double, double>> by_distance;
  for (std::size_t i = 0; i < city.districts.size(); ++i) {
    const Point p = city.districts.centroids[i];
    by_distance.emplace_back(std::hypot(p.x - centre.x, p.y - centre.y), city.districts.area_m2[i]);
  }
  std::sort(by_distance.begin(), by_distance.end());
  double inner = 0.0;
  double outer = 0.0;
  for (std::size_t k = 0; k < 40; ++k) {
    inner += by_distance[k].second;
    outer += by_distance[by_distance.size() - 1 - k].second;
  }
  CHECK(outer > 5.0 * inner);
  CHECK(area_of(city.river) > 0.0);
}

TEST_CASE("sample cities of any size have as many districts as asked for", "[study][sample]") {
  for (const std::size_t count : {12U, 13U, 39U, 40U, 41U, 100U, 1000U}) {
    const SampleCity city = city_of(count, 5);
    CHECK(city.districts.size() == count);
    CHECK(city.districts.names.size() == count);
    CHECK(city.counts.front().district_count() == count);
  }
  Progress progress;
  CHECK_THROWS_AS(make_sample_city({.district_count = 11, .seed = 1}, progress), UsageError);
  CHECK_THROWS_AS(make_sample_city({.district_count = 1'000'001, .seed = 1}, progress), UsageError);
}

TEST_CASE("sample names are distinct, with letters outside ASCII and one long one",
          "[study][sample]") {
  const SampleCity city = city_of(600, 9);
  std::vector<std::string> names = city.districts.names;
  std::size_t longest = 0;
  bool accented = false;
  for (const std::string& name : names) {
    longest = std::max(longest, name.size());
    accented = accented || std::any_of(name.begin(), name.end(), [](char c) { return c < 0; });
  }
  std::sort(names.begin(), names.end());
  CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
  CHECK(accented);
  CHECK(longest > 80);
}
