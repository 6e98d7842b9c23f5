#pragma once
/// Palettes: colours for classes, all safe for colour-vision deficiency, none that sets red against
/// green, so that no map of composition reads as good against bad.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "carto/colour.h"

namespace quartier::carto {

enum class PaletteKind : std::uint8_t {
  sequential,   ///< from little to much; lightness changes one way
  diverging,    ///< two hues that meet in a light middle
  categorical,  ///< kinds without order
};
std::string_view id_of(PaletteKind kind);

/// A row of the table of palettes. Sequential and diverging palettes are sampled between their
/// anchors; categorical ones are used colour by colour.
struct Palette {
  std::string_view id;
  std::string_view label;
  PaletteKind kind = PaletteKind::sequential;
  std::string_view source;          ///< who published the values
  std::span<const Colour> anchors;  ///< sequential: low to high; diverging: low, middle, high
};

/// Every palette there is; `quartier list palettes` and the viewer's menu read this table.
std::span<const Palette> palettes();

/// The palette called `id`. @throws InputError with the nearest name where there is none
const Palette& palette(std::string_view id);

inline constexpr std::string_view default_sequential = "viridis";
inline constexpr std::string_view default_diverging = "blue-orange";
inline constexpr std::string_view default_categorical = "okabe-ito";
inline constexpr std::string_view lisa_palette = "lisa";

/// `count` colours. Sequential: from the first to the last anchor at equal steps of perceived
/// distance (OKLab). Diverging: likewise on either side; an odd count has the middle colour in its
/// middle, an even one straddles it. One colour alone is the middle of the palette. Categorical:
/// the first `count` colours. `reversed` turns the order round. Up to 7 classes, neighbours of a
/// sequential or diverging palette stay at least `least_difference` apart (ΔE00) for every kind of
/// colour vision; a test holds them to it.
/// @throws InputError where a categorical palette has fewer colours
std::vector<Colour> sampled(const Palette& palette, std::size_t count, bool reversed = false);

/// The promise of `sampled`, in ΔE00.
inline constexpr double least_difference = 5.0;

/// Always the same, in every palette: districts from which there is no way, without a value, and
/// with a hidden one (drawn with a hatch in `hatch_colour`).
inline constexpr Colour unreached_colour = rgb(0x4B5563);
inline constexpr Colour no_data_colour = rgb(0xDEDEDE);
inline constexpr Colour suppressed_colour = rgb(0xBDBDBD);
inline constexpr Colour hatch_colour = rgb(0x7A7A7A);

/// Kinds of local association, in the order of the "lisa" palette.
inline constexpr std::size_t lisa_category_count = 5;
std::string_view lisa_label(std::size_t category);  ///< "Not significant", "High among high", ...

}  // namespace quartier::carto
