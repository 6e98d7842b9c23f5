#pragma once
/// The window: a study on the map, with the ranking beside it.

#include <filesystem>
#include <vector>

namespace quartier::viewer {

struct ViewerOptions {
  std::vector<std::filesystem::path> files;          ///< a study, or layer files; empty: ask
  std::filesystem::path data_folder;                 ///< empty: the study's own
  std::vector<std::filesystem::path> layer_folders;  ///< where layer definitions are
  std::filesystem::path screenshot;                  ///< write the first complete picture and end
  int width = 1440;
  int height = 900;
};

/// Opens the window and returns when it is closed.
/// @throws RenderError where no window can be opened; Error where the study cannot be loaded and
///         there is no window to say so in (with `screenshot`)
void open_window(const ViewerOptions& options);

}  // namespace quartier::viewer
