#include "viewer/widgets.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace quartier::viewer {
namespace {

constexpr std::size_t searched_from = 14;

const char* end_of(std::string_view text) { return text.data() + text.size(); }

float width_of(std::string_view text) { return ImGui::CalcTextSize(text.data(), end_of(text)).x; }

bool inside_letter(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

}  // namespace

void plain(std::string_view text) { ImGui::TextUnformatted(text.data(), end_of(text)); }

void quiet(std::string_view text) {
  ImGui::PushFont(fonts().small);
  ImGui::PushStyleColor(ImGuiCol_Text, tint(theme::muted));
  plain(text);
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void wrapped(std::string_view text, ImFont* font, carto::Colour colour) {
  ImGui::PushFont(font);
  ImGui::PushStyleColor(ImGuiCol_Text, tint(colour));
  ImGui::PushTextWrapPos(0.0F);
  plain(text);
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void heading(std::string_view text) {
  ImGui::PushFont(fonts().strong);
  plain(text);
  ImGui::PopFont();
}

void label(std::string_view text) {
  quiet(text);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ui(3));
}

std::string cut_to(std::string_view text, float width) {
  if (width_of(text) <= width) return std::string(text);
  constexpr std::string_view dots = "\u2026";
  const float room = width - width_of(dots);
  std::size_t low = 0;
  std::size_t high = text.size();
  while (low < high) {
    std::size_t middle = (low + high + 1) / 2;
    if (width_of(text.substr(0, middle)) <= room) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  while (low > 0 && inside_letter(text, low)) --low;
  return std::string(trimmed(text.substr(0, low))) + std::string(dots);
}

void clipped(std::string_view text, float width) {
  const std::string shown = cut_to(text, width);
  plain(shown);
  if (shown != text) hint(text);
}

void right_aligned(std::string_view text) {
  const float room = ImGui::GetContentRegionAvail().x - width_of(text);
  if (room > 0.0F) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + room);
  plain(text);
}

void hint(std::string_view text) {
  if (text.empty() || !ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(ui(340));
  plain(text);
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
}

void swatch(carto::Colour colour, bool hatched, carto::ColourVision vision) {
  const ImVec2 size{ui(24), ui(15)};
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float down = (ImGui::GetTextLineHeight() - size.y) / 2.0F;
  const ImVec2 from{at.x, at.y + down};
  const ImVec2 to{from.x + size.x, from.y + size.y};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(from, to, ink(carto::seen(colour, vision)), ui(2));
  if (hatched) {
    list.PushClipRect(from, to, true);
    for (float x = from.x - size.y; x < to.x; x += ui(5)) {
      list.AddLine({x, to.y}, {x + size.y, from.y}, ink(carto::seen(carto::hatch_colour, vision)),
                   ui(1.3));
    }
    list.PopClipRect();
  }
  list.AddRect(from, to, IM_COL32(24, 34, 45, 60), ui(2));
  ImGui::Dummy({size.x, ImGui::GetTextLineHeight()});
}

void bar(double part, float width, carto::Colour colour) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui(6);
  const float down = (ImGui::GetTextLineHeight() - height) / 2.0F;
  const float length = width * px(std::clamp(part, 0.0, 1.0));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({at.x, at.y + down}, {at.x + width, at.y + down + height},
                     ink(carto::rgb(0xEDF0F3)), ui(2));
  if (length > 0.5F) {
    list.AddRectFilled({at.x, at.y + down}, {at.x + length, at.y + down + height}, ink(colour),
                       ui(2));
  }
  ImGui::Dummy({width, ImGui::GetTextLineHeight()});
}

std::optional<std::string> menu(const char* id, const std::vector<Option>& options,
                                std::string_view current) {
  const auto at = std::find_if(options.begin(), options.end(),
                               [&](const Option& option) { return option.id == current; });
  const float width = ImGui::GetContentRegionAvail().x;
  const std::string preview = at == options.end()
                                  ? std::string("\u2013")
                                  : cut_to(at->label, width - ImGui::GetFrameHeight() -
                                                          2 * ImGui::GetStyle().FramePadding.x);
  ImGui::SetNextItemWidth(width);
  ImGui::SetNextWindowSizeConstraints({width, 0.0F}, {std::max(width, ui(460)), ui(520)});
  std::optional<std::string> picked;
  static std::array<char, 80> wanted{};
  const bool open = ImGui::BeginCombo(id, preview.c_str(), ImGuiComboFlags_HeightLargest);
  if (!open) {
    if (at != options.end() && preview != at->label) hint(at->label);
    return picked;
  }
  const bool searched = options.size() >= searched_from;
  bool entered = false;
  if (ImGui::IsWindowAppearing()) wanted.fill('\0');
  if (searched) {
    if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(-1.0F);
    entered = ImGui::InputTextWithHint("##search", "Search", wanted.data(), wanted.size(),
                                       ImGuiInputTextFlags_EnterReturnsTrue);
  }
  const std::string needle = searched ? lower_ascii(wanted.data()) : std::string();
  std::string_view part;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const Option& option = options[i];
    if (!needle.empty() && lower_ascii(option.label).find(needle) == std::string::npos &&
        lower_ascii(option.heading).find(needle) == std::string::npos) {
      continue;
    }
    if (!option.heading.empty() && option.heading != part) {
      part = option.heading;
      label(part);
    }
    if (entered) {
      picked = option.id;
      ImGui::CloseCurrentPopup();
      break;
    }
    ImGui::PushID(static_cast<int>(i));
    const bool chosen = option.id == current;
    const std::string text = display_safe(option.label);
    const ImVec2 start = ImGui::GetCursorPos();
    if (ImGui::Selectable("##pick", chosen)) picked = option.id;
    if (chosen && ImGui::IsWindowAppearing()) ImGui::SetScrollHereY();
    hint(option.detail);
    ImGui::SetCursorPos(start);
    plain(text);
    ImGui::PopID();
  }
  ImGui::EndCombo();
  return picked;
}

bool begin_panel(const char* id, double x, double y, double width, double height, bool scrolls) {
  ImGui::SetNextWindowPos(vec(x, y));
  ImGui::SetNextWindowSize(vec(width, height));
  ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                           ImGuiWindowFlags_NoSavedSettings |
                           ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav;
  if (scrolls) {
    flags &= ~ImGuiWindowFlags_NoScrollbar;
  } else {
    flags |= ImGuiWindowFlags_NoScrollWithMouse;
  }
  return ImGui::Begin(id, nullptr, flags);
}

void end_panel() {
  // Lines to the right and below part the panel from its neighbours.
  const ImVec2 from = ImGui::GetWindowPos();
  const ImVec2 to{from.x + ImGui::GetWindowSize().x, from.y + ImGui::GetWindowSize().y};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(from, to);
  list.AddRectFilled({to.x - 1.0F, from.y}, to, ink(theme::rule));
  list.AddRectFilled({from.x, to.y - 1.0F}, to, ink(theme::rule));
  list.PopClipRect();
  ImGui::End();
}

bool toggle_button(const char* text, bool on) {
  if (on) {
    ImGui::PushStyleColor(ImGuiCol_Button, tint(theme::accent_soft));
    ImGui::PushStyleColor(ImGuiCol_Text, tint(theme::accent));
  }
  const bool pressed = ImGui::Button(text);
  if (on) ImGui::PopStyleColor(2);
  return pressed;
}

}  // namespace quartier::viewer
