#include "geo/triangulate.h"

#include <rapidcheck.h>

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "geo/build_shapes.h"
#include "geo/measure.h"
#include "geo/repair.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::geo;
using namespace quartier::test;

namespace {

struct Cut {
  std::size_t triangles = 0;
  double area = 0.0;
  double least = 0.0;  ///< the smallest signed area of a triangle
};

Cut cut(const Polygons& shapes, std::size_t part = 0) {
  Triangulator triangulator;
  std::vector<std::uint32_t> triangles;
  const std::uint32_t first = shapes.part_start[part];
  triangulator.add(
      shapes.vertices,
      std::span(shapes.ring_start).subspan(first, shapes.part_start[part + 1] - first + 1),
      triangles);
  Cut result{triangles.size() / 3, 0.0, 0.0};
  for (std::size_t t = 0; t < triangles.size(); t += 3) {
    const std::vector<Point> corners{shapes.vertices[triangles[t]],
                                     shapes.vertices[triangles[t + 1]],
                                     shapes.vertices[triangles[t + 2]]};
    const double area = signed_area(corners);
    result.area += area;
    result.least = std::min(result.least, area);
  }
  return result;
}

double area_of(const Polygons& shapes) { return measured(shapes).area_m2.at(0); }

/// A star with smaller stars as holes, one in each cell of a grid inside it.
Polygons holed_star(std::uint64_t seed, std::size_t size, std::size_t grid, std::size_t hole_size) {
  RandomStream random(seed, size, grid);
  Part part{star(random, {0, 0}, 1000, size, 0.75, 1.0)};
  const double cell = 1000.0 / static_cast<double>(std::max<std::size_t>(grid, 1));
  for (std::size_t i = 0; i < grid; ++i) {
    for (std::size_t j = 0; j < grid; ++j) {
      const Point centre{-500 + cell * (static_cast<double>(i) + 0.5),
                         -500 + cell * (static_cast<double>(j) + 0.5)};
      part.push_back(reversed(star(random, centre, 0.48 * cell, hole_size, 0.2)));
    }
  }
  return polygons({{part}});
}

}  // namespace

TEST_CASE("plain shapes are cut into n - 2 triangles", "[geo][triangulate]") {
  CHECK(cut(polygons({{{rectangle(0, 0, 2, 3)}}})).triangles == 2);
  CHECK(cut(polygons({{{rectangle(0, 0, 2, 3)}}})).area == 6.0);
  CHECK(cut(polygons({{{reversed(rectangle(0, 0, 2, 3))}}})).area == 6.0);  // any direction
  CHECK(cut(polygons({{{{{0, 0}, {4, 0}, {4, 4}, {2, 1}, {0, 4}}}}})).triangles == 3);
  CHECK(cut(polygons({{{{{0, 0}, {1, 0}, {0, 1}}}}})).area == 0.5);
}

TEST_CASE("holes are left out: n + 2h - 2 triangles", "[geo][triangulate]") {
  const Polygons one = polygons({{{rectangle(0, 0, 9, 9), reversed(rectangle(3, 3, 6, 6))}}});
  CHECK(cut(one).area == 72.0);
  CHECK(cut(one).triangles == 8);
  const Polygons many = holed_star(1, 64, 6, 9);
  CHECK(cut(many).triangles == 64 + 36 * 9 + 2 * 36 - 2);
  CHECK_THAT(cut(many).area, WithinRel(area_of(many), 1e-12));
}

TEST_CASE("holes that touch keep the area", "[geo][triangulate]") {
  SECTION("the outer ring, with a corner on an edge") {
    const Polygons p = polygons({{{rectangle(0, 0, 4, 4), {{4, 2}, {3, 1}, {3, 3}}}}});
    CHECK(cut(p).area == 15.0);
  }
  SECTION("the outer ring, in a common corner") {
    const Polygons p = polygons({{{rectangle(0, 0, 4, 4), {{4, 4}, {3, 1}, {2, 3}}}}});
    CHECK_THAT(cut(p).area, WithinAbs(area_of(p), 1e-12));
  }
  SECTION("the left side of the outer ring") {
    const Polygons p = polygons({{{rectangle(0, 0, 4, 4), {{0, 2}, {1, 3}, {1, 1}}}}});
    CHECK(cut(p).area == 15.0);
  }
  SECTION("each other, in corners") {
    const Polygons p = polygons(
        {{{rectangle(0, 0, 9, 9), reversed(rectangle(1, 1, 3, 3)), reversed(rectangle(3, 3, 5, 5)),
           reversed(rectangle(5, 1, 7, 3)), reversed(rectangle(5, 5, 7, 7))}}});
    CHECK(cut(p).area == 81.0 - 16.0);
    CHECK(cut(p).least >= 0.0);
  }
  SECTION("in rows of one height, where bridges run along each other") {
    Part part{rectangle(0, 0, 100, 10)};
    for (int i = 0; i < 12; ++i) part.push_back(reversed(rectangle(4 + 8 * i, 4, 8 + 8 * i, 6)));
    const Polygons p = polygons({{part}});
    CHECK_THAT(cut(p).area, WithinAbs(1000.0 - 12 * 8.0, 1e-9));
  }
}

