#pragma once
/// Choropleths: from one number per district to its colour, and the legend that explains it.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "carto/classify.h"
#include "carto/legend.h"
#include "carto/palettes.h"

namespace quartier::carto {

/// Classes of districts from which nothing can be reached (their value is +infinity), that have no
/// value, or whose value must not be shown.
inline constexpr std::uint8_t unreached_class = 253;
inline constexpr std::uint8_t no_data_class = 254;
inline constexpr std::uint8_t suppressed_class = 255;

/// A coloured map: the class and colour of every district, and the legend.
struct Choropleth {
  std::vector<std::uint8_t> classes;  ///< [n] position in legend.entries, or one of those above
  std::vector<Colour> colours;        ///< [n]
  std::vector<std::uint8_t> hatched;  ///< [n] 1 where suppressed
  Legend legend;
};

/// What a choropleth is made with.
struct ChoroplethStyle {
  std::string title = {};
  std::string unit = {};
  double factor = 1.0;  ///< 100 shows shares as per cent
  std::string palette = std::string(default_sequential);
  bool reversed = false;
};

/// Colours `values` [n] by `breaks`. `suppressed` [n] (or empty) is not zero where a value is
/// hidden: that district takes the suppressed class whatever its value. +infinity, the cost of a
/// way that does not exist, takes the unreached class; undefined values take the no-data class.
/// @throws InputError for an unknown palette, or one with too few colours
Choropleth choropleth(std::span<const double> values, std::span<const std::uint8_t> suppressed,
                      const Breaks& breaks, const ChoroplethStyle& style);

/// Colours kinds: `kinds` [n] are positions in `labels`; any other number is no data.
/// @throws InputError for an unknown palette, or one with fewer colours than labels
Choropleth category_map(std::span<const std::uint8_t> kinds,
                        std::span<const std::uint8_t> suppressed,
                        std::span<const std::string> labels, const ChoroplethStyle& style);

}  // namespace quartier::carto
