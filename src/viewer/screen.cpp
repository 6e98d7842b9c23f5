#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "viewer/panels.h"
#include "viewer/widgets.h"

namespace quartier::viewer {
namespace {

/// Where the parts of the window are.
struct Layout {
  Frame top;
  Frame left;
  Frame map;
  Frame side;  ///< no width: hidden
  Frame findings;
  Frame foot;
};

Layout layout_of(const ViewModel& model, double width, double height) {
  Layout layout;
  const double head = ui(62);
  const double foot = ui(26);
  const double body = height - head - foot;
  const double left =
      std::clamp(width * 0.24, static_cast<double>(ui(230)), static_cast<double>(ui(300)));
  const double side =
      std::clamp(width * 0.28, static_cast<double>(ui(270)), static_cast<double>(ui(360)));
  const bool narrow = width - left - side < ui(260);
  layout.top = {0.0, 0.0, width, head};
  layout.left = {0.0, head, left, body};
  layout.foot = {0.0, height - foot, width, foot};
  if (model.show_side) layout.side = {width - side, head, side, body};
  const double middle = width - left - (model.show_side && !narrow ? side : 0.0);
  const double findings =
      model.show_findings ? std::min(body * 0.5, static_cast<double>(ui(270))) : 0.0;
  layout.map = {left, head, middle, body - findings};
  layout.findings = {left, head + body - findings, middle, findings};
  return layout;
}

std::string findings_button(const ViewModel& model) {
  std::size_t grave = 0;
  for (const Finding& finding : model.publication->findings()) {
    if (finding.severity != Severity::note) ++grave;
  }
  return "Findings" + (grave > 0 ? " (" + std::to_string(grave) + ")" : std::string()) +
         "###findings";
}

float button_width(const std::string& text) {
  const std::string shown = text.substr(0, text.find("##"));
  return ImGui::CalcTextSize(shown.c_str()).x + 2.0F * ImGui::GetStyle().FramePadding.x;
}

Actions top_bar(const ViewModel& model, const Frame& frame) {
  Actions actions;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, vec(ui(16), ui(9)));
  begin_panel("##top", frame.x, frame.y, frame.width, frame.height, false);
  ImGui::PopStyleVar();
  const std::string findings = model.publication ? findings_button(model) : std::string();
  float buttons = button_width("Open\u2026") + button_width("Help") + ui(8);
  if (model.publication) buttons += button_width(findings) + button_width("Ranking") + 2 * ui(8);
  const float room = px(frame.width) - buttons - ui(56);
  ImGui::BeginGroup();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, vec(ui(8), ui(1)));
  ImGui::PushFont(fonts().title);
  clipped(model.publication ? display_safe(model.title) : "Quartier", room);
  ImGui::PopFont();
  ImGui::PushFont(fonts().small);
  ImGui::PushStyleColor(ImGuiCol_Text, tint(theme::muted));
  clipped(model.publication ? display_safe(model.subtitle)
                            : "Who lives where, who reaches what, where to act first",
          room);
  ImGui::PopStyleColor();
  ImGui::PopFont();
  ImGui::PopStyleVar();
  ImGui::EndGroup();
  ImGui::SetCursorPos(
      vec(frame.width - buttons - ui(16), (frame.height - ImGui::GetFrameHeight()) / 2));
  if (model.publication) {
    if (toggle_button("Ranking", model.show_side)) actions.emplace_back(ToggleSide{});
    hint("Ranking and district card (R)");
    ImGui::SameLine();
    if (toggle_button(findings.c_str(), model.show_findings)) {
      actions.emplace_back(ToggleFindings{});
    }
    hint("What was odd in the data (D)");
    ImGui::SameLine();
  }
  if (toggle_button("Open\u2026", model.show_browser)) actions.emplace_back(ToggleBrowser{});
  ImGui::SameLine();
  if (toggle_button("Help", model.show_help)) actions.emplace_back(ToggleHelp{});
  end_panel();
  return actions;
}

void foot_line(const ViewModel& model, const Frame& frame) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, vec(ui(16), ui(5)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, vec(1, 1));
  begin_panel("##foot", frame.x, frame.y, frame.width, frame.height, false);
  ImGui::PopStyleVar(2);
  ImGui::PushFont(fonts().small);
  ImGui::PushStyleColor(ImGuiCol_Text, tint(theme::muted));
  std::string text = model.source.empty() ? "" : "Source: " + model.source;
  if (model.publication && model.publication->synthetic()) text = "Synthetic data.  " + text;
  clipped(display_safe(text), px(frame.width) - ui(32));
  ImGui::PopStyleColor();
  ImGui::PopFont();
  end_panel();
}

Actions side_panel(const ViewModel& model, const Frame& frame) {
  Actions actions;
  begin_panel("##side", frame.x, frame.y, frame.width, frame.height, false);
  const bool card = model.selection_card.district != no_index;
  const double body = ImGui::GetContentRegionAvail().y;
  const double table = card ? body * 0.46 : body - ui(80);
  ImGui::BeginChild("##ranking", {0.0F, px(table)}, false, ImGuiWindowFlags_NoScrollbar);
  add(actions, ranking_panel(model, ImGui::GetContentRegionAvail().y));
  ImGui::EndChild();
  ImGui::Separator();
  ImGui::Dummy({0.0F, ui(2)});
  ImGui::BeginChild("##card", {0.0F, 0.0F});
  add(actions, district_panel(model));
  ImGui::EndChild();
  end_panel();
  return actions;
}

}  // namespace

void add(Actions& actions, Actions more) {
  for (Action& action : more) actions.push_back(std::move(action));
}

Actions screen(const ViewModel& model, const MapPicture& picture,
               const std::vector<KeyPress>& keys) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const Layout layout = layout_of(model, size.x, size.y);
  Actions actions = shortcuts(model, keys);
  add(actions, top_bar(model, layout.top));
  if (model.publication) {
    add(actions, map_panel(model, picture, layout.map));
    begin_panel("##left", layout.left.x, layout.left.y, layout.left.width, layout.left.height);
    add(actions, choice_panel(model));
    end_panel();
    if (model.show_findings) add(actions, findings_panel(model, layout.findings));
    if (layout.side.width > 0.0) add(actions, side_panel(model, layout.side));
  }
  foot_line(model, layout.foot);
  const Frame whole{0.0, layout.top.height, size.x, size.y - layout.top.height};
  add(actions, start_panel(model, whole));
  add(actions, file_browser(model, whole));
  add(actions, help_panel(model, whole));
  add(actions, loading_panel(model, whole));
  add(actions, error_panel(model, whole));
  tooltip(model);
  return actions;
}

}  // namespace quartier::viewer
