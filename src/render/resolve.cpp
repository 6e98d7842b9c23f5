#include "render/resolve.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/number.h"
#include "base/parallel.h"

namespace quartier::render {
namespace {

constexpr std::size_t rows_per_chunk = 16;
constexpr std::uint32_t even_bytes = 0x00FF00FFU;

/// Adds one row of samples: red and blue in the halves of one sum, green and hatch in another.
QUARTIER_HOT void add_samples(const std::uint32_t* numbers, std::size_t pixels, std::size_t samples,
                              const std::uint32_t* colours, std::uint32_t* red_blue,
                              std::uint32_t* green_hatch) {
  if (samples == 1) {
    for (std::size_t x = 0; x < pixels; ++x) {
      const std::uint32_t c = colours[numbers[x]];
      red_blue[x] += c & even_bytes;
      green_hatch[x] += (c >> 8U) & even_bytes;
    }
  } else if (samples == 2) {
    for (std::size_t x = 0; x < pixels; ++x) {
      const std::uint32_t c = colours[numbers[2 * x]];
      const std::uint32_t d = colours[numbers[2 * x + 1]];
      red_blue[x] += (c & even_bytes) + (d & even_bytes);
      green_hatch[x] += ((c >> 8U) & even_bytes) + ((d >> 8U) & even_bytes);
    }
  } else {
    for (std::size_t x = 0; x < pixels; ++x) {
      for (std::size_t s = 0; s < samples; ++s) {
        const std::uint32_t c = colours[numbers[samples * x + s]];
        red_blue[x] += c & even_bytes;
        green_hatch[x] += (c >> 8U) & even_bytes;
      }
    }
  }
}

/// One row of the picture as it is being made.
struct Row {
  std::vector<float> red, green, blue, hatch;
};

QUARTIER_HOT void take_means(const std::uint32_t* red_blue, const std::uint32_t* green_hatch,
                             std::size_t pixels, float share, float* red, float* green, float* blue,
                             float* hatch) {
  for (std::size_t x = 0; x < pixels; ++x) {
    red[x] = static_cast<float>(static_cast<std::int32_t>(red_blue[x] & 0xFFFFU)) * share;
    green[x] = static_cast<float>(static_cast<std::int32_t>(green_hatch[x] & 0xFFFFU)) * share;
    blue[x] = static_cast<float>(static_cast<std::int32_t>(red_blue[x] >> 16U)) * share;
    hatch[x] = static_cast<float>(static_cast<std::int32_t>(green_hatch[x] >> 16U)) * share;
  }
}

QUARTIER_HOT void lay_hatch(const float* weight, const float* pattern, std::size_t pixels,
                            const Ink& ink, float* red, float* green, float* blue) {
  for (std::size_t x = 0; x < pixels; ++x) {
    const float a = weight[x] * pattern[x] * ink.opacity;
    red[x] += (ink.rgb[0] - red[x]) * a;
    green[x] += (ink.rgb[1] - green[x]) * a;
    blue[x] += (ink.rgb[2] - blue[x]) * a;
  }
}

QUARTIER_HOT void lay_cover(const std::uint8_t* cover, std::size_t pixels, float share,
                            const Ink& ink, float* red, float* green, float* blue) {
  const float scale = share * ink.opacity;
  for (std::size_t x = 0; x < pixels; ++x) {
    const float a = static_cast<float>(cover[x]) * scale;
    red[x] += (ink.rgb[0] - red[x]) * a;
    green[x] += (ink.rgb[1] - green[x]) * a;
    blue[x] += (ink.rgb[2] - blue[x]) * a;
  }
}

QUARTIER_HOT void pack(const float* red, const float* green, const float* blue, std::size_t pixels,
                       std::uint32_t* out) {
  for (std::size_t x = 0; x < pixels; ++x) {
    const auto r = static_cast<std::uint32_t>(static_cast<std::int32_t>(red[x] + 0.5F));
    const auto g = static_cast<std::uint32_t>(static_cast<std::int32_t>(green[x] + 0.5F));
    const auto b = static_cast<std::uint32_t>(static_cast<std::int32_t>(blue[x] + 0.5F));
    out[x] = r | g << 8U | b << 16U | 0xFF000000U;
  }
}

bool any_hatched(std::span<const std::uint32_t> colours) {
  std::uint32_t all = 0;
  for (const std::uint32_t c : colours) all |= c;
  return (all >> 24U) != 0;
}

/// How much of a pixel the hatch covers, for width + spacing pixels; row y starts at y mod spacing.
std::vector<float> hatch_pattern(const HatchLines& hatch, std::size_t width) {
  const auto spacing = static_cast<std::size_t>(hatch.spacing_px);
  std::vector<float> pattern(width + spacing);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const float along = static_cast<float>(i % spacing) + 0.5F;
    const float from_line = std::abs(along - static_cast<float>(spacing) / 2.0F);
    pattern[i] = std::clamp(hatch.width_px / 2.0F + 0.5F - from_line, 0.0F, 1.0F);
  }
  return pattern;
}

}  // namespace

