// Pictures against baselines in tests/data/render. A wanted change: run with the environment
// variable QUARTIER_BASELINES=write, look at the new pictures, and commit them.
#include <array>
#include <cstdlib>
#include <string>

#include "base/number.h"
#include "carto/choropleth.h"
#include "jittered_mesh.h"
#include "pictures.h"
#include "render/map_renderer.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;

namespace {

/// Pixels may differ by a little between drivers, and a few at the edges by more.
constexpr int tolerance = 6;
constexpr double share_allowed = 0.01;

void compare(const render::Image& picture, const std::string& name) {
  const auto file = test::source_dir() / "tests" / "data" / "render" / (name + ".png");
  const char* wish = std::getenv("QUARTIER_BASELINES");
  if (wish != nullptr && std::string(wish) == "write") test::write_png(picture, file);
  const render::Image baseline = test::read_png(file);
  const double share = test::share_differing(picture, baseline, tolerance);
  if (share > share_allowed) {
    const auto seen = test::program_dir() / (name + "_seen.png");
    test::write_png(picture, seen);
    WARN("the picture that differs is " << seen);
  }
  INFO(name);
  CHECK(share <= share_allowed);
}

Mesh band_of_water(const test::JitteredCity& city) {
  Mesh mesh;
  mesh.centre = city.origin;
  constexpr std::uint32_t steps = 40;
  for (std::uint32_t i = 0; i <= steps; ++i) {
    const double t = static_cast<double>(i) / steps;
    const double x = (t * 1.1 - 0.05) * city.side * city.cell_m;
    const double y = (0.45 + 0.1 * std::sin(6.0 * t)) * city.side * city.cell_m;
    for (const double half : {-180.0, 180.0}) {
      mesh.xy.push_back(static_cast<float>(x));
      mesh.xy.push_back(static_cast<float>(y + half));
    }
    if (i == steps) break;
    const std::uint32_t v = 2 * i;
    mesh.triangles.insert(mesh.triangles.end(), {v, v + 2, v + 1, v + 1, v + 2, v + 3});
  }
  mesh.district_start.push_back(static_cast<std::uint32_t>(mesh.triangle_count()));
  return mesh;
}

render::MapRenderer city_map(std::string_view palette) {
  const test::JitteredCity city{.side = 12, .segments = 10};
  const Mesh mesh = test::jittered_mesh(city);
  render::MapRenderer renderer(test::context(), render::ResolvePath::processor);
  renderer.set_districts(std::span(&mesh, 1));
  std::vector<double> values = test::smooth_values(city);
  std::vector<std::uint8_t> hidden(values.size(), 0);
  for (std::size_t i = 9; i < values.size(); i += 23) hidden[i] = 1;
  for (std::size_t i = 4; i < values.size(); i += 31) values[i] = undefined;
  const auto map = carto::choropleth(values, hidden, carto::natural_breaks(values, 6),
                                     {"Share", "%", 100.0, std::string(palette), false});
  renderer.set_colours(map.colours, map.hatched);
  renderer.set_camera(render::Camera::fitting(renderer.extent(), 320, 240, 6.0));
  return renderer;
}

}  // namespace

TEST_CASE("a plain map", "[render][baseline]") { compare(city_map("viridis").picture(), "plain"); }

TEST_CASE("a map with everything on it", "[render][baseline]") {
  const test::JitteredCity city{.side = 12, .segments = 10};
  render::MapRenderer renderer = city_map("blue-purple");
  std::vector<std::uint32_t> boroughs;
  for (std::uint32_t i = 0; i < 144; ++i) boroughs.push_back(i % 12 / 4 + 3 * (i / 48));
  renderer.set_parents(boroughs);
  renderer.set_background(
      std::array{render::BackgroundLayer{band_of_water(city), carto::rgb(0xB9D6E8), true}});
  renderer.set_selection(std::array<DistrictIndex, 2>{100, 101});
  renderer.set_hover(27);
  std::vector<render::Symbol> symbols;
  for (std::uint64_t i = 0; i < 15; ++i) {
    RandomStream random(21, i);
    symbols.push_back(
        {{city.origin.x + 12000.0 * random.uniform(), city.origin.y + 12000.0 * random.uniform()},
         4.0,
         carto::rgb(0xE69F00)});
  }
  renderer.set_symbols(symbols);
  compare(renderer.picture(), "everything");
}

TEST_CASE("a zoomed map", "[render][baseline]") {
  render::MapRenderer renderer = city_map("blue-orange");
  renderer.set_camera(renderer.camera().zoomed_at({120.0, 90.0}, 4.0));
  compare(renderer.picture(), "zoomed");
}

TEST_CASE("a map for readers without green cones", "[render][baseline]") {
  render::MapRenderer renderer = city_map("viridis");
  render::MapStyle style;
  style.vision = carto::ColourVision::deuteranopia;
  renderer.set_style(style);
  compare(renderer.picture(), "deuteranopia");
}
