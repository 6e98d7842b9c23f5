#pragma once
/// Private to the viewer: the window of the operating system, with OpenGL and Dear ImGui in it.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "render/image.h"

namespace quartier::viewer {

/// A key that went down; none is lost, however short.
struct KeyPress {
  int key = 0;      ///< as GLFW numbers them
  char letter = 0;  ///< what it types on this keyboard, in lower case; 0: no letter
  bool control = false;
  bool shift = false;
  bool other = false;   ///< with Alt or the system's key
  bool repeat = false;  ///< held down
};

/// One window, whose OpenGL 3.3 core context is current on this thread while it lives.
class Window {
 public:
  /// @throws RenderError where there is no display or no OpenGL 3.3
  Window(int width, int height);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  [[nodiscard]] bool closing() const;
  void set_title(const std::string& title);

  /// Waits for an event, at most `seconds` (0: looks and goes on). @returns whether there was one
  bool wait(double seconds);
  /// Files dropped on the window since the last call.
  [[nodiscard]] std::vector<std::filesystem::path> dropped();
  /// Keys that went down since the last call.
  [[nodiscard]] std::vector<KeyPress> pressed();
  /// Seconds since the window opened.
  [[nodiscard]] double clock() const;

  /// Begins the widgets of a frame, for an interface `scale` times its normal size.
  /// @param mouse  false: as if the cursor were elsewhere
  void begin_frame(double scale, bool mouse = true);
  /// Draws the widgets and shows the frame. @param keep  gets the pixels, where it is not nullptr
  void end_frame(render::Image* keep = nullptr);

  /// Pixels of the picture to a unit of the window: 2 on some dense screens.
  [[nodiscard]] double pixel_ratio() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace quartier::viewer
