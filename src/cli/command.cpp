#include "cli/command.h"

#include <fmt/core.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"

namespace quartier::cli {

CLI::Validator one_of(std::vector<std::string> words) {
  const std::string listed = joined(words, ", ");
  CLI::Validator validator(
      [words = std::move(words), listed](const std::string& given) -> std::string {
        if (std::find(words.begin(), words.end(), given) != words.end()) return {};
        const std::string near = nearest_word(given, words);
        return "'" + given + "' is not one of " + listed +
               (near.empty() ? "" : "; did you mean '" + near + "'?");
      },
      listed);
  return validator;
}

CLI::Validator number_in(double lowest, double highest) {
  const std::string range = exact_text(lowest) + " to " + exact_text(highest);
  CLI::Validator validator(
      [lowest, highest, range](const std::string& given) -> std::string {
        const std::optional<double> number = parse_number(given);
        if (number && *number >= lowest && *number <= highest) return {};
        return "'" + given + "' is not a number from " + range;
      },
      range);
  return validator;
}

void StudyOptions::add_to(CLI::App& command, Needed needed) {
  command.add_option("STUDY", study, "The study file (TOML)")->required(needed == Needed::yes);
  command.add_option("--data", data_folder,
                     "The folder that holds the city's files, in place of the study's own");
  command.add_option("--layers", layer_folders, "More folders with layer definitions");
  command.add_flag("--timings", timings, "Print what each step took, and the peak memory");
}

void StudyOptions::add_reference_to(CLI::App& command) {
  command.add_option("--reference", reference,
                     "The group compared with, in place of the study's own; rest: everyone else");
}

study::LoadOptions StudyOptions::load_options() const {
  study::LoadOptions options;
  if (!reference.empty()) options.reference = reference;
  if (!data_folder.empty()) options.data_folder = data_folder;
  for (const std::string& folder : layer_folders) options.layer_folders.emplace_back(folder);
  for (const auto& folder : standard_layer_folders()) options.layer_folders.push_back(folder);
  return options;
}

std::vector<std::filesystem::path> standard_layer_folders() {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  std::vector<std::filesystem::path> folders;
  for (const std::filesystem::path& folder :
       {program.parent_path().parent_path() / "share" / "quartier" / "layers",
        std::filesystem::path(QUARTIER_LAYERS_DIR)}) {
    if (std::filesystem::is_directory(folder, ignored)) folders.push_back(folder);
  }
  return folders;
}

struct TerminalProgress::Clock {
  using Time = std::chrono::steady_clock::time_point;
  bool timings = false;
  bool line = false;
  bool finished = false;
  Time start = std::chrono::steady_clock::now();
  Time step_start = start;
  std::string step;

  static double seconds_since(Time time) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - time).count();
  }

  void end_step() {
    if (timings && !step.empty()) {
      fmt::print(stderr, "{:>9.3f} s  {}\n", seconds_since(step_start), step);
    }
    step_start = std::chrono::steady_clock::now();
  }
};

TerminalProgress::TerminalProgress(bool timings) : clock_(std::make_unique<Clock>()) {
  clock_->timings = timings;
  clock_->line = !timings && isatty(STDERR_FILENO) != 0;
  progress_.on_step([clock = clock_.get()](const Progress::State& state) {
    clock->end_step();
    clock->step = state.label;
    if (clock->line) {
      fmt::print(stderr, "\r\033[K{:>3.0f} %  {}", state.fraction * 100.0, state.label);
    }
  });
}

TerminalProgress::~TerminalProgress() {
  if (clock_->line && !clock_->finished) fmt::print(stderr, "\r\033[K");
}

void TerminalProgress::finish() {
  clock_->end_step();
  clock_->finished = true;
  if (clock_->line) fmt::print(stderr, "\r\033[K");
  if (clock_->timings) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print(stderr, "{:>9.3f} s  in all, {} threads, peak memory {:.0f} MB\n",
               Clock::seconds_since(clock_->start), thread_count(),
               static_cast<double>(usage.ru_maxrss) / 1024.0);
  }
}

study::Publication published(const StudyOptions& options, TerminalProgress& terminal,
                             const study::MetricChoice& choice) {
  return study::published(options.study, options.load_options(), terminal.progress(), choice);
}

std::string_view version() { return QUARTIER_VERSION; }

}  // namespace quartier::cli
