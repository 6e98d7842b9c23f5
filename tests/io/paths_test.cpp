#include "io/paths.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/error.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::io;

namespace {

std::string refusal(const std::string& name, const std::filesystem::path& root = {}) {
  try {
    checked_input_file(name, root);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

void make_file(const std::filesystem::path& path) { std::ofstream(path) << "x"; }

}  // namespace

TEST_CASE("names that are no plain files are refused as text", "[io][paths]") {
  for (const char* name :
       {"http://127.0.0.1:9/x.geojson", "/vsicurl/http://127.0.0.1:9/x", "/vsizip//tmp/x.zip",
        "/VSIMEM/x", "\\vsicurl\\x", "/tmp//vsicurl/x", "GeoJSON:/etc/hostname",
        "PG:host=127.0.0.1", "CSV:/etc/passwd", "MEM:::DATAPOINTER=0", "GPKG:/tmp/a.gpkg:b",
        "{\"type\":\"FeatureCollection\"}", " <OGRVRTDataSource/>", "[1]", "", "  ", "a\nb"}) {
    CAPTURE(name);
    CHECK(refusal(name).find("refused") == 0);
  }
  CHECK(refusal(std::string("a\0b", 3)).find("refused") == 0);
  CHECK(refusal(std::string(5000, 'a')).find("refused") == 0);
}

TEST_CASE("only regular files pass", "[io][paths]") {
  const test::ScratchFolder scratch;
  make_file(scratch.path() / "a.csv");
  CHECK(checked_input_file((scratch.path() / "a.csv").string()) ==
        std::filesystem::canonical(scratch.path() / "a.csv"));
  CHECK(refusal((scratch.path() / "none.csv").string()).find("none.csv") != std::string::npos);
  CHECK(refusal(scratch.path().string()).find("folder") != std::string::npos);
  CHECK(refusal("/dev/null").find("device") != std::string::npos);

  // Opening a pipe nobody writes to must not hang.
  const auto pipe = scratch.path() / "pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(refusal(pipe.string()).find("pipe") != std::string::npos);
}

TEST_CASE("a folder called vsi and odd names are ordinary", "[io][paths]") {
  const test::ScratchFolder scratch;
  std::filesystem::create_directories(scratch.path() / "vsi");
  const auto file = scratch.path() / "vsi" / "M\xC3\xBCnchen 12:30.csv";
  make_file(file);
  CHECK(checked_input_file(file.string()) == std::filesystem::canonical(file));
}

TEST_CASE("a root keeps files inside, links included", "[io][paths]") {
  const test::ScratchFolder scratch;
  const auto root = scratch.path() / "study";
  std::filesystem::create_directories(root / "sub");
  make_file(root / "sub" / "in.csv");
  make_file(scratch.path() / "out.csv");
  make_file(scratch.path() / "study2");
  std::filesystem::create_symlink(scratch.path() / "out.csv", root / "link.csv");
  std::filesystem::create_symlink(root / "sub" / "in.csv", root / "inner.csv");

  CHECK(checked_input_file("sub/in.csv", root).filename() == "in.csv");
  CHECK(checked_input_file("sub/../sub/in.csv", root).filename() == "in.csv");
  CHECK(checked_input_file("inner.csv", root).filename() == "in.csv");
  CHECK(refusal("../out.csv", root).find("outside") != std::string::npos);
  CHECK(refusal("link.csv", root).find("outside") != std::string::npos);
  CHECK(refusal((scratch.path() / "out.csv").string(), root).find("outside") != std::string::npos);
  CHECK(refusal("../study2", root).find("outside") != std::string::npos);
  CHECK(checked_input_folder("sub", root).filename() == "sub");
  CHECK_THROWS_AS(checked_input_folder("sub/in.csv", root), InputError);
  CHECK_THROWS_AS(checked_input_folder("..", root), InputError);
}
