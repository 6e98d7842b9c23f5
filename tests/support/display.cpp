#include "support/display.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace quartier::test {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* program = "/usr/bin/Xvfb";
constexpr std::chrono::milliseconds start_limit{60'000};
constexpr std::chrono::milliseconds end_limit{5'000};

/// The server writes its number and a new line; to stop before the new line would end it.
std::string read_line(int pipe_end, Clock::time_point until) {
  std::string line;
  while (Clock::now() < until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    pollfd look{pipe_end, POLLIN, 0};
    if (poll(&look, 1, static_cast<int>(left.count())) <= 0) continue;
    char letter = 0;
    if (read(pipe_end, &letter, 1) <= 0) break;
    if (letter == '\n') return line;
    line += letter;
  }
  return {};
}

}  // namespace

bool VirtualDisplay::installed() { return access(program, X_OK) == 0; }

VirtualDisplay::VirtualDisplay() {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) return;
  const std::string write_end = std::to_string(pipe_ends[1]);
  server_ = fork();
  if (server_ == 0) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    fcntl(pipe_ends[1], F_SETFD, 0);
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(null, stream);
    execl(program, program, "-displayfd", write_end.c_str(), "-nolisten", "tcp", "-noreset",
          "-screen", "0", "1500x950x24", nullptr);
    _exit(127);
  }
  close(pipe_ends[1]);
  if (server_ > 0) {
    const std::string number = read_line(pipe_ends[0], Clock::now() + start_limit);
    if (!number.empty()) name_ = ":" + number;
  }
  close(pipe_ends[0]);
}

VirtualDisplay::~VirtualDisplay() {
  if (server_ <= 0) return;
  kill(server_, SIGTERM);
  const auto until = Clock::now() + end_limit;
  while (waitpid(server_, nullptr, WNOHANG) == 0) {
    if (Clock::now() > until) {
      kill(server_, SIGKILL);
      waitpid(server_, nullptr, 0);
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

}  // namespace quartier::test
