/// Recolouring and drawing a map of 100,489 districts with 48 vertices each at 1920 x 1080, without
/// a window. Every row reports, beside its time, `ratio`: how many times the calibration loop of
/// this machine it takes (one core: 16 million dependent additions of mixed bits), so that figures
/// of different machines can be compared.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdio>

#include "calibration.h"
#include "carto/choropleth.h"
#include "render/detail.h"
#include "render/jittered_mesh.h"
#include "render/map_renderer.h"

namespace {

using namespace quartier;
using bench::calibration_seconds;
using bench::seconds_since;

void report(benchmark::State& state, double seconds) {
  const double each = seconds / static_cast<double>(state.iterations());
  state.counters["ratio"] = each / calibration_seconds();
}

struct City {
  test::JitteredCity shape{.side = 317, .segments = 12};
  Mesh full = test::jittered_mesh(shape);
  std::vector<double> values = test::smooth_values(shape);
  render::Context context = render::Context::off_screen();
  Box box{shape.origin.x, shape.origin.y, shape.origin.x + shape.side* shape.cell_m,
          shape.origin.y + shape.side* shape.cell_m};
  render::Camera whole = render::Camera::fitting(box, 1920, 1080, 10.0);
};

City& city() {
  static City made;
  return made;
}

render::MapRenderer renderer_of(std::span<const Mesh> levels) {
  render::MapRenderer renderer(city().context);
  renderer.set_districts(levels);
  renderer.set_camera(city().whole);
  return renderer;
}

/// Breaks, classes, colours and picture of another column, the view as it is.
void recolour(benchmark::State& state) {
  City& c = city();
  const Mesh level = render::coarsened(c.full, c.whole.metres_per_pixel / 2.0);
  render::MapRenderer renderer = renderer_of(std::span(&level, 1));
  renderer.set_camera(c.whole, static_cast<render::Quality>(state.range(0)));
  renderer.picture();
  std::vector<double> values = c.values;
  const auto start = std::chrono::steady_clock::now();
  for ([[maybe_unused]] auto _ : state) {
    values.front() += 1e-9;
    const auto map = carto::choropleth(values, {}, carto::quantile_breaks(values, 7), {});
    renderer.set_colours(map.colours);
    benchmark::DoNotOptimize(renderer.picture().rgba.data());
  }
  report(state, seconds_since(start));
}
BENCHMARK(recolour)
    ->Arg(1)
    ->Arg(2)
    ->ArgName("samples")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

/// Another district under the cursor.
void hover(benchmark::State& state) {
  City& c = city();
  const Mesh level = render::coarsened(c.full, c.whole.metres_per_pixel / 2.0);
  render::MapRenderer renderer = renderer_of(std::span(&level, 1));
  renderer.picture();
  DistrictIndex district = 0;
  const auto start = std::chrono::steady_clock::now();
  for ([[maybe_unused]] auto _ : state) {
    renderer.set_hover(district = (district + 7919U) % 100489U);
    benchmark::DoNotOptimize(renderer.picture().rgba.data());
  }
  report(state, seconds_since(start));
}
BENCHMARK(hover)->Unit(benchmark::kMillisecond)->UseRealTime();

/// From triangles in memory to the first picture: level of detail of one pixel, upload, both
/// passes.
void first_picture(benchmark::State& state) {
  City& c = city();
  const auto start = std::chrono::steady_clock::now();
  for ([[maybe_unused]] auto _ : state) {
    const Mesh level = render::coarsened(c.full, c.whole.metres_per_pixel);
    render::MapRenderer renderer = renderer_of(std::span(&level, 1));
    benchmark::DoNotOptimize(renderer.picture().rgba.data());
  }
  report(state, seconds_since(start));
}
BENCHMARK(first_picture)->Unit(benchmark::kMillisecond)->UseRealTime();

/// A frame of another view; 1 is the whole extent, 10 the middle tenth.
void frame(benchmark::State& state) {
  City& c = city();
  const std::vector<Mesh> levels = render::detail_levels(c.full, c.whole.metres_per_pixel);
  render::MapRenderer renderer = renderer_of(levels);
  render::Camera camera = c.whole.zoomed_at({960.0, 540.0}, static_cast<double>(state.range(0)));
  const auto start = std::chrono::steady_clock::now();
  for ([[maybe_unused]] auto _ : state) {
    camera = camera.panned(1.0, 0.0);
    renderer.set_camera(camera, static_cast<render::Quality>(state.range(1)));
    benchmark::DoNotOptimize(renderer.picture().rgba.data());
  }
  report(state, seconds_since(start));
}
BENCHMARK(frame)
    ->ArgsProduct({{1, 10}, {1, 2}})
    ->ArgNames({"zoom", "samples"})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

/// Natural breaks of 100,489 values in 7 classes.
void natural_breaks(benchmark::State& state) {
  const auto start = std::chrono::steady_clock::now();
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(carto::natural_breaks(city().values, 7).edges.data());
  }
  report(state, seconds_since(start));
}
BENCHMARK(natural_breaks)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  std::printf("calibration loop: %.2f ms\ndriver: %s\n", 1e3 * calibration_seconds(),
              city().context.description().c_str());
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
