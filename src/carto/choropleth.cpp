#include "carto/choropleth.h"

#include <cmath>

#include "base/error.h"

namespace quartier::carto {
namespace {

bool all_whole(std::span<const double> values) {
  for (const double value : values) {
    if (std::isfinite(value) && value != std::floor(value)) return false;
  }
  return true;
}

/// Colours, hatch, and the counts of the legend, from the classes.
void finish(Choropleth& map) {
  std::vector<LegendEntry>& entries = map.legend.entries;
  LegendEntry unreached{"Not reached", unreached_colour};
  LegendEntry no_data{"No data", no_data_colour};
  LegendEntry suppressed{"Not shown: small numbers", suppressed_colour, true};
  map.colours.reserve(map.classes.size());
  map.hatched.reserve(map.classes.size());
  for (const std::uint8_t number : map.classes) {
    LegendEntry& entry = number == suppressed_class  ? suppressed
                         : number == no_data_class   ? no_data
                         : number == unreached_class ? unreached
                                                     : entries[number];
    ++entry.count;
    map.colours.push_back(entry.colour);
    map.hatched.push_back(entry.hatched ? 1 : 0);
  }
  if (unreached.count > 0) map.legend.unreached = std::move(unreached);
  if (no_data.count > 0) map.legend.no_data = std::move(no_data);
  if (suppressed.count > 0) map.legend.suppressed = std::move(suppressed);
}

void hide(std::vector<std::uint8_t>& classes, std::span<const std::uint8_t> suppressed) {
  expects(suppressed.empty() || suppressed.size() == classes.size(),
          "choropleth: the same districts twice");
  for (std::size_t i = 0; i < suppressed.size(); ++i) {
    if (suppressed[i] != 0) classes[i] = suppressed_class;
  }
}

}  // namespace

Choropleth choropleth(std::span<const double> values, std::span<const std::uint8_t> suppressed,
                      const Breaks& breaks, const ChoroplethStyle& style) {
  Choropleth map;
  map.legend.title = style.title;
  map.legend.unit = style.unit;
  const std::vector<Colour> colours =
      sampled(palette(style.palette), breaks.class_count(), style.reversed);
  const bool whole = style.factor == 1.0 && all_whole(values) && all_whole(breaks.edges);
  const std::vector<std::string> labels = class_labels(breaks, {style.factor, whole});
  for (std::size_t i = 0; i < colours.size(); ++i)
    map.legend.entries.push_back({labels[i], colours[i]});

  map.classes = classes_of(breaks, values);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (map.classes[i] != no_class) continue;
    map.classes[i] = std::isinf(values[i]) && values[i] > 0.0 ? unreached_class : no_data_class;
  }
  hide(map.classes, suppressed);
  finish(map);
  return map;
}

Choropleth category_map(std::span<const std::uint8_t> kinds,
                        std::span<const std::uint8_t> suppressed,
                        std::span<const std::string> labels, const ChoroplethStyle& style) {
  Choropleth map;
  map.legend.title = style.title;
  map.legend.unit = style.unit;
  const std::vector<Colour> colours =
      sampled(palette(style.palette), labels.size(), style.reversed);
  for (std::size_t i = 0; i < colours.size(); ++i)
    map.legend.entries.push_back({labels[i], colours[i]});

  map.classes.assign(kinds.begin(), kinds.end());
  for (std::uint8_t& number : map.classes) {
    if (number >= labels.size()) number = no_data_class;
  }
  hide(map.classes, suppressed);
  finish(map);
  return map;
}

}  // namespace quartier::carto
