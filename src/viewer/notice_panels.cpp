#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "viewer/panels.h"
#include "viewer/widgets.h"

namespace quartier::viewer {
namespace {

/// A card in the middle of `frame`.
void begin_card(const char* id, const Frame& frame, double width) {
  const double wide = std::min(width, frame.width - 24.0);
  ImGui::SetNextWindowPos(vec(frame.x + frame.width / 2.0, frame.y + frame.height / 2.0),
                          ImGuiCond_Always, {0.5F, 0.5F});
  ImGui::SetNextWindowSizeConstraints(vec(wide, 0), vec(wide, frame.height - 24.0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, vec(ui(28), ui(24)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1.0F);
  ImGui::Begin(id, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings);
}

void end_card() {
  ImGui::End();
  ImGui::PopStyleVar(3);
}

void big_title(std::string_view text) { wrapped(text, fonts().title, theme::ink_colour); }

bool main_button(const char* text) {
  ImGui::PushStyleColor(ImGuiCol_Button, tint(theme::accent));
  ImGui::PushStyleColor(ImGuiCol_ButtonHovered, tint(carto::rgb(0x2A659A)));
  ImGui::PushStyleColor(ImGuiCol_ButtonActive, tint(carto::rgb(0x163A5B)));
  ImGui::PushStyleColor(ImGuiCol_Text, tint(theme::panel));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, vec(ui(16), ui(8)));
  const bool pressed = ImGui::Button(text);
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(4);
  return pressed;
}

bool other_button(const char* text) {
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, vec(ui(16), ui(8)));
  const bool pressed = ImGui::Button(text);
  ImGui::PopStyleVar();
  return pressed;
}

}  // namespace

Actions start_panel(const ViewModel& model, const Frame& frame) {
  Actions actions;
  if (model.publication || model.state != LoadState::nothing) return actions;
  begin_card("##start", frame, ui(600));
  big_title("Drop a study here");
  wrapped(
      "A study (.toml) opens with its maps, measures and ranking. District layers (GeoPackage, "
      "GeoJSON, Shapefile), tables (CSV) and point layers can be dropped together.",
      fonts().body, theme::muted);
  ImGui::Dummy({0.0F, ui(8)});
  if (main_button("Open a file\u2026")) actions.emplace_back(ToggleBrowser{});
  ImGui::SameLine();
  if (other_button("Make the sample city")) actions.emplace_back(OpenSample{});
  hint("A synthetic city of 240 districts, to try everything out");
  ImGui::Dummy({0.0F, ui(10)});
  label("From the command line");
  for (const char* line : {"quartier view study.toml", "quartier view districts.gpkg counts.csv",
                           "quartier sample my-city"}) {
    wrapped(line, fonts().body, theme::accent);
  }
  end_card();
  return actions;
}

Actions loading_panel(const ViewModel& model, const Frame& frame) {
  Actions actions;
  if (model.state != LoadState::loading) return actions;
  begin_card("##loading", frame, ui(460));
  ImGui::SetWindowFocus();
  big_title(model.load_stopping ? "Stopping" : "Opening");
  clipped(display_safe(model.load_label), ImGui::GetContentRegionAvail().x);
  ImGui::ProgressBar(px(model.load_fraction), {-1.0F, ui(10)}, "");
  ImGui::Dummy({0.0F, ui(4)});
  ImGui::BeginDisabled(model.load_stopping);
  if (other_button("Cancel")) actions.emplace_back(CancelLoad{});
  ImGui::EndDisabled();
  end_card();
  return actions;
}

Actions error_panel(const ViewModel& model, const Frame& frame) {
  Actions actions;
  if (model.state != LoadState::failed) return actions;
  begin_card("##error", frame, ui(600));
  ImGui::SetWindowFocus();
  big_title("This could not be opened");
  wrapped(display_safe(model.error), fonts().body, theme::refused);
  if (!model.error_way_out.empty()) {
    wrapped(display_safe(model.error_way_out), fonts().body, theme::ink_colour);
  }
  ImGui::Dummy({0.0F, ui(8)});
  if (main_button("Open another\u2026")) {
    actions.emplace_back(DismissError{});
    if (!model.show_browser) actions.emplace_back(ToggleBrowser{});
  }
  ImGui::SameLine();
  if (other_button(model.publication ? "Back to the map" : "Close this")) {
    actions.emplace_back(DismissError{});
  }
  end_card();
  return actions;
}

Actions help_panel(const ViewModel& model, const Frame& frame) {
  Actions actions;
  if (!model.show_help) return actions;
  constexpr std::array<std::pair<const char*, const char*>, 17> keys{{
      {"Drag, arrow keys", "move the map"},
      {"Wheel, +  \u2212", "zoom at the cursor"},
      {"F", "show the whole city"},
      {"Click", "select a district; with Shift or Ctrl more of them"},
      {"Double click, row of the table", "fly to a district"},
      {"Esc", "clear the selection, close what is open"},
      {"[   ]", "earlier, later date"},
      {"P", "next palette"},
      {"C", "see the map with another colour vision"},
      {"L", "names of districts on or off"},
      {"R", "ranking on or off"},
      {"D", "findings on or off"},
      {"Ctrl Z, Ctrl Y", "undo, redo a choice"},
      {"Ctrl O", "open a file"},
      {"Ctrl +  \u2212  0", "larger, smaller, normal interface"},
      {"Drop files", "open them"},
      {"F1", "this help"},
  }};
  begin_card("##help", frame, ui(620));
  ImGui::SetWindowFocus();
  big_title("Keys and mouse");
  if (ImGui::BeginTable("##keys", 2, ImGuiTableFlags_SizingFixedFit)) {
    for (const auto& [key, meaning] : keys) {
      ImGui::TableNextRow();
      ImGui::TableNextColumn();
      heading(key);
      ImGui::TableNextColumn();
      plain(meaning);
    }
    ImGui::EndTable();
  }
  if (model.publication) {
    ImGui::Dummy({0.0F, ui(4)});
    wrapped(display_safe(model.publication->disclosure_note()), fonts().small, theme::muted);
  }
  if (other_button("Close")) actions.emplace_back(ToggleHelp{});
  end_card();
  return actions;
}

}  // namespace quartier::viewer
