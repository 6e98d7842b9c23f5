// The same run gives the same files: twice, and with one, two and three threads.

#include <algorithm>

#include "support/catch.h"
#include "support/process.h"

using namespace quartier::test;

TEST_CASE("every index is the same on any number of threads", "[cli][segregation]") {
  const ScratchFolder scratch;
  const auto path = [&](const std::string& name) { return (scratch.path() / name).string(); };
  REQUIRE(run_quartier({"sample", path("a"), "--districts", "60"}).exit_code == 0);
  for (const char* scope : {"city", "local"}) {
    const auto table = [&](const std::string& threads) {
      const std::string file = path(scope + threads + ".csv");
      std::vector<std::string> words{
          "--threads", threads,  "segregation", path("a") + "/study.toml",
          "--all",     "--date", "2025-01-01",  "--permutations",
          "99",        "--out",  file};
      if (std::string(scope) == "local") words.emplace_back("--local");
      const ProcessResult result = run_quartier(words);
      INFO(result.out);
      REQUIRE(result.exit_code == 0);
      return bytes_of(file);
    };
    const std::string one = table("1");
    CHECK(std::count(one.begin(), one.end(), '\n') > 200);
    CHECK((one == table("2")));
    CHECK((one == table("7")));
  }
}

TEST_CASE("every measure of access is the same on any number of threads", "[cli][access]") {
  const ScratchFolder scratch;
  const auto path = [&](const std::string& name) { return (scratch.path() / name).string(); };
  REQUIRE(run_quartier({"sample", path("a"), "--districts", "40"}).exit_code == 0);
  for (const bool local : {false, true}) {
    const auto table = [&](const std::string& threads) {
      const std::string file = path(threads + ".csv");
      std::vector<std::string> words{"--threads", threads,     "access",  path("a") + "/study.toml",
                                     "--all",     "--origins", "streets", "--out",
                                     file};
      if (local) words.emplace_back("--local");
      const ProcessResult result = run_quartier(words);
      INFO(result.out);
      REQUIRE(result.exit_code == 0);
      return bytes_of(file);
    };
    const std::string one = table("1");
    CHECK(std::count(one.begin(), one.end(), '\n') > 1000);
    CHECK((one == table("2")));
    CHECK((one == table("7")));
  }
}

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
