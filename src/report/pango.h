#pragma once
/// Cairo and Pango for this room: handles that close themselves, and text in the house's fonts.
/// Private to the room; the only header of the project that includes them.

#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <string_view>

namespace quartier::report {

struct CloseCairo {
  void operator()(cairo_t* context) const noexcept { cairo_destroy(context); }
  void operator()(cairo_surface_t* surface) const noexcept { cairo_surface_destroy(surface); }
  void operator()(cairo_font_options_t* options) const noexcept {
    cairo_font_options_destroy(options);
  }
};
struct CloseGlib {
  void operator()(void* object) const noexcept { g_object_unref(object); }
};
using CairoContext = std::unique_ptr<cairo_t, CloseCairo>;
using CairoSurface = std::unique_ptr<cairo_surface_t, CloseCairo>;
using PangoText = std::unique_ptr<PangoLayout, CloseGlib>;

/// A colour for Cairo, parts 0 to 1.
struct Ink {
  double red = 0.0, green = 0.0, blue = 0.0, alpha = 1.0;
};

/// 0xRRGGBB.
constexpr Ink ink(unsigned rgb, double alpha = 1.0) {
  return {(rgb >> 16U & 0xFFU) / 255.0, (rgb >> 8U & 0xFFU) / 255.0, (rgb & 0xFFU) / 255.0, alpha};
}

enum class TextAlign : unsigned char { left, centre, right };

/// How a text is set.
struct TextStyle {
  double size = 13.0;  ///< em in page units
  int weight = 400;    ///< 400 regular, 500 medium, 600 semi-bold
  TextAlign align = TextAlign::left;
  double width = -1.0;  ///< wrapped to this; -1: one line
  int lines = 1;        ///< at most so many, then an ellipsis
};

/// An RGB picture of w x h pixels, white. @throws RenderError where it cannot be made
CairoSurface picture_surface(int width_px, int height_px);

/// A drawing context whose text does not depend on the screen: grey antialiasing, no hinting.
/// @throws RenderError
CairoContext drawing_on(cairo_surface_t* surface);

/// `text` set in Inter, with Noto Sans where a script needs it; figures of one width. The text is
/// made safe to show first.
PangoText set_text(cairo_t* cairo, std::string_view text, const TextStyle& style);

double width_of(PangoLayout* text);
double height_of(PangoLayout* text);

/// Shows `text` with its top left corner at (x, y).
void show_text(cairo_t* cairo, PangoLayout* text, double x, double y, const Ink& colour);

void set_ink(cairo_t* cairo, const Ink& colour);

/// @throws RenderError with Cairo's own words where `status` is an error
void expect_drawn(cairo_status_t status, const char* what);

}  // namespace quartier::report
