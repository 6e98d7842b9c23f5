#include <string>

#include "viewer/panels.h"
#include "viewer/widgets.h"

namespace quartier::viewer {
namespace {

/// Name and number on one line, a bar below them.
void part_line(const DistrictCard::Part& part) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float number = ImGui::CalcTextSize(part.text.c_str()).x;
  ImGui::BeginGroup();
  ImGui::PushFont(part.chosen ? fonts().strong : fonts().body);
  clipped(part.label, width - number - ui(14));
  ImGui::PopFont();
  ImGui::SameLine();
  right_aligned(part.text);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ui(7));
  bar(part.share, width, part.chosen ? theme::accent : theme::bar);
  ImGui::EndGroup();
  hint(part.detail);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ui(3));
}

}  // namespace

Actions district_panel(const ViewModel& model) {
  Actions actions;
  const DistrictCard& card = model.selection_card;
  if (card.district == no_index) {
    heading("No district selected");
    wrapped("Click a district on the map, or a row of the table above.", fonts().small,
            theme::muted);
    return actions;
  }
  ImGui::PushFont(fonts().title);
  clipped(card.name, ImGui::GetContentRegionAvail().x - ui(34));
  ImGui::PopFont();
  ImGui::SameLine(ImGui::GetContentRegionMax().x - ui(26));
  if (ImGui::SmallButton("\u00D7##clear")) actions.emplace_back(Select{});
  hint("Clear the selection (Esc)");
  std::string facts = card.id;
  for (const std::string& more : {card.parents, card.residents, card.area}) {
    if (!more.empty()) facts += (facts.empty() ? "" : "  \u00B7  ") + more;
  }
  wrapped(facts, fonts().small, theme::muted);
  if (model.selection.size() > 1) {
    quiet(std::to_string(model.selection.size()) +
          " districts are selected; this is the last one.");
  }
  ImGui::PushFont(fonts().title);
  ImGui::PushStyleColor(ImGuiCol_Text, tint(theme::accent));
  plain(card.value);
  ImGui::PopStyleColor();
  ImGui::PopFont();
  wrapped(card.p_value.empty() ? model.title : model.title + "  \u00B7  " + card.p_value,
          fonts().small, theme::muted);
  if (!card.no_access.empty()) quiet(card.no_access);
  if (!card.contributions.empty()) {
    ImGui::Dummy({0.0F, ui(6)});
    heading("What its priority is made of");
    if (!card.rank.empty()) quiet(card.rank);
    for (const DistrictCard::Part& part : card.contributions) {
      ImGui::PushID(&part);
      part_line(part);
      ImGui::PopID();
    }
  }
  if (!card.shares.empty()) {
    ImGui::Dummy({0.0F, ui(6)});
    heading("Residents by group");
    for (const DistrictCard::Part& part : card.shares) {
      ImGui::PushID(&part);
      part_line(part);
      ImGui::PopID();
    }
  }
  return actions;
}

}  // namespace quartier::viewer
