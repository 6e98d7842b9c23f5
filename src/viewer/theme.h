#pragma once
/// Private to the viewer: colours, fonts and spacing of the window, the same as those of the
/// report.

#include "viewer/imgui_glfw.h"

namespace quartier::viewer {

namespace theme {
inline constexpr carto::Colour ink_colour = carto::rgb(0x18222D);
inline constexpr carto::Colour muted = carto::rgb(0x55616E);
inline constexpr carto::Colour rule = carto::rgb(0xD3D9DF);
inline constexpr carto::Colour soft = carto::rgb(0xF4F6F8);
inline constexpr carto::Colour panel = carto::rgb(0xFFFFFF);
inline constexpr carto::Colour accent = carto::rgb(0x1F4E79);
inline constexpr carto::Colour accent_soft = carto::rgb(0xDCE8F3);
inline constexpr carto::Colour bar = carto::rgb(0x9FB4C8);
inline constexpr carto::Colour warning = carto::rgb(0x8A5A00);
inline constexpr carto::Colour refused = carto::rgb(0xB3261E);
inline constexpr carto::Colour ribbon = carto::rgb(0xFFE9A8);
inline constexpr carto::Colour ribbon_ink = carto::rgb(0x4A3500);
inline constexpr carto::Colour map_paper = carto::rgb(0xF1F3F5);
}  // namespace theme

/// Fonts of the window; all the same where Inter is not installed.
struct Fonts {
  ImFont* body = nullptr;
  ImFont* strong = nullptr;
  ImFont* small = nullptr;
  ImFont* title = nullptr;
};
const Fonts& fonts();

/// Sets style and fonts for an interface `scale` times its normal size. Fonts are drawn with
/// `pixel_ratio` pixels to the unit, so they are crisp on dense screens. Call between frames; the
/// texture of the fonts must be made anew afterwards.
void apply_theme(double scale, double pixel_ratio);

/// The scale that was set.
float ui(double length);

}  // namespace quartier::viewer
