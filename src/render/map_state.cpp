#include "render/map_state.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "render/symbols.h"

namespace quartier::render {

NumberImage MapRenderer::State::number_image() const {
  return {numbers_here, numbers.width(), numbers.height(), samples,
          static_cast<std::uint32_t>(district_count)};
}

Ink MapRenderer::State::line_ink(const Line& line, double fade) const {
  return ink_of(seen(line.colour),
                sampled_line(line.width_px, samples).opacity * static_cast<float>(fade));
}

double MapRenderer::State::district_fade() const {
  if (style.fade_below_px <= 0.0) return 1.0;
  const double size_px = mean_size_m / camera.metres_per_pixel;
  return std::clamp((size_px / style.fade_below_px - 0.25) / 0.75, 0.0, 1.0);
}

HatchLines MapRenderer::State::hatch_lines() const {
  return {ink_of(seen(style.hatch.colour)), style.hatch.spacing_px,
          static_cast<float>(style.hatch.width_px)};
}

void MapRenderer::State::choose_path() {
  path = wish;
  if (wish == ResolvePath::automatic) {
    const bool card = !context.software() && number_count() <= context.largest_table();
    path = card ? ResolvePath::graphics : ResolvePath::processor;
  }
  if (path == ResolvePath::graphics && !shader) shader.emplace();
}

void MapRenderer::State::geometry_changed() {
  stale = Stale{};
  marks.assign(number_count(), 0);
  for (const DistrictIndex district : selection) marks[district + 1] = 1;
  if (!parents.empty()) parents.resize(number_count(), outside_key);
}

const ChunkedMesh* MapRenderer::State::level() const {
  const double sample_m = camera.metres_per_pixel / samples * (1.0 + 1e-9);
  const ChunkedMesh* best = nullptr;
  for (const ChunkedMesh& candidate : levels) {
    if (best == nullptr) {
      best = &candidate;
      continue;
    }
    const bool fits = candidate.grid_m() <= sample_m;
    const bool best_fits = best->grid_m() <= sample_m;
    const bool coarser = candidate.grid_m() > best->grid_m();
    if (fits != best_fits ? fits : coarser == fits) best = &candidate;
  }
  return best;
}

void MapRenderer::State::draw_numbers() {
  if (!stale.numbers) return;
  numbers.resize(camera.width * samples, camera.height * samples);
  plain_state();
  numbers.bind();
  constexpr std::array<GLuint, 4> outside{0, 0, 0, 0};
  glClearBufferuiv(GL_COLOR, 0, outside.data());
  fill.program.use();
  draw_layers(false);
  if (const ChunkedMesh* mesh = level(); mesh != nullptr) mesh->draw(fill, camera, 1);
  draw_layers(true);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  check_gl("drawing districts");
  stale.numbers = false;
  stale.numbers_here = true;
}

void MapRenderer::State::draw_layers(bool over) {
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (layers[i].over_districts != over) continue;
    layers[i].mesh.draw(fill, camera, static_cast<std::uint32_t>(1 + district_count + i));
  }
}

void MapRenderer::State::fetch_numbers() {
  if (!stale.numbers_here) return;
  numbers_here.resize(static_cast<std::size_t>(numbers.width()) * numbers.height());
  plain_state();
  numbers.bind();
  glReadPixels(0, 0, numbers.width(), numbers.height(), GL_RED_INTEGER, GL_UNSIGNED_INT,
               numbers_here.data());
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  check_gl("reading district numbers");
  stale.numbers_here = false;
  stale.district_lines = true;
  stale.parent_lines = true;
}

void MapRenderer::State::fill_colours() {
  if (!stale.colours) return;
  colours.resize(number_count());
  colours[0] = packed(seen(style.paper), false);
  // A map has few colours: what each looks like to the reader is worked out once.
  std::array<std::pair<carto::Colour, carto::Colour>, 256> known;
  known.fill({carto::Colour{}, seen(carto::Colour{})});
  for (std::size_t i = 0; i < district_count; ++i) {
    const carto::Colour fill_colour = fills[i];
    auto& [original, result] =
        known[(fill_colour.r * 7U + fill_colour.g * 31U + fill_colour.b * 57U) % 256U];
    if (original != fill_colour) {
      original = fill_colour;
      result = seen(fill_colour);
    }
    colours[i + 1] = packed(result, !hatched.empty() && hatched[i] != 0);
  }
  for (std::size_t i = 0; i < layers.size(); ++i) {
    colours[1 + district_count + i] = packed(seen(layers[i].colour), false);
  }
  stale.colours = false;
  if (shader) shader->colours.upload(colours, GL_RGBA8UI);
}

void MapRenderer::State::draw_picture() {
  expects(camera.width > 0 && camera.height > 0, "MapRenderer: a camera before the picture");
  draw_numbers();
  fill_colours();
  if (!stale.picture) return;
  if (path == ResolvePath::processor) {
    resolve_here();
  } else {
    resolve_there();
  }
  stale.picture = false;
}