TEST_CASE("collinear vertices, repeats and spikes", "[geo][triangulate]") {
  const Polygons collinear =
      polygons({{{{{0, 0}, {1, 0}, {2, 0}, {2, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}}}}});
  CHECK(cut(collinear).area == 4.0);
  const Polygons repeats =
      polygons({{{{{0, 0}, {0, 0}, {2, 0}, {2, 0}, {2, 2}, {0, 2}, {0, 2}, {0, 0}}}}});
  CHECK(cut(repeats).area == 4.0);
  const Polygons spike = polygons({{{{{0, 0}, {2, 0}, {2, 2}, {2, 5}, {2, 2}, {0, 2}}}}});
  CHECK(cut(spike).area == 4.0);
  const Polygons touching = polygons({{{{{0, 0}, {2, 2}, {4, 0}, {4, 4}, {2, 2}, {0, 4}}}}});
  CHECK(cut(touching).area == 8.0);
  const Polygons keyhole = polygons(
      {{{{{0, 0}, {9, 0}, {9, 9}, {6, 6}, {6, 3}, {3, 3}, {3, 6}, {6, 6}, {9, 9}, {0, 9}}}}});
  CHECK(cut(keyhole).area == 72.0);
}

TEST_CASE("what is no polygon ends without triangles or with few", "[geo][triangulate]") {
  CHECK(cut(polygons({{{{}}}})).triangles == 0);
  CHECK(cut(polygons({{{{{1, 1}}}}})).triangles == 0);
  CHECK(cut(polygons({{{{{0, 0}, {1, 1}}}}})).triangles == 0);
  CHECK(cut(polygons({{{{{0, 0}, {1, 1}, {2, 2}}}}})).area == 0.0);
  CHECK(cut(polygons({{{{{1, 1}, {1, 1}, {1, 1}, {1, 1}}}}})).triangles == 0);
  CHECK(cut(polygons({{{{{0, 0}, {1, 1}, {1, 0}, {0, 1}}}}})).triangles <= 2);
  const Polygons outside = polygons({{{rectangle(0, 0, 1, 1), reversed(rectangle(5, 5, 6, 6))}}});
  CHECK(cut(outside).area == 1.0);
}

TEST_CASE("triangles add up to the polygon, whatever star it is", "[geo][triangulate]") {
  const bool held = rc::check("area of triangles = area of polygon", [] {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto size = *rc::gen::inRange<std::size_t>(3, 400);
    const auto grid = *rc::gen::inRange<std::size_t>(0, 7);
    const auto hole_size = *rc::gen::inRange<std::size_t>(3, 24);
    const Polygons shapes = holed_star(seed, std::max<std::size_t>(size, 24), grid, hole_size);
    const Cut result = cut(shapes);
    const double area = area_of(shapes);
    RC_ASSERT(std::abs(result.area - area) <= 1e-9 * area);
    RC_ASSERT(result.least >= 0.0);
    RC_ASSERT(result.triangles <= shapes.vertices.size() + 2 * (shapes.ring_count() - 1) - 2);
  });
  CHECK(held);
}

namespace {

/// A ring of small whole numbers crosses and touches itself; repair makes shapes of it in which
/// much is collinear and touches. True where the triangles of their parts add up to their area.
bool cut_whole(std::uint64_t seed, std::size_t size) {
  RandomStream random(seed);
  Ring ring;
  for (std::size_t i = 0; i < size; ++i) {
    const auto x = static_cast<double>(random.below(12));
    ring.push_back({x, static_cast<double>(random.below(12))});
  }
  const auto valid = repaired(polygons({{{closed(ring)}}}), {"random", ""});
  const Polygons& shapes = valid.value.shapes;
  double area = 0.0;
  for (std::size_t p = 0; p < shapes.part_count(); ++p) {
    const Cut result = cut(shapes, p);
    if (result.least < -1e-9) return false;
    area += result.area;
  }
  const double expected = shapes.has_shape(0) ? area_of(shapes) : 0.0;
  return std::abs(area - expected) <= 1e-9 * std::max(1.0, expected);
}

}  // namespace

