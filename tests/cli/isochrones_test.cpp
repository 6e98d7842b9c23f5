// `quartier access --isochrones` as a user meets it: a GeoPackage of areas within reach.

#include <fstream>

#include "support/catch.h"
#include "support/process.h"

using namespace quartier::test;

namespace {

namespace fs = std::filesystem;

const fs::path& city() {
  static const ScratchFolder folder;
  static const fs::path path = [] {
    REQUIRE(run_quartier({"sample", folder.path().string(), "--districts", "60"}).exit_code == 0);
    return folder.path();
  }();
  return path;
}

ProcessResult drawn(const fs::path& file, std::vector<std::string> words) {
  words.insert(words.begin(), {"access", (city() / "study.toml").string(), "--service",
                               "language_courses", "--isochrones", file.string()});
  return run_quartier(words);
}

}  // namespace

TEST_CASE("areas within reach as a GeoPackage", "[cli][isochrone]") {
  const fs::path file = city() / "reach.gpkg";
  const ProcessResult result = drawn(file, {});
  INFO(result.out);
  REQUIRE(result.exit_code == 0);
  const std::string bytes = bytes_of(file);
  CHECK(bytes.starts_with("SQLite format 3"));
  CHECK(bytes.find("share_of_residents") != std::string::npos);
  CHECK(bytes.find("within half of the cutoff") != std::string::npos);
  CHECK(run_quartier({"check", file.string()}).exit_code == 0);

  SECTION("the same bytes for any number of threads") {
    const fs::path other = city() / "threads.gpkg";
    REQUIRE(drawn(other, {"--threads", "3"}).exit_code == 0);
    CHECK(bytes_of(other) == bytes);
  }
  SECTION("with a table beside it") {
    const fs::path table = city() / "reach.csv";
    const fs::path other = city() / "both.gpkg";
    REQUIRE(drawn(other, {"--out", table.string(), "--family", "gaps"}).exit_code == 0);
    CHECK(bytes_of(other) == bytes);
    CHECK(fs::file_size(table) > 100);
  }
  SECTION("another cutoff, by bicycle, in minutes") {
    const fs::path other = city() / "cycling.gpkg";
    REQUIRE(drawn(other, {"--mode", "cycle", "--cutoff", "6"}).exit_code == 0);
    CHECK(bytes_of(other).find("streets, cycling") != std::string::npos);
  }
}

TEST_CASE("isochrones that cannot be", "[cli][isochrone]") {
  const ProcessResult nothing = run_quartier({"access", (city() / "study.toml").string()});
  CHECK(nothing.exit_code == 2);
  CHECK(nothing.out.find("--out is required") != std::string::npos);
  const ProcessResult service =
      run_quartier({"access", (city() / "study.toml").string(), "--service", "librarys",
                    "--isochrones", (city() / "no.gpkg").string()});
  CHECK(service.exit_code == 1);
  CHECK(service.out.find("did you mean 'libraries'") != std::string::npos);
  CHECK_FALSE(fs::exists(city() / "no.gpkg"));
}
