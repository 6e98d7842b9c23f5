#pragma once
/// Where the parts of a map page stand. Private to the room.

#include "report/map_page.h"
#include "report/pango.h"

namespace quartier::report {

/// A box in page units.
struct PageBox {
  double x = 0.0;
  double y = 0.0;
  double width = 0.0;
  double height = 0.0;
};

struct PageLayoutBoxes {
  PageBox ribbon;  ///< height 0: none
  PageBox title;
  PageBox subtitle;
  PageBox side;    ///< legend, note, scale bar
  PageBox source;  ///< at the foot
  PixelBox map;    ///< in pixels
  int width_px = 0;
  int height_px = 0;
};

/// Styles of the words, the same when measured and when drawn.
TextStyle title_style(double width);
TextStyle subtitle_style(double width);
TextStyle source_style(double width);

/// @throws RenderError where the page is too small for its words, or too large to draw
PageLayoutBoxes page_layout(const MapPageText& text, const PageSize& size);

inline constexpr Ink ink_text = ink(0x18222D);
inline constexpr Ink ink_muted = ink(0x55616E);
inline constexpr Ink ink_rule = ink(0xD3D9DF);

/// Draws all that stands round the map; `cairo` in page units.
void draw_page_text(cairo_t* cairo, const PageLayoutBoxes& boxes, const MapPageText& text);
void draw_side(cairo_t* cairo, const PageLayoutBoxes& boxes, const MapPage& page);

/// Draws sites, names and the frame over the map; `cairo` in page units.
void draw_map_overlay(cairo_t* cairo, const PageLayoutBoxes& boxes, const MapPage& page);

/// The parts of it, clipped to the map by the caller.
void draw_sites(cairo_t* cairo, const MapPage& page, const PixelBox& map);
void draw_labels(cairo_t* cairo, const MapPage& page, const PixelBox& map);

/// Diagonal lines over the current clip, within `box`.
void draw_hatch(cairo_t* cairo, const PageBox& box);

}  // namespace quartier::report
