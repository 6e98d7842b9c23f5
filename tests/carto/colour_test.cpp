#include "carto/colour.h"

#include <cmath>

#include "carto/colour_vision.h"
#include "support/catch.h"

using namespace quartier::carto;

TEST_CASE("colours as text", "[carto][colour]") {
  CHECK(hex_text(rgb(0x0072B2)) == "#0072b2");
  CHECK(hex_text({1, 2, 3, 128}) == "#01020380");
  CHECK(parse_colour("#0072B2") == rgb(0x0072B2));
  CHECK(parse_colour("#01020380") == Colour{1, 2, 3, 128});
  CHECK_FALSE(parse_colour("0072B2").has_value());
  CHECK_FALSE(parse_colour("#0072b").has_value());
  CHECK_FALSE(parse_colour("#0072bg").has_value());
}

TEST_CASE("sRGB to linear light and back", "[carto][colour]") {
  for (int i = 0; i < 256; ++i) {
    const auto channel = static_cast<std::uint8_t>(i);
    CHECK(channel_of(linear_of(channel)) == channel);
  }
  CHECK_THAT(linear_of(188), WithinAbs(0.5029, 1e-4));
  CHECK(channel_of(-1.0) == 0);
  CHECK(channel_of(2.0) == 255);
}

TEST_CASE("OKLab", "[carto][colour]") {
  SECTION("published values: red is (0.628, 0.225, 0.126), white (1, 0, 0)") {
    const Oklab red = oklab_of(rgb(0xFF0000));
    CHECK_THAT(red.lightness, WithinAbs(0.628, 1e-3));
    CHECK_THAT(red.a, WithinAbs(0.225, 1e-3));
    CHECK_THAT(red.b, WithinAbs(0.126, 1e-3));
    CHECK_THAT(oklab_of(rgb(0xFFFFFF)).lightness, WithinAbs(1.0, 1e-6));
  }
  SECTION("every colour of a coarse cube comes back") {
    for (std::uint32_t r = 0; r < 256; r += 51) {
      for (std::uint32_t g = 0; g < 256; g += 51) {
        for (std::uint32_t b = 0; b < 256; b += 51) {
          const Colour colour = rgb(r << 16U | g << 8U | b);
          CHECK(colour_of(oklab_of(colour)) == colour);
        }
      }
    }
  }
  SECTION("mixing keeps the ends and mixes opacity") {
    const Colour from{10, 20, 30, 0};
    const Colour to{200, 100, 0, 255};
    CHECK(mixed(from, to, 0.0) == from);
    CHECK(mixed(from, to, 1.0) == to);
    CHECK(mixed(from, to, 0.5).a == 128);
    const Colour grey = mixed(rgb(0x000000), rgb(0xFFFFFF), 0.5);
    CHECK(grey.r == grey.g);
    CHECK(grey.g == grey.b);
    CHECK_THAT(oklab_of(grey).lightness, WithinAbs(0.5, 0.005));
  }
}

TEST_CASE("colour difference", "[carto][colour]") {
  CHECK_THAT(colour_difference(rgb(0x123456), rgb(0x123456)), WithinAbs(0.0, 1e-12));
  SECTION("black to white is 100, either way") {
    CHECK_THAT(colour_difference(rgb(0x000000), rgb(0xFFFFFF)), WithinAbs(100.0, 1e-4));
    CHECK_THAT(colour_difference(rgb(0xFFFFFF), rgb(0x000000)), WithinAbs(100.0, 1e-4));
  }
  SECTION("well-known pairs: red and green 86.6, red and blue 52.9, green and blue 83.2") {
    CHECK_THAT(colour_difference(rgb(0xFF0000), rgb(0x00FF00)), WithinAbs(86.61, 0.02));
    CHECK_THAT(colour_difference(rgb(0xFF0000), rgb(0x0000FF)), WithinAbs(52.88, 0.02));
    CHECK_THAT(colour_difference(rgb(0x00FF00), rgb(0x0000FF)), WithinAbs(83.18, 0.02));
  }
}

TEST_CASE("contrast ratio", "[carto][colour]") {
  CHECK_THAT(contrast_ratio(rgb(0x000000), rgb(0xFFFFFF)), WithinAbs(21.0, 1e-9));
  CHECK_THAT(contrast_ratio(rgb(0x777777), rgb(0xFFFFFF)), WithinAbs(4.478, 1e-3));
  CHECK(ink_on(rgb(0x08306B)) == rgb(0xFFFFFF));
  CHECK(ink_on(rgb(0xFDE725)) == rgb(0x000000));
}

TEST_CASE("colour vision", "[carto][colour]") {
  SECTION("full vision changes nothing, greys stay grey for everyone") {
    CHECK(seen({1, 2, 3, 4}, ColourVision::full) == Colour{1, 2, 3, 4});
    for (const ColourVision vision : colour_visions) {
      const Colour grey = seen(rgb(0x808080), vision);
      CHECK(std::abs(grey.r - 128) <= 1);
      CHECK(std::abs(grey.g - 128) <= 1);
      CHECK(std::abs(grey.b - 128) <= 1);
      CHECK_FALSE(id_of(vision).empty());
      CHECK_FALSE(label_of(vision).empty());
    }
  }
  SECTION("a red and a green that full vision parts at once are alike without green cones") {
    const Colour red = rgb(0xB07050);
    const Colour green = rgb(0x7E8A4C);
    CHECK(colour_difference(red, green) > 25.0);
    CHECK(colour_difference(seen(red, ColourVision::deuteranopia),
                            seen(green, ColourVision::deuteranopia)) < 8.0);
  }
  SECTION("grey print keeps the luminance and the opacity") {
    const Colour grey = seen({0, 255, 0, 77}, ColourVision::grey);
    CHECK(grey == Colour{220, 220, 220, 77});
  }
}
