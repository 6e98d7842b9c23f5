#pragma once
/// The command line: `quartier COMMAND ...`. Each command is one file that adds itself to the
/// program.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace quartier::cli {

/// What `quartier view` opens: a study file, or bare layer files, with the load options of the
/// command line.
struct ViewRequest {
  std::vector<std::filesystem::path> files;
  std::filesystem::path data_folder;  ///< empty: the study's own
  std::vector<std::filesystem::path> layer_folders;
  std::filesystem::path screenshot;  ///< write the first complete picture there and end
};

/// The other front door, which the command line can open but does not include.
struct Doors {
  std::function<void(const ViewRequest&)> view;  ///< empty: built without a window
};

/// Runs the program. @returns 0 done, 1 failed (one line says why, and the way out), 2 wrong usage
int run(int argc, const char* const* argv, const Doors& doors);

}  // namespace quartier::cli
