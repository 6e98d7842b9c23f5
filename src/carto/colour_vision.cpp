#include "carto/colour_vision.h"

namespace quartier::carto {
namespace {

using Matrix = std::array<double, 9>;

constexpr Matrix unchanged{1, 0, 0, 0, 1, 0, 0, 0, 1};
constexpr Matrix protan{0.152286, 1.052583,  -0.204868, 0.114503, 0.786281,
                        0.099216, -0.003882, -0.048116, 1.051998};
constexpr Matrix deutan{0.367322, 0.860646,  -0.227968, 0.280085, 0.672501,
                        0.047413, -0.011820, 0.042940,  0.968881};
constexpr Matrix tritan{1.255528, -0.076749, -0.178779, -0.078411, 0.930809,
                        0.147602, 0.004733,  0.691367,  0.303900};
constexpr Matrix luminance{0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722};

const Matrix& matrix_of(ColourVision vision) {
  switch (vision) {
    case ColourVision::full:
      return unchanged;
    case ColourVision::protanopia:
      return protan;
    case ColourVision::deuteranopia:
      return deutan;
    case ColourVision::tritanopia:
      return tritan;
    case ColourVision::grey:
      return luminance;
  }
  return unchanged;
}

}  // namespace

std::string_view id_of(ColourVision vision) {
  switch (vision) {
    case ColourVision::full:
      return "full";
    case ColourVision::protanopia:
      return "protanopia";
    case ColourVision::deuteranopia:
      return "deuteranopia";
    case ColourVision::tritanopia:
      return "tritanopia";
    case ColourVision::grey:
      return "grey";
  }
  return "full";
}

std::string_view label_of(ColourVision vision) {
  switch (vision) {
    case ColourVision::full:
      return "Full colour vision";
    case ColourVision::protanopia:
      return "Protanopia (no red cones)";
    case ColourVision::deuteranopia:
      return "Deuteranopia (no green cones)";
    case ColourVision::tritanopia:
      return "Tritanopia (no blue cones)";
    case ColourVision::grey:
      return "Grey print";
  }
  return "Full colour vision";
}

Colour seen(Colour colour, ColourVision vision) {
  if (vision == ColourVision::full) return colour;
  const Matrix& m = matrix_of(vision);
  const double r = linear_of(colour.r);
  const double g = linear_of(colour.g);
  const double b = linear_of(colour.b);
  return {channel_of(m[0] * r + m[1] * g + m[2] * b), channel_of(m[3] * r + m[4] * g + m[5] * b),
          channel_of(m[6] * r + m[7] * g + m[8] * b), colour.a};
}

}  // namespace quartier::carto
