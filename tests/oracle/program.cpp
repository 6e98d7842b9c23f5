#include "oracle/program.h"

#include <cstdio>
#include <exception>
#include <string_view>

#include "base/error.h"

namespace quartier::oracle {

namespace {

constexpr const char* options =
    "\n"
    "  --quiet        only what fails or is uncovered, and the last line\n"
    "  --skip-absent  exit code 77 where DIR does not exist\n"
    "\n"
    "The last line is: N rows: P pass, F fail, U uncovered.\n"
    "Exit code: 0 all rows pass, 1 some do not, 2 DIR cannot be read or wrong usage.\n";

struct Arguments {
  std::filesystem::path folder;
  bool quiet = false;
  bool skip_absent = false;
  bool help = false;
};

Arguments arguments_of(int count, char** texts) {
  Arguments arguments;
  for (int a = 1; a < count; ++a) {
    const std::string_view text = texts[a];
    if (text == "--quiet") {
      arguments.quiet = true;
    } else if (text == "--skip-absent") {
      arguments.skip_absent = true;
    } else if (text == "--help" || text == "-h") {
      arguments.help = true;
    } else if (text.starts_with("-") || !arguments.folder.empty()) {
      throw UsageError("cannot use " + std::string(text), "see --help");
    } else {
      arguments.folder = text;
    }
  }
  if (arguments.folder.empty() && !arguments.help)
    throw UsageError("no folder given", "see --help");
  return arguments;
}

int run(const Program& program, const Arguments& arguments) {
  if (arguments.help) {
    std::printf("%s [--quiet] [--skip-absent] DIR\n\n%s%s", program.name.c_str(),
                program.help.c_str(), options);
    return 0;
  }
  if (!std::filesystem::is_directory(arguments.folder)) {
    if (arguments.skip_absent) return 77;
    throw InputError(arguments.folder, "no such folder");
  }
  return program.check(std::filesystem::canonical(arguments.folder), arguments.quiet) ? 0 : 1;
}

}  // namespace

int run_program(const Program& program, int count, char** texts) {
  try {
    return run(program, arguments_of(count, texts));
  } catch (const Error& error) {
    std::fprintf(stderr, "%s: %s%s%s\n", program.name.c_str(), error.what(),
                 error.way_out().empty() ? "" : "; ", error.way_out().c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", program.name.c_str(), error.what());
  }
  return 2;
}

}  // namespace quartier::oracle
