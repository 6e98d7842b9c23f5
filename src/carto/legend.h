#pragma once
/// Legends: what the colours of a map mean, in words and rounded numbers.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "carto/classify.h"
#include "carto/colour.h"

namespace quartier::carto {

struct LegendEntry {
  std::string label;
  Colour colour;
  bool hatched = false;   ///< drawn with diagonal lines in `hatch_colour`
  std::size_t count = 0;  ///< districts of this class
};

/// A legend, lowest class first. The special classes are listed only where a district is in them.
struct Legend {
  std::string title;
  std::string unit;  ///< "%", "m", "persons per km²"; empty for pure numbers
  std::vector<LegendEntry> entries;
  std::optional<LegendEntry> unreached;
  std::optional<LegendEntry> no_data;
  std::optional<LegendEntry> suppressed;
};

/// How the numbers of a legend are written.
struct LabelRule {
  double factor = 1.0;         ///< 100 shows shares as per cent
  bool whole_numbers = false;  ///< values are whole (counts): classes "0–3", "4–7" without overlap
};

/// One label for each class: rounded edges joined by an en dash ("0.12–0.30"), or by "to" where one
/// is negative; a class of a single value is that value. As few decimals as keep all edges
/// distinct and move none by more than a tenth of the narrower class beside it.
/// @returns [class count]
std::vector<std::string> class_labels(const Breaks& breaks, const LabelRule& rule = {});

}  // namespace quartier::carto
