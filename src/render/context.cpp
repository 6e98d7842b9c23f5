#include "render/context.h"

#include <epoxy/egl.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "render/gl.h"

namespace quartier::render {

/// The EGL side of an off-screen context. The display is not terminated: it belongs to the whole
/// process, and another context may live on it.
struct Context::Egl {
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;
  EGLSurface surface = EGL_NO_SURFACE;

  Egl() = default;
  Egl(const Egl&) = delete;
  Egl& operator=(const Egl&) = delete;
  ~Egl() {
    if (display == EGL_NO_DISPLAY) return;
    if (context != EGL_NO_CONTEXT && eglGetCurrentContext() == context) {
      eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    }
    if (surface != EGL_NO_SURFACE) eglDestroySurface(display, surface);
    if (context != EGL_NO_CONTEXT) eglDestroyContext(display, context);
  }
};

namespace {

constexpr auto context_wish = std::to_array<EGLint>(
    {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
     EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE});
constexpr auto config_wish = std::to_array<EGLint>(
    {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE});
constexpr auto small_surface = std::to_array<EGLint>({EGL_WIDTH, 16, EGL_HEIGHT, 16, EGL_NONE});

/// Where a display may come from, in the order they are tried.
std::vector<EGLDisplay> surfaceless_displays() {
  if (!epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_MESA_platform_surfaceless") ||
      !epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_platform_base")) {
    return {};
  }
  return {eglGetPlatformDisplayEXT(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr)};
}

std::vector<EGLDisplay> device_displays() {
  if (!epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_platform_device") ||
      !epoxy_has_egl_extension(EGL_NO_DISPLAY, "EGL_EXT_device_enumeration")) {
    return {};
  }
  std::array<EGLDeviceEXT, 16> devices{};
  EGLint count = 0;
  if (eglQueryDevicesEXT(static_cast<EGLint>(devices.size()), devices.data(), &count) != EGL_TRUE) {
    return {};
  }
  std::vector<EGLDisplay> displays;
  displays.reserve(static_cast<std::size_t>(count));
  for (EGLint i = 0; i < count; ++i) {
    displays.push_back(eglGetPlatformDisplayEXT(EGL_PLATFORM_DEVICE_EXT,
                                                devices[static_cast<std::size_t>(i)], nullptr));
  }
  return displays;
}

std::vector<EGLDisplay> default_display() { return {eglGetDisplay(EGL_DEFAULT_DISPLAY)}; }

/// Makes a context on `display` current; false where one step of it fails.
template <typename Egl>
bool open(Egl& egl, EGLDisplay display) {
  if (display == EGL_NO_DISPLAY || eglInitialize(display, nullptr, nullptr) != EGL_TRUE)
    return false;
  if (eglBindAPI(EGL_OPENGL_API) != EGL_TRUE) return false;
  egl.display = display;
  EGLConfig config = nullptr;
  EGLint config_count = 0;
  eglChooseConfig(display, config_wish.data(), &config, 1, &config_count);
  if (config_count == 0 && !epoxy_has_egl_extension(display, "EGL_KHR_no_config_context")) {
    return false;
  }
  egl.context = eglCreateContext(display, config, EGL_NO_CONTEXT, context_wish.data());
  if (egl.context == EGL_NO_CONTEXT) return false;
  if (!epoxy_has_egl_extension(display, "EGL_KHR_surfaceless_context")) {
    if (config_count == 0) return false;
    egl.surface = eglCreatePbufferSurface(display, config, small_surface.data());
    if (egl.surface == EGL_NO_SURFACE) return false;
  }
  return eglMakeCurrent(display, egl.surface, egl.surface, egl.context) == EGL_TRUE;
}

std::string text_of(GLenum name) {
  const auto* text = reinterpret_cast<const char*>(glGetString(name));
  return text != nullptr ? display_safe(text) : std::string("unknown");
}

bool names_software(const std::string& renderer) {
  const std::string name = lower_ascii(renderer);
  for (const std::string_view word :
       {"llvmpipe", "softpipe", "swrast", "swiftshader", "software"}) {
    if (name.find(word) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

Context::Context(std::unique_ptr<Egl> egl) : egl_(std::move(egl)) {
  if (epoxy_gl_version() < 33 || !epoxy_is_desktop_gl()) {
    throw RenderError("OpenGL 3.3 is needed, the driver has " + text_of(GL_VERSION),
                      "update the graphics driver, or set LIBGL_ALWAYS_SOFTWARE=1");
  }
  const std::string renderer = text_of(GL_RENDERER);
  description_ = renderer + ", " + text_of(GL_VERSION);
  software_ = names_software(renderer);
  GLint table = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &largest_texture_);
  glGetIntegerv(GL_MAX_TEXTURE_BUFFER_SIZE, &table);
  largest_table_ = static_cast<std::size_t>(std::max(table, 0));
}

Context Context::off_screen() {
  const std::array sources{std::pair{"the surfaceless platform", &surfaceless_displays},
                           std::pair{"EGL devices", &device_displays},
                           std::pair{"the default display", &default_display}};
  std::string tried;
  for (const auto& [name, displays] : sources) {
    for (const EGLDisplay display : displays()) {
      auto egl = std::make_unique<Egl>();
      if (open(*egl, display)) return Context(std::move(egl));
    }
    tried += (tried.empty() ? "" : ", ") + std::string(name);
  }
  throw RenderError("no OpenGL 3.3 context without a window (tried: " + tried + ")",
                    "install a driver: libegl1 and libgl1-mesa-dri on Debian");
}

Context Context::adopt_current() { return Context(nullptr); }

Context::Context(Context&&) noexcept = default;
Context& Context::operator=(Context&&) noexcept = default;
Context::~Context() = default;

void Context::make_current() const {
  if (egl_ == nullptr) return;
  if (eglMakeCurrent(egl_->display, egl_->surface, egl_->surface, egl_->context) != EGL_TRUE) {
    throw RenderError("the OpenGL context cannot be made current",
                      "it may be in use on another thread");
  }
}

}  // namespace quartier::render
