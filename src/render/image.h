#pragma once
/// Pictures as plain pixels.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "carto/colour.h"

namespace quartier::render {

/// Pixels from the top left, row by row, four bytes each: red, green, blue, opacity (255: opaque).
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;  ///< [4 * width * height]

  [[nodiscard]] carto::Colour at(int x, int y) const {
    const std::size_t i = 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                               static_cast<std::size_t>(x));
    return {rgba[i], rgba[i + 1], rgba[i + 2], rgba[i + 3]};
  }
  bool operator==(const Image&) const = default;
};

}  // namespace quartier::render
