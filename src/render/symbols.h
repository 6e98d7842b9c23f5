#pragma once
/// Round signs, placed on the picture and drawn on the processor. shaders/point.frag takes the same
/// steps.

#include <array>
#include <span>
#include <vector>

#include "render/camera.h"
#include "render/image.h"
#include "render/map_style.h"

namespace quartier::render {

/// A sign on the picture: pixels, colours 0 to 1. Laid out as the shader reads it.
struct PlacedSymbol {
  std::array<float, 2> centre{};
  std::array<float, 2> radius{};  ///< outer radius, width of the outline
  std::array<float, 4> fill{};
  std::array<float, 4> outline{};
};

/// The signs that touch the picture, in their order, as that reader sees them.
std::vector<PlacedSymbol> placed(std::span<const Symbol> symbols, const Camera& camera,
                                 carto::ColourVision vision);

/// Draws them with smooth edges; later ones lie on top.
void draw_symbols(std::span<const PlacedSymbol> symbols, Image& picture);

}  // namespace quartier::render
