#include "viewer/window.h"

// clang-format off
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
// clang-format on

#include <algorithm>
#include <cfloat>
#include <utility>

#include "base/error.h"
#include "viewer/theme.h"

namespace quartier::viewer {
namespace {

std::string glfw_words() {
  const char* words = nullptr;
  glfwGetError(&words);
  return words != nullptr ? words : "no reason given";
}

/// The few calls that are needed beside those of the renderer, asked from the driver by name.
struct Gl {
  using Viewport = void (*)(int, int, int, int);
  using ClearColor = void (*)(float, float, float, float);
  using Clear = void (*)(unsigned);
  using ReadPixels = void (*)(int, int, int, int, unsigned, unsigned, void*);
  using BindFramebuffer = void (*)(unsigned, unsigned);
  using PixelStore = void (*)(unsigned, int);

  template <typename Call>
  static Call named(const char* name) {
    return reinterpret_cast<Call>(glfwGetProcAddress(name));
  }
  Viewport viewport = named<Viewport>("glViewport");
  ClearColor clear_colour = named<ClearColor>("glClearColor");
  Clear clear = named<Clear>("glClear");
  ReadPixels read_pixels = named<ReadPixels>("glReadPixels");
  BindFramebuffer bind_framebuffer = named<BindFramebuffer>("glBindFramebuffer");
  PixelStore pixel_store = named<PixelStore>("glPixelStorei");
};

constexpr unsigned framebuffer_target = 0x8D40;  // GL_FRAMEBUFFER

}  // namespace

struct Window::State {
  GLFWwindow* window = nullptr;
  bool woken = true;
  std::vector<std::filesystem::path> dropped;
  std::vector<KeyPress> pressed;
  double scale = 0.0;
  double ratio = 0.0;
  Gl gl;

  static State& of(GLFWwindow* window) {
    return *static_cast<State*>(glfwGetWindowUserPointer(window));
  }
  void listen();
};

void Window::State::listen() {
  glfwSetWindowUserPointer(window, this);
  glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** names) {
    State& state = of(w);
    for (int i = 0; i < count; ++i) state.dropped.emplace_back(names[i]);
    state.woken = true;
  });
  glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { of(w).woken = true; });
  glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { of(w).woken = true; });
  glfwSetWindowContentScaleCallback(window,
                                    [](GLFWwindow* w, float, float) { of(w).woken = true; });
  glfwSetWindowCloseCallback(window, [](GLFWwindow* w) { of(w).woken = true; });
  glfwSetCursorPosCallback(window, [](GLFWwindow* w, double, double) { of(w).woken = true; });
  // Dear ImGui sets its own on top and calls these.
  glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int) { of(w).woken = true; });
  glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int) { of(w).woken = true; });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int, int, int) { of(w).woken = true; });
  glfwSetScrollCallback(window, [](GLFWwindow* w, double, double) { of(w).woken = true; });
  glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
    State& state = of(w);
    state.woken = true;
    if (action == GLFW_RELEASE) return;
    const char* name = glfwGetKeyName(key, scancode);
    const bool letter = name != nullptr && name[0] >= 'a' && name[0] <= 'z' && name[1] == '\0';
    state.pressed.push_back({key, letter ? name[0] : '\0', (mods & GLFW_MOD_CONTROL) != 0,
                             (mods & GLFW_MOD_SHIFT) != 0,
                             (mods & (GLFW_MOD_ALT | GLFW_MOD_SUPER)) != 0, action == GLFW_REPEAT});
  });
  glfwSetCharCallback(window, [](GLFWwindow* w, unsigned) { of(w).woken = true; });
}

