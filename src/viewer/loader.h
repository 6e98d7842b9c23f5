#pragma once
/// Loading beside the window: one worker that makes a publication, with progress and cancel.

#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "viewer/actions.h"

namespace quartier::viewer {

/// How files are found and read.
struct LoadSettings {
  std::filesystem::path data_folder;                 ///< empty: the study's own
  std::vector<std::filesystem::path> layer_folders;  ///< where layer definitions are
};

/// Loads one thing at a time on a thread of its own. What it has to say is fetched with `news`, on
/// the window's thread.
class Loader {
 public:
  using Work = std::function<study::Publication(Progress&)>;

  Loader() = default;
  ~Loader();
  Loader(const Loader&) = delete;
  Loader& operator=(const Loader&) = delete;

  /// Starts `work`; what runs is cancelled and waited for first.
  void start(Work work);
  void cancel();
  [[nodiscard]] bool busy() const { return result_.valid(); }

  /// LoadStarted once, LoadProgress where it changed, then LoadDone, LoadFailed or LoadStopped.
  [[nodiscard]] Actions news();

 private:
  [[nodiscard]] Action outcome();

  std::shared_ptr<Progress> progress_;  ///< shared with the worker
  std::future<study::Publication> result_;
  std::optional<Progress::State> told_;
};

/// What opens `files`: one .toml is a study, anything else are layers and tables.
Loader::Work open_files(std::vector<std::filesystem::path> files, LoadSettings settings);

/// What makes a sample city in a scratch folder and opens it.
Loader::Work open_sample();

}  // namespace quartier::viewer
