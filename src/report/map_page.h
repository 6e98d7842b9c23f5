#pragma once
/// A map page: the picture of a map set with title, legend, scale bar, north arrow and sources, in
/// real fonts, as PNG. Everything on the page is a pure function of its inputs; same input, same
/// bytes.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "carto/colour.h"
#include "carto/legend.h"
#include "domain/districts.h"
#include "domain/polygons.h"

namespace quartier::report {

/// A page in page units (1/96 inch); a picture has `scale` pixels to the unit (3.125: 300 dpi).
struct PageSize {
  int width = 1600;
  int height = 1100;
  double scale = 1.0;
};

inline constexpr PageSize a4_landscape{1123, 794, 1.0};
inline constexpr PageSize a3_landscape{1587, 1123, 1.0};

/// The words of a page. Long ones wrap, and end in an ellipsis where they still do not fit.
struct MapPageText {
  std::string title;       ///< what is shown: "Share of residents, Southern Asia"
  std::string subtitle;    ///< where and when: "Barcelona, neighbourhoods, 1 January 2025"
  std::string note;        ///< how to read it; beside the map, under the legend
  std::string source;      ///< attributions and licences; at the foot
  std::string date;        ///< ISO 8601, of the data; becomes the date of a PDF
  bool synthetic = false;  ///< invented data: a ribbon says so
};

/// A box of whole pixels, from the top left of the page.
struct PixelBox {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  bool operator==(const PixelBox&) const = default;
};

/// Which part of the world the map shows; the same meaning as render's camera.
struct MapView {
  Point centre;                   ///< shown in the middle, metres
  double metres_per_pixel = 1.0;  ///< > 0
  int width = 0;                  ///< pixels
  int height = 0;

  /// Pixels to the right of and below the map's top left corner.
  [[nodiscard]] Point pixel_of(Point place) const {
    return {(place.x - centre.x) / metres_per_pixel + width / 2.0,
            (centre.y - place.y) / metres_per_pixel + height / 2.0};
  }
};

/// A name on the map.
struct MapLabel {
  Point at;  ///< its middle, in pixels of the map
  std::string text;
  double priority = 0.0;  ///< the highest is placed first; ties in the order given
  double room_px = 0.0;   ///< the label is left out where it is wider than this; 0: no limit
};

/// Sites of a service on the map.
struct MapSites {
  std::string label;      ///< for the legend
  carto::Colour fill;     ///< a dot with a white rim
  std::vector<Point> at;  ///< in pixels of the map
  bool drawn = false;     ///< the map's pixels hold them already: legend only
};

/// What stands round the map.
struct MapPage {
  MapPageText text;
  carto::Legend legend;
  PageSize size;
  double metres_per_pixel = 1.0;  ///< of the map: for the scale bar
  std::vector<MapLabel> labels;
  std::vector<MapSites> sites;
};

/// Where the map stands on the page, in pixels: draw exactly this many, they are shown one to one.
/// Depends on the words (a title of two lines takes room from the map), not on the legend.
/// @throws RenderError where the page is too small for its words, or too large to draw
PixelBox map_frame(const MapPageText& text, const PageSize& size);

/// A round length for a scale bar: the longest of 1, 2 or 5 times a power of ten metres that takes
/// at most `widest` units of `metres_per_unit`.
struct ScaleBar {
  double metres = 0.0;
  double length = 0.0;  ///< in those units
  std::string label;    ///< "500 m", "2 km"
};
ScaleBar scale_bar(double metres_per_unit, double widest);

/// Names for the districts that are large enough on screen to hold one: each in the middle of the
/// longest level chord through its largest part (of nine, nearer the middle preferred), priority is
/// the area on screen. Districts outside the view, without shape, or narrower than 24 pixels have
/// none. At most `most` labels, the largest districts.
std::vector<MapLabel> district_labels(const Districts& districts, const MapView& view,
                                      std::size_t most = 400);

/// The page as PNG, with its resolution and without a time.
/// @param rgba  the map, from the top left, row by row, red green blue opacity
///              [4 * width * height of map_frame(page.text, page.size)]; drawn on white
/// @throws std::logic_error where the size differs; RenderError as map_frame
std::string map_page_png(const MapPage& page, std::span<const std::uint8_t> rgba);

}  // namespace quartier::report
