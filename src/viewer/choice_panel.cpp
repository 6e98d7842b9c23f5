#include <algorithm>
#include <string>

#include "base/text.h"
#include "carto/classify.h"
#include "viewer/city_spread.h"
#include "viewer/panels.h"
#include "viewer/widgets.h"

namespace quartier::viewer {
namespace {

template <typename Ask>
void choose(const char* title, const char* id, const std::vector<Option>& options,
            const std::string& current, Actions& actions, Ask ask) {
  label(title);
  if (auto picked = menu(id, options, current)) actions.emplace_back(ask(std::move(*picked)));
}

/// Arrows on either side of a slider over the dates.
void date_part(const ViewModel& model, Actions& actions) {
  const auto& dates = model.menus.dates;
  if (dates.empty()) return;
  quiet("Date");
  std::size_t at = 0;
  for (std::size_t i = 0; i < dates.size(); ++i) {
    if (dates[i].id == model.choice.date) at = i;
  }
  ImGui::SameLine();
  right_aligned(dates[at].label);
  if (dates.size() == 1) return;
  const float side = ImGui::GetFrameHeight();
  ImGui::BeginDisabled(at == 0);
  if (ImGui::ArrowButton("##earlier", ImGuiDir_Left)) actions.emplace_back(StepDate{-1});
  ImGui::EndDisabled();
  ImGui::SameLine(0.0F, ui(4));
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - side - ui(4));
  int position = static_cast<int>(at);
  if (ImGui::SliderInt("##date", &position, 0, static_cast<int>(dates.size()) - 1, "",
                       ImGuiSliderFlags_NoInput) &&
      position != static_cast<int>(at)) {
    actions.emplace_back(ShowDate{dates[static_cast<std::size_t>(position)].id});
  }
  ImGui::SameLine(0.0F, ui(4));
  ImGui::BeginDisabled(at + 1 == dates.size());
  if (ImGui::ArrowButton("##later", ImGuiDir_Right)) actions.emplace_back(StepDate{1});
  ImGui::EndDisabled();
}

void edition_part(const ViewModel& model, Actions& actions) {
  if (model.publication->edition_count() < 2) return;
  std::vector<Option> editions;
  for (std::size_t e = 0; e < model.publication->edition_count(); ++e) {
    const study::Edition& edition = model.publication->edition(e);
    editions.push_back({std::to_string(e), edition.label});
  }
  label("Boundaries");
  if (const auto picked = menu("##edition", editions, std::to_string(model.choice.edition))) {
    actions.emplace_back(ShowEdition{static_cast<std::uint32_t>(std::stoul(*picked))});
  }
}

void reference_part(const ViewModel& model) {
  const std::string& reference = model.column.spec.reference;
  if (reference.empty()) return;
  const GroupIndex group = model.publication->groups().find(reference);
  const std::string name =
      group == no_index ? "everyone else" : model.publication->groups().nodes[group].label;
  quiet("compared with");
  ImGui::SameLine();
  ImGui::PushFont(fonts().small);
  clipped(display_safe(name), ImGui::GetContentRegionAvail().x);
  ImGui::PopFont();
}

void symbols_part(const ViewModel& model, Actions& actions) {
  const auto& services = model.publication->services();
  if (services.empty()) return;
  ImGui::Dummy({0.0F, ui(4)});
  heading("Services on the map");
  for (std::size_t s = 0; s < services.size(); ++s) {
    ImGui::PushID(static_cast<int>(s));
    const auto& shown = model.services_shown;
    bool on = std::find(shown.begin(), shown.end(), services[s].id) != shown.end();
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, vec(ui(3), ui(2)));
    if (ImGui::Checkbox("##on", &on)) actions.emplace_back(ToggleServices{services[s].id});
    ImGui::PopStyleVar();
    ImGui::SameLine();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float middle = at.y + ImGui::GetFrameHeight() / 2.0F - ui(3);
    ImGui::GetWindowDrawList()->AddCircleFilled(
        {at.x + ui(5), middle}, ui(5), ink(carto::seen(service_colour(s), model.vision)), 20);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ui(17));
    const std::string count = display_text(static_cast<double>(services[s].places.size()), 0);
    const float room = ImGui::GetContentRegionAvail().x - ImGui::CalcTextSize(count.c_str()).x;
    clipped(display_safe(services[s].label), room - ui(10));
    if (ImGui::IsItemClicked()) actions.emplace_back(ToggleServices{services[s].id});
    ImGui::SameLine();
    ImGui::PushStyleColor(ImGuiCol_Text, tint(theme::muted));
    right_aligned(count);
    ImGui::PopStyleColor();
    ImGui::PopID();
  }
}

}  // namespace

Actions choice_panel(const ViewModel& model) {
  Actions actions;
  const Menus& menus = model.menus;
  choose("Measure", "##column", menus.columns, model.choice.column, actions,
         [](std::string id) { return ShowColumn{std::move(id)}; });
  if (menus.groups.size() > 1 || !model.choice.group.empty()) {
    choose("Group", "##group", menus.groups, model.choice.group, actions,
           [](std::string id) { return ShowGroup{std::move(id)}; });
    reference_part(model);
  }
  if (!menus.services.empty()) {
    choose("Service", "##service", menus.services, model.choice.service, actions,
           [](std::string id) { return ShowService{std::move(id)}; });
  }
  date_part(model, actions);
  edition_part(model, actions);
  ImGui::Dummy({0.0F, ui(4)});
  ImGui::Separator();
  add(actions, legend_panel(model));
  symbols_part(model, actions);
  spread_panel(model);
  return actions;
}

}  // namespace quartier::viewer
