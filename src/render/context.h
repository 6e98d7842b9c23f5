#pragma once
/// The OpenGL context: made without a display for pictures and servers, or lent by a window.

#include <cstddef>
#include <memory>
#include <string>

namespace quartier::render {

/// An OpenGL 3.3 core context. Everything drawn with it must be drawn on the thread where it is
/// current, and must be destroyed before it.
class Context {
 public:
  /// A context without window or display, current on this thread. Tried in this order: the
  /// surfaceless platform of Mesa, the first EGL device that works, the default display with a
  /// small off-screen surface.
  /// @throws RenderError with what was tried, and the package to install
  static Context off_screen();

  /// The context that a window library made current on this thread. Not owned. The caller promises
  /// that one is current: OpenGL cannot be asked without one.
  /// @throws RenderError where it is older than OpenGL 3.3
  static Context adopt_current();

  Context(Context&&) noexcept;
  Context& operator=(Context&&) noexcept;
  ~Context();

  /// Makes an off-screen context current on this thread; an adopted one is left to its window.
  void make_current() const;

  /// Driver and version, for reports of problems: "llvmpipe (LLVM 15.0.6, 256 bits), 4.5 (Core
  /// ...)".
  [[nodiscard]] const std::string& description() const { return description_; }
  /// True where the processor does the drawing (llvmpipe, softpipe, SwiftShader).
  [[nodiscard]] bool software() const { return software_; }
  /// Widest and highest picture that can be drawn at once, pixels.
  [[nodiscard]] int largest_texture() const { return largest_texture_; }
  /// Most entries of a table that a shader can look up.
  [[nodiscard]] std::size_t largest_table() const { return largest_table_; }

 private:
  struct Egl;
  explicit Context(std::unique_ptr<Egl> egl);

  std::unique_ptr<Egl> egl_;  ///< empty: adopted
  std::string description_;
  bool software_ = false;
  int largest_texture_ = 0;
  std::size_t largest_table_ = 0;
};

}  // namespace quartier::render
