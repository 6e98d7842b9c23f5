#include "report/vector_map.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include <algorithm>
#include <numeric>
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

/// The map's place on the page, and the size of the grid its shapes are on.
struct GridFrame {
  PixelBox map;
  int steps = 1;
};

void add_line(cairo_t* cairo, const GridFrame& frame, const std::vector<GridPoint>& line) {
  cairo_new_sub_path(cairo);
  for (const GridPoint point : line) {
    cairo_line_to(cairo, frame.map.x + static_cast<double>(point.x) / frame.steps,
                  frame.map.y + static_cast<double>(point.y) / frame.steps);
  }
}

void add_rings(cairo_t* cairo, const GridFrame& frame, const GridRings& rings) {
  for (const std::vector<GridPoint>& ring : rings) {
    add_line(cairo, frame, ring);
    cairo_close_path(cairo);
  }
}

std::uint32_t key_of(carto::Colour colour) {
  return static_cast<std::uint32_t>(colour.r) << 24U | static_cast<std::uint32_t>(colour.g) << 16U |
         static_cast<std::uint32_t>(colour.b) << 8U | colour.a;
}

/// Districts of one colour are one path: a smaller file, and no hairlines between them.
void fill_districts(cairo_t* cairo, const GridFrame& frame, const std::vector<GridRings>& districts,
                    std::span<const carto::Colour> fills, bool stroked) {
  std::vector<std::size_t> order(districts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return key_of(fills[a]) < key_of(fills[b]);
  });
  for (std::size_t begin = 0; begin < order.size();) {
    const carto::Colour colour = fills[order[begin]];
    cairo_new_path(cairo);
    std::size_t end = begin;
    for (; end < order.size() && fills[order[end]] == colour; ++end) {
      add_rings(cairo, frame, districts[order[end]]);
    }
    begin = end;
    set_ink(cairo, ink_of(colour));
    if (!stroked) {
      cairo_fill(cairo);
      continue;
    }
    // A line of the same colour closes the hairlines between this colour and the next.
    cairo_fill_preserve(cairo);
    cairo_set_line_width(cairo, 0.4);
    cairo_stroke(cairo);
  }
}

void hatch_districts(cairo_t* cairo, const GridFrame& frame,
                     const std::vector<GridRings>& districts,
                     std::span<const std::uint8_t> hatched) {
  cairo_new_path(cairo);
  bool any = false;
  for (std::size_t d = 0; d < hatched.size(); ++d) {
    if (hatched[d] == 0 || districts[d].empty()) continue;
    add_rings(cairo, frame, districts[d]);
    any = true;
  }
  if (!any) return;
  cairo_save(cairo);
  cairo_clip(cairo);
  draw_hatch(cairo, {static_cast<double>(frame.map.x), static_cast<double>(frame.map.y),
                     static_cast<double>(frame.map.width), static_cast<double>(frame.map.height)});
  cairo_restore(cairo);
}

void draw_districts(cairo_t* cairo, const PixelBox& map, const VectorMap& vector) {
  const Districts& city = *vector.districts;
  // Districts of a few pixels need less detail, and white lines would wash out their colours.
  const double pixels_each =
      map.width * static_cast<double>(map.height) / std::max(1.0, static_cast<double>(city.size()));
  const GridFrame frame{map, pixels_each < 144.0 ? 2 : 4};
  const bool outlined = pixels_each >= 36.0;
  const std::vector<GridRings> districts = simplified(city.shapes, vector.view, frame.steps);
  // Holes run against their outer ring, so that overlaps of districts stay filled.
  cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_WINDING);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
  fill_districts(cairo, frame, districts, vector.fills, !outlined);
  hatch_districts(cairo, frame, districts, vector.hatched);
  if (outlined) {
    set_ink(cairo, ink(0xFFFFFF));
    cairo_set_line_width(cairo, 0.6);
    cairo_new_path(cairo);
    for (const GridRings& rings : districts) add_rings(cairo, frame, rings);
    cairo_stroke(cairo);
  }
  if (vector.parent_level >= city.levels.size()) return;
  set_ink(cairo, ink(0x4A4A4A));
  cairo_set_line_width(cairo, 1.2);
  cairo_new_path(cairo);
  for (const auto& line : parent_boundaries(city.shapes, vector.view, frame.steps,
                                            city.levels[vector.parent_level].of_district)) {
    add_line(cairo, frame, line);
  }
  cairo_stroke(cairo);
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
