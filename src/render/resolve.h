#pragma once
/// The second pass on the processor: district numbers to colours. shaders/resolve.frag takes the
/// same steps.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "carto/colour.h"
#include "render/image.h"
#include "render/line_cover.h"

namespace quartier::render {

/// The table entry of a colour: red, green, blue from the lowest byte up, then 1 where hatched.
constexpr std::uint32_t packed(carto::Colour colour, bool hatched) {
  return std::uint32_t{colour.r} | std::uint32_t{colour.g} << 8U | std::uint32_t{colour.b} << 16U |
         (hatched ? 1U << 24U : 0U);
}

/// Ink laid over the picture: red, green, blue 0 to 255, and opacity 0 to 1.
struct Ink {
  std::array<float, 3> rgb{};
  float opacity = 0.0F;
};
Ink ink_of(carto::Colour colour, float opacity = 1.0F);

/// A line over the whole picture. cover: [pixels], 0 to samples * samples.
struct CoveredLine {
  std::span<const std::uint8_t> cover;
  Ink ink;
};

struct HatchLines {
  Ink ink;
  int spacing_px = 6;
  float width_px = 1.5F;
};

/// Fills `picture` (its size is that of the image in pixels): mean colour of the samples of each
/// pixel, hatch, then the lines in their order. In all threads, with the same bits for any number
/// of them.
/// @param colours  [numbers] packed
void resolve(const NumberImage& image, std::span<const std::uint32_t> colours,
             const HatchLines& hatch, std::span<const CoveredLine> lines, Image& picture);

/// Lays one more line over `box` of the picture.
/// @param cover  [box pixels]
void lay_line(PixelBox box, std::span<const std::uint8_t> cover, int samples, const Ink& ink,
              Image& picture);

}  // namespace quartier::render
