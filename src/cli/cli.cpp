#include "cli/cli.h"

#include <fmt/core.h>

#include <algorithm>
#include <exception>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/command.h"

namespace quartier::cli {
namespace {

constexpr int done = 0;
constexpr int failed = 1;
constexpr int wrong_usage = 2;

void print_error(const std::string& message, const std::string& way_out) {
  fmt::print(stderr, "quartier: {}\n", display_safe(message));
  if (!way_out.empty()) fmt::print(stderr, "          {}\n", display_safe(way_out));
}

/// A first word that is no command is named, with the nearest one.
void refuse_unknown_command(const CLI::App& program, int argc, const char* const* argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::vector<std::string> known;
  for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; })) {
    known.push_back(command->get_name());
  }
  if (std::find(known.begin(), known.end(), argv[1]) != known.end()) return;
  const std::string near = nearest_word(argv[1], known);
  throw UsageError(
      "there is no command '" + std::string(argv[1]) + "'",
      near.empty() ? "commands: " + joined(known, ", ") : "did you mean '" + near + "'?");
}

}  // namespace

int run(int argc, const char* const* argv, const Doors& doors) {
  CLI::App program(
      "Quartier maps how people of different origins live in a city's neighbourhoods, what "
      "services "
      "they can reach, and where to act first.",
      "quartier");
  program.set_version_flag("--version", "quartier " + std::string(version()));
  program.require_subcommand(1);
  program.fallthrough();
  std::size_t threads = 0;
  program
      .add_option("--threads", threads,
                  "Threads to use; 0: one per core. Results do not depend on it")
      ->check(CLI::Range(0, 1024));
  program.parse_complete_callback([&] { set_thread_count(threads); });
  int exit_code = done;
  add_run(program);
  add_view(program, doors);
  add_check(program, exit_code);
  add_segregation(program);
  add_access(program);
  add_priorities(program);
  add_map(program);
  add_sample(program);
  add_list(program);

  try {
    refuse_unknown_command(program, argc, argv);
    program.parse(argc, argv);
    return exit_code;
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? done : wrong_usage;
  } catch (const UsageError& error) {
    print_error(error.what(), error.way_out());
    return wrong_usage;
  } catch (const Error& error) {
    print_error(error.what(), error.way_out());
    return failed;
  } catch (const Cancelled&) {
    print_error("cancelled; nothing was written", "");
    return failed;
  } catch (const std::bad_alloc&) {
    print_error("out of memory", "close other programs, or split the data");
    return failed;
  } catch (const std::exception& error) {
    print_error(std::string("internal error: ") + error.what(),
                "this is a bug; please report it with the command and the files");
    return failed;
  }
}

}  // namespace quartier::cli
