#pragma once
/// How a published column is drawn: classes, colours, legend and words. The map command, the report
/// and the window take them from here, so that they agree.

#include <cstddef>
#include <string>

#include "carto/choropleth.h"
#include "carto/classify.h"
#include "report/map_page.h"
#include "study/publication.h"

namespace quartier::report {

/// What a reader may choose; empty or 0: what suits the column.
struct ColumnMapOptions {
  std::string palette;
  std::string method;  ///< id of a break method
  std::size_t class_count = 0;
  bool reversed = false;
};

/// A column coloured: values by class, suppressed and missing ones in their own classes.
struct ColumnMap {
  carto::Choropleth choropleth;
  carto::Breaks breaks;  ///< empty for categories
};

/// @throws InputError for an unknown palette or method
ColumnMap column_map(const study::Column& column, const ColumnMapOptions& options = {});

/// "Share of residents: Southern Asia"
std::string column_title(const study::Publication& publication, const study::ColumnSpec& spec);

/// "Barcelona, Barris, 1 January 2025"
std::string column_subtitle(const study::Publication& publication, const study::ColumnSpec& spec);

/// What the column means and, where it measures ways to a service, how people travel: "Way from the
/// district to the nearest site that offers places. Along the streets on foot, from the middle of
/// each district."
std::string column_note(const study::Column& column);

/// The words of the column's map page.
MapPageText column_page_text(const study::Publication& publication, const study::Column& column);

/// A value of the column for people: "12.3 %", "640 m", "suppressed", "n/a".
std::string column_value_text(const study::Column& column, std::size_t district);

/// "1 January 2025"; a text that is no date as it is.
std::string date_text(std::string_view iso);

}  // namespace quartier::report
