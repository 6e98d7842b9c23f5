#include "viewer/loader.h"

#include <unistd.h>

#include <chrono>
#include <exception>
#include <new>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "study/check.h"
#include "study/compute.h"
#include "study/load.h"
#include "study/sample/sample_city.h"

namespace quartier::viewer {
namespace {

namespace fs = std::filesystem;

/// A folder that goes when the sample has been read.
class Scratch {
 public:
  Scratch() : path_(fs::temp_directory_path() / ("quartier-sample-" + std::to_string(getpid()))) {}
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

study::LoadOptions options_of(const LoadSettings& settings) {
  study::LoadOptions options;
  if (!settings.data_folder.empty()) options.data_folder = settings.data_folder;
  options.layer_folders = settings.layer_folders;
  return options;
}

}  // namespace

Loader::~Loader() {
  cancel();
  if (result_.valid()) result_.wait();
}

void Loader::start(Work work) {
  cancel();
  if (result_.valid()) result_.wait();
  progress_ = std::make_shared<Progress>();
  told_.reset();
  result_ = std::async(std::launch::async,
                       [work = std::move(work), progress = progress_] { return work(*progress); });
}

void Loader::cancel() {
  if (progress_) progress_->cancel();
}

Actions Loader::news() {
  Actions actions;
  if (!result_.valid()) return actions;
  if (!told_) {
    actions.emplace_back(LoadStarted{});
    told_.emplace();
  }
  if (result_.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
    actions.push_back(outcome());
    return actions;
  }
  Progress::State now = progress_->state();
  if (now.label != told_->label || now.fraction != told_->fraction) {
    actions.emplace_back(LoadProgress{now.label, now.fraction});
    told_ = std::move(now);
  }
  return actions;
}

Action Loader::outcome() {
  try {
    return LoadDone{std::make_shared<study::Publication>(result_.get())};
  } catch (const Cancelled&) {
    return LoadStopped{};
  } catch (const Error& error) {
    return LoadFailed{error.what(), error.way_out()};
  } catch (const std::bad_alloc&) {
    return LoadFailed{"there is not enough memory for these files",
                      "close other programs, or open a smaller layer"};
  } catch (const std::exception& error) {
    return LoadFailed{error.what(), {}};
  }
}

Loader::Work open_files(std::vector<fs::path> files, LoadSettings settings) {
  return [files = std::move(files), settings = std::move(settings)](Progress& progress) {
    expects(!files.empty(), "open_files: at least one file");
    if (files.size() == 1 && lower_ascii(files.front().extension().string()) == ".toml") {
      return study::published(files.front(), options_of(settings), progress);
    }
    study::CheckOptions options;
    options.load = options_of(settings);
    std::vector<std::string> names;
    for (const fs::path& file : files) names.push_back(file.string());
    study::Study study = study::load_files(names, options, progress);
    study::Results results = study::compute(study, progress);
    return study::Publication(std::move(study), std::move(results));
  };
}

Loader::Work open_sample() {
  return [](Progress& progress) {
    const Scratch scratch;
    study::write_sample_city(study::make_sample_city({}, progress), scratch.path(), progress);
    return study::published(scratch.path() / "study.toml", {}, progress);
  };
}

}  // namespace quartier::viewer
