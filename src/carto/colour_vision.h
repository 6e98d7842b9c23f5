#pragma once
/// Colour vision: how a picture looks to readers with colour-vision deficiency, or in grey print.

#include <array>
#include <cstdint>
#include <string_view>

#include "carto/colour.h"

namespace quartier::carto {

/// Whose eyes look at the picture.
enum class ColourVision : std::uint8_t {
  full,
  protanopia,    ///< no red cones
  deuteranopia,  ///< no green cones; with the weaker form about 1 man in 16
  tritanopia,    ///< no blue cones
  grey,          ///< a black-and-white print: luminance only
};

inline constexpr std::array colour_visions{ColourVision::full, ColourVision::protanopia,
                                           ColourVision::deuteranopia, ColourVision::tritanopia,
                                           ColourVision::grey};

std::string_view id_of(ColourVision vision);
std::string_view label_of(ColourVision vision);

/// The colour as that reader sees it: the matrices of Machado, Oliveira & Fernandes (2009) for full
/// severity, applied in linear light; for `grey` the relative luminance. Opacity is kept.
Colour seen(Colour colour, ColourVision vision);

}  // namespace quartier::carto
