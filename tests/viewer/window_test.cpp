// The window itself, by the picture it leaves: on a display of its own where Xvfb is installed.

#include "support/catch.h"
#include "support/display.h"
#include "support/paths.h"
#include "support/process.h"
#include "viewer/sample_model.h"

using namespace quartier::test;

namespace {

namespace fs = std::filesystem;

constexpr ProcessLimits limits{.wall_seconds = 120};

/// Runs `quartier view ...` on a virtual display, the same one for all tests.
ProcessResult view(std::vector<std::string> words) {
  static const VirtualDisplay display;
  REQUIRE(!display.name().empty());
  words.insert(words.begin(), "view");
  return run_quartier(words, limits, {{"DISPLAY", display.name()}, {"WAYLAND_DISPLAY", {}}});
}

bool has_display() {
  if (VirtualDisplay::installed()) return true;
  WARN("skipped: Xvfb is not installed");
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
  const ProcessResult result = view({"--screenshot", picture.string()});
  INFO(result.out);
  REQUIRE(result.exit_code == 0);
  CHECK(fs::exists(picture));
}

TEST_CASE("a study that cannot be loaded ends --screenshot with 1 and its reason",
          "[viewer][window]") {
  if (!has_display()) return;
  const ScratchFolder folder;
  const fs::path picture = folder.path() / "window.png";
  const ProcessResult result =
      view({(folder.path() / "missing.toml").string(), "--screenshot", picture.string()});
  INFO(result.out);
  CHECK(result.exit_code == 1);
  CHECK(result.out.find("missing.toml") != std::string::npos);
  CHECK(!fs::exists(picture));
}

TEST_CASE("without a display the window says so", "[viewer][window]") {
  const ProcessResult result = run_quartier({"view", sample_study().string()}, limits,
                                            {{"DISPLAY", {}}, {"WAYLAND_DISPLAY", {}}});
  CHECK(result.exit_code == 1);
  CHECK(result.out.find("no window") != std::string::npos);
  CHECK(result.out.find("quartier map") != std::string::npos);
}
