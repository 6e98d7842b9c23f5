#include "geo/topology.h"

#include "geo/build_shapes.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::geo;
using namespace quartier::test;

TEST_CASE("overlap, gap and island are told", "[geo][topology]") {
  // D0 and D1 overlap by 0.1; D2 lies apart.
  const std::vector<std::string> ids{"D0", "D1", "D2"};
  const auto result = topology_report(polygons({{{rectangle(0, 0, 1, 1)}},
                                                {{rectangle(0.9, 0, 1.9, 1)}},
                                                {{rectangle(2.5, 0, 3.5, 1)}}}),
                                      {"city.geojson", "", ids}, Metres{0.0});
  REQUIRE(result.value.overlaps.size() == 1);
  CHECK(result.value.overlaps[0].low == 0);
  CHECK(result.value.overlaps[0].high == 1);
  CHECK_THAT(result.value.overlaps[0].area_m2, WithinAbs(0.1, 1e-12));
  CHECK(result.value.islands == std::vector<DistrictIndex>{2});
  const Finding* overlap = find_kind(result.findings, "district_overlap", Severity::warning);
  REQUIRE(overlap != nullptr);
  CHECK_THAT(overlap->rows.at(0), Catch::Matchers::Contains("id D0 and id D1: 0.1"));
  const Finding* island = find_kind(result.findings, "island", Severity::warning);
  REQUIRE(island != nullptr);
  CHECK(island->rows == std::vector<std::string>{"id D2"});
}

TEST_CASE("a clean map has nothing to tell", "[geo][topology]") {
  const Polygons shapes = board(6, 5, 1000, 6);
  const auto result = topology_report(shapes, {"a", ""});
  CHECK(result.findings.empty());
  CHECK(result.value.overlaps.empty());
  CHECK(result.value.gaps.empty());
  CHECK(result.value.islands.empty());
  CHECK(result.value.contiguity.neighbour == contiguity_of(shapes).neighbour);
}

TEST_CASE("overlaps without crossing boundaries are found", "[geo][topology]") {
  SECTION("the same district twice") {
    const auto result = topology_report(
        polygons({{{rectangle(0, 0, 3, 3)}}, {{rectangle(0, 0, 3, 3)}}}), {"a", ""});
    REQUIRE(result.value.overlaps.size() == 1);
    CHECK_THAT(result.value.overlaps[0].area_m2, WithinAbs(9.0, 1e-12));
  }
  SECTION("one inside the other") {
    const auto result = topology_report(
        polygons({{{rectangle(0, 0, 9, 9)}}, {{rectangle(3, 3, 4, 4)}}}), {"a", ""}, Metres{0.0});
    REQUIRE(result.value.overlaps.size() == 1);
    CHECK_THAT(result.value.overlaps[0].area_m2, WithinAbs(1.0, 1e-12));
  }
  SECTION("a half in common, sides along each other") {
    const auto result = topology_report(
        polygons({{{rectangle(0, 0, 2, 1)}}, {{rectangle(0, 0, 1, 1)}}}), {"a", ""});
    REQUIRE(result.value.overlaps.size() == 1);
    CHECK_THAT(result.value.overlaps[0].area_m2, WithinAbs(1.0, 1e-12));
  }
}

TEST_CASE("gaps are found, lakes and slivers alike", "[geo][topology]") {
  SECTION("the middle of a board") {
    Polygons all = board(3, 3);
    std::vector<Shape> shapes;
    for (std::size_t i = 0; i < 9; ++i) {
      const auto ring = all.ring(i);
      shapes.push_back(i == 4 ? Shape{} : Shape{{{ring.begin(), ring.end()}}});
    }
    const auto result = topology_report(polygons(shapes), {"a", ""});
    REQUIRE(result.value.gaps.size() == 1);
    CHECK_THAT(result.value.gaps[0].area_m2, WithinAbs(1e6, 1e-6));
    CHECK(find_kind(result.findings, "coverage_gap", Severity::note) != nullptr);
    CHECK(result.value.overlaps.empty());
  }
  SECTION("a sliver between two districts of 100 m: half of 100 x 0.5") {
    const auto result =
        topology_report(polygons({{{rectangle(0, 0, 100, 100)}},
                                  {{{{100, 0}, {200, 0}, {200, 100}, {100, 100}, {100.5, 50}}}}}),
                        {"a", ""});
    REQUIRE(result.value.gaps.size() == 1);
    CHECK_THAT(result.value.gaps[0].area_m2, WithinAbs(25.0, 1e-9));
  }
  SECTION("edges that meet in a T are no gap") {
    const auto result = topology_report(polygons({{{rectangle(0, 0, 10, 30)}},
                                                  {{rectangle(10, 0, 20, 10)}},
                                                  {{rectangle(10, 10, 20, 30)}}}),
                                        {"a", ""});
    CHECK(result.findings.empty());
  }
}

TEST_CASE("layers of none or one district have no topology", "[geo][topology]") {
  CHECK(topology_report(Polygons{}, {"a", ""}).findings.empty());
  CHECK(topology_report(polygons({{}}), {"a", ""}).findings.empty());
  CHECK(topology_report(polygons({{{rectangle(0, 0, 1, 1)}}}), {"a", ""}).findings.empty());
}

TEST_CASE("topology is the same for any number of threads", "[geo][topology]") {
  Polygons shapes = board(30, 30, 1000, 4, 0.2, {280000, 5230000});
  RandomStream random(2);
  for (int i = 0; i < 300; ++i) {
    Point& p = shapes.vertices[random.below(static_cast<std::uint32_t>(shapes.vertices.size()))];
    p.x += 5 * random.uniform();
  }
  CHECK(same_for_any_threads(
      [&] {
        return topology_report(shapes, {"a", ""});
      },
      [](const Loaded<Topology>& a, const Loaded<Topology>& b) {
        bool same = a.value.overlaps.size() == b.value.overlaps.size() &&
                    a.value.gaps.size() == b.value.gaps.size() && !a.value.overlaps.empty();
        for (std::size_t i = 0; same && i < a.value.overlaps.size(); ++i) {
          same = a.value.overlaps[i].area_m2 == b.value.overlaps[i].area_m2;
        }
        return same;
      }));
}
