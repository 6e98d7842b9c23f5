#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/street_graph.h"
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

bool contains(std::span<const Point> ring, Point p) {
  bool inside = false;
  for (std::size_t k = 0; k < ring.size(); ++k) {
    const Point a = ring[k];
    const Point b = ring[(k + 1) % ring.size()];
    if ((a.y > p.y) == (b.y > p.y)) continue;
    if (p.x < a.x + (p.y - a.y) * (b.x - a.x) / (b.y - a.y)) inside = !inside;
  }
  return inside;
}

/// Position of the district that holds p, or no_index.
std::uint32_t district_at(const SampleCity& city, Point p) {
  for (std::uint32_t i = 0; i < city.districts.size(); ++i) {
    if (contains(city.districts.shapes.ring(i), p)) return i;
  }
  return no_index;
}

}  // namespace

TEST_CASE("sample services are ten kinds inside the city, but for one site", "[study][sample]") {
  const SampleCity city = city_of(240, 1);
  REQUIRE(city.services.size() == 10);
  std::vector<std::string> outside;
  std::size_t repeated = 0;
  for (const Services& kind : city.services) {
    INFO(kind.id);
    REQUIRE(kind.size() >= 3);
    CHECK(kind.supply_published);
    std::set<std::string> ids;
    for (std::size_t s = 0; s < kind.size(); ++s) {
      if (!ids.insert(kind.ids[s]).second) ++repeated;
      CHECK(kind.supply[s] >= 1.0);
      CHECK(kind.supply[s] == std::floor(kind.supply[s]));
      CHECK_FALSE(kind.opening_hours[s].empty());
      CHECK(kind.languages[s].starts_with("en"));
      const std::uint32_t district = district_at(city, kind.places[s]);
      if (district == no_index) {
        outside.push_back(kind.ids[s]);
      } else {
        CHECK(city.land_use[district] == "residential");
        CHECK(kind.names[s].find(city.districts.names[district]) != std::string::npos);
      }
    }
  }
  CHECK(repeated == 2);
  CHECK(outside == std::vector<std::string>{"youth_clubs-outside"});
}

TEST_CASE("sample streets hang together but for one lane", "[study][sample]") {
  const SampleCity city = city_of(240, 1);
  CHECK(city.street_nodes.size() > 35 * 240);
  CHECK(city.street_nodes.size() < 45 * 240);
  const StreetGraph graph = StreetGraph::of(city.street_nodes, city.street_edges);

  std::vector<std::uint32_t> piece(graph.size(), no_index);
  std::vector<std::size_t> sizes;
  std::size_t dead_ends = 0;
  for (std::uint32_t start = 0; start < graph.size(); ++start) {
    if (graph.arcs_of(start).size() == 1) ++dead_ends;
    if (piece[start] != no_index) continue;
    std::vector<std::uint32_t> front{start};
    piece[start] = static_cast<std::uint32_t>(sizes.size());
    std::size_t size = 0;
    while (!front.empty()) {
      const std::uint32_t here = front.back();
      front.pop_back();
      ++size;
      for (const StreetArc& arc : graph.arcs_of(here)) {
        if (piece[arc.to] != no_index) continue;
        piece[arc.to] = piece[start];
        front.push_back(arc.to);
      }
    }
    sizes.push_back(size);
  }
  std::sort(sizes.begin(), sizes.end());
  CHECK(sizes == std::vector<std::size_t>{7, graph.size() - 7});
  CHECK(dead_ends > 20);

  for (const StreetEdge& edge : city.street_edges) {
    const Point a = city.street_nodes[edge.from];
    const Point b = city.street_nodes[edge.to];
    const double straight_mm = 1000.0 * std::hypot(a.x - b.x, a.y - b.y);
    CHECK(edge.length_mm >= straight_mm - 1e-3);
    CHECK(edge.length_mm <= 1.08 * straight_mm + 1.0);
  }
}

TEST_CASE("sample streets cross the river by few bridges", "[study][sample]") {
  const SampleCity city = city_of(240, 1);
  const std::span<const Point> river(city.river);
  const std::size_t half = river.size() / 2;
  const auto side = [](Point p, Point q, Point r) {
    return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  };
  std::size_t bridges = 0;
  for (const StreetEdge& edge : city.street_edges) {
    const Point a = city.street_nodes[edge.from];
    const Point b = city.street_nodes[edge.to];
    for (std::size_t k = 0; k + 1 < half; ++k) {
      // Its centre line: midway between the two banks.
      const auto middle = [&](std::size_t i) {
        const Point right = river[i];
        const Point left = river[river.size() - 1 - i];
        return Point{(right.x + left.x) / 2.0, (right.y + left.y) / 2.0};
      };
      const Point c = middle(k);
      const Point d = middle(k + 1);
      if (side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0) {
        ++bridges;
        break;
      }
    }
  }
  CHECK(bridges >= 6);
  CHECK(bridges <= 25);
}
