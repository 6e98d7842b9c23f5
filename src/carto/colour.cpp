#include "carto/colour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace quartier::carto {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_hex(std::string& text, std::uint8_t channel) {
  text += hex_digits[channel >> 4U];
  text += hex_digits[channel & 15U];
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::array<double, 256> linear_table() {
  std::array<double, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double s = static_cast<double>(i) / 255.0;
    table[i] = s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
  }
  return table;
}

struct Lab {
  double lightness, a, b;
};

double relative_luminance(Colour c) {
  return 0.2126 * linear_of(c.r) + 0.7152 * linear_of(c.g) + 0.0722 * linear_of(c.b);
}

double lab_curve(double t) {
  constexpr double d = 6.0 / 29.0;
  return t > d * d * d ? std::cbrt(t) : t / (3.0 * d * d) + 4.0 / 29.0;
}

Lab lab_of(Colour c) {
  const double r = linear_of(c.r);
  const double g = linear_of(c.g);
  const double b = linear_of(c.b);
  // The white point is that of the matrix, so that greys have no chroma.
  const double fx = lab_curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.9504700);
  const double fy = lab_curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
  const double fz = lab_curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.0888300);
  return {116.0 * fy - 16.0, 500.0 * (fx - fy), 200.0 * (fy - fz)};
}

double degrees(double radians) { return radians * 180.0 / std::numbers::pi; }
double radians(double degrees) { return degrees * std::numbers::pi / 180.0; }

double hue_degrees(double a, double b) {
  if (a == 0.0 && b == 0.0) return 0.0;
  const double hue = degrees(std::atan2(b, a));
  return hue < 0.0 ? hue + 360.0 : hue;
}

double pow7(double x) { return x * x * x * x * x * x * x; }

double ciede2000(const Lab& one, const Lab& other) {
  const double mean_chroma = (std::hypot(one.a, one.b) + std::hypot(other.a, other.b)) / 2.0;
  const double c7 = pow7(mean_chroma);
  const double g = 0.5 * (1.0 - std::sqrt(c7 / (c7 + pow7(25.0))));
  const double a1 = (1.0 + g) * one.a;
  const double a2 = (1.0 + g) * other.a;
  const double c1 = std::hypot(a1, one.b);
  const double c2 = std::hypot(a2, other.b);
  const double h1 = hue_degrees(a1, one.b);
  const double h2 = hue_degrees(a2, other.b);

  const double dl = other.lightness - one.lightness;
  const double dc = c2 - c1;
  double dh = 0.0;
  double mean_hue = h1 + h2;
  if (c1 * c2 != 0.0) {
    dh = h2 - h1;
    if (dh > 180.0) dh -= 360.0;
    if (dh < -180.0) dh += 360.0;
    if (std::abs(h1 - h2) > 180.0) mean_hue += h1 + h2 < 360.0 ? 360.0 : -360.0;
    mean_hue /= 2.0;
  }
  const double dhh = 2.0 * std::sqrt(c1 * c2) * std::sin(radians(dh / 2.0));

  const double ml = (one.lightness + other.lightness) / 2.0;
  const double mc = (c1 + c2) / 2.0;
  const double t = 1.0 - 0.17 * std::cos(radians(mean_hue - 30.0)) +
                   0.24 * std::cos(radians(2.0 * mean_hue)) +
                   0.32 * std::cos(radians(3.0 * mean_hue + 6.0)) -
                   0.20 * std::cos(radians(4.0 * mean_hue - 63.0));
  const double turn = (mean_hue - 275.0) / 25.0;
  const double mc7 = pow7(mc);
  const double rotation =
      -std::sin(radians(60.0 * std::exp(-turn * turn))) * 2.0 * std::sqrt(mc7 / (mc7 + pow7(25.0)));
  const double l50 = (ml - 50.0) * (ml - 50.0);
  const double l = dl / (1.0 + 0.015 * l50 / std::sqrt(20.0 + l50));
  const double c = dc / (1.0 + 0.045 * mc);
  const double h = dhh / (1.0 + 0.015 * mc * t);
  return std::sqrt(l * l + c * c + h * h + rotation * c * h);
}

}  // namespace

std::string hex_text(Colour colour) {
  std::string text = "#";
  append_hex(text, colour.r);
  append_hex(text, colour.g);
  append_hex(text, colour.b);
  if (colour.a != 255) append_hex(text, colour.a);
  return text;
}

std::optional<Colour> parse_colour(std::string_view text) {
  if ((text.size() != 7 && text.size() != 9) || text.front() != '#') return std::nullopt;
  std::array<std::uint8_t, 4> channels{0, 0, 0, 255};
  for (std::size_t i = 0; 2 * i + 1 < text.size(); ++i) {
    const int high = hex_value(text[2 * i + 1]);
    const int low = hex_value(text[2 * i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    channels[i] = static_cast<std::uint8_t>(16 * high + low);
  }
  return Colour{channels[0], channels[1], channels[2], channels[3]};
}

double linear_of(std::uint8_t channel) {
  static const std::array<double, 256> table = linear_table();
  return table[channel];
}

std::uint8_t channel_of(double linear) {
  const double cut = std::clamp(linear, 0.0, 1.0);
  const double s = cut <= 0.0031308 ? 12.92 * cut : 1.055 * std::pow(cut, 1.0 / 2.4) - 0.055;
  return static_cast<std::uint8_t>(std::lround(255.0 * s));
}

Oklab oklab_of(Colour colour) {
  const double r = linear_of(colour.r);
  const double g = linear_of(colour.g);
  const double b = linear_of(colour.b);
  const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
          1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
          0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

Colour colour_of(const Oklab& lab) {
  const double l = lab.lightness + 0.3963377774 * lab.a + 0.2158037573 * lab.b;
  const double m = lab.lightness - 0.1055613458 * lab.a - 0.0638541728 * lab.b;
  const double s = lab.lightness - 0.0894841775 * lab.a - 1.2914855480 * lab.b;
  const double l3 = l * l * l;
  const double m3 = m * m * m;
  const double s3 = s * s * s;
  return {channel_of(4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3),
          channel_of(-1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3),
          channel_of(-0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3), 255};
}

Colour mixed(Colour from, Colour to, double t) {
  if (t <= 0.0) return from;
  if (t >= 1.0) return to;
  const Oklab a = oklab_of(from);
  const Oklab b = oklab_of(to);
  Colour mix = colour_of({a.lightness + t * (b.lightness - a.lightness), a.a + t * (b.a - a.a),
                          a.b + t * (b.b - a.b)});
  mix.a = static_cast<std::uint8_t>(std::lround(from.a + t * (to.a - from.a)));
  return mix;
}

double colour_difference(Colour one, Colour other) { return ciede2000(lab_of(one), lab_of(other)); }

double lightness_of(Colour colour) { return lab_of(colour).lightness; }

double contrast_ratio(Colour one, Colour other) {
  const double a = relative_luminance(one);
  const double b = relative_luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

Colour ink_on(Colour ground) {
  const Colour black = rgb(0x000000);
  const Colour white = rgb(0xFFFFFF);
  return contrast_ratio(black, ground) >= contrast_ratio(white, ground) ? black : white;
}

}  // namespace quartier::carto
