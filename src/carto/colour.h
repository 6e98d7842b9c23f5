#pragma once
/// Colours: sRGB with opacity, mixing and differences as the eye sees them, contrast of text.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quartier::carto {

/// An sRGB colour, 8 bits a channel; `a` 255 is opaque.
struct Colour {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;
  bool operator==(const Colour&) const = default;
};

/// An opaque colour from 0xRRGGBB.
constexpr Colour rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16U), static_cast<std::uint8_t>(hex >> 8U),
          static_cast<std::uint8_t>(hex), 255};
}

/// "#rrggbb", or "#rrggbbaa" where the colour is not opaque: as CSS, SVG and QGIS read it.
std::string hex_text(Colour colour);

/// A colour from "#rrggbb" or "#rrggbbaa"; nothing where the text is anything else.
std::optional<Colour> parse_colour(std::string_view text);

/// One channel to linear light and back: 0 to 1 (IEC 61966-2-1).
double linear_of(std::uint8_t channel);
std::uint8_t channel_of(double linear);

/// A colour in the OKLab space (Ottosson 2020): lightness 0 to 1, and two opponent axes in which
/// equal distances look about equally far apart.
struct Oklab {
  double lightness = 0.0;
  double a = 0.0;
  double b = 0.0;
};
Oklab oklab_of(Colour colour);
/// The nearest colour of the sRGB gamut, each channel cut to its range; opaque.
Colour colour_of(const Oklab& lab);

/// The colour `t` of the way from `from` (0) to `to` (1), along a straight line in OKLab.
Colour mixed(Colour from, Colour to, double t);

/// Colour difference ΔE00 (CIE 142-2001; formula and test data of Sharma, Wu & Dalal 2005) between
/// two opaque colours under D65. About 1 is just visible, 5 is told apart at a glance.
double colour_difference(Colour one, Colour other);

/// CIE lightness L*, 0 black to 100 white.
double lightness_of(Colour colour);

/// Contrast ratio of WCAG 2.1, from 1 to 21; text needs 4.5, graphical objects 3.
double contrast_ratio(Colour one, Colour other);

/// Black or white, whichever stands out more on `ground`.
Colour ink_on(Colour ground);

}  // namespace quartier::carto
