#include "render/resolve.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/number.h"
#include "base/parallel.h"

namespace quartier::render {
namespace {

constexpr std::size_t rows_per_chunk = 16;
constexpr float rounding = 0.5F;  ///< added before a channel, never negative, is cut to an integer

/// A packed colour with 16 bits to each of red, green, blue and hatch, so that the samples of a
/// pixel are summed at once.
std::uint64_t spread_out(std::uint32_t colour) {
  const std::uint64_t c = colour;
  return (c & 0xFFU) | (c & 0xFF00U) << 8U | (c & 0xFF0000U) << 16U | (c & 0xFF000000U) << 24U;
}

/// Two numbers side by side.
std::uint64_t pair_at(const std::uint32_t* numbers) {
  std::uint64_t pair = 0;
  std::memcpy(&pair, numbers, sizeof pair);
  return pair;
}

/// Sums of the samples of a row of pixels. Most pixels lie in one district: they take one look-up.
/// Plain loads, for the gather instructions of many processors are slower.
void sum_samples(const std::uint32_t* numbers, std::size_t pixels, std::size_t samples,
                 const std::uint64_t* colours, std::uint64_t* sums) {
  const std::size_t stride = pixels * samples;
  if (samples == 1) {
    for (std::size_t x = 0; x < pixels; ++x) sums[x] = colours[numbers[x]];
    return;
  }
  if (samples == 2) {
    for (std::size_t x = 0; x < pixels; ++x) {
      const std::uint64_t upper = pair_at(numbers + 2 * x);
      const std::uint64_t lower = pair_at(numbers + stride + 2 * x);
      const std::uint64_t first = colours[upper & 0xFFFFFFFFU];
      if (upper == lower && upper >> 32U == (upper & 0xFFFFFFFFU)) {
        sums[x] = 4 * first;
      } else {
        sums[x] =
            first + colours[upper >> 32U] + colours[lower & 0xFFFFFFFFU] + colours[lower >> 32U];
      }
    }
    return;
  }
  for (std::size_t x = 0; x < pixels; ++x) {
    std::uint64_t sum = 0;
    for (std::size_t y = 0; y < samples; ++y) {
      const std::uint32_t* row = numbers + y * stride + samples * x;
      for (std::size_t s = 0; s < samples; ++s) sum += colours[row[s]];
    }
    sums[x] = sum;
  }
}

/// One row of the picture as it is being made.
struct Row {
  std::vector<float> red, green, blue, hatch;
};

float lane(std::uint64_t sum, unsigned shift) {
  return static_cast<float>(static_cast<std::int32_t>((sum >> shift) & 0xFFFFU));
}

QUARTIER_HOT void take_means(const std::uint64_t* sums, std::size_t pixels, float share, float* red,
                             float* green, float* blue, float* hatch) {
  for (std::size_t x = 0; x < pixels; ++x) {
    red[x] = lane(sums[x], 0) * share;
    green[x] = lane(sums[x], 16) * share;
    blue[x] = lane(sums[x], 32) * share;
    hatch[x] = lane(sums[x], 48) * share;
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
    const auto r = static_cast<std::uint32_t>(static_cast<std::int32_t>(red[x] + rounding));
    const auto g = static_cast<std::uint32_t>(static_cast<std::int32_t>(green[x] + rounding));
    const auto b = static_cast<std::uint32_t>(static_cast<std::int32_t>(blue[x] + rounding));
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
  std::vector<std::uint64_t> wide(colours.size());
  for (std::size_t i = 0; i < colours.size(); ++i) wide[i] = spread_out(colours[i]);
  for_chunks(static_cast<std::size_t>(picture.height), rows_per_chunk,
             [&](std::size_t, std::size_t begin, std::size_t end) {
               std::vector<std::uint64_t> sums(width);
               std::vector<std::uint32_t> pixels(width);
               Row row{std::vector<float>(width), std::vector<float>(width),
                       std::vector<float>(width), std::vector<float>(width)};
               for (std::size_t y = begin; y < end; ++y) {
                 sum_samples(&image.numbers[y * samples * width * samples], width, samples,
                             wide.data(), sums.data());
                 take_means(sums.data(), width, share, row.red.data(), row.green.data(),
                            row.blue.data(), row.hatch.data());
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
        pixel[c] = static_cast<std::uint8_t>(old + (ink.rgb[c] - old) * a + rounding);
      }
    }
  }
}

}  // namespace quartier::render
