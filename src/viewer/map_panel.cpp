#include <cmath>
#include <optional>

#include "base/text.h"
#include "viewer/panels.h"
#include "viewer/widgets.h"

namespace quartier::viewer {
namespace {

constexpr double wheel_factor = 1.25;
constexpr double site_reach = 8.0;  ///< pixels from the middle of a symbol

/// The site that is drawn nearest to `at`, within reach.
std::optional<SiteHover> site_at(const ViewModel& model, render::ScreenPoint at, double reach) {
  std::optional<SiteHover> found;
  double best = reach * reach;
  const auto& services = model.publication->services();
  for (std::size_t s = 0; s < services.size(); ++s) {
    bool shown = false;
    for (const std::string& id : model.services_shown) shown = shown || id == services[s].id;
    if (!shown) continue;
    for (std::size_t i = 0; i < services[s].places.size(); ++i) {
      const render::ScreenPoint place = model.camera.screen_of(services[s].places[i]);
      const double dx = place.x - at.x;
      const double dy = place.y - at.y;
      if (dx * dx + dy * dy > best) continue;
      best = dx * dx + dy * dy;
      found = SiteHover{s, i};
    }
  }
  return found;
}

bool differs(const std::optional<SiteHover>& one, const std::optional<SiteHover>& other) {
  if (one.has_value() != other.has_value()) return true;
  return one && (one->service != other->service || one->site != other->site);
}

void mouse(const ViewModel& model, const MapPicture& picture, const Frame& frame,
           Actions& actions) {
  const ImGuiIO& io = ImGui::GetIO();
  const double ratio = picture.pixel_ratio;
  const render::ScreenPoint cursor{(io.MousePos.x - frame.x) * ratio,
                                   (io.MousePos.y - frame.y) * ratio};
  const bool hovered = ImGui::IsItemHovered();
  const bool dragging =
      ImGui::IsItemActive() && ImGui::IsMouseDragging(ImGuiMouseButton_Left, ui(3));
  if (dragging && (io.MouseDelta.x != 0.0F || io.MouseDelta.y != 0.0F)) {
    actions.emplace_back(Pan{io.MouseDelta.x * ratio, io.MouseDelta.y * ratio});
  }
  if (dragging) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
    return;
  }
  if (!hovered) {
    if (model.hover != no_index || model.site_hover) actions.emplace_back(Hover{});
    return;
  }
  if (io.MouseWheel != 0.0F) {
    actions.emplace_back(ZoomAt{cursor, std::pow(wheel_factor, io.MouseWheel)});
  }
  const DistrictIndex district = picture.pick(cursor);
  const auto site = site_at(model, cursor, site_reach * ratio);
  if (district != model.hover || differs(site, model.site_hover)) {
    actions.emplace_back(Hover{district, site});
  }
  if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
    if (district != no_index) actions.emplace_back(FlyTo{district});
  } else if (ImGui::IsMouseReleased(ImGuiMouseButton_Left) && ImGui::IsItemDeactivated()) {
    const ImVec2 way = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, ui(3));
    const bool clicked = way.x == 0.0F && way.y == 0.0F && io.MouseClickedLastCount[0] < 2;
    if (clicked) actions.emplace_back(Select{district, io.KeyShift || io.KeyCtrl});
  }
}

void buttons(const ViewModel& model, const Frame& frame, Actions& actions) {
  const float side = ui(34);
  const render::ScreenPoint middle{model.camera.width / 2.0, model.camera.height / 2.0};
  ImGui::SetCursorScreenPos(vec(frame.x + frame.width - side - ui(14), frame.y + ui(64)));
  ImGui::BeginGroup();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, vec(0, ui(4)));
  ImGui::PushStyleColor(ImGuiCol_Button, tint(theme::panel));
  if (ImGui::Button("+##in", {side, side})) actions.emplace_back(ZoomAt{middle, 1.6});
  hint("Zoom in (+)");
  if (ImGui::Button("\u2212##out", {side, side})) actions.emplace_back(ZoomAt{middle, 1.0 / 1.6});
  hint("Zoom out (\u2212)");
  if (ImGui::Button("Fit", {side, side})) actions.emplace_back(FitCity{});
  hint("Show the whole city (F)");
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  ImGui::EndGroup();
}

