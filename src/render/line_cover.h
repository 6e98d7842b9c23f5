#pragma once
/// Lines without geometry: how much of each pixel is covered by the line between samples of
/// different districts.

#include <cstdint>
#include <span>
#include <vector>

namespace quartier::render {

/// An image of district numbers, several samples to a pixel: 0 is outside, i + 1 district i,
/// numbers above `last_district` are background layers.
struct NumberImage {
  std::span<const std::uint32_t> numbers;  ///< [width * height], rows from the top
  int width = 0;                           ///< samples
  int height = 0;
  int samples = 1;  ///< along each side of a pixel
  std::uint32_t last_district = 0;
};

/// A part of the picture, pixels; ends are not part of it.
struct PixelBox {
  int left = 0, top = 0, right = 0, bottom = 0;
  [[nodiscard]] int width() const { return right - left; }
  [[nodiscard]] int height() const { return bottom - top; }
  [[nodiscard]] bool empty() const { return right <= left || bottom <= top; }
};

/// A line as the samples see it: a width of whole samples, and an opacity that makes up for the
/// rest of the wish.
struct SampledLine {
  int width = 0;  ///< samples; 0: no line
  float opacity = 0.0F;
};
SampledLine sampled_line(double width_px, int samples);

/// Samples of each pixel of `box` that a line of `width` samples covers, row by row. The line runs
/// where two samples, one beside or below the other, have different keys; never where one of them
/// is a background layer.
/// @param keys   key of each number; empty: the number itself
/// @param cover  [box pixels] 0 to samples * samples
/// @param stride  from one row of `cover` to the next
void cover_with_lines(const NumberImage& image, std::span<const std::uint32_t> keys, int width,
                      PixelBox box, std::uint8_t* cover, std::size_t stride);

}  // namespace quartier::render
