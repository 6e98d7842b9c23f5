#include "cli/draw_map.h"

#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "render/context.h"
#include "render/detail.h"
#include "render/map_renderer.h"
#include "report/vector_map.h"

namespace quartier::cli {
namespace {

constexpr double margin_px = 16.0;
constexpr carto::Colour water = carto::rgb(0xBFD7E6);
constexpr carto::Colour site_colour = carto::rgb(0xB3261E);

render::Camera camera_for(const study::Edition& edition, const report::PixelBox& frame,
                          double scale) {
  const Box box = bounds_of(edition.districts.shapes.vertices);
  return render::Camera::fitting(box, frame.width, frame.height, margin_px * scale);
}

report::MapView view_of(const render::Camera& camera) {
  return {camera.centre, camera.metres_per_pixel, camera.width, camera.height};
}

}  // namespace

PageFormat page_format_of(const std::string& file) {
  const std::string extension = lower_ascii(std::filesystem::path(file).extension().string());
  if (extension == ".png") return PageFormat::png;
  if (extension == ".svg") return PageFormat::svg;
  if (extension == ".pdf") return PageFormat::pdf;
  throw UsageError("cannot write a map as '" + file + "'",
                   "name a file that ends in .png, .svg or .pdf");
}

/// The off-screen picture, and which edition it holds.
struct MapDrawer::Canvas {
  render::Context context = render::Context::off_screen();
  render::MapRenderer renderer{context};
  std::optional<std::uint32_t> edition;

  void show(const study::Edition& area, std::uint32_t position, const render::Camera& camera) {
    if (edition == position) return;
    const double sample = camera.metres_per_pixel / 4.0;
    std::vector<Mesh> levels;
    levels.push_back(area.mesh);
    const double vertices_per_sample =
        static_cast<double>(area.mesh.xy.size()) / 2.0 /
        (static_cast<double>(camera.width) * static_cast<double>(camera.height));
    if (vertices_per_sample > 0.5) levels.push_back(render::coarsened(area.mesh, sample));
    renderer.set_districts(levels);
    std::vector<render::BackgroundLayer> background;
    if (!area.background.triangles.empty()) {
      background.push_back({area.background, water, true});
    }
    renderer.set_background(background);
    const auto& parents = area.districts.levels;
    if (!parents.empty()) renderer.set_parents(parents.back().of_district);
    edition = position;
  }
};

MapDrawer::MapDrawer(const study::Publication& publication) : publication_(publication) {}
MapDrawer::~MapDrawer() = default;

std::string MapDrawer::page(const study::Column& column, const DrawOptions& options,
                            PageFormat format) {
  const study::Edition& edition = publication_.edition(column.spec.edition);
  const report::ColumnMap map = report::column_map(column, options.colours);
  report::MapPage page;
  page.text = report::column_page_text(publication_, column);
  page.legend = map.choropleth.legend;
  page.size = options.size;
  if (format != PageFormat::png) page.size.scale = 1.0;
  const report::PixelBox frame = report::map_frame(page.text, page.size);
  const render::Camera camera = camera_for(edition, frame, page.size.scale);
  page.metres_per_pixel = camera.metres_per_pixel;
  const report::MapView view = view_of(camera);
  if (options.labels) page.labels = report::district_labels(edition.districts, view);
  for (const study::ServicePoints& service : publication_.services()) {
    if (service.id != options.service) continue;
    report::MapSites sites{service.label, site_colour, {}, false};
    for (const Point place : service.places) sites.at.push_back(view.pixel_of(place));
    page.sites.push_back(std::move(sites));
  }
  if (format != PageFormat::png) {
    const report::VectorMap vectors{
        &edition.districts, map.choropleth.colours, map.choropleth.hatched, view,
        edition.districts.levels.empty() ? 0 : edition.districts.levels.size() - 1};
    return format == PageFormat::svg ? report::map_page_svg(page, vectors)
                                     : report::map_page_pdf(page, vectors);
  }
  if (!canvas_) canvas_ = std::make_unique<Canvas>();
  canvas_->show(edition, column.spec.edition, camera);
  canvas_->renderer.set_colours(map.choropleth.colours, map.choropleth.hatched);
  canvas_->renderer.set_camera(camera, render::Quality::still);
  return report::map_page_png(page, canvas_->renderer.picture().rgba);
}

}  // namespace quartier::cli
