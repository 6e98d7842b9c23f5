#include "geo/repair.h"

#include "geo/build_shapes.h"
#include "geo/measure.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::geo;
using namespace quartier::test;

namespace {

const Origin origin{"city.geojson", "", {}};

Loaded<KeptShapes> repair(const Shape& shape) { return repaired(polygons({shape}), origin); }

double area_of(const Loaded<KeptShapes>& result) {
  return measured(result.value.shapes).area_m2.at(0);
}

}  // namespace

TEST_CASE("a valid shape passes as it is, without the closing vertex", "[geo][repair]") {
  const auto result =
      repair({{closed(rectangle(0, 0, 4, 4)), closed(reversed(rectangle(1, 1, 2, 2)))}});
  CHECK(result.findings.empty());
  CHECK(result.value.rejected.empty());
  CHECK(result.value.shapes.ring_start == std::vector<std::uint32_t>{0, 4, 8});
  CHECK(result.value.shapes.vertices[1] == Point{4, 0});
  CHECK(area_of(result) == 15.0);
}

TEST_CASE("rings are turned the right way round, silently", "[geo][repair]") {
  const auto result =
      repair({{closed(reversed(rectangle(0, 0, 4, 4))), closed(rectangle(1, 1, 2, 2))}});
  CHECK(result.findings.empty());
  CHECK(signed_area(result.value.shapes.ring(0)) == 16.0);
  CHECK(signed_area(result.value.shapes.ring(1)) == -1.0);
}

TEST_CASE("a ring may stand with or without its closing vertex", "[geo][repair]") {
  const auto result = repair({{rectangle(0, 0, 1, 1)}});
  CHECK(result.findings.empty());
  CHECK(area_of(result) == 1.0);
}

TEST_CASE("repeated vertices are dropped with a note", "[geo][repair]") {
  const auto result = repair({{{{0, 0}, {0, 0}, {1, 0}, {1, 1}, {1, 1}, {0, 1}, {0, 0}, {0, 0}}}});
  CHECK(find_kind(result.findings, "repeated_vertex", Severity::note) != nullptr);
  CHECK(result.findings.size() == 1);
  CHECK(result.value.shapes.vertices.size() == 4);
}

TEST_CASE("rings without area are refused", "[geo][repair]") {
  const std::vector<std::string> ids{"D0", "D1", "D2", "D3", "D4"};
  const auto result = repaired(polygons({{{{{0, 0}, {1, 0}, {0, 0}}}},
                                         {{{{0, 0}, {0, 0}, {0, 0}, {0, 0}}}},
                                         {{{{0, 0}, {1, 1}, {3, 3}, {2, 2}, {0, 0}}}},
                                         {{{}}},
                                         {{closed(rectangle(0, 0, 1, 1))}}}),
                               {"city.geojson", "", ids});
  CHECK(result.value.rejected == std::vector<DistrictIndex>{0, 1, 2, 3});
  const Finding* finding = find_kind(result.findings, "degenerate_ring", Severity::rejected);
  REQUIRE(finding != nullptr);
  CHECK(finding->count == 4);
  CHECK(finding->rows.front() == "id D0");
  CHECK(result.value.shapes.district_count() == 5);
  CHECK(result.value.shapes.has_shape(4));

  SECTION("a part or a hole without area is dropped, the rest stays") {
    const auto rest = repair(
        {{{{0, 0}, {1, 0}, {0, 0}}}, {closed(rectangle(5, 5, 7, 7)), {{6, 6}, {6.5, 6}, {6, 6}}}});
    CHECK(rest.value.rejected.empty());
    CHECK(area_of(rest) == 4.0);
    CHECK(find_kind(rest.findings, "degenerate_ring", Severity::warning) != nullptr);
    CHECK(find_kind(rest.findings, "degenerate_ring", Severity::note) != nullptr);
  }
}

TEST_CASE("a bowtie keeps both wings: area 0.5", "[geo][repair]") {
  const auto result = repair({{{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}}});
  CHECK_THAT(area_of(result), WithinAbs(0.5, 1e-12));
  CHECK(result.value.shapes.part_count() == 2);
  const Finding* finding = find_kind(result.findings, "repaired_shape", Severity::warning);
  REQUIRE(finding != nullptr);
  REQUIRE(finding->rows.size() == 1);
  CHECK_THAT(finding->rows[0], Catch::Matchers::Contains("Self-intersection at (0.5, 0.5)") &&
                                   Catch::Matchers::Contains("area 0 before, 0.5 after"));
}

