#include "render/detail.h"

#include <cmath>
#include <stdexcept>

#include "jittered_mesh.h"
#include "support/catch.h"

using namespace quartier;

TEST_CASE("coarser levels", "[render][detail]") {
  const Mesh full = test::jittered_mesh({.side = 12, .segments = 16});
  const Mesh coarse = render::coarsened(full, 100.0);

  CHECK(coarse.grid_m == 100.0);
  CHECK(coarse.centre == full.centre);
  REQUIRE(coarse.district_count() == full.district_count());
  CHECK(coarse.triangle_count() < full.triangle_count());
  CHECK(coarse.district_start.back() == coarse.triangle_count());

  SECTION("vertices lie on the grid, every district keeps triangles of some area") {
    for (const float x : coarse.xy) CHECK(std::abs(x / 100.0F - std::round(x / 100.0F)) < 1e-3F);
    for (std::size_t d = 0; d < coarse.district_count(); ++d) {
      CHECK(coarse.district_start[d + 1] > coarse.district_start[d]);
    }
  }
  SECTION("a fine grid loses nothing") {
    CHECK(render::coarsened(full, 0.001).triangle_count() == full.triangle_count());
  }
  SECTION("a district smaller than the grid keeps one of its own triangles") {
    const Mesh specks = render::coarsened(full, 1e7);
    CHECK(specks.triangle_count() == full.district_count());
    CHECK(specks.xy[0] != 0.0F);
  }
  SECTION("districts without shape stay without") {
    Mesh gaps = full;
    gaps.district_start.insert(gaps.district_start.begin() + 3, gaps.district_start[3]);
    const Mesh level = render::coarsened(gaps, 100.0);
    CHECK(level.district_count() == 145);
    CHECK(level.district_start[3] == level.district_start[4]);
    CHECK(level.triangles == coarse.triangles);
  }
  SECTION("vertices need not stand in the order of their districts") {
    Mesh turned = full;
    const auto count = static_cast<std::uint32_t>(full.vertex_count());
    for (std::uint32_t v = 0; v < count; ++v) {
      const std::size_t old = 2 * std::size_t{(v * 7U) % count};
      turned.xy[old] = full.xy[2 * v];
      turned.xy[old + 1] = full.xy[2 * v + 1];
    }
    REQUIRE(count % 7 != 0);
    for (std::uint32_t& corner : turned.triangles) corner = (corner * 7U) % count;
    CHECK(render::coarsened(turned, 100.0).triangles.size() == coarse.triangles.size());
    CHECK(render::coarsened(turned, 100.0).xy == coarse.xy);
  }
  SECTION("a set of levels falls in size, the full one first") {
    const std::vector<Mesh> levels = render::detail_levels(full, 100.0);
    REQUIRE(levels.size() >= 3);
    CHECK(levels.front().grid_m == 0.0);
    for (std::size_t i = 1; i < levels.size(); ++i) {
      CHECK(levels[i].grid_m > levels[i - 1].grid_m);
      CHECK(10 * levels[i].triangle_count() < 7 * levels[i - 1].triangle_count());
    }
    CHECK(render::detail_levels(full, 0.001).size() == 1);
  }
  CHECK_THROWS_AS(render::coarsened(full, 0.0), std::logic_error);
}
