#pragma once
/// Private to the viewer: the panels. They draw what the model says and return what the user asks
/// for; nothing is changed here.

#include <cstdint>
#include <functional>
#include <vector>

#include "viewer/actions.h"
#include "viewer/window.h"

namespace quartier::viewer {

/// A place of the window, in its units.
struct Frame {
  double x = 0.0;
  double y = 0.0;
  double width = 0.0;
  double height = 0.0;
};

/// The map as a picture, as large as the model's camera.
struct MapPicture {
  std::uint32_t texture = 0;
  double pixel_ratio = 1.0;  ///< pixels to a unit of the window
  std::function<DistrictIndex(render::ScreenPoint)> pick;
};

/// Everything in the window: the panels below, laid out.
Actions screen(const ViewModel& model, const MapPicture& picture,
               const std::vector<KeyPress>& keys);

/// Keys that work wherever no text is typed.
Actions shortcuts(const ViewModel& model, const std::vector<KeyPress>& keys);

Actions choice_panel(const ViewModel& model);
Actions legend_panel(const ViewModel& model);
Actions map_panel(const ViewModel& model, const MapPicture& picture, const Frame& frame);
Actions ranking_panel(const ViewModel& model, double height);
Actions district_panel(const ViewModel& model);
Actions findings_panel(const ViewModel& model, const Frame& frame);
Actions start_panel(const ViewModel& model, const Frame& frame);
Actions loading_panel(const ViewModel& model, const Frame& frame);
Actions error_panel(const ViewModel& model, const Frame& frame);
Actions help_panel(const ViewModel& model, const Frame& frame);
Actions file_browser(const ViewModel& model, const Frame& frame);

/// Drawn over the map: scale bar, north arrow, names of districts, the mark of invented data.
void map_marks(const ViewModel& model, const MapPicture& picture, const Frame& frame);

/// The name, value and shares of the district under the cursor; the site, where one is.
void tooltip(const ViewModel& model);

/// Adds `more` at the end of `actions`.
void add(Actions& actions, Actions more);

}  // namespace quartier::viewer
