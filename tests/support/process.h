#pragma once
/// Running the built program as a user would, with limits on time and memory.

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "support/paths.h"

namespace quartier::test {

struct ProcessResult {
  int exit_code = -1;  ///< 128 + signal where one ended it
  std::string out;     ///< standard output and error together
  double seconds = 0.0;
};

/// Limits of one run; 0: none. Address-space limits do not suit sanitizer builds.
struct ProcessLimits {
  unsigned cpu_seconds = 120;
  std::size_t memory_bytes = 0;
};

/// Runs a program and waits for it.
inline ProcessResult run_process(const std::vector<std::string>& command,
                                 const ProcessLimits& limits = {}) {
  int pipe_ends[2];
  if (pipe(pipe_ends) != 0) return {};
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    dup2(pipe_ends[1], STDOUT_FILENO);
    dup2(pipe_ends[1], STDERR_FILENO);
    close(pipe_ends[0]);
    const int null = open("/dev/null", O_RDONLY);
    dup2(null, STDIN_FILENO);
    const rlimit cpu{limits.cpu_seconds, limits.cpu_seconds};
    setrlimit(RLIMIT_CPU, &cpu);
    if (limits.memory_bytes > 0) {
      const rlimit memory{limits.memory_bytes, limits.memory_bytes};
      setrlimit(RLIMIT_DATA, &memory);
    }
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  close(pipe_ends[1]);
  ProcessResult result;
  char buffer[4096];
  for (ssize_t got = 0; (got = read(pipe_ends[0], buffer, sizeof buffer)) > 0;) {
    result.out.append(buffer, static_cast<std::size_t>(got));
  }
  close(pipe_ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

/// Runs `quartier` with these arguments.
inline ProcessResult run_quartier(std::vector<std::string> arguments,
                                  const ProcessLimits& limits = {}) {
  arguments.insert(arguments.begin(), (program_dir() / "quartier").string());
  return run_process(arguments, limits);
}

/// The bytes of a file.
inline std::string bytes_of(const std::filesystem::path& file) {
  std::string bytes(std::filesystem::file_size(file), '\0');
  const int in = open(file.c_str(), O_RDONLY);
  const ssize_t got = read(in, bytes.data(), bytes.size());
  close(in);
  bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return bytes;
}

/// Every file below a folder by its name, with its bytes.
inline std::vector<std::pair<std::string, std::string>> files_of(
    const std::filesystem::path& folder) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    files.emplace_back(std::filesystem::relative(entry.path(), folder).string(),
                       bytes_of(entry.path()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace quartier::test
