#include "report/map_page.h"

#include <array>
#include <cmath>

#include "base/error.h"
#include "report/page_layout.h"

namespace quartier::report {
namespace {

cairo_status_t append_bytes(void* out, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

/// Copies the map into the picture one to one, over white where it is not opaque.
void put_map(cairo_surface_t* surface, const PixelBox& map, std::span<const std::uint8_t> rgba) {
  cairo_surface_flush(surface);
  unsigned char* data = cairo_image_surface_get_data(surface);
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
  const auto over_white = [](unsigned channel, unsigned opacity) {
    return (channel * opacity + 255U * (255U - opacity) + 127U) / 255U;
  };
  std::size_t i = 0;
  for (int y = 0; y < map.height; ++y) {
    unsigned char* row = data + static_cast<std::size_t>(map.y + y) * stride;
    auto* pixel = reinterpret_cast<std::uint32_t*>(row) + map.x;
    for (int x = 0; x < map.width; ++x, ++pixel, i += 4) {
      const unsigned a = rgba[i + 3];
      *pixel = over_white(rgba[i], a) << 16U | over_white(rgba[i + 1], a) << 8U |
               over_white(rgba[i + 2], a);
    }
  }
  cairo_surface_mark_dirty(surface);
}

void append_word(std::string& out, std::uint32_t word) {
  for (const unsigned shift : {24U, 16U, 8U, 0U}) out += static_cast<char>(word >> shift & 0xFFU);
}

/// The check sum of PNG chunks (ISO 15948, annex D).
std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ (0xEDB88320U & (0U - (crc & 1U)));
  }
  return ~crc;
}

/// Adds the resolution after the header chunk, so that print programs know the page's size.
void add_resolution(std::string& png, double scale) {
  constexpr std::size_t after_header = 33;
  constexpr double inch_m = 0.0254;
  const auto pixels_per_metre = static_cast<std::uint32_t>(std::lround(96.0 * scale / inch_m));
  std::string body = "pHYs";
  append_word(body, pixels_per_metre);
  append_word(body, pixels_per_metre);
  body += '\x01';
  std::string chunk;
  append_word(chunk, 9);
  chunk += body;
  append_word(chunk, crc32(body));
  png.insert(after_header, chunk);
}

}  // namespace

std::string map_page_png(const MapPage& page, std::span<const std::uint8_t> rgba) {
  const PageLayoutBoxes boxes = page_layout(page.text, page.size);
  expects(rgba.size() == 4 * static_cast<std::size_t>(boxes.map.width) *
                             static_cast<std::size_t>(boxes.map.height),
          "map_page_png: as many pixels as map_frame asks for");
  const CairoSurface surface = picture_surface(boxes.width_px, boxes.height_px);
  const CairoContext cairo = drawing_on(surface.get());
  set_ink(cairo.get(), ink(0xFFFFFF));
  cairo_paint(cairo.get());
  put_map(surface.get(), boxes.map, rgba);

  cairo_scale(cairo.get(), page.size.scale, page.size.scale);
  draw_map_overlay(cairo.get(), boxes, page);
  draw_page_text(cairo.get(), boxes, page.text);
  draw_side(cairo.get(), boxes, page);
  expect_drawn(cairo_status(cairo.get()), "map page");

  std::string png;
  expect_drawn(cairo_surface_write_to_png_stream(surface.get(), append_bytes, &png),
               "map page: PNG");
  add_resolution(png, page.size.scale);
  return png;
}

void draw_map_overlay(cairo_t* cairo, const PageLayoutBoxes& boxes, const MapPage& page) {
  const double scale = page.size.scale;
  const PageBox frame{boxes.map.x / scale, boxes.map.y / scale, boxes.map.width / scale,
                      boxes.map.height / scale};
  cairo_save(cairo);
  cairo_rectangle(cairo, frame.x, frame.y, frame.width, frame.height);
  cairo_clip(cairo);
  draw_sites(cairo, page, boxes.map);
  draw_labels(cairo, page, boxes.map);
  cairo_restore(cairo);
  set_ink(cairo, ink_rule);
  cairo_set_line_width(cairo, 1.0);
  cairo_rectangle(cairo, frame.x + 0.5, frame.y + 0.5, frame.width - 1.0, frame.height - 1.0);
  cairo_stroke(cairo);
}

}  // namespace quartier::report