TEST_CASE("whole coordinates, where much is collinear and touches", "[geo][triangulate]") {
  const bool held = rc::check("area of triangles = area of repaired polygon", [] {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto size = *rc::gen::inRange<std::size_t>(3, 30);
    RC_ASSERT(cut_whole(seed, size));
  });
  CHECK(held);
  // Holes that touch each other and the outer ring, corners one rounding apart.
  const std::vector<std::pair<std::uint64_t, std::size_t>> hard{
      {1041123126059020U, 19}, {11105600069991910U, 20}, {99250754365838U, 16},
      {8450061466790U, 20},    {31675091488U, 11},       {2100586060838U, 10},
      {46093646971213926U, 6}, {1674130468344642U, 24},  {1962732U, 11}};
  for (const auto& [seed, size] : hard) {
    CAPTURE(seed, size);
    CHECK(cut_whole(seed, size));
  }
}

TEST_CASE("whatever the ring, the work ends", "[geo][triangulate]") {
  const bool held = rc::check("at most n + 2h triangles", [] {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto size = *rc::gen::inRange<std::size_t>(0, 300);
    const auto holes = *rc::gen::inRange<std::size_t>(0, 5);
    RandomStream random(seed);
    Part part;
    for (std::size_t h = 0; h <= holes; ++h) {
      Ring ring;
      for (std::size_t i = 0; i < size / (h + 1); ++i) {
        ring.push_back({random.uniform() * 10, std::floor(random.uniform() * 10)});
      }
      part.push_back(ring);
    }
    const Polygons shapes = polygons({{part}});
    RC_ASSERT(cut(shapes).triangles <= shapes.vertices.size() + 2 * holes);
  });
  CHECK(held);
}

TEST_CASE("large rings: a comb, a spiral and a star", "[geo][triangulate]") {
  SECTION("comb of 20,000 teeth") {
    Ring ring;
    for (int i = 0; i < 20'000; ++i) {
      ring.push_back({i * 2.0, 0});
      ring.push_back({i * 2.0 + 1.0, 500});
    }
    ring.push_back({40'000, -10});
    ring.push_back({0, -10});
    const Polygons p = polygons({{{reversed(ring)}}});
    CHECK_THAT(cut(p).area, WithinRel(std::abs(signed_area(ring)), 1e-9));
  }
  SECTION("spiral") {
    Ring outer;
    Ring inner;
    for (int i = 0; i < 5000; ++i) {
      const double angle = i * 0.05;
      outer.push_back({(100 + i) * std::cos(angle), (100 + i) * std::sin(angle)});
      inner.push_back({(50 + i) * std::cos(angle), (50 + i) * std::sin(angle)});
    }
    outer.insert(outer.end(), inner.rbegin(), inner.rend());
    const Polygons p = polygons({{{outer}}});
    CHECK_THAT(cut(p).area, WithinRel(std::abs(signed_area(outer)), 1e-9));
  }
  SECTION("star of 50,000 vertices") {
    RandomStream random(8);
    const Ring ring = star(random, {0, 0}, 10'000, 50'000, 0.5);
    const Cut result = cut(polygons({{{ring}}}));
    CHECK(result.triangles == 49'998);
    CHECK_THAT(result.area, WithinRel(signed_area(ring), 1e-9));
  }
}

TEST_CASE("a mesh holds its districts in order, near its centre", "[geo][triangulate]") {
  Polygons shapes = polygons({{{rectangle(391000, 5819000, 392000, 5820000)}},
                              {},
                              {{rectangle(392000, 5819000, 393000, 5820000)},
                               {rectangle(393000, 5819000, 394000, 5819500)}}});
  const Mesh mesh = triangulated(shapes);
  CHECK(mesh.centre == Point{392500, 5819500});
  CHECK(mesh.grid_m == 0.0);
  CHECK(mesh.district_start == std::vector<std::uint32_t>{0, 2, 2, 6});
  CHECK(mesh.triangle_count() == 6);
  CHECK(mesh.vertex_count() == 12);
  CHECK(mesh.xy[0] == -1500.0F);
  CHECK(mesh.xy[1] == -500.0F);
  for (const std::uint32_t v : mesh.triangles) CHECK(v < 12);

  const Mesh none = triangulated(Polygons{});
  CHECK(none.vertex_count() == 0);
  CHECK(none.district_count() == 0);
}

TEST_CASE("a mesh is the same for any number of threads", "[geo][triangulate]") {
  const Polygons shapes = board(50, 40, 1000, 12, 0.5, {280000, 5230000});
  CHECK(same_for_any_threads([&] { return triangulated(shapes); },
                             [](const Mesh& a, const Mesh& b) {
                               return a.xy == b.xy && a.triangles == b.triangles &&
                                      a.district_start == b.district_start;
                             }));
  const Mesh mesh = triangulated(shapes);
  CHECK(mesh.triangle_count() == shapes.vertices.size() - 2 * shapes.district_count());
}
