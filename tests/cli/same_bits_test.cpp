// The same run gives the same files: twice, and with one, two and three threads.

#include "support/catch.h"
#include "support/process.h"

using namespace quartier::test;

TEST_CASE("a run gives identical files on any number of threads", "[cli][gpu]") {
  const ScratchFolder scratch;
  const auto path = [&](const char* name) { return (scratch.path() / name).string(); };
  REQUIRE(run_quartier({"sample", path("a"), "--districts", "80"}).exit_code == 0);
  REQUIRE(run_quartier({"--threads", "1", "sample", path("b"), "--districts", "80"}).exit_code ==
          0);
  REQUIRE(files_of(path("a")) == files_of(path("b")));

  const std::string study = path("a") + "/study.toml";
  REQUIRE(run_quartier({"run", study, "--out", path("one"), "--threads", "1"}).exit_code == 0);
  REQUIRE(run_quartier({"run", study, "--out", path("two"), "--threads", "2"}).exit_code == 0);
  REQUIRE(run_quartier({"run", study, "--out", path("again"), "--threads", "3"}).exit_code == 0);
  const auto one = files_of(path("one"));
  REQUIRE(one.size() > 10);
  for (const char* other : {"two", "again"}) {
    const auto files = files_of(path(other));
    REQUIRE(files.size() == one.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
      INFO(one[i].first << " in " << other);
      CHECK(files[i].first == one[i].first);
      CHECK((files[i].second == one[i].second));
    }
  }
}