void MapRenderer::State::resolve_here() {
  fetch_numbers();
  image.width = camera.width;
  image.height = camera.height;
  image.rgba.resize(4 * pixel_count());
  const NumberImage source = number_image();
  const PixelBox all{0, 0, camera.width, camera.height};
  std::vector<CoveredLine> lines;
  if (district_width() > 0) {
    if (stale.district_lines) {
      district_cover.resize(pixel_count());
      cover_with_lines(source, {}, district_width(), all, district_cover.data(), image.width);
      stale.district_lines = false;
    }
    lines.push_back({district_cover, line_ink(style.district, district_fade())});
  }
  if (parent_width() > 0) {
    const Line casing = casing_of(style.parent);
    if (stale.parent_lines) {
      parent_cover.resize(pixel_count());
      parent_casing_cover.resize(pixel_count());
      cover_with_lines(source, parents, line_width(casing), all, parent_casing_cover.data(),
                       image.width);
      cover_with_lines(source, parents, parent_width(), all, parent_cover.data(), image.width);
      stale.parent_lines = false;
    }
    if (line_width(casing) > 0) lines.push_back({parent_casing_cover, line_ink(casing)});
    lines.push_back({parent_cover, line_ink(style.parent)});
  }
  resolve(source, colours, hatch_lines(), lines, image);
  if (!selection.empty()) lay_round(selection, marks, style.selection);
  if (hover != no_index) {
    std::vector<std::uint32_t> hovered(number_count(), 0);
    hovered[hover + 1] = 1;
    lay_round(std::span(&hover, 1), hovered, style.hover);
  }
  draw_symbols(placed(symbols, camera, style.vision), image);
  stale.image_here = false;
  stale.texture = true;
}

void MapRenderer::State::lay_round(std::span<const DistrictIndex> districts,
                                   std::span<const std::uint32_t> keys, const Line& line) {
  for (const Line& layer : {casing_of(line), line}) {
    const PixelBox box = screen_box(districts, layer.width_px);
    if (box.empty() || line_width(layer) == 0) continue;
    std::vector<std::uint8_t> cover(static_cast<std::size_t>(box.width()) * box.height());
    cover_with_lines(number_image(), keys, line_width(layer), box, cover.data(),
                     static_cast<std::size_t>(box.width()));
    lay_line(box, cover, samples, line_ink(layer), image);
  }
}

PixelBox MapRenderer::State::screen_box(std::span<const DistrictIndex> districts,
                                        double width_px) const {
  Box box;
  for (const DistrictIndex district : districts) {
    if (boxes[district].empty()) continue;
    box.extend({boxes[district].min_x, boxes[district].min_y});
    box.extend({boxes[district].max_x, boxes[district].max_y});
  }
  if (box.empty()) return {};
  // A coarser level may reach one cell of its grid beyond the district.
  const double reach =
      width_px + 2.0 + (level() != nullptr ? level()->grid_m() : 0.0) / camera.metres_per_pixel;
  const ScreenPoint first = camera.screen_of({box.min_x + centre.x, box.max_y + centre.y});
  const ScreenPoint last = camera.screen_of({box.max_x + centre.x, box.min_y + centre.y});
  const auto pixel = [](double at, int size) {
    return static_cast<int>(std::clamp(at, 0.0, static_cast<double>(size)));
  };
  return {pixel(first.x - reach, camera.width), pixel(first.y - reach, camera.height),
          pixel(last.x + reach + 1.0, camera.width), pixel(last.y + reach + 1.0, camera.height)};
}

void MapRenderer::State::resolve_there() {
  plain_state();
  if (stale.tables) {
    shader->parents.upload(parents.empty() ? std::vector<std::uint32_t>(1) : parents, GL_R32UI);
    shader->marks.upload(marks, GL_R32UI);
    stale.tables = false;
  }
  screen.resize(camera.width, camera.height);
  ShaderResolveInput input;
  input.samples = samples;
  input.last_district = static_cast<std::uint32_t>(district_count);
  input.hover = hover == no_index ? 0 : hover + 1;
  input.hatch = hatch_lines();
  input.district = {district_width(), line_ink(style.district, district_fade())};
  const auto with_casing = [this](const Line& line) {
    const Line casing = casing_of(line);
    return std::pair{ShaderLine{line_width(casing), line_ink(casing)},
                     ShaderLine{line_width(line), line_ink(line)}};
  };
  if (parent_width() > 0) std::tie(input.parent_casing, input.parent) = with_casing(style.parent);
  if (!selection.empty()) {
    std::tie(input.selection_casing, input.selection) = with_casing(style.selection);
    input.selection_box = screen_box(
        selection, std::max(casing_of(style.selection).width_px, style.selection.width_px));
  }
  if (hover != no_index) {
    std::tie(input.hover_casing, input.hovered) = with_casing(style.hover);
    input.hover_box = screen_box(std::span(&hover, 1),
                                 std::max(casing_of(style.hover).width_px, style.hover.width_px));
  }
  shader->draw(numbers, input, screen);
  shader->draw_symbols(placed(symbols, camera, style.vision), screen);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  check_gl("colouring the picture");
  stale.image_here = true;
  stale.texture = false;
}

void MapRenderer::State::fetch_image() {
  if (!stale.image_here) return;
  image.width = camera.width;
  image.height = camera.height;
  image.rgba.resize(4 * pixel_count());
  plain_state();
  screen.bind();
  glReadPixels(0, 0, image.width, image.height, GL_RGBA, GL_UNSIGNED_BYTE, image.rgba.data());
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  check_gl("reading the picture");
  stale.image_here = false;
}

void MapRenderer::State::upload_image() {
  if (!stale.texture) return;
  screen.resize(camera.width, camera.height);
  plain_state();
  glBindTexture(GL_TEXTURE_2D, screen.texture());
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, image.width, image.height, GL_RGBA, GL_UNSIGNED_BYTE,
                  image.rgba.data());
  glBindTexture(GL_TEXTURE_2D, 0);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  check_gl("uploading the picture");
  stale.texture = false;
}

}  // namespace quartier::render
