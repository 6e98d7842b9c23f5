#include "render/map_renderer.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.h"
#include "render/map_state.h"

namespace quartier::render {
namespace {

constexpr int most_hatch_spacing = 64;
constexpr double widest_line_px = 6.0;

double total_area(const Mesh& mesh) {
  double twice = 0.0;
  for (std::size_t t = 0; t + 2 < mesh.triangles.size(); t += 3) {
    const float* a = &mesh.xy[2 * std::size_t{mesh.triangles[t]}];
    const float* b = &mesh.xy[2 * std::size_t{mesh.triangles[t + 1]}];
    const float* c = &mesh.xy[2 * std::size_t{mesh.triangles[t + 2]}];
    twice += std::abs((double{b[0]} - a[0]) * (double{c[1]} - a[1]) -
                      (double{b[1]} - a[1]) * (double{c[0]} - a[0]));
  }
  return twice / 2.0;
}

}  // namespace

MapRenderer::MapRenderer(const Context& context, ResolvePath path)
    : state_(std::make_unique<State>(context, path)) {}
MapRenderer::MapRenderer(MapRenderer&&) noexcept = default;
MapRenderer& MapRenderer::operator=(MapRenderer&&) noexcept = default;
MapRenderer::~MapRenderer() = default;

void MapRenderer::set_districts(std::span<const Mesh> levels) {
  expects(!levels.empty(), "MapRenderer: one level of detail at least");
  State& s = *state_;
  const Mesh* finest = &levels.front();
  for (const Mesh& mesh : levels) {
    expects(mesh.district_count() == levels.front().district_count(),
            "MapRenderer: levels of the same districts");
    if (mesh.grid_m < finest->grid_m) finest = &mesh;
  }
  s.levels.clear();
  for (const Mesh& mesh : levels) s.levels.emplace_back(mesh, district_boxes(mesh));
  s.boxes = district_boxes(*finest);
  s.centre = finest->centre;
  s.extent = {};
  std::size_t shaped = 0;
  for (const Box& box : s.boxes) {
    if (box.empty()) continue;
    ++shaped;
    s.extent.extend({box.min_x + s.centre.x, box.min_y + s.centre.y});
    s.extent.extend({box.max_x + s.centre.x, box.max_y + s.centre.y});
  }
  s.mean_size_m = shaped == 0 ? 0.0 : std::sqrt(total_area(*finest) / static_cast<double>(shaped));
  s.district_count = finest->district_count();
  s.choose_path();
  s.fills.assign(s.district_count, carto::no_data_colour);
  s.hatched.clear();
  s.parents.clear();
  s.selection.clear();
  s.hover = no_index;
  s.geometry_changed();
}

void MapRenderer::set_background(std::span<const BackgroundLayer> layers) {
  State& s = *state_;
  s.layers.clear();
  for (const BackgroundLayer& layer : layers) {
    s.layers.push_back(
        {ChunkedMesh(layer.mesh, district_boxes(layer.mesh)), layer.colour, layer.over_districts});
  }
  s.choose_path();
  s.geometry_changed();
}

void MapRenderer::set_parents(std::span<const std::uint32_t> of_district) {
  State& s = *state_;
  expects(of_district.empty() || of_district.size() == s.district_count,
          "MapRenderer: a parent for every district");
  s.parents.clear();
  if (!of_district.empty()) {
    s.parents.assign(1, outside_key);
    s.parents.insert(s.parents.end(), of_district.begin(), of_district.end());
    s.parents.resize(s.number_count(), outside_key);
  }
  s.stale.parent_lines = true;
  s.stale.tables = true;
  s.stale.picture = true;
}

void MapRenderer::set_colours(std::span<const carto::Colour> colours,
                              std::span<const std::uint8_t> hatched) {
  State& s = *state_;
  expects(
      colours.size() == s.district_count && (hatched.empty() || hatched.size() == colours.size()),
      "MapRenderer: a colour for every district");
  s.fills.assign(colours.begin(), colours.end());
  s.hatched.assign(hatched.begin(), hatched.end());
  s.stale.colours = true;
  s.stale.picture = true;
}

void MapRenderer::set_symbols(std::span<const Symbol> symbols) {
  state_->symbols.assign(symbols.begin(), symbols.end());
  state_->stale.picture = true;
}

void MapRenderer::set_style(const MapStyle& style) {
  State& s = *state_;
  if (style == s.style) return;
  expects(style.hatch.spacing_px >= 2 && style.hatch.spacing_px <= most_hatch_spacing,
          "MapRenderer: hatch lines from 2 to 64 pixels apart");
  for (const Line& line : {style.district, style.parent, style.selection, style.hover}) {
    expects(line.width_px >= 0.0 && line.casing_px >= 0.0 &&
                line.width_px + 2.0 * line.casing_px <= widest_line_px,
            "MapRenderer: lines from 0 to 6 pixels wide");
  }
  s.stale.district_lines |= style.district.width_px != s.style.district.width_px;
  s.stale.parent_lines |= style.parent.width_px != s.style.parent.width_px ||
                          style.parent.casing_px != s.style.parent.casing_px;
  s.stale.colours = true;
  s.stale.picture = true;
  s.style = style;
}

void MapRenderer::set_selection(std::span<const DistrictIndex> districts) {
  State& s = *state_;
  for (const DistrictIndex district : districts) {
    expects(district < s.district_count, "MapRenderer: a selection of its districts");
  }
  s.selection.assign(districts.begin(), districts.end());
  std::fill(s.marks.begin(), s.marks.end(), 0U);
  for (const DistrictIndex district : s.selection) s.marks[district + 1] = 1;
  s.stale.tables = true;
  s.stale.picture = true;
}

void MapRenderer::set_hover(DistrictIndex district) {
  State& s = *state_;
  expects(district == no_index || district < s.district_count, "MapRenderer: one of its districts");
  if (s.hover == district) return;
  s.hover = district;
  s.stale.picture = true;
}

void MapRenderer::set_camera(const Camera& camera, Quality quality) {
  State& s = *state_;
  expects(camera.metres_per_pixel > 0.0 && camera.width > 0 && camera.height > 0,
          "MapRenderer: a camera that sees something");
  const int samples = static_cast<int>(quality);
  const int limit = s.context.largest_texture() / samples;
  if (camera.width > limit || camera.height > limit) {
    throw RenderError("a picture of " + std::to_string(camera.width) + " x " +
                          std::to_string(camera.height) + " pixels is larger than the driver draws",
                      "ask for at most " + std::to_string(limit) + " x " + std::to_string(limit));
  }
  if (camera == s.camera && samples == s.samples) return;
  s.camera = camera;
  s.samples = samples;
  s.stale.numbers = true;
  s.stale.picture = true;
}

const Camera& MapRenderer::camera() const { return state_->camera; }

const Image& MapRenderer::picture() {
  state_->draw_picture();
  state_->fetch_image();
  return state_->image;
}

std::uint32_t MapRenderer::texture() {
  state_->draw_picture();
  state_->upload_image();
  return state_->screen.texture();
}

DistrictIndex MapRenderer::pick(ScreenPoint at) {
  State& s = *state_;
  if (!(at.x >= 0.0 && at.y >= 0.0 && at.x < s.camera.width && at.y < s.camera.height)) {
    return no_index;
  }
  s.draw_numbers();
  const int x = static_cast<int>(at.x * s.samples);
  const int y = static_cast<int>(at.y * s.samples);
  GLuint number = 0;
  if (s.stale.numbers_here) {
    plain_state();
    s.numbers.bind();
    glReadPixels(x, y, 1, 1, GL_RED_INTEGER, GL_UNSIGNED_INT, &number);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    check_gl("picking a district");
  } else {
    number = s.numbers_here[static_cast<std::size_t>(y) * s.numbers.width() + x];
  }
  return number == 0 || number > s.district_count ? no_index : number - 1;
}

Box MapRenderer::extent() const { return state_->extent; }
std::size_t MapRenderer::district_count() const { return state_->district_count; }
ResolvePath MapRenderer::path() const { return state_->path; }

}  // namespace quartier::render
