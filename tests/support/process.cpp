#include "support/process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

namespace quartier::test {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds look_interval{20};

/// Words as a C program takes them. The pointers are into `words`.
std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// This test's environment with the changes made to it, as NAME=value.
std::vector<std::string> changed_environment(const std::vector<Variable>& changes) {
  std::vector<std::string> words;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string word = *entry;
    const std::string name = word.substr(0, word.find('='));
    const bool changed = std::any_of(changes.begin(), changes.end(),
                                     [&](const Variable& change) { return change.name == name; });
    if (!changed) words.push_back(word);
  }
  for (const Variable& change : changes) {
    if (change.value) words.push_back(change.name + "=" + *change.value);
  }
  return words;
}

void limit(int resource, rlim_t most) {
  const rlimit both{most, most};
  setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

/// What the child does. Nothing here allocates: another thread of the test may hold the lock.
[[noreturn]] void become(char** command, char** environment, int output,
                         const ProcessLimits& limits) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
  if (limits.cpu_seconds > 0) limit(RLIMIT_CPU, limits.cpu_seconds);
  if (limits.memory_bytes > 0) limit(RLIMIT_DATA, limits.memory_bytes);
  execve(command[0], command, environment);
  _exit(127);
}

/// Takes what is in the pipe now.
void drain(int pipe_end, std::string& out) {
  char buffer[4096];
  for (ssize_t got = 0; (got = read(pipe_end, buffer, sizeof buffer)) > 0;) {
    out.append(buffer, static_cast<std::size_t>(got));
  }
}

/// Whether the child has ended; its number stays taken, so that its group can still be named.
bool has_ended(pid_t child) {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == child;
}

/// Waits for the child's end, reading along. @returns false where the time limit came first
bool follow(pid_t child, int pipe_end, Clock::time_point start, const ProcessLimits& limits,
            std::string& out) {
  const auto longest = std::chrono::seconds(limits.wall_seconds);
  while (!has_ended(child)) {
    if (limits.wall_seconds > 0 && Clock::now() - start > longest) return false;
    pollfd look{pipe_end, POLLIN, 0};
    poll(&look, 1, static_cast<int>(look_interval.count()));
    drain(pipe_end, out);
    // A pipe that is closed is always ready: then there is only the end to wait for.
    if ((look.revents & POLLHUP) != 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& command, const ProcessLimits& limits,
                          const std::vector<Variable>& environment) {
  ProcessResult result;
  std::vector<std::string> words = command;
  std::vector<std::string> variables = changed_environment(environment);
  const std::vector<char*> arguments = pointers_to(words);
  const std::vector<char*> settings = pointers_to(variables);
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) return result;
  fcntl(pipe_ends[0], F_SETFL, O_NONBLOCK);
  const auto start = Clock::now();
  const pid_t child = fork();
  if (child == 0) {
    become(const_cast<char**>(arguments.data()), const_cast<char**>(settings.data()), pipe_ends[1],
           limits);
  }
  close(pipe_ends[1]);
  if (child > 0) {
    setpgid(child, child);
    const bool ended = follow(child, pipe_ends[0], start, limits, result.out);
    kill(-child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    drain(pipe_ends[0], result.out);
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (!ended) {
      result.exit_code = timed_out_code;
      result.out += "\nended after " + std::to_string(limits.wall_seconds) + " s: " + command[0];
      for (std::size_t i = 1; i < command.size(); ++i) result.out += " " + command[i];
      result.out += "\n";
    }
  }
  close(pipe_ends[0]);
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return result;
}

ProcessResult run_quartier(std::vector<std::string> arguments, const ProcessLimits& limits,
                           const std::vector<Variable>& environment) {
  arguments.insert(arguments.begin(), (program_dir() / "quartier").string());
  return run_process(arguments, limits, environment);
}

std::string bytes_of(const std::filesystem::path& file) {
  std::string bytes(std::filesystem::file_size(file), '\0');
  const int in = open(file.c_str(), O_RDONLY);
  const ssize_t got = read(in, bytes.data(), bytes.size());
  close(in);
  bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return bytes;
}

std::vector<std::pair<std::string, std::string>> files_of(const std::filesystem::path& folder) {
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
