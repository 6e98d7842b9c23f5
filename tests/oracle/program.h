#pragma once
/// The command line that the programs which compare with reference values have in common.

#include <filesystem>
#include <functional>
#include <string>

namespace quartier::oracle {

/// What is told of a program apart from its options.
struct Program {
  std::string name;
  std::string help;  ///< what DIR may hold and what a row is; begins after the line of usage
  /// Compares everything in a folder. @returns whether every row passed
  std::function<bool(const std::filesystem::path& folder, bool quiet)> check;
};

/// NAME [--quiet] [--skip-absent] DIR
/// @returns the exit code: 0 all rows pass, 1 some do not, 2 DIR cannot be read or wrong usage, 77
///          where DIR is absent and that is no matter
int run_program(const Program& program, int count, char** texts);

}  // namespace quartier::oracle
