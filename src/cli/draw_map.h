#pragma once
/// A map page of a published column: `render` draws the map, `report` sets the page round it.

#include <memory>
#include <string>

#include "report/column_map.h"
#include "report/map_page.h"
#include "study/publication.h"

namespace quartier::cli {

struct DrawOptions {
  report::ColumnMapOptions colours;
  report::PageSize size;
  std::string service;  ///< its sites are drawn as dots; empty: none
  bool labels = true;
};

enum class PageFormat : std::uint8_t { png, svg, pdf };

/// The format that a file name's ending stands for. @throws UsageError for any other ending
PageFormat page_format_of(const std::string& file);

/// Draws pages of one publication; keeps its graphics context between them.
class MapDrawer {
 public:
  explicit MapDrawer(const study::Publication& publication);
  ~MapDrawer();
  MapDrawer(const MapDrawer&) = delete;
  MapDrawer& operator=(const MapDrawer&) = delete;

  /// The page of a column, as the bytes of a file.
  /// @throws RenderError where no graphics context can be made; InputError for unknown palettes
  std::string page(const study::Column& column, const DrawOptions& options, PageFormat format);

 private:
  struct Canvas;
  const study::Publication& publication_;
  std::unique_ptr<Canvas> canvas_;
};

}  // namespace quartier::cli