TEST_CASE("a hole outside its shell becomes a part, parts upon each other are merged",
          "[geo][repair]") {
  const auto outside = repair({{closed(rectangle(0, 0, 1, 1)), closed(rectangle(5, 5, 5.5, 5.5))}});
  CHECK(area_of(outside) == 1.25);
  CHECK(outside.value.shapes.part_count() == 2);
  CHECK(find_kind(outside.findings, "repaired_shape", Severity::warning) != nullptr);

  const auto merged = repair({{closed(rectangle(0, 0, 2, 1))}, {closed(rectangle(1, 0, 3, 1))}});
  CHECK(area_of(merged) == 3.0);
  CHECK(merged.value.shapes.part_count() == 1);
  CHECK(find_kind(merged.findings, "repaired_shape", Severity::warning) != nullptr);

  const auto inside = repair({{closed(rectangle(0, 0, 9, 9))}, {closed(rectangle(1, 1, 2, 2))}});
  CHECK(area_of(inside) == 81.0);
  CHECK(find_kind(inside.findings, "repaired_shape", Severity::warning) != nullptr);
}

TEST_CASE("what touches but is valid stays as it is", "[geo][repair]") {
  SECTION("a hole that touches its shell in one point") {
    const auto result = repair({{closed(rectangle(0, 0, 4, 4)), {{0, 2}, {1, 3}, {1, 1}, {0, 2}}}});
    CHECK(result.findings.empty());
    CHECK(area_of(result) == 15.0);
  }
  SECTION("parts that touch in one point") {
    const auto result = repair({{closed(rectangle(0, 0, 1, 1))}, {closed(rectangle(1, 1, 2, 2))}});
    CHECK(result.findings.empty());
    CHECK(area_of(result) == 2.0);
  }
  SECTION("an island in the lake of another part") {
    const auto result = repair({{closed(rectangle(0, 0, 9, 9)), closed(rectangle(1, 1, 8, 8))},
                                {closed(rectangle(3, 3, 4, 4))}});
    CHECK(result.findings.empty());
    CHECK(area_of(result) == 33.0);
  }
  SECTION("but a ring that touches itself is taken apart") {
    const auto result = repair({{{{0, 0}, {2, 2}, {4, 0}, {4, 4}, {2, 2}, {0, 4}, {0, 0}}}});
    CHECK(find_kind(result.findings, "repaired_shape", Severity::warning) != nullptr);
    CHECK(area_of(result) == 8.0);
  }
  SECTION("and a spike is cut off") {
    const auto result = repair({{{{0, 0}, {4, 0}, {4, 4}, {4, 9}, {4, 4}, {0, 4}, {0, 0}}}});
    CHECK(find_kind(result.findings, "repaired_shape", Severity::warning) != nullptr);
    CHECK(area_of(result) == 16.0);
  }
}

TEST_CASE("triangles, the smallest rings, are judged right", "[geo][repair]") {
  const auto result = repair({{{{0, 0}, {1, 0}, {0, 1}, {0, 0}}}});
  CHECK(result.findings.empty());
  CHECK(area_of(result) == 0.5);
}

TEST_CASE("repair is the same for any number of threads", "[geo][repair]") {
  std::vector<Shape> shapes;
  RandomStream random(11);
  for (int i = 0; i < 3000; ++i) {
    Ring ring = closed(star(random, {i * 10.0, 0}, 5, 3 + random.below(40)));
    if (i % 50 == 0) std::swap(ring[1], ring[2]);
    shapes.push_back({{ring}});
  }
  const Polygons rings = polygons(shapes);
  CHECK(same_for_any_threads([&] { return repaired(rings, origin); },
                             [](const auto& a, const auto& b) {
                               return a.value.shapes.vertices == b.value.shapes.vertices &&
                                      a.value.shapes.ring_start == b.value.shapes.ring_start &&
                                      a.findings.size() == b.findings.size();
                             }));
  const auto result = repaired(rings, origin);
  const Measures after = measured(result.value.shapes);
  for (const double area : after.area_m2) CHECK(area > 0.0);
}

TEST_CASE("an empty layer is repaired to an empty layer", "[geo][repair]") {
  CHECK(repaired(Polygons{}, origin).value.shapes.district_count() == 0);
  const auto none = repaired(polygons({{}, {}}), origin);
  CHECK(none.value.shapes.district_count() == 2);
  CHECK(none.value.rejected.empty());
}