Window::Window(int width, int height) : state_(std::make_unique<State>(State{})) {
  if (glfwInit() == 0) {
    throw RenderError("no window: " + glfw_words(),
                      "start from a desktop, or set DISPLAY; `quartier run` and `quartier map` "
                      "need no window");
  }
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  state_->window = glfwCreateWindow(width, height, "Quartier", nullptr, nullptr);
  if (state_->window == nullptr) {
    const std::string words = glfw_words();
    glfwTerminate();
    throw RenderError("no window with OpenGL 3.3: " + words,
                      "install a newer graphics driver (Mesa: libgl1-mesa-dri); `quartier run` "
                      "and `quartier map` need no window");
  }
  glfwMakeContextCurrent(state_->window);
  glfwSwapInterval(1);
  glfwSetWindowSizeLimits(state_->window, 640, 420, GLFW_DONT_CARE, GLFW_DONT_CARE);
  state_->gl = Gl{};
  state_->listen();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  ImGui_ImplGlfw_InitForOpenGL(state_->window, true);
  ImGui_ImplOpenGL3_Init("#version 330 core");
}

Window::~Window() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
  glfwDestroyWindow(state_->window);
  glfwTerminate();
}

bool Window::closing() const { return glfwWindowShouldClose(state_->window) != 0; }

void Window::set_title(const std::string& title) {
  glfwSetWindowTitle(state_->window, title.c_str());
}

bool Window::wait(double seconds) {
  if (seconds > 0.0) {
    glfwWaitEventsTimeout(seconds);
  } else {
    glfwPollEvents();
  }
  return std::exchange(state_->woken, false);
}

std::vector<std::filesystem::path> Window::dropped() { return std::exchange(state_->dropped, {}); }

std::vector<KeyPress> Window::pressed() { return std::exchange(state_->pressed, {}); }

double Window::clock() const { return glfwGetTime(); }

double Window::pixel_ratio() const {
  int width = 0;
  int height = 0;
  int pixels_across = 0;
  int pixels_down = 0;
  glfwGetWindowSize(state_->window, &width, &height);
  glfwGetFramebufferSize(state_->window, &pixels_across, &pixels_down);
  return width > 0 && pixels_across > 0 ? static_cast<double>(pixels_across) / width : 1.0;
}

void Window::begin_frame(double scale, bool mouse) {
  const double ratio = pixel_ratio();
  float content_x = 1.0F;
  float content_y = 1.0F;
  glfwGetWindowContentScale(state_->window, &content_x, &content_y);
  const double wanted = scale * std::max(0.5, static_cast<double>(content_x)) / ratio;
  if (wanted != state_->scale || ratio != state_->ratio) {
    apply_theme(wanted, ratio);
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    if (state_->scale > 0.0) ImGui_ImplOpenGL3_CreateFontsTexture();
    state_->scale = wanted;
    state_->ratio = ratio;
  }
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  if (!mouse) ImGui::GetIO().MousePos = {-FLT_MAX, -FLT_MAX};
  ImGui::NewFrame();
}

void Window::end_frame(render::Image* keep) {
  ImGui::Render();
  int width = 0;
  int height = 0;
  glfwGetFramebufferSize(state_->window, &width, &height);
  const Gl& gl = state_->gl;
  gl.bind_framebuffer(framebuffer_target, 0);
  gl.viewport(0, 0, width, height);
  const ImVec4 paper = tint(theme::map_paper);
  gl.clear_colour(paper.x, paper.y, paper.z, 1.0F);
  gl.clear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  if (keep != nullptr) {
    keep->width = width;
    keep->height = height;
    const auto row = static_cast<std::size_t>(width) * 4;
    keep->rgba.resize(row * static_cast<std::size_t>(height));
    gl.pixel_store(GL_PACK_ALIGNMENT, 1);
    gl.read_pixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, keep->rgba.data());
    for (int top = 0, bottom = height - 1; top < bottom; ++top, --bottom) {
      std::swap_ranges(keep->rgba.begin() + static_cast<std::ptrdiff_t>(row) * top,
                       keep->rgba.begin() + static_cast<std::ptrdiff_t>(row) * (top + 1),
                       keep->rgba.begin() + static_cast<std::ptrdiff_t>(row) * bottom);
    }
    for (std::size_t i = 3; i < keep->rgba.size(); i += 4) keep->rgba[i] = 255;
  }
  glfwSwapBuffers(state_->window);
}

}  // namespace quartier::viewer
