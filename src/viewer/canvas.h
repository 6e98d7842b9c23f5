#pragma once
/// Private to the viewer: the map of the model as a texture, drawn by the renderer of the pictures.

#include <cstdint>

#include "render/map_renderer.h"
#include "viewer/view_model.h"

namespace quartier::viewer {

/// Uploads what changed since the last frame, and nothing else.
class Canvas {
 public:
  explicit Canvas(const render::Context& context);

  /// Draws the map as the model says. While the camera moves, speed counts; it is drawn finely once
  /// it has rested a moment. @param now  seconds on any clock
  void update(const ViewModel& model, double now);

  /// OpenGL name of the picture, as large as the model's camera; 0: there is none.
  [[nodiscard]] std::uint32_t texture() const { return texture_; }
  /// True where the picture is as fine as it gets.
  [[nodiscard]] bool settled() const { return texture_ != 0 && fine_; }
  /// The district at a place of the picture.
  [[nodiscard]] DistrictIndex pick(render::ScreenPoint at);

 private:
  void upload_districts(const ViewModel& model);
  void upload_symbols(const ViewModel& model);

  render::MapRenderer renderer_;
  std::uint32_t texture_ = 0;
  std::size_t edition_ = 0;
  std::size_t column_ = 0;
  std::size_t symbols_ = 0;
  bool fine_ = false;
  bool ever_ = false;
  double moved_at_ = 0.0;
};

}  // namespace quartier::viewer
