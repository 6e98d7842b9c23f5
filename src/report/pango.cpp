#include "report/pango.h"

#include <cmath>

#include "base/error.h"
#include "base/text.h"

namespace quartier::report {
namespace {

using FontDescription =
    std::unique_ptr<PangoFontDescription, decltype(&pango_font_description_free)>;
using Attributes = std::unique_ptr<PangoAttrList, decltype(&pango_attr_list_unref)>;

std::string showable(std::string_view text) {
  const std::string safe = display_safe(text);
  const std::unique_ptr<char, decltype(&g_free)> valid(
      g_utf8_make_valid(safe.data(), static_cast<gssize>(safe.size())), &g_free);
  return valid.get();
}

}  // namespace

void expect_drawn(cairo_status_t status, const char* what) {
  if (status == CAIRO_STATUS_SUCCESS) return;
  throw RenderError(std::string(what) + ": " + cairo_status_to_string(status));
}

CairoSurface picture_surface(int width_px, int height_px) {
  CairoSurface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width_px, height_px));
  expect_drawn(cairo_surface_status(surface.get()), "map page: picture");
  return surface;
}

CairoContext drawing_on(cairo_surface_t* surface) {
  CairoContext context(cairo_create(surface));
  expect_drawn(cairo_status(context.get()), "map page: drawing");
  const std::unique_ptr<cairo_font_options_t, CloseCairo> options(cairo_font_options_create());
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options(context.get(), options.get());
  return context;
}

PangoText set_text(cairo_t* cairo, std::string_view text, const TextStyle& style) {
  PangoText layout(pango_cairo_create_layout(cairo));
  PangoContext* context = pango_layout_get_context(layout.get());
  pango_cairo_context_set_resolution(context, 96.0);
  pango_context_set_round_glyph_positions(context, FALSE);

  const FontDescription font(pango_font_description_new(), &pango_font_description_free);
  pango_font_description_set_family(font.get(), "Inter, Noto Sans, sans-serif");
  pango_font_description_set_weight(font.get(), static_cast<PangoWeight>(style.weight));
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font.get());

  const Attributes attributes(pango_attr_list_new(), &pango_attr_list_unref);
  pango_attr_list_insert(attributes.get(), pango_attr_font_features_new("tnum=1"));
  pango_layout_set_attributes(layout.get(), attributes.get());

  const std::string shown = showable(text);
  pango_layout_set_text(layout.get(), shown.data(), static_cast<int>(shown.size()));
  if (style.width >= 0.0) {
    pango_layout_set_width(layout.get(), static_cast<int>(std::lround(style.width * PANGO_SCALE)));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_height(layout.get(), -style.lines);
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  }
  // A right-to-left name still stands at the side the page gives it.
  pango_layout_set_auto_dir(layout.get(), TRUE);
  const bool right_to_left = pango_layout_get_direction(layout.get(), 0) == PANGO_DIRECTION_RTL;
  PangoAlignment align = PANGO_ALIGN_CENTER;
  if (style.align == TextAlign::left) align = right_to_left ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
  if (style.align == TextAlign::right) align = right_to_left ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;
  pango_layout_set_alignment(layout.get(), align);
  return layout;
}

double width_of(PangoLayout* text) {
  int width = 0;
  pango_layout_get_size(text, &width, nullptr);
  return static_cast<double>(width) / PANGO_SCALE;
}

double height_of(PangoLayout* text) {
  int height = 0;
  pango_layout_get_size(text, nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

void set_ink(cairo_t* cairo, const Ink& colour) {
  cairo_set_source_rgba(cairo, colour.red, colour.green, colour.blue, colour.alpha);
}

void show_text(cairo_t* cairo, PangoLayout* text, double x, double y, const Ink& colour) {
  set_ink(cairo, colour);
  cairo_move_to(cairo, x, y);
  pango_cairo_show_layout(cairo, text);
}

}  // namespace quartier::report