Ink ink_of(carto::Colour colour, float opacity) {
  return {
      {static_cast<float>(colour.r), static_cast<float>(colour.g), static_cast<float>(colour.b)},
      opacity * static_cast<float>(colour.a) / 255.0F};
}

void resolve(const NumberImage& image, std::span<const std::uint32_t> colours,
             const HatchLines& hatch, std::span<const CoveredLine> lines, Image& picture) {
  const auto samples = static_cast<std::size_t>(image.samples);
  const auto width = static_cast<std::size_t>(picture.width);
  const float share = 1.0F / static_cast<float>(samples * samples);
  const bool hatched = hatch.ink.opacity > 0.0F && any_hatched(colours);
  const std::vector<float> pattern = hatched ? hatch_pattern(hatch, width) : std::vector<float>();
  for_chunks(static_cast<std::size_t>(picture.height), rows_per_chunk,
             [&](std::size_t, std::size_t begin, std::size_t end) {
               std::vector<std::uint32_t> red_blue(width);
               std::vector<std::uint32_t> green_hatch(width);
               std::vector<std::uint32_t> pixels(width);
               Row row{std::vector<float>(width), std::vector<float>(width),
                       std::vector<float>(width), std::vector<float>(width)};
               for (std::size_t y = begin; y < end; ++y) {
                 std::fill(red_blue.begin(), red_blue.end(), 0U);
                 std::fill(green_hatch.begin(), green_hatch.end(), 0U);
                 for (std::size_t s = 0; s < samples; ++s) {
                   add_samples(&image.numbers[(y * samples + s) * width * samples], width, samples,
                               colours.data(), red_blue.data(), green_hatch.data());
                 }
                 take_means(red_blue.data(), green_hatch.data(), width, share, row.red.data(),
                            row.green.data(), row.blue.data(), row.hatch.data());
                 if (hatched) {
                   const float* start = &pattern[y % static_cast<std::size_t>(hatch.spacing_px)];
                   lay_hatch(row.hatch.data(), start, width, hatch.ink, row.red.data(),
                             row.green.data(), row.blue.data());
                 }
                 for (const CoveredLine& line : lines) {
                   lay_cover(&line.cover[y * width], width, share, line.ink, row.red.data(),
                             row.green.data(), row.blue.data());
                 }
                 pack(row.red.data(), row.green.data(), row.blue.data(), width, pixels.data());
                 std::memcpy(&picture.rgba[4 * y * width], pixels.data(), 4 * width);
               }
             });
}

void lay_line(PixelBox box, std::span<const std::uint8_t> cover, int samples, const Ink& ink,
              Image& picture) {
  if (box.empty()) return;
  const float scale = ink.opacity / static_cast<float>(samples * samples);
  const auto columns = static_cast<std::size_t>(box.width());
  for (int y = box.top; y < box.bottom; ++y) {
    const std::uint8_t* row = &cover[static_cast<std::size_t>(y - box.top) * columns];
    std::uint8_t* pixel =
        &picture.rgba[4 * (static_cast<std::size_t>(y) * picture.width + box.left)];
    for (std::size_t x = 0; x < columns; ++x, pixel += 4) {
      if (row[x] == 0) continue;
      const float a = static_cast<float>(row[x]) * scale;
      for (std::size_t c = 0; c < 3; ++c) {
        const auto old = static_cast<float>(pixel[c]);
        pixel[c] = static_cast<std::uint8_t>(old + (ink.rgb[c] - old) * a + 0.5F);
      }
    }
  }
}

}  // namespace quartier::render
