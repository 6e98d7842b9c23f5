// clang-format off
#include <GLFW/glfw3.h>
// clang-format on

#include <string_view>

#include "viewer/panels.h"
#include "viewer/widgets.h"

namespace quartier::viewer {
namespace {

constexpr double arrow_part = 0.08;  ///< of the picture, for each press
constexpr double key_factor = 1.4;

/// True where the key that types `letter` on this keyboard was pressed.
bool letter_pressed(char letter) {
  for (int key = GLFW_KEY_A; key <= GLFW_KEY_Z; ++key) {
    if (!ImGui::IsKeyPressed(key, false)) continue;
    const char* name = glfwGetKeyName(key, 0);
    const char typed = name != nullptr ? name[0] : static_cast<char>(key - GLFW_KEY_A + 'a');
    if (typed == letter) return true;
  }
  return false;
}

void with_control(Actions& actions) {
  if (letter_pressed('z')) {
    actions.emplace_back(ImGui::GetIO().KeyShift ? Action(Redo{}) : Action(Undo{}));
  }
  if (letter_pressed('y')) actions.emplace_back(Redo{});
  if (letter_pressed('o')) actions.emplace_back(ToggleBrowser{});
  const auto pressed = [](int key) { return ImGui::IsKeyPressed(key); };
  if (pressed(GLFW_KEY_EQUAL) || pressed(GLFW_KEY_KP_ADD)) {
    actions.emplace_back(ScaleInterface{1.1});
  }
  if (pressed(GLFW_KEY_MINUS) || pressed(GLFW_KEY_KP_SUBTRACT)) {
    actions.emplace_back(ScaleInterface{1.0 / 1.1});
  }
  if (pressed(GLFW_KEY_0) || pressed(GLFW_KEY_KP_0)) actions.emplace_back(ScaleInterface{0.0});
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

void arrows(const ViewModel& model, Actions& actions) {
  const double right = arrow_part * model.camera.width;
  const double down = arrow_part * model.camera.height;
  if (ImGui::IsKeyPressed(GLFW_KEY_LEFT)) actions.emplace_back(Pan{right, 0.0});
  if (ImGui::IsKeyPressed(GLFW_KEY_RIGHT)) actions.emplace_back(Pan{-right, 0.0});
  if (ImGui::IsKeyPressed(GLFW_KEY_UP)) actions.emplace_back(Pan{0.0, down});
  if (ImGui::IsKeyPressed(GLFW_KEY_DOWN)) actions.emplace_back(Pan{0.0, -down});
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

Actions shortcuts(const ViewModel& model) {
  Actions actions;
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsKeyPressed(GLFW_KEY_F1, false)) actions.emplace_back(ToggleHelp{});
  if (io.WantTextInput) return actions;
  const bool menu_open = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId);
  if (ImGui::IsKeyPressed(GLFW_KEY_ESCAPE, false) && !menu_open) {
    actions.push_back(escape(model));
  }
  if (io.KeyCtrl) {
    with_control(actions);
    return actions;
  }
  if (io.KeyAlt || io.KeySuper || menu_open || !model.publication) return actions;
  typed_signs(model, actions);
  arrows(model, actions);
  if (letter_pressed('f')) actions.emplace_back(FitCity{});
  if (letter_pressed('p')) actions.emplace_back(NextPalette{});
  if (letter_pressed('c')) actions.emplace_back(NextVision{});
  if (letter_pressed('l')) actions.emplace_back(ToggleLabels{});
  if (letter_pressed('r')) actions.emplace_back(ToggleSide{});
  if (letter_pressed('d')) actions.emplace_back(ToggleFindings{});
  return actions;
}

}  // namespace quartier::viewer
