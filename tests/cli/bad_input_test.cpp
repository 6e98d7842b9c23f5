// Every hostile or broken file of the shared set ends as its table says, within time and memory,
// and is left as it was.

#include <fstream>
#include <map>
#include <sstream>

#include "base/text.h"
#include "support/catch.h"
#include "support/process.h"

using namespace quartier;
using namespace quartier::test;

namespace {

struct Case {
  std::string file;
  std::string exits;
  std::string with;
};

/// The first three columns of expected.csv; none of them is quoted.
std::vector<Case> cases(const std::filesystem::path& table) {
  std::vector<Case> found;
  std::ifstream in(table);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    const auto cells = split(line, ',');
    if (cells.size() < 3) continue;
    found.push_back({std::string(cells[0]), std::string(cells[1]), std::string(cells[2])});
  }
  return found;
}

bool listed(const std::string& exits, int code) {
  for (const std::string_view allowed : split(exits, '|')) {
    if (allowed == std::to_string(code)) return true;
  }
  return false;
}

#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t memory_limit = 0;
constexpr double time_limit = 60.0;
#else
constexpr std::size_t memory_limit = std::size_t{512} << 20U;
constexpr double time_limit = 10.0;
#endif

}  // namespace

TEST_CASE("bad files end in a finding or a named error", "[cli][badinput]") {
  const auto folder = shared("badinput");
  if (folder.empty()) {
    WARN("skipped: the shared bad-input files are not here");
    return;
  }
  const auto before = files_of(folder / "files");
  const std::vector<Case> all = cases(folder / "expected.csv");
  REQUIRE(all.size() == 77);
  for (const Case& one : all) {
    std::vector<std::string> arguments{"check", (folder / "files" / one.file).string()};
    if (!one.with.empty()) arguments.push_back((folder / "files" / one.with).string());
    const ProcessResult result = run_quartier(arguments, {30, memory_limit});
    INFO(one.file << " ended with " << result.exit_code << ", expected " << one.exits << "\n"
                  << result.out);
    CHECK(listed(one.exits, result.exit_code));
    CHECK(result.seconds < time_limit);
    CHECK(result.out.find(one.file.substr(0, one.file.find('.'))) != std::string::npos);
    CHECK(result.out.find("internal error") == std::string::npos);
    CHECK(result.out.find("root:") == std::string::npos);
  }
  CHECK(files_of(folder / "files") == before);
}

TEST_CASE("what a bare table leaves open is answered by options", "[cli][badinput]") {
  const auto folder = shared("badinput");
  if (folder.empty()) {
    WARN("skipped: the shared bad-input files are not here");
    return;
  }
  const std::string files = (folder / "files").string() + "/";
  const auto ends = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "check");
    const ProcessResult result = run_quartier(arguments);
    INFO(result.out);
    return result.exit_code;
  };
  CHECK(ends({files + "csv_fractional.csv"}) == 1);
  CHECK(ends({files + "csv_fractional.csv", "--estimated"}) == 0);
  CHECK(ends({files + "shp_no_prj.shp"}) == 1);
  CHECK(ends({files + "shp_no_prj.shp", "--crs", "EPSG:25833"}) == 0);
}
