#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "carto/palettes.h"
#include "viewer/choosing.h"
#include "viewer/panels.h"
#include "viewer/widgets.h"

namespace quartier::viewer {
namespace {

constexpr std::size_t usual_classes = 6;

void entry(const carto::LegendEntry& entry, carto::ColourVision vision) {
  swatch(entry.colour, entry.hatched, vision);
  ImGui::SameLine();
  const std::string count = display_text(static_cast<double>(entry.count), 0);
  const float room = ImGui::GetContentRegionAvail().x - ImGui::CalcTextSize(count.c_str()).x;
  clipped(display_safe(entry.label), room - ui(8));
  ImGui::SameLine();
  ImGui::PushStyleColor(ImGuiCol_Text, tint(theme::muted));
  right_aligned(count);
  ImGui::PopStyleColor();
}

/// Colours side by side.
void strip(const std::vector<carto::Colour>& colours, ImVec2 at, ImVec2 size,
           carto::ColourVision vision) {
  const float step = size.x / px(static_cast<double>(std::max<std::size_t>(1, colours.size())));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < colours.size(); ++i) {
    const float x = at.x + step * px(static_cast<double>(i));
    list.AddRectFilled({x, at.y}, {x + step, at.y + size.y}, ink(carto::seen(colours[i], vision)));
  }
  list.AddRect(at, {at.x + size.x, at.y + size.y}, IM_COL32(24, 34, 45, 60));
}

std::vector<carto::Colour> colours_of(const std::string& id, bool reversed) {
  const carto::Palette& palette = carto::palette(id);
  const bool kinds = palette.kind == carto::PaletteKind::categorical;
  return carto::sampled(palette, kinds ? palette.anchors.size() : 7, reversed && !kinds);
}

/// The colours on the map, lowest class first.
std::vector<carto::Colour> colours_shown(const ViewModel& model) {
  std::vector<carto::Colour> colours;
  for (const carto::LegendEntry& line : model.map.choropleth.legend.entries) {
    colours.push_back(line.colour);
  }
  return colours;
}

void palette_part(const ViewModel& model, Actions& actions) {
  label("Palette");
  const report::ColumnMapOptions chosen = suitable(model.colouring, model.column.spec);
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::SetNextItemWidth(width);
  ImGui::SetNextWindowSizeConstraints({width, 0.0F}, {width, ui(460)});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool open = ImGui::BeginCombo("##palette", "", ImGuiComboFlags_HeightLargest);
  if (open) {
    if (ImGui::Selectable("What suits the measure", chosen.palette.empty())) {
      actions.emplace_back(SetPalette{});
    }
    std::string_view part;
    for (const Option& option : model.menus.palettes) {
      if (option.heading != part) {
        part = option.heading;
        label(part);
      }
      ImGui::PushID(option.id.c_str());
      const ImVec2 row = ImGui::GetCursorScreenPos();
      if (ImGui::Selectable("##pick", option.id == chosen.palette)) {
        actions.emplace_back(SetPalette{option.id});
      }
      hint(option.detail);
      const float height = ImGui::GetTextLineHeight();
      strip(colours_of(option.id, chosen.reversed), {row.x, row.y + ui(2)},
            {ui(110), height - ui(4)}, model.vision);
      ImGui::GetWindowDrawList()->AddText({row.x + ui(120), row.y}, ink(theme::ink_colour),
                                          option.label.c_str());
      ImGui::PopID();
    }
    ImGui::EndCombo();
  } else {
    const float pad = ui(6);
    strip(colours_shown(model), {at.x + pad, at.y + pad},
          {width - ImGui::GetFrameHeight() - 2.0F * pad, ImGui::GetFrameHeight() - 2.0F * pad},
          model.vision);
  }
}

void classes_part(const ViewModel& model, Actions& actions) {
  if (model.column.spec.categorical) return;
  std::vector<Option> methods{{"", "Automatic"}};
  for (const carto::BreakMethodEntry& method : carto::break_methods()) {
    methods.push_back({std::string(method.id), std::string(method.label)});
  }
  label("Classes");
  const float numbers = ui(92);
  ImGui::BeginChild("##methods",
                    {ImGui::GetContentRegionAvail().x - numbers - ui(8), ImGui::GetFrameHeight()});
  const std::size_t count =
      model.colouring.class_count == 0 ? usual_classes : model.colouring.class_count;
  if (auto picked = menu("##method", methods, model.colouring.method)) {
    actions.emplace_back(SetBreaks{std::move(*picked), model.colouring.class_count});
  }
  ImGui::EndChild();
  ImGui::SameLine();
  const float side = ImGui::GetFrameHeight();
  ImGui::BeginDisabled(count <= 2);
  if (ImGui::Button("\u2212##fewer", {side, side})) {
    actions.emplace_back(SetBreaks{model.colouring.method, count - 1});
  }
  ImGui::EndDisabled();
  ImGui::SameLine(0.0F, 0.0F);
  const std::string number = std::to_string(count);
  const float room = numbers - 2.0F * side;
  const float start = ImGui::GetCursorPosX();
  ImGui::SetCursorPosX(start + (room - ImGui::CalcTextSize(number.c_str()).x) / 2.0F);
  ImGui::AlignTextToFramePadding();
  plain(number);
  ImGui::SameLine();
  ImGui::SetCursorPosX(start + room);
  ImGui::BeginDisabled(count >= 9);
  if (ImGui::Button("+##more", {side, side})) {
    actions.emplace_back(SetBreaks{model.colouring.method, count + 1});
  }
  ImGui::EndDisabled();
}

}  // namespace

Actions legend_panel(const ViewModel& model) {
  Actions actions;
  const carto::Legend& legend = model.map.choropleth.legend;
  std::string title = legend.title;
  if (!legend.unit.empty()) title += " (" + legend.unit + ")";
  wrapped(display_safe(title), fonts().strong, theme::ink_colour);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, vec(ui(8), ui(3)));
  for (const carto::LegendEntry& line : legend.entries) entry(line, model.vision);
  if (legend.unreached) entry(*legend.unreached, model.vision);
  if (legend.no_data) entry(*legend.no_data, model.vision);
  if (legend.suppressed) entry(*legend.suppressed, model.vision);
  ImGui::PopStyleVar();
  const std::string note = report::column_note(model.column);
  if (!note.empty()) wrapped(display_safe(note), fonts().small, theme::muted);
  palette_part(model, actions);
  classes_part(model, actions);
  if (!model.column.spec.categorical) {
    bool reversed = model.colouring.reversed;
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, vec(ui(3), ui(2)));
    if (ImGui::Checkbox("Turn the colours round", &reversed)) {
      actions.emplace_back(ReversePalette{});
    }
    ImGui::PopStyleVar();
  }
  return actions;
}

}  // namespace quartier::viewer
