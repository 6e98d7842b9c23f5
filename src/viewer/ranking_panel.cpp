#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "viewer/panels.h"
#include "viewer/widgets.h"

namespace quartier::viewer {
namespace {

void row(const ViewModel& model, const RankRow& row, Actions& actions) {
  ImGui::PushID(static_cast<int>(row.district));
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  const auto& selection = model.selection;
  const bool selected =
      std::find(selection.begin(), selection.end(), row.district) != selection.end();
  const std::string rank = row.rank == 0 ? "\u2013" : std::to_string(row.rank);
  const ImVec2 start = ImGui::GetCursorPos();
  if (ImGui::Selectable(
          "##row", selected,
          ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowItemOverlap)) {
    if (ImGui::GetIO().KeyCtrl || ImGui::GetIO().KeyShift) {
      actions.emplace_back(Select{row.district, true});
    } else {
      actions.emplace_back(FlyTo{row.district});
    }
  }
  if (ImGui::IsItemHovered() && model.hover != row.district) {
    actions.emplace_back(Hover{row.district, {}});
  }
  ImGui::SetCursorPos(start);
  right_aligned(rank);
  ImGui::TableNextColumn();
  ImGui::PushFont(selected ? fonts().strong : fonts().body);
  const std::string name = display_safe(model.edition().districts.names[row.district]);
  clipped(name, ImGui::GetContentRegionAvail().x);
  ImGui::PopFont();
  ImGui::TableNextColumn();
  bar(row.bar, ImGui::GetContentRegionAvail().x, selected ? theme::accent : theme::bar);
  ImGui::TableNextColumn();
  const bool hidden = row.state != study::ValueState::shown;
  if (hidden) ImGui::PushStyleColor(ImGuiCol_Text, tint(theme::muted));
  const std::string text = score_text(model, row);
  const std::string cut = cut_to(text, ImGui::GetContentRegionAvail().x);
  right_aligned(cut);
  if (cut != text) hint(text);
  if (hidden) ImGui::PopStyleColor();
  ImGui::PopID();
}

void table(const ViewModel& model, double height, Actions& actions) {
  constexpr ImGuiTableFlags flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerH |
                                    ImGuiTableFlags_NoPadOuterX | ImGuiTableFlags_SizingFixedFit;
  if (!ImGui::BeginTable("##ranking", 4, flags, {0.0F, px(height)})) return;
  ImGui::TableSetupScrollFreeze(0, 1);
  const std::string most = std::to_string(std::max<std::size_t>(100, model.ranking_rows.size()));
  ImGui::TableSetupColumn("rank", ImGuiTableColumnFlags_WidthFixed,
                          ImGui::CalcTextSize(most.c_str()).x + ui(10));
  ImGui::TableSetupColumn("name", ImGuiTableColumnFlags_WidthStretch);
  const bool narrow = ImGui::GetWindowWidth() < ui(300);
  ImGui::TableSetupColumn("bar", ImGuiTableColumnFlags_WidthFixed, ui(narrow ? 22 : 48));
  ImGui::TableSetupColumn("score", ImGuiTableColumnFlags_WidthFixed,
                          ui(model.ranking.empty() ? 84 : 50));
  ImGui::TableNextRow();
  ImGui::PushFont(fonts().small);
  const auto head = [&](const char* text, RankOrder order) {
    ImGui::TableNextColumn();
    const bool on = model.ranking_order == order;
    ImGui::PushStyleColor(ImGuiCol_Text, tint(on ? theme::accent : theme::muted));
    if (ImGui::Selectable(text, false) && !on) actions.emplace_back(SortRanking{order});
    ImGui::PopStyleColor();
  };
  head("#", RankOrder::rank);
  hint("Order by rank");
  head("District", RankOrder::name);
  hint("Order by name");
  ImGui::TableNextColumn();
  ImGui::TableNextColumn();
  ImGui::PushStyleColor(ImGuiCol_Text, tint(theme::muted));
  right_aligned(model.ranking.empty() ? "Value" : "Score");
  ImGui::PopStyleColor();
  ImGui::PopFont();
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(model.ranking_rows.size()));
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      row(model, model.ranking_rows[static_cast<std::size_t>(i)], actions);
    }
  }
  ImGui::EndTable();
}

}  // namespace

Actions ranking_panel(const ViewModel& model, double height) {
  Actions actions;
  const float top = ImGui::GetCursorPosY();
  heading(model.menus.rankings.size() > 1 ? "Ranking" : "Districts by value");
  if (model.menus.rankings.size() > 1) {
    if (auto picked = menu("##profile", model.menus.rankings, model.ranking)) {
      actions.emplace_back(ShowRanking{std::move(*picked)});
    }
  }
  std::array<char, 120> wanted{};
  std::copy_n(model.ranking_filter.begin(),
              std::min(model.ranking_filter.size(), wanted.size() - 1), wanted.begin());
  ImGui::SetNextItemWidth(-1.0F);
  if (ImGui::InputTextWithHint("##filter", "Find a district", wanted.data(), wanted.size())) {
    actions.emplace_back(FilterRanking{wanted.data()});
  }
  if (model.ranking_rows.empty()) {
    quiet("No district has this in its name.");
    return actions;
  }
  const float used = ImGui::GetCursorPosY() - top;
  table(model, std::max<double>(ui(120), height - used), actions);
  return actions;
}

}  // namespace quartier::viewer
