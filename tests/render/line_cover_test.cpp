#include "render/line_cover.h"

#include <array>

#include "base/parallel.h"
#include "base/random.h"
#include "support/catch.h"

using namespace quartier;
using render::cover_with_lines;
using render::NumberImage;

namespace {

/// The meaning of a cover, sample by sample.
std::vector<std::uint8_t> cover_by_hand(const NumberImage& image,
                                        std::span<const std::uint32_t> keys, int width,
                                        render::PixelBox box) {
  const auto number = [&](int x, int y) {
    return image.numbers[static_cast<std::size_t>(y * image.width + x)];
  };
  const auto parted = [&](int x, int y, int u, int v) {
    if (u >= image.width || v >= image.height) return false;
    const std::uint32_t a = number(x, y);
    const std::uint32_t b = number(u, v);
    if (a > image.last_district || b > image.last_district) return false;
    return keys.empty() ? a != b : keys[a] != keys[b];
  };
  const auto edge = [&](int x, int y) {
    if (x < 0 || y < 0 || x >= image.width || y >= image.height) return false;
    return parted(x, y, x + 1, y) || parted(x, y, x, y + 1);
  };
  std::vector<std::uint8_t> cover;
  for (int py = box.top; py < box.bottom; ++py) {
    for (int px = box.left; px < box.right; ++px) {
      int count = 0;
      for (int s = 0; s < image.samples * image.samples; ++s) {
        const int x = px * image.samples + s % image.samples;
        const int y = py * image.samples + s / image.samples;
        bool on = false;
        for (int dy = -((width - 1) / 2); dy <= width / 2; ++dy) {
          for (int dx = -((width - 1) / 2); dx <= width / 2; ++dx) on = on || edge(x - dx, y - dy);
        }
        count += on ? 1 : 0;
      }
      cover.push_back(static_cast<std::uint8_t>(count));
    }
  }
  return cover;
}

}  // namespace

TEST_CASE("lines between two halves", "[render][lines]") {
  // 4 x 2 samples, districts 1 and 2 side by side.
  const std::vector<std::uint32_t> numbers{1, 1, 2, 2, 1, 1, 2, 2};
  std::array<std::uint8_t, 8> cover{};
  const auto cover_of = [&](int samples, int width) {
    const NumberImage image{numbers, 4, 2, samples, 2};
    cover.fill(9);
    cover_with_lines(image, {}, width, {0, 0, 4 / samples, 2 / samples}, cover.data(),
                     static_cast<std::size_t>(4 / samples));
    return cover;
  };
  CHECK(cover_of(1, 1) == std::array<std::uint8_t, 8>{0, 1, 0, 0, 0, 1, 0, 0});
  CHECK(cover_of(1, 2) == std::array<std::uint8_t, 8>{0, 1, 1, 0, 0, 1, 1, 0});
  CHECK(cover_of(1, 3) == std::array<std::uint8_t, 8>{1, 1, 1, 0, 1, 1, 1, 0});
  CHECK(cover_of(1, 0) == std::array<std::uint8_t, 8>{});
  SECTION("two samples a pixel: half of the left pixel") {
    CHECK(cover_of(2, 1)[0] == 2);
    CHECK(cover_of(2, 1)[1] == 0);
  }
  SECTION("no line beside a background layer") {
    const NumberImage image{numbers, 4, 2, 1, 1};
    cover_with_lines(image, {}, 1, {0, 0, 4, 2}, cover.data(), 4);
    CHECK(cover == std::array<std::uint8_t, 8>{});
  }
  SECTION("no line within a parent") {
    const std::vector<std::uint32_t> keys{0, 5, 5};
    const NumberImage image{numbers, 4, 2, 1, 2};
    cover_with_lines(image, keys, 1, {0, 0, 4, 2}, cover.data(), 4);
    CHECK(cover == std::array<std::uint8_t, 8>{});
  }
}

TEST_CASE("lines mean what they say, for any width, part and number of threads",
          "[render][lines]") {
  RandomStream random(11);
  for (const int samples : {1, 2, 4}) {
    const int width = 16 * samples;
    const int height = 70 * samples;
    std::vector<std::uint32_t> numbers(static_cast<std::size_t>(width * height));
    // Blotches of districts 0 to 5, of which 5 is a background layer.
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        RandomStream blotch(7, static_cast<std::uint64_t>(x / 5),
                            static_cast<std::uint64_t>(y / 7));
        numbers[static_cast<std::size_t>(y * width + x)] =
            random.below(30) == 0 ? random.below(6) : blotch.below(6);
      }
    }
    const NumberImage image{numbers, width, height, samples, 4};
    const std::vector<std::uint32_t> keys{0, 1, 1, 2, 2, 3};
    for (const int line : {1, 2, 3, 4, 7}) {
      for (const render::PixelBox box :
           {render::PixelBox{0, 0, 16, 70}, render::PixelBox{3, 5, 9, 61}}) {
        INFO(samples << " samples, width " << line << ", from " << box.left);
        const auto size = static_cast<std::size_t>(box.width() * box.height());
        for (const std::size_t threads : {std::size_t{1}, std::size_t{2}}) {
          set_thread_count(threads);
          std::vector<std::uint8_t> cover(size, 77);
          cover_with_lines(image, keys, line, box, cover.data(),
                           static_cast<std::size_t>(box.width()));
          CHECK(cover == cover_by_hand(image, keys, line, box));
        }
      }
    }
  }
  set_thread_count(0);
}

TEST_CASE("line widths in samples", "[render][lines]") {
  CHECK(render::sampled_line(0.0, 2).width == 0);
  CHECK(render::sampled_line(0.5, 2).width == 1);
  CHECK(render::sampled_line(0.5, 2).opacity == 1.0F);
  CHECK(render::sampled_line(0.25, 2).width == 1);
  CHECK(render::sampled_line(0.25, 2).opacity == 0.5F);
  CHECK(render::sampled_line(0.5, 1).opacity == 0.5F);
  CHECK(render::sampled_line(1.5, 2).width == 3);
}
