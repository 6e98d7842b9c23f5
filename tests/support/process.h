#pragma once
/// Running the built program as a user would, with limits on time and memory.

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/paths.h"

namespace quartier::test {

struct ProcessResult {
  int exit_code = -1;  ///< 128 + signal where one ended it; `timed_out_code` past the time limit
  std::string out;  ///< standard output and error together; past the time limit a last line says so
  double seconds = 0.0;
};

/// Exit code of a run that was ended because it took longer than `ProcessLimits::wall_seconds`.
inline constexpr int timed_out_code = 124;

/// Limits of one run; 0: none. Address-space limits do not suit sanitizer builds.
struct ProcessLimits {
  unsigned cpu_seconds = 120;
  std::size_t memory_bytes = 0;
  unsigned wall_seconds = 240;
};

/// A variable of the environment; without a value it is taken away.
struct Variable {
  std::string name;
  std::optional<std::string> value;
};

/// Runs a program and waits for it. Nothing that it started outlives it: past the time limit, and
/// at its end, what is left of its process group is killed.
///
/// @param environment  what differs from the environment of the test
ProcessResult run_process(const std::vector<std::string>& command, const ProcessLimits& limits = {},
                          const std::vector<Variable>& environment = {});

/// Runs `quartier` with these arguments.
ProcessResult run_quartier(std::vector<std::string> arguments, const ProcessLimits& limits = {},
                           const std::vector<Variable>& environment = {});

/// The bytes of a file.
std::string bytes_of(const std::filesystem::path& file);

/// Every file below a folder by its name, with its bytes.
std::vector<std::pair<std::string, std::string>> files_of(const std::filesystem::path& folder);

}  // namespace quartier::test
