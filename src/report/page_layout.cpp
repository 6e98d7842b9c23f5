#include "report/page_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace quartier::report {
namespace {

constexpr double margin = 36.0;
constexpr double ribbon_height = 34.0;
constexpr double gap = 28.0;
constexpr double least_map = 160.0;
// Cairo keeps coordinates in 16 whole bits; 2^28 pixels are 1 GiB.
constexpr double most_pixels_a_side = 32767.0;
constexpr double most_pixels = 268435456.0;

int pixels(double units, double scale) { return static_cast<int>(std::lround(units * scale)); }

void expect_drawable(const PageSize& size) {
  const double width = size.width * size.scale;
  const double height = size.height * size.scale;
  if (!(size.scale > 0.0) || size.width < 1 || size.height < 1) {
    throw RenderError("map page: width, height and scale must be more than zero");
  }
  if (width > most_pixels_a_side || height > most_pixels_a_side || width * height > most_pixels) {
    throw RenderError(fmt::format("map page: {:.0f} x {:.0f} pixels are too many", width, height),
                      "take a smaller scale, or write SVG or PDF, which have no pixels");
  }
}

}  // namespace

TextStyle title_style(double width) {
  return {.size = 29.0, .weight = 600, .width = width, .lines = 2};
}
TextStyle subtitle_style(double width) { return {.size = 16.5, .width = width, .lines = 2}; }
TextStyle source_style(double width) { return {.size = 12.0, .width = width, .lines = 3}; }

PageLayoutBoxes page_layout(const MapPageText& text, const PageSize& size) {
  expect_drawable(size);
  const CairoSurface surface = picture_surface(1, 1);
  const CairoContext cairo = drawing_on(surface.get());
  const double inner = size.width - 2 * margin;
  const auto height = [&](const std::string& words, const TextStyle& style) {
    return words.empty() ? 0.0 : std::ceil(height_of(set_text(cairo.get(), words, style).get()));
  };

  PageLayoutBoxes boxes;
  boxes.width_px = std::max(1, pixels(size.width, size.scale));
  boxes.height_px = std::max(1, pixels(size.height, size.scale));

  double y = 0.0;
  if (text.synthetic) {
    boxes.ribbon = {0.0, 0.0, static_cast<double>(size.width), ribbon_height};
    y = ribbon_height;
  }
  y += text.synthetic ? 20.0 : 30.0;
  boxes.title = {margin, y, inner, height(text.title, title_style(inner))};
  y += boxes.title.height + 4.0;
  boxes.subtitle = {margin, y, inner, height(text.subtitle, subtitle_style(inner))};
  y += boxes.subtitle.height + 18.0;

  const double source_height = height(text.source, source_style(inner));
  double bottom = size.height - 24.0;
  boxes.source = {margin, bottom - source_height, inner, source_height};
  if (source_height > 0.0) bottom = boxes.source.y - 22.0;

  const double side = std::clamp(0.205 * size.width, 230.0, 330.0);
  const double map_width = inner - gap - side;
  if (map_width < least_map || bottom - y < least_map) {
    throw RenderError(
        fmt::format("map page: {} x {} leave no room for the map", size.width, size.height),
        "take a larger page, or a shorter title");
  }
  boxes.side = {margin + map_width + gap, y, side, bottom - y};
  boxes.map = {pixels(margin, size.scale), pixels(y, size.scale), pixels(map_width, size.scale),
               pixels(bottom - y, size.scale)};
  return boxes;
}

PixelBox map_frame(const MapPageText& text, const PageSize& size) {
  return page_layout(text, size).map;
}

void draw_page_text(cairo_t* cairo, const PageLayoutBoxes& boxes, const MapPageText& text) {
  if (boxes.ribbon.height > 0.0) {
    set_ink(cairo, ink(0xFFE9A8));
    cairo_rectangle(cairo, boxes.ribbon.x, boxes.ribbon.y, boxes.ribbon.width, boxes.ribbon.height);
    cairo_fill(cairo);
    const PangoText words = set_text(cairo, "Synthetic data \xE2\x80\x93 not a real place",
                                     {.size = 15.0,
                                      .weight = 600,
                                      .align = TextAlign::centre,
                                      .width = boxes.ribbon.width,
                                      .lines = 1});
    show_text(cairo, words.get(), boxes.ribbon.x,
              boxes.ribbon.y + (boxes.ribbon.height - height_of(words.get())) / 2, ink(0x4A3500));
  }
  const auto show = [&](const std::string& words, const PageBox& box, const TextStyle& style,
                        const Ink& colour) {
    if (words.empty()) return;
    const PangoText layout = set_text(cairo, words, style);
    show_text(cairo, layout.get(), box.x, box.y, colour);
  };
  show(text.title, boxes.title, title_style(boxes.title.width), ink_text);
  show(text.subtitle, boxes.subtitle, subtitle_style(boxes.subtitle.width), ink_muted);
  if (text.source.empty()) return;
  set_ink(cairo, ink_rule);
  cairo_rectangle(cairo, boxes.source.x, boxes.source.y - 9.0, boxes.source.width, 1.0);
  cairo_fill(cairo);
  show(text.source, boxes.source, source_style(boxes.source.width), ink_muted);
}

}  // namespace quartier::report
