#pragma once
/// What the commands share: common options, progress on the terminal, timings.

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/progress.h"
#include "cli/cli.h"
#include "study/load.h"
#include "study/publication.h"

namespace quartier::cli {

/// Options of every command that loads a study.
struct StudyOptions {
  std::string study;
  std::string data_folder;
  std::vector<std::string> layer_folders;
  std::string reference;  ///< empty: the study's own
  bool timings = false;

  /// Adds --reference.
  void add_reference_to(CLI::App& command);
  /// Whether a command can do without a study.
  enum class Needed : std::uint8_t { yes, no };
  /// Adds STUDY, --data, --layers, --timings to `command`.
  void add_to(CLI::App& command, Needed needed = Needed::yes);
  [[nodiscard]] study::LoadOptions load_options() const;
};

/// Takes one of `words`; else names them all, and the nearest.
CLI::Validator one_of(std::vector<std::string> words);

/// Takes a number from `lowest` to `highest`.
CLI::Validator number_in(double lowest, double highest);

/// Where layer definitions are: beside the installed program, else in the source tree it was built
/// from.
std::vector<std::filesystem::path> standard_layer_folders();

/// Shows progress as one changing line where standard error is a terminal, and, with `timings`,
/// prints on standard error what each step took.
class TerminalProgress {
 public:
  explicit TerminalProgress(bool timings);
  ~TerminalProgress();
  TerminalProgress(const TerminalProgress&) = delete;
  TerminalProgress& operator=(const TerminalProgress&) = delete;

  Progress& progress() { return progress_; }
  /// Ends the line and, with timings, prints the last step, the total and the peak memory.
  void finish();

 private:
  struct Clock;
  Progress progress_;
  std::unique_ptr<Clock> clock_;
};

/// Loads, computes and publishes the study of `options`, showing progress.
study::Publication published(const StudyOptions& options, TerminalProgress& terminal,
                             const study::MetricChoice& choice = {});

/// The version of the program ("0.3.0").
std::string_view version();

void add_run(CLI::App& program);
void add_view(CLI::App& program, const Doors& doors);
void add_check(CLI::App& program, int& exit_code);
void add_segregation(CLI::App& program);
void add_access(CLI::App& program);
void add_priorities(CLI::App& program);
void add_map(CLI::App& program);
void add_sample(CLI::App& program);
void add_list(CLI::App& program);

}  // namespace quartier::cli
