/// A layer of 100,489 districts from file to picture, step by step: load, repair and measure,
/// contiguity, shares, indices, Moran's I and local Moran, nearest of 1,000 random points, one PNG.
///
///   bench_layer LAYER.gpkg     a layer with the fields `pop` and `a`; one group of
///                              round(pop x 0.3 x a) persons
#include <fmt/core.h>
#include <sys/resource.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "calibration.h"
#include "carto/choropleth.h"
#include "geo/contiguity.h"
#include "geo/crs.h"
#include "geo/prepare.h"
#include "geo/triangulate.h"
#include "io/paths.h"
#include "io/vector_reader.h"
#include "metrics/clustering.h"
#include "metrics/composition.h"
#include "metrics/evenness.h"
#include "network/straight_line.h"
#include "render/detail.h"
#include "render/map_renderer.h"
#include "report/map_page.h"

namespace {

using namespace quartier;

/// Prints what each step took, in seconds and in runs of the calibration loop.
class Steps {
 public:
  void done(const std::string& name) {
    const double seconds = bench::seconds_since(start_);
    total_ += seconds;
    fmt::print("{:<34} {:>8.3f} s  ratio {:>8.2f}\n", name, seconds,
               seconds / bench::calibration_seconds());
    start_ = std::chrono::steady_clock::now();
  }
  void finish() const {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("{:<34} {:>8.3f} s  ratio {:>8.2f}\npeak memory {:.0f} MB\n", "in all", total_,
               total_ / bench::calibration_seconds(),
               static_cast<double>(usage.ru_maxrss) / 1024.0);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double total_ = 0.0;
};

std::vector<Point> random_points(const Box& box, std::size_t count) {
  std::vector<Point> points;
  RandomStream stream(1);
  for (std::size_t i = 0; i < count; ++i) {
    const double x = box.min_x + stream.uniform() * (box.max_x - box.min_x);
    const double y = box.min_y + stream.uniform() * (box.max_y - box.min_y);
    points.push_back({x, y});
  }
  return points;
}

std::string picture(const geo::PreparedShapes& layer, const Mesh& mesh,
                    const std::vector<double>& shares) {
  const carto::Breaks breaks = carto::natural_breaks(shares, 7);
  const carto::Choropleth map = carto::choropleth(shares, {}, breaks, {.title = "Share"});
  report::MapPage page;
  page.text.title = "Share of residents";
  page.legend = map.legend;
  page.size = {1920, 1080, 1.0};
  const report::PixelBox frame = report::map_frame(page.text, page.size);
  const render::Camera camera =
      render::Camera::fitting(bounds_of(layer.shapes.vertices), frame.width, frame.height, 10.0);
  page.metres_per_pixel = camera.metres_per_pixel;
  const render::Context context = render::Context::off_screen();
  render::MapRenderer renderer(context);
  const Mesh coarse = render::coarsened(mesh, camera.metres_per_pixel / 2.0);
  renderer.set_districts(std::span(&coarse, 1));
  renderer.set_colours(map.colours, map.hatched);
  renderer.set_camera(camera, render::Quality::still);
  return report::map_page_png(page, renderer.picture().rgba);
}

int run(const char* file) {
  fmt::print("calibration loop {:.1f} ms\n", 1e3 * bench::calibration_seconds());
  Steps steps;
  io::VectorRequest request;
  request.id_field = "id";
  request.number_fields = {"pop", "a"};
  auto loaded = io::read_polygons(io::checked_input_file(file), request);
  io::FeatureTable table = std::move(loaded.value.table);
  steps.done("load");
  const geo::Origin origin{file, "", table.ids};
  geo::RawShapes raw{std::move(loaded.value.shapes), table.crs};
  const Crs crs = geo::study_crs_for(raw, origin).value;
  const geo::PreparedShapes layer = geo::prepared(std::move(raw), crs, origin).value;
  steps.done("repair and measure");
  const Contiguity contiguity = geo::contiguity_of(layer.shapes);
  steps.done("contiguity");

  const std::vector<double>& everyone = table.numbers[0];
  std::vector<double> group(everyone.size());
  std::vector<double> rest(everyone.size());
  for (std::size_t i = 0; i < group.size(); ++i) {
    group[i] = std::round(everyone[i] * 0.3 * table.numbers[1][i]);
    rest[i] = everyone[i] - group[i];
  }
  const std::vector<double> shares = metrics::shares(group, everyone);
  const double d = metrics::dissimilarity_index(group, rest);
  const double g = metrics::gini_index(group, rest);
  const double h = metrics::theil_entropy_index(group, rest);
  steps.done("shares, D, Gini, H");
  const SpatialWeights weights = contiguity_weights(contiguity, ContiguityRule::queen, true);
  const metrics::AssociationTest moran =
      metrics::moran_test(shares, weights, {.permutations = 999, .seed = 1});
  steps.done("Moran's I, 999 permutations");
  const metrics::LocalAssociation local =
      metrics::local_moran(shares, weights, {.permutations = 999, .seed = 1});
  steps.done("local Moran, 999 permutations");
  const std::vector<Point> sites = random_points(bounds_of(layer.shapes.vertices), 1000);
  const Impedance impedance =
      network::straight_line_impedance(layer.measures.centroids, sites, {}, Metres{1000.0}, 1.0);
  steps.done("nearest of 1,000 points");
  const Mesh mesh = geo::triangulated(layer.shapes);
  steps.done("triangulation");
  const std::string png = picture(layer, mesh, shares);
  steps.done("one PNG, 1920 x 1080");
  steps.finish();
  fmt::print(
      "{} districts, {} vertices; D {:.6f}, G {:.6f}, H {:.6f}, I {:.6f}, nearest {:.1f} m, "
      "p of the first {:.3f}, {} bytes\n",
      table.size(), layer.shapes.vertices.size(), d, g, h, moran.value,
      impedance.costs.shown(impedance.nearest.cost.front()), local.p_values.front(), png.size());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "bench_layer LAYER.gpkg\n");
    return 2;
  }
  try {
    return run(argv[1]);
  } catch (const Error& error) {
    fmt::print(stderr, "bench_layer: {}\n", error.what());
    return 1;
  }
}
