#pragma once
/// The second pass on the graphics card: the shader pairs "resolve" and "point".

#include <cstdint>
#include <optional>
#include <span>

#include "render/gl.h"
#include "render/line_cover.h"
#include "render/resolve.h"
#include "render/symbols.h"

namespace quartier::render {

/// A table of 32-bit numbers that shaders look up.
class LookupTable {
 public:
  void upload(std::span<const std::uint32_t> values, GLenum format);
  void bind(int unit) const;

 private:
  Buffer buffer_;
  Texture texture_;
};

/// A line of the shader: nothing is drawn where the width is 0.
struct ShaderLine {
  int width = 0;  ///< samples
  Ink ink;
};

struct ShaderResolveInput {
  int samples = 1;
  std::uint32_t last_district = 0;
  std::uint32_t hover = 0;  ///< number of the district, 0: none
  HatchLines hatch;
  ShaderLine district, parent, selection, hovered;
  ShaderLine parent_casing, selection_casing, hover_casing;
  PixelBox selection_box, hover_box;  ///< pixels that those two lines may touch
};

class ShaderResolve {
 public:
  LookupTable colours;  ///< packed, as RGBA8UI
  LookupTable parents;  ///< R32UI
  LookupTable marks;    ///< R32UI

  void draw(const Target& numbers, const ShaderResolveInput& input, const Target& picture) const;
  void draw_symbols(std::span<const PlacedSymbol> symbols, const Target& picture) const;

 private:
  Program resolve_{"resolve"};
  Program point_{"point"};
  VertexArray nothing_;
  VertexArray symbol_array_;
  Buffer symbol_buffer_;
};

}  // namespace quartier::render
