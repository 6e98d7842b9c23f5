// The column beside the map: legend, note, scale bar and north arrow.

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/text.h"
#include "carto/palettes.h"
#include "report/page_layout.h"

namespace quartier::report {
namespace {

constexpr double swatch_width = 34.0;
constexpr double scale_room = 74.0;

Ink ink_of(carto::Colour colour) {
  return {colour.r / 255.0, colour.g / 255.0, colour.b / 255.0, colour.a / 255.0};
}

/// The lines of a legend, special classes and sites among them.
struct Row {
  std::string label;
  Ink colour;
  bool hatched = false;
  bool dot = false;
  bool apart = false;  ///< a little room above it
  std::string count;
};

std::vector<Row> rows_of(const MapPage& page) {
  std::vector<Row> rows;
  for (const carto::LegendEntry& entry : page.legend.entries) {
    rows.push_back({entry.label, ink_of(entry.colour), entry.hatched, false, false,
                    display_text(static_cast<double>(entry.count), 0)});
  }
  bool first = true;
  for (const auto* special :
       {&page.legend.unreached, &page.legend.no_data, &page.legend.suppressed}) {
    if (!special->has_value()) continue;
    const carto::LegendEntry& entry = **special;
    rows.push_back({entry.label, ink_of(entry.colour), entry.hatched, false,
                    std::exchange(first, false),
                    display_text(static_cast<double>(entry.count), 0)});
  }
  for (const MapSites& sites : page.sites) {
    rows.push_back({sites.label, ink_of(sites.fill), false, true, &sites == &page.sites.front(),
                    display_text(static_cast<double>(sites.at.size()), 0)});
  }
  return rows;
}

void draw_dot(cairo_t* cairo, double x, double y, const Ink& fill, double radius) {
  cairo_new_path(cairo);
  cairo_arc(cairo, x, y, radius, 0.0, 2.0 * M_PI);
  set_ink(cairo, ink(0xFFFFFF));
  cairo_fill(cairo);
  cairo_arc(cairo, x, y, radius - 1.0, 0.0, 2.0 * M_PI);
  set_ink(cairo, fill);
  cairo_fill(cairo);
}

void draw_swatch(cairo_t* cairo, const Row& row, double x, double y, double height) {
  if (row.dot) {
    draw_dot(cairo, x + swatch_width / 2, y + height / 2, row.colour, 5.5);
    return;
  }
  cairo_rectangle(cairo, x, y, swatch_width, height);
  set_ink(cairo, row.colour);
  cairo_fill(cairo);
  if (row.hatched) {
    cairo_save(cairo);
    cairo_rectangle(cairo, x, y, swatch_width, height);
    cairo_clip(cairo);
    draw_hatch(cairo, {x, y, swatch_width, height});
    cairo_restore(cairo);
  }
  cairo_rectangle(cairo, x + 0.5, y + 0.5, swatch_width - 1.0, height - 1.0);
  set_ink(cairo, ink(0x18222D, 0.22));
  cairo_set_line_width(cairo, 1.0);
  cairo_stroke(cairo);
}

/// @returns where the next thing may stand
double draw_legend(cairo_t* cairo, const PageBox& side, const MapPage& page, double bottom) {
  double y = side.y;
  const auto line = [&](const std::string& words, const TextStyle& style, const Ink& colour,
                        double below) {
    if (words.empty()) return;
    const PangoText text = set_text(cairo, words, style);
    show_text(cairo, text.get(), side.x, y, colour);
    y += height_of(text.get()) + below;
  };
  line(page.legend.title, {.size = 16.0, .weight = 600, .width = side.width, .lines = 3}, ink_text,
       2.0);
  line(page.legend.unit, {.size = 13.5, .width = side.width, .lines = 2}, ink_muted, 2.0);

  const std::vector<Row> rows = rows_of(page);
  if (rows.empty()) return y;
  const PangoText head =
      set_text(cairo, "districts",
               {.size = 12.0, .align = TextAlign::right, .width = side.width, .lines = 1});
  show_text(cairo, head.get(), side.x, y, ink_muted);
  y += height_of(head.get()) + 6.0;

  const double height =
      std::clamp((bottom - y - 24.0) / static_cast<double>(rows.size()), 17.0, 29.0);
  const double size = height < 22.0 ? 12.0 : 14.0;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const Row& row = rows[r];
    if (row.apart && r > 0) y += 10.0;
    if (y + 2 * height > bottom && r + 1 < rows.size()) {
      line("and " + std::to_string(rows.size() - r) + " more", {.size = size}, ink_muted, 0.0);
      return y;
    }
    const double swatch = height - 6.0;
    const PangoText count = set_text(cairo, row.count, {.size = size});
    const double count_width = width_of(count.get());
    const PangoText label = set_text(
        cairo, row.label,
        {.size = size, .width = side.width - swatch_width - 20.0 - count_width, .lines = 2});
    const double tall = std::max(height, height_of(label.get()) + 6.0);
    const double middle = y + (tall - 6.0) / 2;
    draw_swatch(cairo, row, side.x, middle - swatch / 2, swatch);
    show_text(cairo, label.get(), side.x + swatch_width + 10.0, middle - height_of(label.get()) / 2,
              ink_text);
    show_text(cairo, count.get(), side.x + side.width - count_width,
              middle - height_of(count.get()) / 2, ink_muted);
    y += tall;
  }
  return y;
}

void draw_note(cairo_t* cairo, const PageBox& side, const std::string& note, double y,
               double bottom) {
  constexpr double size = 12.5;
  const int lines = static_cast<int>((bottom - y) / (size * 1.25));
  if (note.empty() || lines < 1) return;
  const PangoText text =
      set_text(cairo, note, {.size = size, .width = side.width, .lines = std::min(lines, 16)});
  show_text(cairo, text.get(), side.x, y, ink_muted);
}

void draw_scale(cairo_t* cairo, const PageBox& side, double metres_per_unit) {
  const ScaleBar bar = scale_bar(metres_per_unit, side.width - 90.0);
  const double y = side.y + side.height - 9.0;
  constexpr double height = 7.0;
  set_ink(cairo, ink_text);
  cairo_rectangle(cairo, side.x, y, bar.length, height);
  cairo_fill(cairo);
  set_ink(cairo, ink(0xFFFFFF));
  cairo_rectangle(cairo, side.x + bar.length / 2, y + 1.5, bar.length / 2 - 1.5, height - 3.0);
  cairo_fill(cairo);
  const PangoText zero = set_text(cairo, "0", {.size = 12.5});
  const PangoText end = set_text(cairo, bar.label, {.size = 12.5});
  show_text(cairo, zero.get(), side.x, y - height_of(zero.get()) - 3.0, ink_text);
  show_text(cairo, end.get(), side.x + bar.length - std::min(12.0, width_of(end.get()) / 2),
            y - height_of(end.get()) - 3.0, ink_text);
}

void draw_north(cairo_t* cairo, const PageBox& side) {
  const double x = side.x + side.width - 14.0;
  const double foot = side.y + side.height - 2.0;
  constexpr double length = 34.0;
  constexpr double half = 9.0;
  const auto side_of_arrow = [&](double direction) {
    cairo_move_to(cairo, x, foot - length);
    cairo_line_to(cairo, x + direction * half, foot);
    cairo_line_to(cairo, x, foot - 8.0);
    cairo_close_path(cairo);
  };
  set_ink(cairo, ink_text);
  cairo_set_line_width(cairo, 1.2);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  side_of_arrow(-1.0);
  cairo_fill_preserve(cairo);
  cairo_stroke(cairo);
  side_of_arrow(1.0);
  cairo_stroke(cairo);
  const PangoText north = set_text(cairo, "N", {.size = 14.0, .weight = 600});
  show_text(cairo, north.get(), x - width_of(north.get()) / 2,
            foot - length - height_of(north.get()) - 2.0, ink_text);
}

}  // namespace

