// clang-format off
#include <GLFW/glfw3.h>
// clang-format on

#include "viewer/panels.h"
#include "viewer/widgets.h"

namespace quartier::viewer {
namespace {

constexpr double arrow_part = 0.08;  ///< of the picture, for each press
constexpr double key_factor = 1.4;

void with_control(const KeyPress& press, Actions& actions) {
  if (press.letter == 'z') actions.push_back(press.shift ? Action(Redo{}) : Action(Undo{}));
  if (press.letter == 'y') actions.emplace_back(Redo{});
  if (press.letter == 'o' && !press.repeat) actions.emplace_back(ToggleBrowser{});
  if (press.key == GLFW_KEY_EQUAL || press.key == GLFW_KEY_KP_ADD) {
    actions.emplace_back(ScaleInterface{1.1});
  }
  if (press.key == GLFW_KEY_MINUS || press.key == GLFW_KEY_KP_SUBTRACT) {
    actions.emplace_back(ScaleInterface{1.0 / 1.1});
  }
  if (press.key == GLFW_KEY_0 || press.key == GLFW_KEY_KP_0) {
    actions.emplace_back(ScaleInterface{0.0});
  }
}

void typed_signs(const ViewModel& model, Actions& actions) {
  const render::ScreenPoint middle{model.camera.width / 2.0, model.camera.height / 2.0};
  for (const ImWchar sign : ImGui::GetIO().InputQueueCharacters) {
    if (sign == '+' || sign == '=') actions.emplace_back(ZoomAt{middle, key_factor});
    if (sign == '-') actions.emplace_back(ZoomAt{middle, 1.0 / key_factor});
    if (sign == '[') actions.emplace_back(StepDate{-1});
    if (sign == ']') actions.emplace_back(StepDate{1});
  }
}

void arrow(const ViewModel& model, int key, Actions& actions) {
  const double right = arrow_part * model.camera.width;
  const double down = arrow_part * model.camera.height;
  if (key == GLFW_KEY_LEFT) actions.emplace_back(Pan{right, 0.0});
  if (key == GLFW_KEY_RIGHT) actions.emplace_back(Pan{-right, 0.0});
  if (key == GLFW_KEY_UP) actions.emplace_back(Pan{0.0, down});
  if (key == GLFW_KEY_DOWN) actions.emplace_back(Pan{0.0, -down});
}

void letter(char typed, Actions& actions) {
  if (typed == 'f') actions.emplace_back(FitCity{});
  if (typed == 'p') actions.emplace_back(NextPalette{});
  if (typed == 'c') actions.emplace_back(NextVision{});
  if (typed == 'l') actions.emplace_back(ToggleLabels{});
  if (typed == 'r') actions.emplace_back(ToggleSide{});
  if (typed == 'd') actions.emplace_back(ToggleFindings{});
}

/// Closes what lies on top, else clears the selection.
Action escape(const ViewModel& model) {
  if (model.state == LoadState::loading) return CancelLoad{};
  if (model.state == LoadState::failed) return DismissError{};
  if (model.show_browser) return ToggleBrowser{};
  if (model.show_help) return ToggleHelp{};
  if (!model.selection.empty()) return Select{};
  if (model.show_findings) return ToggleFindings{};
  return Hover{};
}

}  // namespace

Actions shortcuts(const ViewModel& model, const std::vector<KeyPress>& keys) {
  Actions actions;
  const ImGuiIO& io = ImGui::GetIO();
  const bool menu_open = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId);
  const bool map_listens = !menu_open && !io.WantTextInput && model.publication.has_value();
  for (const KeyPress& press : keys) {
    if (press.key == GLFW_KEY_F1) actions.emplace_back(ToggleHelp{});
    if (io.WantTextInput) continue;
    if (press.key == GLFW_KEY_ESCAPE && !menu_open) actions.push_back(escape(model));
    if (press.control) {
      with_control(press, actions);
    } else if (map_listens && !press.other) {
      arrow(model, press.key, actions);
      if (!press.repeat) letter(press.letter, actions);
    }
  }
  if (map_listens && !io.KeyCtrl) typed_signs(model, actions);
  return actions;
}

}  // namespace quartier::viewer
