#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "report/map_page.h"
#include "viewer/panels.h"
#include "viewer/widgets.h"

namespace quartier::viewer {
namespace {

constexpr std::size_t most_labels = 120;
constexpr ImU32 halo = IM_COL32(255, 255, 255, 225);
constexpr ImU32 dark_halo = IM_COL32(24, 34, 45, 110);

/// Text with an edge of the other lightness, so that it reads on any colour.
void mark_text(ImDrawList& list, ImFont* font, ImVec2 at, const std::string& text,
               bool on_dark = false) {
  const ImU32 edge = on_dark ? dark_halo : halo;
  const ImU32 letters = on_dark ? IM_COL32_WHITE : ink(theme::ink_colour);
  const float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
  for (const ImVec2 by : {ImVec2{-1, 0}, ImVec2{1, 0}, ImVec2{0, -1}, ImVec2{0, 1}, ImVec2{-1, -1},
                          ImVec2{1, 1}, ImVec2{1, -1}, ImVec2{-1, 1}}) {
    list.AddText(font, size, {at.x + by.x, at.y + by.y}, edge, text.c_str());
  }
  list.AddText(font, size, at, letters, text.c_str());
}

struct Placed {
  ImVec2 from;
  ImVec2 to;
};

bool overlaps(const Placed& one, const Placed& other) {
  return one.from.x < other.to.x && other.from.x < one.to.x && one.from.y < other.to.y &&
         other.from.y < one.to.y;
}

/// True where the map is dark at `at`, pixels of the picture.
bool dark_at(const ViewModel& model, const MapPicture& picture, Point at) {
  const DistrictIndex district = picture.pick({at.x, at.y});
  if (district == no_index) return false;
  const carto::Colour ground = carto::seen(model.map.choropleth.colours[district], model.vision);
  return carto::lightness_of(ground) < 58.0;
}

void names(const ViewModel& model, const MapPicture& picture, const Frame& frame,
           ImDrawList& list) {
  const double ratio = picture.pixel_ratio;
  // While the camera flies or the hand moves it, names would flicker in and out.
  if (!model.show_labels || model.flight || ImGui::IsMouseDragging(ImGuiMouseButton_Left)) return;
  const render::Camera& camera = model.camera;
  const report::MapView view{camera.centre, camera.metres_per_pixel, camera.width, camera.height};
  std::vector<report::MapLabel> labels =
      report::district_labels(model.edition().districts, view, most_labels);
  std::stable_sort(labels.begin(), labels.end(),
                   [](const auto& a, const auto& b) { return a.priority > b.priority; });
  ImFont* font = fonts().small;
  const float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
  std::vector<Placed> placed;
  for (const report::MapLabel& name : labels) {
    const std::string text = display_safe(name.text);
    const ImVec2 extent = font->CalcTextSizeA(size, FLT_MAX, 0.0F, text.c_str());
    if (name.room_px > 0.0 && extent.x * ratio > name.room_px) continue;
    const ImVec2 from = vec(frame.x + name.at.x / ratio - extent.x / 2.0,
                            frame.y + name.at.y / ratio - extent.y / 2.0);
    const Placed box{{from.x - 3, from.y - 1}, {from.x + extent.x + 3, from.y + extent.y + 1}};
    const bool inside = from.x > frame.x && box.to.x < frame.x + frame.width;
    const bool free = std::none_of(placed.begin(), placed.end(),
                                   [&](const Placed& other) { return overlaps(box, other); });
    if (!inside || !free) continue;
    placed.push_back(box);
    mark_text(list, font, from, text, dark_at(model, picture, name.at));
  }
}

void scale_and_north(const ViewModel& model, const Frame& frame, double ratio, ImDrawList& list) {
  const report::ScaleBar scale =
      report::scale_bar(model.camera.metres_per_pixel * ratio, static_cast<double>(ui(130)));
  const float bottom = px(frame.y + frame.height) - ui(18);
  const float left = px(frame.x) + ui(18);
  const float right = left + px(scale.length);
  const ImU32 line = ink(theme::ink_colour);
  list.AddRectFilled({left - 2, bottom - ui(7)}, {right + 2, bottom + 2}, halo, ui(2));
  list.AddLine({left, bottom}, {right, bottom}, line, ui(1.8));
  list.AddLine({left, bottom - ui(5)}, {left, bottom + 1}, line, ui(1.8));
  list.AddLine({right, bottom - ui(5)}, {right, bottom + 1}, line, ui(1.8));
  mark_text(list, fonts().small, {left, bottom - ui(24)}, scale.label);

  const float x = px(frame.x + frame.width) - ui(31);
  const float y = px(frame.y) + ui(16);
  list.AddTriangleFilled({x, y}, {x - ui(7), y + ui(22)}, {x, y + ui(17)}, line);
  list.AddTriangleFilled({x, y}, {x, y + ui(17)}, {x + ui(7), y + ui(22)}, ink(theme::bar));
  mark_text(list, fonts().small, {x - ui(5), y + ui(24)}, "N");
}

void ribbon(const std::string& text, float x, float y, ImDrawList& list, carto::Colour ground,
            carto::Colour words) {
  ImFont* font = fonts().small;
  const float size = font->FontSize * ImGui::GetIO().FontGlobalScale;
  const ImVec2 extent = font->CalcTextSizeA(size, FLT_MAX, 0.0F, text.c_str());
  list.AddRectFilled({x, y}, {x + extent.x + ui(20), y + extent.y + ui(10)}, ink(ground), ui(4));
  list.AddText(font, size, {x + ui(10), y + ui(5)}, ink(words), text.c_str());
}

}  // namespace

void map_marks(const ViewModel& model, const MapPicture& picture, const Frame& frame) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(vec(frame.x, frame.y), vec(frame.x + frame.width, frame.y + frame.height),
                    true);
  names(model, picture, frame, list);
  scale_and_north(model, frame, picture.pixel_ratio, list);
  float y = px(frame.y) + ui(14);
  const float x = px(frame.x) + ui(14);
  if (model.publication->synthetic()) {
    ribbon("Synthetic data: this city does not exist", x, y, list, theme::ribbon,
           theme::ribbon_ink);
    y += ui(32);
  }
  if (model.vision != carto::ColourVision::full) {
    ribbon("As seen with " + std::string(carto::label_of(model.vision)) + " (C: next)", x, y, list,
           theme::accent, carto::rgb(0xFFFFFF));
  }
  list.PopClipRect();
}

}  // namespace quartier::viewer
