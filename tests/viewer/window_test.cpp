// The window itself, by the picture it leaves: on a display of its own where xvfb-run is installed.

#include <cstdlib>

#include "support/catch.h"
#include "support/process.h"
#include "viewer/sample_model.h"

using namespace quartier::test;

namespace {

namespace fs = std::filesystem;

/// Runs `quartier view ...` on a virtual display; nothing where there is none.
ProcessResult view(const std::vector<std::string>& words) {
  std::vector<std::string> command{"/usr/bin/xvfb-run",
                                   "-a",
                                   "-s",
                                   "-screen 0 1500x950x24",
                                   (program_dir() / "quartier").string(),
                                   "view"};
  command.insert(command.end(), words.begin(), words.end());
  return run_process(command);
}

bool has_display() {
  if (fs::exists("/usr/bin/xvfb-run")) return true;
  WARN("skipped: xvfb-run is not installed");
  return false;
}

}  // namespace

TEST_CASE("--screenshot leaves a picture of the window", "[viewer][window]") {
  if (!has_display()) return;
  const ScratchFolder folder;
  const fs::path picture = folder.path() / "window.png";
  const ProcessResult result = view({sample_study().string(), "--screenshot", picture.string()});
  INFO(result.out);
  REQUIRE(result.exit_code == 0);
  REQUIRE(fs::exists(picture));
  CHECK(bytes_of(picture).substr(0, 8) == "\x89PNG\r\n\x1a\n");
  CHECK(fs::file_size(picture) > 40000);  // an empty window is a tenth of this

  SECTION("the same one each time") {
    const fs::path again = folder.path() / "again.png";
    REQUIRE(view({sample_study().string(), "--screenshot", again.string()}).exit_code == 0);
    CHECK(bytes_of(picture) == bytes_of(again));
  }
}

TEST_CASE("an empty window invites", "[viewer][window]") {
  if (!has_display()) return;
  const ScratchFolder folder;
  const fs::path picture = folder.path() / "window.png";
  REQUIRE(view({"--screenshot", picture.string()}).exit_code == 0);
  CHECK(fs::exists(picture));
}

TEST_CASE("a study that cannot be loaded ends --screenshot with 1 and its reason",
          "[viewer][window]") {
  if (!has_display()) return;
  const ScratchFolder folder;
  const fs::path picture = folder.path() / "window.png";
  const ProcessResult result =
      view({(folder.path() / "missing.toml").string(), "--screenshot", picture.string()});
  CHECK(result.exit_code == 1);
  CHECK(result.out.find("missing.toml") != std::string::npos);
  CHECK(!fs::exists(picture));
}

TEST_CASE("without a display the window says so", "[viewer][window]") {
  const char* set = std::getenv("DISPLAY");
  const std::string display = set != nullptr ? set : "";
  unsetenv("DISPLAY");
  unsetenv("WAYLAND_DISPLAY");
  const ProcessResult result = run_quartier({"view", sample_study().string()});
  CHECK(result.exit_code == 1);
  CHECK(result.out.find("no window") != std::string::npos);
  CHECK(result.out.find("quartier map") != std::string::npos);
  if (!display.empty()) setenv("DISPLAY", display.c_str(), 1);
}
