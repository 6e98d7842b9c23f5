#pragma once
/// What a map renderer holds between two pictures, and the steps from one to the next.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "render/chunked_mesh.h"
#include "render/gl.h"
#include "render/line_cover.h"
#include "render/map_renderer.h"
#include "render/resolve.h"
#include "render/shader_resolve.h"

namespace quartier::render {

/// Key of what is outside all districts, where lines part parents.
inline constexpr std::uint32_t outside_key = no_index - 1;

/// A background layer on the graphics side.
struct Layer {
  ChunkedMesh mesh;
  carto::Colour colour;
  bool over_districts = false;
};

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

struct MapRenderer::State {
  State(const Context& ctx, ResolvePath path_wish) : context(ctx), wish(path_wish) {
    choose_path();
  }

  const Context& context;
  ResolvePath wish;
  ResolvePath path = ResolvePath::processor;
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
  std::vector<std::uint8_t> parent_casing_cover;
  Image image;
  Stale stale;

  [[nodiscard]] std::size_t number_count() const { return 1 + district_count + layers.size(); }

  [[nodiscard]] NumberImage number_image() const;

  [[nodiscard]] carto::Colour seen(carto::Colour colour) const {
    return carto::seen(colour, style.vision);
  }

  [[nodiscard]] Ink line_ink(const Line& line, double fade = 1.0) const;

  /// The light line that lies below `line`; of no width where it has no casing.
  [[nodiscard]] Line casing_of(const Line& line) const {
    if (line.width_px <= 0.0 || line.casing_px <= 0.0) return {style.casing, 0.0};
    return {style.casing, line.width_px + 2.0 * line.casing_px};
  }

  [[nodiscard]] double district_fade() const;

  [[nodiscard]] int line_width(const Line& line) const {
    return sampled_line(line.width_px, samples).width;
  }

  [[nodiscard]] int district_width() const {
    return district_fade() > 0.0 ? line_width(style.district) : 0;
  }

  [[nodiscard]] int parent_width() const { return parents.empty() ? 0 : line_width(style.parent); }

  [[nodiscard]] HatchLines hatch_lines() const;

  /// Decides who does the second pass: graphics cards whose tables hold all districts, unless the
  /// caller wished otherwise.
  void choose_path();

  void geometry_changed();

  /// The level for the view: the coarsest that is not coarser than a sample.
  [[nodiscard]] const ChunkedMesh* level() const;

  void draw_numbers();

  void draw_layers(bool over);

  void fetch_numbers();

  void fill_colours();

  void draw_picture();

  void resolve_here();

  /// Lays the casing, then the line, round the districts whose numbers have another key than the
  /// rest.
  void lay_round(std::span<const DistrictIndex> districts, std::span<const std::uint32_t> keys,
                 const Line& line);

  /// Pixels that a line round the districts may touch.
  [[nodiscard]] PixelBox screen_box(std::span<const DistrictIndex> districts,
                                    double width_px) const;

  void resolve_there();

  void fetch_image();

  void upload_image();

  [[nodiscard]] std::size_t pixel_count() const {
    return static_cast<std::size_t>(camera.width) * static_cast<std::size_t>(camera.height);
  }
};

}  // namespace quartier::render