/// A name, and behind it a small bar and a text.
void share_line(const DistrictCard::Part& part, float name_width) {
  ImGui::PushFont(part.chosen ? fonts().strong : fonts().body);
  plain(cut_to(part.label, name_width));
  ImGui::PopFont();
  ImGui::SameLine(name_width + ui(20));
  bar(part.share, ui(70), part.chosen ? theme::accent : theme::bar);
  ImGui::SameLine();
  plain(part.text);
}

}  // namespace

Actions map_panel(const ViewModel& model, const MapPicture& picture, const Frame& frame) {
  Actions actions;
  const int width = static_cast<int>(std::lround(frame.width * picture.pixel_ratio));
  const int height = static_cast<int>(std::lround(frame.height * picture.pixel_ratio));
  if (width != model.camera.width || height != model.camera.height) {
    actions.emplace_back(Resize{width, height});
  }
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, vec(0, 0));
  ImGui::PushStyleColor(ImGuiCol_WindowBg, tint(carto::seen(theme::map_paper, model.vision)));
  begin_panel("##map", frame.x, frame.y, frame.width, frame.height, false);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  if (model.publication && picture.texture != 0) {
    const ImVec2 from = vec(frame.x, frame.y);
    const ImVec2 to = vec(frame.x + model.camera.width / picture.pixel_ratio,
                          frame.y + model.camera.height / picture.pixel_ratio);
    // Dear ImGui carries the OpenGL name of a texture in a pointer.
    ImGui::GetWindowDrawList()->AddImage(
        reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(picture.texture)), from, to);
    ImGui::SetCursorScreenPos(from);
    ImGui::InvisibleButton("##ground", vec(frame.width, frame.height));
    ImGui::SetItemAllowOverlap();
    mouse(model, picture, frame, actions);
    map_marks(model, picture, frame);
    buttons(model, frame, actions);
  }
  end_panel();
  return actions;
}

void tooltip(const ViewModel& model) {
  if (!model.publication || (model.hover == no_index && !model.site_hover)) return;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, vec(ui(13), ui(10)));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, vec(ui(8), ui(3)));
  ImGui::BeginTooltip();
  if (model.site_hover && model.site_hover->service < model.publication->services().size()) {
    const study::ServicePoints& service = model.publication->services()[model.site_hover->service];
    const std::size_t site = model.site_hover->site;
    heading(cut_to(site < service.names.size() ? display_safe(service.names[site]) : service.label,
                   ui(300)));
    std::string words = display_safe(service.label);
    if (service.supply_published && site < service.supply.size()) {
      words += ", " + display_text(service.supply[site], 0) + " places";
    }
    quiet(words);
    if (model.hover != no_index) ImGui::Separator();
  }
  const DistrictCard& card = model.hover_card;
  if (model.hover != no_index) {
    heading(cut_to(card.name, ui(300)));
    if (!card.parents.empty()) quiet(cut_to(card.parents, ui(340)));
    ImGui::Dummy({0.0F, ui(2)});
    ImGui::PushFont(fonts().title);
    plain(card.value);
    ImGui::PopFont();
    quiet(cut_to(display_safe(model.title), ui(360)));
    if (!card.p_value.empty()) quiet(card.p_value);
    if (!card.no_access.empty()) quiet(card.no_access);
    if (!card.residents.empty()) plain(card.residents);
    if (!card.shares.empty()) ImGui::Dummy({0.0F, ui(2)});
    for (const DistrictCard::Part& part : card.shares) share_line(part, ui(150));
  }
  ImGui::EndTooltip();
  ImGui::PopStyleVar(2);
}

}  // namespace quartier::viewer
