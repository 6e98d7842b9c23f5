#include "render/symbols.h"

#include <algorithm>
#include <cmath>

namespace quartier::render {
namespace {

constexpr float rounding = 0.5F;  ///< added before a channel, never negative, is cut to an integer

std::array<float, 4> shares_of(carto::Colour colour, carto::ColourVision vision) {
  const carto::Colour c = carto::seen(colour, vision);
  return {static_cast<float>(c.r) / 255.0F, static_cast<float>(c.g) / 255.0F,
          static_cast<float>(c.b) / 255.0F, static_cast<float>(c.a) / 255.0F};
}

void draw(const PlacedSymbol& symbol, Image& picture) {
  const float reach = symbol.radius[0] + 1.0F;
  const auto from = [&](float centre) {
    return std::max(0, static_cast<int>(std::floor(centre - reach)));
  };
  const auto to = [&](float centre, int size) {
    return std::min(size, static_cast<int>(std::ceil(centre + reach)));
  };
  for (int y = from(symbol.centre[1]); y < to(symbol.centre[1], picture.height); ++y) {
    for (int x = from(symbol.centre[0]); x < to(symbol.centre[0], picture.width); ++x) {
      const float dx = static_cast<float>(x) + 0.5F - symbol.centre[0];
      const float dy = static_cast<float>(y) + 0.5F - symbol.centre[1];
      const float from_centre = std::sqrt(dx * dx + dy * dy);
      const float inside = std::clamp(symbol.radius[0] + 0.5F - from_centre, 0.0F, 1.0F);
      if (inside <= 0.0F) continue;
      const float filled =
          std::clamp(symbol.radius[0] - symbol.radius[1] + 0.5F - from_centre, 0.0F, 1.0F);
      std::array<float, 4> ink{};
      for (std::size_t c = 0; c < 4; ++c) {
        ink[c] = symbol.outline[c] + (symbol.fill[c] - symbol.outline[c]) * filled;
      }
      const float a = ink[3] * inside;
      std::uint8_t* pixel = &picture.rgba[4 * (static_cast<std::size_t>(y) * picture.width + x)];
      for (std::size_t c = 0; c < 3; ++c) {
        const auto old = static_cast<float>(pixel[c]);
        pixel[c] = static_cast<std::uint8_t>(old + (255.0F * ink[c] - old) * a + rounding);
      }
    }
  }
}

}  // namespace

std::vector<PlacedSymbol> placed(std::span<const Symbol> symbols, const Camera& camera,
                                 carto::ColourVision vision) {
  std::vector<PlacedSymbol> result;
  for (const Symbol& symbol : symbols) {
    const ScreenPoint at = camera.screen_of(symbol.place);
    const double reach = symbol.radius_px + 1.0;
    // Written so that a place that is not a number is left out too.
    if (!(at.x >= -reach && at.x <= camera.width + reach && at.y >= -reach &&
          at.y <= camera.height + reach)) {
      continue;
    }
    result.push_back({{static_cast<float>(at.x), static_cast<float>(at.y)},
                      {static_cast<float>(symbol.radius_px), static_cast<float>(symbol.outline_px)},
                      shares_of(symbol.fill, vision),
                      shares_of(symbol.outline, vision)});
  }
  return result;
}

void draw_symbols(std::span<const PlacedSymbol> symbols, Image& picture) {
  for (const PlacedSymbol& symbol : symbols) draw(symbol, picture);
}

}  // namespace quartier::render
