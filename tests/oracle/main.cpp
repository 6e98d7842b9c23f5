/// segregation_oracle DIR: compares the engine with the expected values of a reference folder.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "oracle/check.h"

namespace {

constexpr const char* help =
    "segregation_oracle [--quiet] [--skip-absent] DIR\n"
    "\n"
    "Computes what the reference folder DIR expects and compares. DIR holds one of\n"
    "  fixtures.json                        small cities with exact answers\n"
    "  DIR.csv, units.csv, adjacency.csv    a place with shapes\n"
    "  DIR_9groups.csv (any number)         a place at several dates, with larger areas\n"
    "the latter two with values_reference.csv and local_reference*.csv.\n"
    "\n"
    "A row is a row of values_reference.csv, a column of local_reference*.csv, or a number of\n"
    "fixtures.json (null: one row for all indices that cannot exist). Each is printed with our\n"
    "value, the reference and the difference; a column with its largest difference and every\n"
    "value that fails. A row that cannot be computed is uncovered, and says why.\n"
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
      throw quartier::UsageError("cannot use " + std::string(text), "see --help");
    } else {
      arguments.folder = text;
    }
  }
  if (arguments.folder.empty() && !arguments.help) {
    throw quartier::UsageError("no folder given", "see --help");
  }
  return arguments;
}

int run(const Arguments& arguments) {
  namespace fs = std::filesystem;
  if (arguments.help) {
    std::fputs(help, stdout);
    return 0;
  }
  if (!fs::is_directory(arguments.folder)) {
    if (arguments.skip_absent) return 77;
    throw quartier::InputError(arguments.folder, "no such folder");
  }
  const fs::path folder = fs::canonical(arguments.folder);
  quartier::oracle::Report report(arguments.quiet);
  if (quartier::oracle::has_fixtures(folder)) {
    quartier::oracle::check_fixtures(folder, report);
  } else {
    quartier::oracle::check_folder(folder, report);
  }
  return report.finish() ? 0 : 1;
}

}  // namespace

int main(int count, char** texts) {
  try {
    return run(arguments_of(count, texts));
  } catch (const quartier::Error& error) {
    std::fprintf(stderr, "segregation_oracle: %s%s%s\n", error.what(),
                 error.way_out().empty() ? "" : "; ", error.way_out().c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "segregation_oracle: %s\n", error.what());
  }
  return 2;
}
