#include "render/resolve.h"

#include "base/parallel.h"
#include "base/random.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::render;
using carto::Colour;
using carto::rgb;

namespace {

Image picture_of(int width, int height) {
  return {width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(4 * width * height))};
}

}  // namespace

TEST_CASE("colours of samples are averaged", "[render][resolve]") {
  const std::vector<std::uint32_t> numbers{1, 2, 1, 1, 2, 2, 1, 1};  // 4 x 2 samples: 2 x 1 pixels
  const std::vector<std::uint32_t> colours{
      packed(rgb(0xFFFFFF), false), packed(rgb(0x000000), false), packed(rgb(0x804020), false)};
  Image picture = picture_of(2, 1);
  resolve({numbers, 4, 2, 2, 2}, colours, {}, {}, picture);
  CHECK(picture.at(0, 0) == Colour{96, 48, 24, 255});
  CHECK(picture.at(1, 0) == Colour{0, 0, 0, 255});
}

TEST_CASE("hatch falls on hatched districts only", "[render][resolve]") {
  const std::vector<std::uint32_t> numbers{1, 1, 1, 1, 2, 2, 2, 2};
  const std::vector<std::uint32_t> colours{0, packed(rgb(0xFFFFFF), true),
                                           packed(rgb(0xFFFFFF), false)};
  Image picture = picture_of(4, 2);
  const HatchLines hatch{ink_of(rgb(0x000000)), 4, 1.0F};
  resolve({numbers, 4, 2, 1, 2}, colours, hatch, {}, picture);
  // Lines lie at 2 + 4 i along the row, one pixel wide: half of the pixels on either side.
  CHECK(picture.at(0, 0) == rgb(0xFFFFFF));
  CHECK(picture.at(1, 0) == rgb(0x808080));
  CHECK(picture.at(2, 0) == rgb(0x808080));
  CHECK(picture.at(3, 0) == rgb(0xFFFFFF));
  for (int x = 0; x < 4; ++x) CHECK(picture.at(x, 1) == rgb(0xFFFFFF));
}

TEST_CASE("lines are laid over in their order", "[render][resolve]") {
  const std::vector<std::uint32_t> numbers{1, 1};
  const std::vector<std::uint32_t> colours{0, packed(rgb(0x000000), false)};
  const std::vector<std::uint8_t> everywhere{1, 0};
  const std::vector<CoveredLine> lines{{everywhere, ink_of(rgb(0xFF0000))},
                                       {everywhere, ink_of(rgb(0x0000FF), 0.5F)}};
  Image picture = picture_of(2, 1);
  resolve({numbers, 2, 1, 1, 1}, colours, {}, lines, picture);
  CHECK(picture.at(0, 0) == rgb(0x800080));
  CHECK(picture.at(1, 0) == rgb(0x000000));
}

TEST_CASE("the same bits for any number of threads", "[render][resolve]") {
  for (const int samples : {1, 2, 4}) {
    const int width = 37;
    const int height = 101;
    RandomStream random(5);
    std::vector<std::uint32_t> numbers(
        static_cast<std::size_t>(width * height * samples * samples));
    for (std::uint32_t& number : numbers) number = random.below(50);
    std::vector<std::uint32_t> colours(50);
    for (std::uint32_t& colour : colours)
      colour = static_cast<std::uint32_t>(random.next() & 0x1FFFFFFU);
    std::vector<std::uint8_t> cover(static_cast<std::size_t>(width * height));
    for (std::uint8_t& c : cover) {
      c = static_cast<std::uint8_t>(
          random.below(static_cast<std::uint32_t>(samples * samples + 1)));
    }
    const std::vector<CoveredLine> lines{{cover, ink_of(rgb(0x336699), 0.7F)}};
    const HatchLines hatch{ink_of(rgb(0x111111)), 5, 1.5F};
    std::vector<Image> pictures;
    for (const std::size_t threads : {std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
      set_thread_count(threads);
      pictures.push_back(picture_of(width, height));
      resolve({numbers, width * samples, height * samples, samples, 49}, colours, hatch, lines,
              pictures.back());
    }
    set_thread_count(0);
    CHECK(pictures[0] == pictures[1]);
    CHECK(pictures[0] == pictures[2]);
  }
}
