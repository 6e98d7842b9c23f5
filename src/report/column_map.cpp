#include "report/column_map.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "report/number_style.h"
#include "report/travel_words.h"

namespace quartier::report {
namespace {

constexpr std::size_t default_class_count = 6;

std::string default_palette(const study::ColumnSpec& spec) {
  if (spec.categorical) {
    const bool few = spec.categories.size() <= carto::lisa_category_count;
    return few ? std::string(carto::lisa_palette) : "okabe-ito";
  }
  if (spec.diverging) return std::string(carto::default_diverging);
  if (spec.kind == study::ColumnKind::score || spec.kind == study::ColumnKind::rank) {
    return "blue-purple";
  }
  if (spec.composition) return "yellow-blue";
  return "yellow-brown";
}

NumberStyle style_of(const study::Column& column) {
  if (column.spec.categorical) return {};
  double largest = 0.0;
  for (const double value : column.values) {
    if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
  }
  return number_style(column.spec.unit, largest, column.parameters);
}

bool all_whole(const study::Column& column) {
  return std::all_of(column.values.begin(), column.values.end(), [](double value) {
    return !std::isfinite(value) || value == std::floor(value);
  });
}

/// "No data" where the sources say nothing, "No value" where the quantity does not exist anywhere
/// it is missing.
void name_missing(const study::Column& column, carto::Choropleth& map) {
  if (!map.legend.no_data) return;
  for (std::size_t i = 0; i < column.states.size(); ++i) {
    if (map.classes[i] == carto::no_data_class &&
        column.states[i] != study::ValueState::undefined) {
      return;
    }
  }
  map.legend.no_data->label = "No value";
}

std::vector<std::uint8_t> suppressed_of(const study::Column& column) {
  std::vector<std::uint8_t> suppressed;
  suppressed.reserve(column.states.size());
  for (const study::ValueState state : column.states) {
    suppressed.push_back(state == study::ValueState::suppressed ? 1 : 0);
  }
  return suppressed;
}

std::string group_label(const study::Publication& publication, const std::string& id) {
  const GroupIndex group = publication.groups().find(id);
  return group == no_index ? id : publication.groups().nodes[group].label;
}

}  // namespace

std::string date_text(std::string_view iso) {
  constexpr std::array months{"January",   "February", "March",    "April",
                              "May",       "June",     "July",     "August",
                              "September", "October",  "November", "December"};
  const std::vector<std::string_view> parts = split(iso, '-');
  if (parts.size() != 3) return std::string(iso);
  const auto month = parse_number(parts[1]);
  const auto day = parse_number(parts[2]);
  if (!month || !day || *month < 1 || *month > 12) return std::string(iso);
  return display_text(*day, 0) + " " + months[static_cast<std::size_t>(*month) - 1] + " " +
         std::string(parts[0]);
}

ColumnMap column_map(const study::Column& column, const ColumnMapOptions& options) {
  const study::ColumnSpec& spec = column.spec;
  carto::ChoroplethStyle style;
  style.title = spec.label;
  const NumberStyle numbers = style_of(column);
  style.unit = numbers.unit;
  style.factor = numbers.factor;
  style.palette = options.palette.empty() ? default_palette(spec) : options.palette;
  style.reversed = options.reversed != (spec.kind == study::ColumnKind::rank);
  const std::vector<std::uint8_t> suppressed = suppressed_of(column);
  if (spec.categorical) {
    std::vector<std::uint8_t> kinds;
    for (const double value : column.values) {
      kinds.push_back(is_defined(value) ? static_cast<std::uint8_t>(value) : carto::no_class);
    }
    ColumnMap kinds_map{carto::category_map(kinds, suppressed, spec.categories, style), {}};
    name_missing(column, kinds_map.choropleth);
    return kinds_map;
  }
  carto::BreakMethod method =
      spec.diverging ? carto::BreakMethod::diverging : carto::BreakMethod::natural;
  if (!options.method.empty()) method = carto::break_method(options.method);
  const std::size_t classes = options.class_count > 0 ? options.class_count : default_class_count;
  carto::Breaks breaks = carto::make_breaks(method, column.values, classes, spec.middle);
  carto::Choropleth map = carto::choropleth(column.values, suppressed, breaks, style);
  name_missing(column, map);
  return {std::move(map), std::move(breaks)};
}

std::string column_title(const study::Publication& publication, const study::ColumnSpec& spec) {
  std::string title = spec.label;
  if (!spec.group.empty()) title += ": " + group_label(publication, spec.group);
  for (const study::ServicePoints& service : publication.services()) {
    if (service.id == spec.service) title += ": " + service.label;
  }
  if (!spec.reference.empty() && spec.reference != "rest") {
    title += " against " + group_label(publication, spec.reference);
  }
  return title;
}

std::string column_subtitle(const study::Publication& publication, const study::ColumnSpec& spec) {
  std::string text = publication.title() + ", " + publication.edition(spec.edition).label;
  if (!spec.date.empty()) text += ", " + date_text(spec.date);
  return text;
}

std::string column_note(const study::Column& column) {
  std::string note = column.spec.meaning;
  const std::string travel =
      column.spec.service.empty() ? std::string() : travel_in_words(column.parameters);
  if (!travel.empty()) note += (note.empty() ? "" : " ") + travel + ".";
  return note;
}

MapPageText column_page_text(const study::Publication& publication, const study::Column& column) {
  MapPageText text;
  text.title = column_title(publication, column.spec);
  text.subtitle = column_subtitle(publication, column.spec);
  text.note = column_note(column);
  text.source = "Source: " + publication.source_line() + ". Map: Quartier.";
  text.date = column.spec.date;
  text.synthetic = publication.synthetic();
  return text;
}

std::string column_value_text(const study::Column& column, std::size_t district) {
  switch (column.states[district]) {
    case study::ValueState::suppressed:
      return "suppressed";
    case study::ValueState::no_data:
      return "no data";
    case study::ValueState::undefined:
      return "n/a";
    case study::ValueState::shown:
      break;
  }
  const double value = column.values[district];
  const study::ColumnSpec& spec = column.spec;
  if (spec.categorical) return spec.categories[static_cast<std::size_t>(value)];
  if (std::isinf(value)) return "cannot be reached";
  const NumberStyle style = style_of(column);
  const double shown = value * style.factor;
  const double size = std::abs(shown);
  const bool counted = spec.unit == "services" || spec.unit == "places";
  const bool whole = spec.unit == "persons" || spec.unit == "m" || spec.unit == "rank" ||
                     size >= 1000.0 || (counted && all_whole(column));
  const bool at_least = !column.at_least.empty() && column.at_least[district] != 0;
  const int decimals = whole ? 0 : spec.unit == "share" || size >= 10.0 ? 1 : 2;
  return (at_least ? "at least " : "") + display_text(shown, decimals) +
         (style.unit.empty() ? "" : " " + style.unit);
}

}  // namespace quartier::report
