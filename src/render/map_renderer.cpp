#include "render/map_renderer.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "render/chunked_mesh.h"
#include "render/gl.h"
#include "render/line_cover.h"
#include "render/resolve.h"
#include "render/shader_resolve.h"
#include "render/symbols.h"

namespace quartier::render {
namespace {

/// Key of what is outside all districts, where lines part parents.
constexpr std::uint32_t outside_key = no_index - 1;

constexpr int most_hatch_spacing = 64;
constexpr double widest_line_px = 6.0;

struct Layer {
  ChunkedMesh mesh;
  carto::Colour colour;
  bool over_districts = false;
};

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

/// What is out of date.
struct Stale {
  bool numbers = true;         ///< the image of district numbers
  bool numbers_here = true;    ///< its copy in memory
  bool district_lines = true;  ///< coverage by lines between districts
  bool parent_lines = true;
  bool colours = true;  ///< the table of colours
  bool tables = true;   ///< the shader's tables of parents and marks
  bool picture = true;
  bool image_here = true;  ///< the picture in memory
  bool texture = true;     ///< the picture as a texture
};

}  // namespace

struct MapRenderer::State {
  State(const Context& ctx, ResolvePath wish)
      : context(ctx),
        path(wish != ResolvePath::automatic ? wish
             : ctx.software()               ? ResolvePath::processor
                                            : ResolvePath::graphics) {
    if (path == ResolvePath::graphics) shader.emplace();
  }

  const Context& context;
  ResolvePath path;
  FillProgram fill;
  Target numbers{GL_R32UI};
  Target screen{GL_RGBA8};
  std::optional<ShaderResolve> shader;

  std::vector<ChunkedMesh> levels;
  std::vector<Layer> layers;
  std::vector<Box> boxes;  ///< of each district, metres from `centre`
  Point centre;
  Box extent;
  double mean_size_m = 0.0;  ///< square root of the mean area of a district
  std::size_t district_count = 0;

  std::vector<carto::Colour> fills;    ///< [district count]
  std::vector<std::uint8_t> hatched;   ///< [district count], or empty
  std::vector<std::uint32_t> parents;  ///< [number count] keys, or empty
  std::vector<std::uint32_t> marks;    ///< [number count] 1 where selected
  std::vector<DistrictIndex> selection;
  DistrictIndex hover = no_index;
  std::vector<Symbol> symbols;
  MapStyle style;
  Camera camera;
  int samples = 2;

  std::vector<std::uint32_t> numbers_here;
  std::vector<std::uint32_t> colours;  ///< [number count] packed
  std::vector<std::uint8_t> district_cover;
  std::vector<std::uint8_t> parent_cover;
  Image image;
  Stale stale;

  [[nodiscard]] std::size_t number_count() const { return 1 + district_count + layers.size(); }

  [[nodiscard]] NumberImage number_image() const {
    return {numbers_here, numbers.width(), numbers.height(), samples,
            static_cast<std::uint32_t>(district_count)};
  }

  [[nodiscard]] carto::Colour seen(carto::Colour colour) const {
    return carto::seen(colour, style.vision);
  }

  [[nodiscard]] Ink line_ink(const Line& line, double fade = 1.0) const {
    return ink_of(seen(line.colour),
                  sampled_line(line.width_px, samples).opacity * static_cast<float>(fade));
  }

  [[nodiscard]] double district_fade() const {
    if (style.fade_below_px <= 0.0) return 1.0;
    const double size_px = mean_size_m / camera.metres_per_pixel;
    return std::clamp((size_px / style.fade_below_px - 0.25) / 0.75, 0.0, 1.0);
  }

  [[nodiscard]] int line_width(const Line& line) const {
    return sampled_line(line.width_px, samples).width;
  }
  [[nodiscard]] int district_width() const {
    return district_fade() > 0.0 ? line_width(style.district) : 0;
  }
  [[nodiscard]] int parent_width() const { return parents.empty() ? 0 : line_width(style.parent); }

  [[nodiscard]] HatchLines hatch_lines() const {
    return {ink_of(seen(style.hatch.colour)), style.hatch.spacing_px,
            static_cast<float>(style.hatch.width_px)};
  }

  void geometry_changed() {
    stale = Stale{};
    marks.assign(number_count(), 0);
    for (const DistrictIndex district : selection) marks[district + 1] = 1;
    if (!parents.empty()) parents.resize(number_count(), outside_key);
  }

  /// The level for the view: the coarsest that is not coarser than a sample.
  [[nodiscard]] const ChunkedMesh* level() const {
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

  void draw_numbers() {
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

  void draw_layers(bool over) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
      if (layers[i].over_districts != over) continue;
      layers[i].mesh.draw(fill, camera, static_cast<std::uint32_t>(1 + district_count + i));
    }
  }

  void fetch_numbers() {
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

  void fill_colours() {
    if (!stale.colours) return;
    colours.resize(number_count());
    colours[0] = packed(seen(style.paper), false);
    carto::Colour last = fills.empty() ? carto::Colour{} : fills.front();
    carto::Colour last_seen = seen(last);
    for (std::size_t i = 0; i < district_count; ++i) {
      if (fills[i] != last) {
        last = fills[i];
        last_seen = seen(last);
      }
      colours[i + 1] = packed(last_seen, !hatched.empty() && hatched[i] != 0);
    }
    for (std::size_t i = 0; i < layers.size(); ++i) {
      colours[1 + district_count + i] = packed(seen(layers[i].colour), false);
    }
    stale.colours = false;
    if (shader) shader->colours.upload(colours, GL_RGBA8UI);
  }

  void draw_picture() {
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

  void resolve_here() {
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
      if (stale.parent_lines) {
        parent_cover.resize(pixel_count());
        cover_with_lines(source, parents, parent_width(), all, parent_cover.data(), image.width);
        stale.parent_lines = false;
      }
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

  void lay_round(std::span<const DistrictIndex> districts, std::span<const std::uint32_t> keys,
                 const Line& line) {
    const PixelBox box = screen_box(districts, line.width_px);
    if (box.empty() || line_width(line) == 0) return;
    std::vector<std::uint8_t> cover(static_cast<std::size_t>(box.width()) * box.height());
    cover_with_lines(number_image(), keys, line_width(line), box, cover.data(),
                     static_cast<std::size_t>(box.width()));
    lay_line(box, cover, samples, line_ink(line), image);
  }

  /// Pixels that a line round the districts may touch.
  [[nodiscard]] PixelBox screen_box(std::span<const DistrictIndex> districts,
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

  void resolve_there() {
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
    input.parent = {parent_width(), line_ink(style.parent)};
    if (!selection.empty())
      input.selection = {line_width(style.selection), line_ink(style.selection)};
    if (hover != no_index) input.hovered = {line_width(style.hover), line_ink(style.hover)};
    shader->draw(numbers, input, screen);
    shader->draw_symbols(placed(symbols, camera, style.vision), screen);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    check_gl("colouring the picture");
    stale.image_here = true;
    stale.texture = false;
  }

  void fetch_image() {
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

  void upload_image() {
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

  [[nodiscard]] std::size_t pixel_count() const {
    return static_cast<std::size_t>(camera.width) * static_cast<std::size_t>(camera.height);
  }
};

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
    expects(line.width_px >= 0.0 && line.width_px <= widest_line_px,
            "MapRenderer: lines from 0 to 6 pixels wide");
  }
  s.stale.district_lines |= style.district.width_px != s.style.district.width_px;
  s.stale.parent_lines |= style.parent.width_px != s.style.parent.width_px;
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
