#include "report/vector_map.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "report/page_layout.h"
#include "report/simplified.h"

namespace quartier::report {
namespace {

constexpr double points_per_unit = 72.0 / 96.0;

cairo_status_t append_bytes(void* out, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

Ink ink_of(carto::Colour colour) {
  return {colour.r / 255.0, colour.g / 255.0, colour.b / 255.0, colour.a / 255.0};
}

void add_line(cairo_t* cairo, const PixelBox& map, const std::vector<GridPoint>& line,
              bool closed) {
  for (const GridPoint point : line) {
    cairo_line_to(cairo, map.x + static_cast<double>(point.x) / grid_steps_per_pixel,
                  map.y + static_cast<double>(point.y) / grid_steps_per_pixel);
  }
  if (closed) {
    cairo_close_path(cairo);
  } else {
    cairo_new_sub_path(cairo);
  }
}

void add_rings(cairo_t* cairo, const PixelBox& map, const GridRings& rings) {
  cairo_new_path(cairo);
  for (const std::vector<GridPoint>& ring : rings) {
    cairo_new_sub_path(cairo);
    add_line(cairo, map, ring, true);
  }
}

void draw_districts(cairo_t* cairo, const PixelBox& map, const VectorMap& vector) {
  const std::vector<GridRings> districts = simplified(vector.districts->shapes, vector.view);
  cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
  for (std::size_t d = 0; d < districts.size(); ++d) {
    if (districts[d].empty()) continue;
    add_rings(cairo, map, districts[d]);
    set_ink(cairo, ink_of(vector.fills[d]));
    // A line of the same colour closes the hairlines that viewers leave between two fills.
    cairo_fill_preserve(cairo);
    cairo_set_line_width(cairo, 0.4);
    cairo_stroke(cairo);
    if (vector.hatched.empty() || vector.hatched[d] == 0) continue;
    cairo_save(cairo);
    add_rings(cairo, map, districts[d]);
    double left = 0.0;
    double top = 0.0;
    double right = 0.0;
    double bottom = 0.0;
    cairo_path_extents(cairo, &left, &top, &right, &bottom);
    left = std::max(left, static_cast<double>(map.x));
    top = std::max(top, static_cast<double>(map.y));
    right = std::min(right, static_cast<double>(map.x + map.width));
    bottom = std::min(bottom, static_cast<double>(map.y + map.height));
    cairo_clip(cairo);
    if (right > left && bottom > top) draw_hatch(cairo, {left, top, right - left, bottom - top});
    cairo_restore(cairo);
  }
  double drawn = 0.0;
  for (const GridRings& rings : districts) drawn += rings.empty() ? 0.0 : 1.0;
  // Where districts are only a few pixels wide, white lines would wash out their colours.
  const double pixels_each =
      drawn > 0.0 ? map.width * static_cast<double>(map.height) / drawn : 0.0;
  if (pixels_each >= 36.0) {
    set_ink(cairo, ink(0xFFFFFF));
    cairo_set_line_width(cairo, 0.6);
    for (const GridRings& rings : districts) {
      add_rings(cairo, map, rings);
      cairo_stroke(cairo);
    }
  }
  if (vector.parent_level >= vector.districts->levels.size()) return;
  set_ink(cairo, ink(0x4A4A4A));
  cairo_set_line_width(cairo, 1.2);
  const std::vector<std::uint32_t>& parents =
      vector.districts->levels[vector.parent_level].of_district;
  for (const auto& line : parent_boundaries(vector.districts->shapes, vector.view, parents)) {
    cairo_new_path(cairo);
    add_line(cairo, map, line, false);
    cairo_stroke(cairo);
  }
}

void draw_page(cairo_t* cairo, const PageLayoutBoxes& boxes, const MapPage& page,
               const VectorMap& map) {
  cairo_save(cairo);
  cairo_rectangle(cairo, boxes.map.x, boxes.map.y, boxes.map.width, boxes.map.height);
  cairo_clip(cairo);
  draw_districts(cairo, boxes.map, map);
  cairo_restore(cairo);
  draw_map_overlay(cairo, boxes, page);
  draw_page_text(cairo, boxes, page.text);
  draw_side(cairo, boxes, page);
  expect_drawn(cairo_status(cairo), "map page");
}

/// The page at scale 1, and its layout, checked against the map.
PageLayoutBoxes checked_layout(MapPage& page, const VectorMap& map) {
  page.size.scale = 1.0;
  const PageLayoutBoxes boxes = page_layout(page.text, page.size);
  expects(map.districts != nullptr, "vector map: districts to draw");
  expects(map.fills.size() == map.districts->size(), "vector map: a colour for each district");
  expects(map.hatched.empty() || map.hatched.size() == map.districts->size(),
          "vector map: a hatch flag for each district");
  expects(map.view.width == boxes.map.width && map.view.height == boxes.map.height,
          "vector map: a view of the size map_frame asks for");
  return boxes;
}

/// Cairo numbers its elements by a counter of the whole process ("surface12"); here they are
/// numbered from 1 in each file.
std::string renumbered(const std::string& svg) {
  constexpr std::string_view word = "surface";
  std::vector<std::string> seen;
  std::string out;
  out.reserve(svg.size());
  std::size_t at = 0;
  for (;;) {
    const std::size_t found = svg.find(word, at);
    out.append(svg, at, found == std::string::npos ? std::string::npos : found - at);
    if (found == std::string::npos) return out;
    std::size_t end = found + word.size();
    while (end < svg.size() && svg[end] >= '0' && svg[end] <= '9') ++end;
    const std::string number = svg.substr(found + word.size(), end - found - word.size());
    out += word;
    if (!number.empty()) {
      const auto known = std::find(seen.begin(), seen.end(), number);
      out += std::to_string(known - seen.begin() + 1);
      if (known == seen.end()) seen.push_back(number);
    }
    at = end;
  }
}

}  // namespace

std::string map_page_svg(const MapPage& page, const VectorMap& map) {
  MapPage at_one = page;
  const PageLayoutBoxes boxes = checked_layout(at_one, map);
  std::string svg;
  {
    const CairoSurface surface(cairo_svg_surface_create_for_stream(
        append_bytes, &svg, at_one.size.width, at_one.size.height));
    expect_drawn(cairo_surface_status(surface.get()), "map page: SVG");
    cairo_svg_surface_set_document_unit(surface.get(), CAIRO_SVG_UNIT_PX);
    const CairoContext cairo = drawing_on(surface.get());
    set_ink(cairo.get(), ink(0xFFFFFF));
    cairo_paint(cairo.get());
    draw_page(cairo.get(), boxes, at_one, map);
    cairo_surface_finish(surface.get());
    expect_drawn(cairo_surface_status(surface.get()), "map page: SVG");
  }
  return renumbered(svg);
}

std::string map_page_pdf(const MapPage& page, const VectorMap& map) {
  MapPage at_one = page;
  const PageLayoutBoxes boxes = checked_layout(at_one, map);
  std::string pdf;
  {
    const CairoSurface surface(
        cairo_pdf_surface_create_for_stream(append_bytes, &pdf, at_one.size.width * points_per_unit,
                                            at_one.size.height * points_per_unit));
    expect_drawn(cairo_surface_status(surface.get()), "map page: PDF");
    const std::string title = display_safe(page.text.title);
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Quartier");
    // Without a date of its own Cairo would write the clock's.
    const std::string date = (page.text.date.size() >= 10  ? page.text.date.substr(0, 10)
                              : page.text.date.size() == 4 ? page.text.date + "-01-01"
                                                           : std::string("1970-01-01")) +
                             "T00:00:00Z";
    cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, date.c_str());
    const CairoContext cairo = drawing_on(surface.get());
    cairo_scale(cairo.get(), points_per_unit, points_per_unit);
    draw_page(cairo.get(), boxes, at_one, map);
    cairo_surface_finish(surface.get());
    expect_drawn(cairo_surface_status(surface.get()), "map page: PDF");
  }
  return pdf;
}

}  // namespace quartier::report
