#include "carto/palettes.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "carto/colour_vision.h"
#include "support/catch.h"

using namespace quartier::carto;

namespace {

double least_step(std::span<const Colour> colours, ColourVision vision) {
  double least = 1e9;
  for (std::size_t i = 1; i < colours.size(); ++i) {
    least =
        std::min(least, colour_difference(seen(colours[i - 1], vision), seen(colours[i], vision)));
  }
  return least;
}

bool lightness_one_way(std::span<const Colour> colours) {
  bool rises = true;
  bool falls = true;
  for (std::size_t i = 1; i < colours.size(); ++i) {
    const double step = lightness_of(colours[i]) - lightness_of(colours[i - 1]);
    rises = rises && step > 0.0;
    falls = falls && step < 0.0;
  }
  return rises || falls;
}

}  // namespace

TEST_CASE("neighbouring classes are told apart by every reader", "[carto][palettes]") {
  for (const Palette& entry : palettes()) {
    if (entry.kind == PaletteKind::categorical) continue;
    for (std::size_t count = 2; count <= 7; ++count) {
      const std::vector<Colour> colours = sampled(entry, count);
      for (const ColourVision vision : colour_visions) {
        // In grey print the two arms of a diverging palette look alike by nature.
        if (vision == ColourVision::grey && entry.kind == PaletteKind::diverging) continue;
        INFO(entry.id << ", " << count << " classes, " << id_of(vision));
        CHECK(least_step(colours, vision) >= least_difference);
      }
    }
  }
}

TEST_CASE("lightness runs one way", "[carto][palettes]") {
  for (const Palette& entry : palettes()) {
    if (entry.kind == PaletteKind::categorical) continue;
    INFO(entry.id);
    const std::vector<Colour> colours = sampled(entry, 33);
    if (entry.kind == PaletteKind::sequential) CHECK(lightness_one_way(colours));
    if (entry.kind == PaletteKind::diverging) {
      CHECK(lightness_one_way(std::span(colours).first(17)));
      CHECK(lightness_one_way(std::span(colours).last(17)));
      CHECK(colours[16] == entry.anchors[entry.anchors.size() / 2]);
      CHECK(lightness_of(colours[16]) > 90.0);
    }
  }
}

TEST_CASE("ends of a diverging palette are told apart by every reader", "[carto][palettes]") {
  for (const Palette& entry : palettes()) {
    if (entry.kind != PaletteKind::diverging) continue;
    const std::vector<Colour> colours = sampled(entry, 6);
    for (const ColourVision vision : colour_visions) {
      if (vision == ColourVision::grey) continue;
      for (std::size_t i = 0; i < 3; ++i) {
        INFO(entry.id << ", pair " << i << ", " << id_of(vision));
        CHECK(colour_difference(seen(colours[i], vision), seen(colours[5 - i], vision)) >= 10.0);
      }
    }
  }
}

TEST_CASE("kinds are told apart by every reader", "[carto][palettes]") {
  for (const std::string_view id : {default_categorical, lisa_palette}) {
    const std::vector<Colour> colours = sampled(palette(id), id == lisa_palette ? 5 : 8);
    for (const ColourVision vision : colour_visions) {
      if (vision == ColourVision::grey) continue;
      for (std::size_t i = 0; i < colours.size(); ++i) {
        for (std::size_t j = i + 1; j < colours.size(); ++j) {
          INFO(id << " " << i << " and " << j << ", " << id_of(vision));
          CHECK(colour_difference(seen(colours[i], vision), seen(colours[j], vision)) >= 8.0);
        }
      }
    }
  }
}

TEST_CASE("no data and hidden are no class", "[carto][palettes]") {
  CHECK(colour_difference(no_data_colour, suppressed_colour) >= least_difference);
  for (const ColourVision vision : colour_visions) {
    CHECK(colour_difference(seen(no_data_colour, vision), seen(suppressed_colour, vision)) >=
          least_difference);
  }
  for (const Palette& entry : palettes()) {
    if (entry.kind == PaletteKind::categorical) continue;
    for (const Colour colour : sampled(entry, 7)) {
      INFO(entry.id << " " << hex_text(colour));
      CHECK(colour_difference(colour, no_data_colour) >= 4.0);
    }
  }
}

TEST_CASE("sampling", "[carto][palettes]") {
  const Palette& viridis = palette("viridis");
  SECTION("starts and ends with the ends, and turns round") {
    const std::vector<Colour> colours = sampled(viridis, 5);
    REQUIRE(colours.size() == 5);
    CHECK(colours.front() == rgb(0x440154));
    CHECK(colours.back() == rgb(0xFDE725));
    std::vector<Colour> turned = sampled(viridis, 5, true);
    std::reverse(turned.begin(), turned.end());
    CHECK(turned == colours);
  }
  SECTION("none and one") {
    CHECK(sampled(viridis, 0).empty());
    CHECK(sampled(palette("blue-orange"), 1).front() == rgb(0xF3F1EC));
  }
  SECTION("steps of equal perceived distance") {
    const std::vector<Colour> colours = sampled(palette("yellow-blue"), 7);
    double least = 1e9;
    double greatest = 0.0;
    for (std::size_t i = 1; i < colours.size(); ++i) {
      const Oklab a = oklab_of(colours[i - 1]);
      const Oklab b = oklab_of(colours[i]);
      const double step = std::hypot(a.lightness - b.lightness, a.a - b.a, a.b - b.b);
      least = std::min(least, step);
      greatest = std::max(greatest, step);
    }
    CHECK(greatest < 1.25 * least);
  }
  SECTION("errors name the palette and the way out") {
    CHECK_THROWS_AS(palette("viridi"), quartier::InputError);
    try {
      palette("viridi");
    } catch (const quartier::InputError& error) {
      CHECK(error.way_out() == "did you mean viridis?");
    }
    CHECK_THROWS_AS(sampled(palette("okabe-ito"), 9), quartier::InputError);
  }
  SECTION("ids are unique, every row names its source") {
    for (std::size_t i = 0; i < palettes().size(); ++i) {
      CHECK_FALSE(palettes()[i].source.empty());
      CHECK(&palette(palettes()[i].id) == &palettes()[i]);
    }
  }
}
