#pragma once
/// Private to the viewer: small pieces that panels are made of. Words of the data are never read as
/// formats or as ids.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "viewer/theme.h"
#include "viewer/view_model.h"

namespace quartier::viewer {

/// `text` as it is.
void plain(std::string_view text);
/// Grey and smaller.
void quiet(std::string_view text);
/// Wrapped at the right edge of the panel.
void wrapped(std::string_view text, ImFont* font, carto::Colour colour);
/// The heading of a part of a panel.
void heading(std::string_view text);
/// The small label over a control.
void label(std::string_view text);

/// One line, cut with an ellipsis where it is wider than `width`; the whole of it is the tooltip.
void clipped(std::string_view text, float width);
/// `text` cut to `width` with the font in use.
std::string cut_to(std::string_view text, float width);
/// Text that ends at the right edge.
void right_aligned(std::string_view text);
/// The tooltip of the item before, a paragraph.
void hint(std::string_view text);

/// A box in a colour, with the hatch of hidden values where asked for.
void swatch(carto::Colour colour, bool hatched, carto::ColourVision vision);
/// A level bar of the line's width, filled `part` (0 to 1).
void bar(double part, float width, carto::Colour colour);

/// A menu of `options`; long ones can be searched. @returns the id picked
std::optional<std::string> menu(const char* id, const std::vector<Option>& options,
                                std::string_view current);

/// A window without frame at a fixed place. Between `begin_panel` and `end_panel`.
bool begin_panel(const char* id, double x, double y, double width, double height,
                 bool scrolls = true);
void end_panel();

/// A button that looks pressed while `on`.
bool toggle_button(const char* text, bool on);

}  // namespace quartier::viewer
