#include "viewer/theme.h"

#include <imgui_freetype.h>

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace quartier::viewer {
namespace {

Fonts the_fonts;
double the_scale = 1.0;

/// Latin with its extensions, Greek, Cyrillic, Vietnamese, punctuation, currency, arrows, signs.
constexpr std::array<ImWchar, 21> glyph_ranges{
    0x0020, 0x024F, 0x0259, 0x0259, 0x02B0, 0x02FF, 0x0370, 0x052F, 0x1E00, 0x1EFF, 0x2000,
    0x206F, 0x2070, 0x20BF, 0x2100, 0x21FF, 0x2200, 0x22FF, 0x25A0, 0x25FF, 0};

std::string font_file(std::string_view name) {
  constexpr std::array folders{"/usr/share/fonts/opentype/inter", "/usr/share/fonts/truetype/inter",
                               "/usr/share/fonts/inter", "/usr/local/share/fonts/inter",
                               "/usr/share/fonts/inter-fonts"};
  for (const std::string_view folder : folders) {
    for (const std::string_view extension : {".otf", ".ttf"}) {
      const std::string file =
          std::string(folder) + "/" + std::string(name) + std::string(extension);
      std::error_code ignored;
      if (std::filesystem::is_regular_file(file, ignored)) return file;
    }
  }
  return {};
}

/// The face in this size, or the one built into Dear ImGui.
ImFont* load_font(std::string_view name, double pixels) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  const std::string file = font_file(name);
  ImFont* font = nullptr;
  if (!file.empty()) {
    ImFontConfig config;
    config.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
    font = atlas.AddFontFromFileTTF(file.c_str(), px(pixels), &config, glyph_ranges.data());
  }
  if (font == nullptr) {
    ImFontConfig config;
    config.SizePixels = px(pixels);
    font = atlas.AddFontDefault(&config);
  }
  return font;
}

void set_colours(ImGuiStyle& style) {
  ImGui::StyleColorsLight(&style);
  const auto set = [&](ImGuiCol which, carto::Colour colour) {
    style.Colors[which] = tint(colour);
  };
  set(ImGuiCol_Text, theme::ink_colour);
  set(ImGuiCol_TextDisabled, theme::muted);
  set(ImGuiCol_WindowBg, theme::panel);
  set(ImGuiCol_ChildBg, {255, 255, 255, 0});
  set(ImGuiCol_PopupBg, theme::panel);
  set(ImGuiCol_Border, theme::rule);
  set(ImGuiCol_Separator, theme::rule);
  set(ImGuiCol_FrameBg, theme::soft);
  set(ImGuiCol_FrameBgHovered, carto::rgb(0xE9EEF3));
  set(ImGuiCol_FrameBgActive, theme::accent_soft);
  set(ImGuiCol_Button, theme::soft);
  set(ImGuiCol_ButtonHovered, theme::accent_soft);
  set(ImGuiCol_ButtonActive, carto::rgb(0xC4D7E9));
  set(ImGuiCol_Header, theme::accent_soft);
  set(ImGuiCol_HeaderHovered, carto::rgb(0xE9EEF3));
  set(ImGuiCol_HeaderActive, carto::rgb(0xC4D7E9));
  set(ImGuiCol_CheckMark, theme::accent);
  set(ImGuiCol_SliderGrab, theme::accent);
  set(ImGuiCol_SliderGrabActive, carto::rgb(0x163A5B));
  set(ImGuiCol_PlotHistogram, theme::accent);
  set(ImGuiCol_TableHeaderBg, theme::panel);
  set(ImGuiCol_TableBorderLight, carto::rgb(0xE7EBEF));
  set(ImGuiCol_TableBorderStrong, theme::rule);
  set(ImGuiCol_TableRowBgAlt, {255, 255, 255, 0});
  set(ImGuiCol_ScrollbarBg, {255, 255, 255, 0});
  set(ImGuiCol_ScrollbarGrab, carto::rgb(0xCBD3DA));
  set(ImGuiCol_ScrollbarGrabHovered, carto::rgb(0xAEB9C3));
  set(ImGuiCol_ScrollbarGrabActive, theme::muted);
  set(ImGuiCol_ModalWindowDimBg, {24, 34, 45, 90});
  set(ImGuiCol_NavHighlight, theme::accent);
  set(ImGuiCol_TextSelectedBg, carto::rgb(0xB9D2E8));
}

}  // namespace

const Fonts& fonts() { return the_fonts; }

float ui(double length) { return px(length * the_scale); }

void apply_theme(double scale, double pixel_ratio) {
  the_scale = scale;
  ImGuiStyle style;
  set_colours(style);
  style.WindowPadding = {16, 14};
  style.FramePadding = {9, 5};
  style.ItemSpacing = {8, 7};
  style.ItemInnerSpacing = {7, 5};
  style.CellPadding = {6, 4};
  style.ScrollbarSize = 11;
  style.GrabMinSize = 14;
  style.WindowRounding = 0;
  style.ChildRounding = 4;
  style.FrameRounding = 4;
  style.PopupRounding = 6;
  style.ScrollbarRounding = 6;
  style.GrabRounding = 4;
  style.WindowBorderSize = 0;
  style.FrameBorderSize = 1;
  style.PopupBorderSize = 1;
  style.WindowMenuButtonPosition = ImGuiDir_None;
  style.ScaleAllSizes(px(scale));
  ImGui::GetStyle() = style;

  ImGuiIO& io = ImGui::GetIO();
  io.Fonts->Clear();
  io.Fonts->FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  io.Fonts->Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  const double pixels = scale * pixel_ratio;
  the_fonts.body = load_font("Inter-Regular", 15.5 * pixels);
  the_fonts.strong = load_font("Inter-SemiBold", 15.5 * pixels);
  the_fonts.small = load_font("Inter-Regular", 13.0 * pixels);
  the_fonts.title = load_font("Inter-SemiBold", 20.0 * pixels);
  io.FontDefault = the_fonts.body;
  io.FontGlobalScale = px(1.0 / pixel_ratio);
}

}  // namespace quartier::viewer
