#include "geo/simplify.h"

#include <cmath>

#include "geo/build_shapes.h"
#include "geo/triangulate.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::geo;
using namespace quartier::test;

namespace {

double area_of(const Mesh& mesh, std::size_t district) {
  double area = 0.0;
  for (std::uint32_t t = mesh.district_start[district]; t < mesh.district_start[district + 1];
       ++t) {
    const auto x = [&](int k) { return double{mesh.xy[2 * mesh.triangles[3 * t + k]]}; };
    const auto y = [&](int k) { return double{mesh.xy[2 * mesh.triangles[3 * t + k] + 1]}; };
    area += ((x(1) - x(0)) * (y(2) - y(0)) - (y(1) - y(0)) * (x(2) - x(0))) / 2.0;
  }
  return area;
}

}  // namespace

TEST_CASE("a coarser mesh covers the same ground without gaps", "[geo][simplify]") {
  const Polygons shapes = board(8, 8, 1000, 16, 0.5, {280000, 5230000});
  const Mesh fine = triangulated(shapes);
  const Mesh coarse = snapped_mesh(shapes, Metres{125.0});
  CHECK(coarse.centre == fine.centre);
  CHECK(coarse.grid_m == 125.0);
  CHECK(coarse.district_count() == 64);
  CHECK(coarse.triangle_count() < fine.triangle_count() / 2);
  double area = 0.0;
  for (std::size_t i = 0; i < 64; ++i) area += area_of(coarse, i);
  CHECK_THAT(area, WithinAbs(64e6, 1.0));  // the board's corners are on the grid
  for (const float x : coarse.xy) {
    CHECK(std::fmod(std::abs(x), 125.0F) == 0.0F);
  }
  for (const std::uint32_t v : coarse.triangles) CHECK(v < coarse.vertex_count());
}

TEST_CASE("what is smaller than the grid disappears", "[geo][simplify]") {
  const Polygons shapes =
      polygons({{{rectangle(0, 0, 1000, 1000), reversed(rectangle(501, 501, 505, 505))}},
                {{rectangle(201, 201, 203, 203)}},
                {},
                {{{{0, 0}, {1000, 3}, {1000, 6}}}}});
  const Mesh mesh = snapped_mesh(shapes, Metres{100.0});
  CHECK(mesh.district_start == std::vector<std::uint32_t>{0, 2, 2, 2, 2});
  CHECK_THAT(area_of(mesh, 0), WithinAbs(1e6, 1e-3));
  CHECK(snapped_mesh(Polygons{}, Metres{1.0}).triangle_count() == 0);
  CHECK_THROWS_AS(snapped_mesh(shapes, Metres{0.0}), std::logic_error);
}

TEST_CASE("coarse meshes are the same for any number of threads", "[geo][simplify]") {
  const Polygons shapes = board(50, 40, 1000, 12, 0.5, {280000, 5230000});
  CHECK(same_for_any_threads([&] { return snapped_mesh(shapes, Metres{300.0}); },
                             [](const Mesh& a, const Mesh& b) {
                               return a.xy == b.xy && a.triangles == b.triangles &&
                                      a.district_start == b.district_start;
                             }));
}
