#include "viewer/canvas.h"

#include <algorithm>
#include <vector>

#include "render/detail.h"

namespace quartier::viewer {
namespace {

constexpr double rest_seconds = 0.15;
constexpr carto::Colour water = carto::rgb(0xBFD7E6);
constexpr carto::Colour paper = carto::rgb(0xF1F3F5);

}  // namespace

Canvas::Canvas(const render::Context& context) : renderer_(context) {}

void Canvas::upload_districts(const ViewModel& model) {
  const study::Edition& edition = model.edition();
  const render::Camera whole = render::Camera::fitting(
      model.extent, std::max(1, model.camera.width), std::max(1, model.camera.height));
  const std::vector<Mesh> levels = render::detail_levels(edition.mesh, whole.metres_per_pixel);
  renderer_.set_districts(levels);
  std::vector<render::BackgroundLayer> background;
  if (!edition.background.triangles.empty())
    background.push_back({edition.background, water, true});
  renderer_.set_background(background);
  const auto& parents = edition.districts.levels;
  renderer_.set_parents(parents.empty() ? std::span<const std::uint32_t>{}
                                        : parents.back().of_district);
}

void Canvas::upload_symbols(const ViewModel& model) {
  std::vector<render::Symbol> symbols;
  const auto& services = model.publication->services();
  for (std::size_t s = 0; s < services.size(); ++s) {
    const auto& shown = model.services_shown;
    if (std::find(shown.begin(), shown.end(), services[s].id) == shown.end()) continue;
    for (const Point place : services[s].places) {
      render::Symbol symbol;
      symbol.place = place;
      symbol.radius_px = 5.0;
      symbol.fill = service_colour(s);
      symbol.outline_px = 1.4;
      symbols.push_back(symbol);
    }
  }
  renderer_.set_symbols(symbols);
}

void Canvas::update(const ViewModel& model, double now) {
  if (!model.publication || model.camera.width <= 0 || model.camera.height <= 0) {
    texture_ = 0;
    return;
  }
  const bool new_edition = edition_ != model.edition_version;
  if (new_edition) upload_districts(model);
  if (new_edition || column_ != model.column_version) {
    renderer_.set_colours(model.map.choropleth.colours, model.map.choropleth.hatched);
  }
  if (symbols_ != model.symbol_version) upload_symbols(model);
  edition_ = model.edition_version;
  column_ = model.column_version;
  symbols_ = model.symbol_version;

  render::MapStyle style;
  style.paper = carto::seen(paper, model.vision);
  style.vision = model.vision;
  renderer_.set_style(style);
  renderer_.set_selection(model.selection);
  renderer_.set_hover(model.hover);

  const bool moved = ever_ && !(renderer_.camera() == model.camera);
  const bool new_size = ever_ && (renderer_.camera().width != model.camera.width ||
                                  renderer_.camera().height != model.camera.height);
  if (moved && !new_size) moved_at_ = now;
  const bool resting = !ever_ || new_size || now - moved_at_ >= rest_seconds;
  fine_ = resting && !model.flight;
  renderer_.set_camera(model.camera, fine_ ? render::Quality::still : render::Quality::moving);
  ever_ = true;
  texture_ = renderer_.texture();
}

DistrictIndex Canvas::pick(render::ScreenPoint at) {
  return texture_ == 0 ? no_index : renderer_.pick(at);
}

}  // namespace quartier::viewer