void draw_hatch(cairo_t* cairo, const PageBox& box) {
  constexpr double spacing = 6.0;
  set_ink(cairo, ink_of(carto::hatch_colour));
  cairo_set_line_width(cairo, 1.1);
  cairo_new_path(cairo);
  const double first = std::floor((box.x + box.y) / spacing) * spacing;
  for (double sum = first; sum < box.x + box.y + box.width + box.height; sum += spacing) {
    cairo_move_to(cairo, sum - box.y, box.y);
    cairo_line_to(cairo, sum - box.y - box.height, box.y + box.height);
  }
  cairo_stroke(cairo);
}

ScaleBar scale_bar(double metres_per_unit, double widest) {
  const double longest = metres_per_unit * widest;
  double metres = std::pow(10.0, std::floor(std::log10(longest)));
  if (metres > longest) metres /= 10.0;
  if (metres * 5.0 <= longest) {
    metres *= 5.0;
  } else if (metres * 2.0 <= longest) {
    metres *= 2.0;
  }
  const std::string label = metres >= 1000.0 ? exact_text(std::round(metres) / 1000.0) + " km"
                                             : exact_text(std::round(metres * 1e6) / 1e6) + " m";
  return {metres, metres / metres_per_unit, label};
}

void draw_side(cairo_t* cairo, const PageLayoutBoxes& boxes, const MapPage& page) {
  const double bottom = boxes.side.y + boxes.side.height - scale_room;
  const double y = draw_legend(cairo, boxes.side, page, bottom);
  draw_note(cairo, boxes.side, page.text.note, y + 18.0, bottom - 8.0);
  draw_scale(cairo, boxes.side, page.metres_per_pixel * page.size.scale);
  draw_north(cairo, boxes.side);
}

void draw_sites(cairo_t* cairo, const MapPage& page, const PixelBox& map) {
  for (const MapSites& sites : page.sites) {
    if (sites.drawn) continue;
    for (const Point at : sites.at) {
      draw_dot(cairo, (map.x + at.x) / page.size.scale, (map.y + at.y) / page.size.scale,
               ink_of(sites.fill), 4.5);
    }
  }
}

}  // namespace quartier::report
