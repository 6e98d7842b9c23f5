// `quartier segregation` on a bare table of counts: what it reads, and how bad tables end.

#include <algorithm>
#include <fstream>

#include "support/catch.h"
#include "support/process.h"

using namespace quartier::test;

namespace {

namespace fs = std::filesystem;

/// Runs the command on a table with this content and returns what it said and wrote.
struct Answer {
  int exit_code = 0;
  std::string said;
  std::string table;
  [[nodiscard]] bool says(const std::string& text) const {
    return said.find(text) != std::string::npos;
  }
  /// The line of the table that begins so; empty where there is none.
  [[nodiscard]] std::string line(const std::string& start) const {
    const std::size_t at = table.find("\n" + start);
    return at == std::string::npos ? "" : table.substr(at + 1, table.find('\n', at + 1) - at - 1);
  }
};

Answer asked(const std::string& content, const std::vector<std::string>& options = {}) {
  const ScratchFolder folder;
  const fs::path counts = folder.path() / "counts.csv";
  const fs::path out = folder.path() / "out.csv";
  std::ofstream(counts, std::ios::binary) << content;
  std::vector<std::string> words{"segregation", "--counts", counts.string(), "--out", out.string()};
  words.insert(words.end(), options.begin(), options.end());
  const ProcessResult result = run_quartier(words);
  return {result.exit_code, result.out, fs::exists(out) ? bytes_of(out) : ""};
}

const std::string four_districts = "id,total,A,B\n1,100,50,50\n2,80,10,70\n3,0,0,0\n4,60,0,60\n";

}  // namespace

TEST_CASE("a table without shapes has the indices of counts alone", "[cli][segregation]") {
  const Answer answer = asked(four_districts, {"--groups", "A,B"});
  INFO(answer.said);
  REQUIRE(answer.exit_code == 0);
  // A: 50 and 10 of 60; B: 50, 70, 60 of 180. D = (|5/6 - 5/18| + |1/6 - 7/18| + 1/3) / 2 = 5/9.
  CHECK(answer.line("undated,dissimilarity,evenness,A,rest").find("0.5555555555555") !=
        std::string::npos);
  CHECK(answer.line("undated,spatial_theil_h").empty());
  CHECK(answer.line("undated,moran_i").empty());
}

TEST_CASE("only what was asked for is computed", "[cli][segregation]") {
  const Answer one = asked(four_districts, {"--metric", "gini", "--group", "A"});
  CHECK(std::count(one.table.begin(), one.table.end(), '\n') == 2);
  const Answer local = asked(four_districts, {"--metric", "share", "--local"});
  CHECK(local.line("1,undated,share,composition,A").find("0.5") != std::string::npos);
  CHECK(local.line("3,undated,share,composition,A").find("undefined") != std::string::npos);
  CHECK(asked(four_districts, {"--metric", "share"}).says("--local"));
  CHECK(asked(four_districts, {"--metric", "gino"}).says("did you mean 'gini'?"));
  CHECK(asked(four_districts, {"--family", "even"}).exit_code == 1);
  CHECK(asked(four_districts, {"--metric", "moran_i"}).says("the districts have no shapes"));
}

TEST_CASE("metrics and families add up, and words that mean something else are refused",
          "[cli][segregation]") {
  const Answer both = asked(four_districts, {"--metric", "gini", "--family", "exposure"});
  CHECK(!both.line("undated,gini,evenness,A").empty());
  CHECK(!both.line("undated,isolation,exposure,A").empty());
  CHECK(both.line("undated,dissimilarity").empty());
  CHECK(asked("id,everyone,B\n1,3,3\n2,1,5\n").says("'everyone'"));
  CHECK(asked("id,A,rest\n1,3,3\n2,1,5\n").says("'rest'"));
  CHECK(asked(four_districts, {"--date", "2030-01-01"}).says("undated"));
  CHECK(asked(four_districts, {"--metric", "access_gap"}).says("quartier access"));
  CHECK(asked(four_districts, {"--seed", "-1"}).exit_code == 2);
  CHECK(asked("id;A;B\n1;1.234;3\n2;4;2.000\n", {"--thousands", "."})
            .line("undated,city_share,composition,A")
            .find("0.38") != std::string::npos);
}

TEST_CASE("a group's own surroundings do not depend on the reference", "[cli][segregation]") {
  const ScratchFolder folder;
  REQUIRE(run_quartier({"sample", folder.path().string(), "--districts", "40"}).exit_code == 0);
  const std::string out = (folder.path() / "out.csv").string();
  const auto value_of = [&](const std::string& metric) {
    REQUIRE(run_quartier({"segregation", (folder.path() / "study.toml").string(), "--metric",
                          metric, "--group", "Eastern Europe", "--reference", "Eastern Europe",
                          "--environment", "own", "--date", "2025-01-01", "--out", out})
                .exit_code == 0);
    const std::string row = bytes_of(out);
    std::size_t from = row.find('\n');
    for (int comma = 0; comma < 7; ++comma) {
      from = row.find(',', from + 1);
      if (row[from + 1] == '"') from = row.find('"', from + 2);
    }
    return std::stod(row.substr(from + 1));
  };
  CHECK(value_of("spatial_isolation") == Approx(value_of("isolation")).margin(1e-12));
}

TEST_CASE("every group against every other", "[cli][segregation]") {
  const Answer pairs = asked(four_districts, {"--metric", "dissimilarity", "--pairs"});
  REQUIRE(pairs.exit_code == 0);
  CHECK(std::count(pairs.table.begin(), pairs.table.end(), '\n') == 3);
  CHECK(!pairs.line("undated,dissimilarity,evenness,A,B").empty());
  CHECK(!pairs.line("undated,dissimilarity,evenness,B,A").empty());
}

TEST_CASE("small counts of a table are hidden where asked", "[cli][segregation]") {
  const Answer local = asked("id,A,B\n1,2,30\n2,40,50\n3,60,3\n4,20,20\n",
                             {"--metric", "share", "--local", "--threshold", "5"});
  CHECK(local.line("1,undated,share,composition,A").find("suppressed") != std::string::npos);
  CHECK(local.line("3,undated,share,composition,B").find("suppressed") != std::string::npos);
}

TEST_CASE("what would give a hidden count away is hidden with it", "[cli][segregation]") {
  // Two persons of A in the whole city: its total is hidden, and with it the mix of the city.
  const std::string few = "id,A,B,C\n1,2,50,40\n2,0,60,30\n3,0,20,45\n4,0,35,35\n";
  const Answer city = asked(few, {"--threshold", "5"});
  CHECK(city.line("undated,city_share,composition,A").find("suppressed") != std::string::npos);
  CHECK(city.line("undated,city_entropy,").find("suppressed") != std::string::npos);
  CHECK(city.line("undated,city_simpson_diversity,").find("suppressed") != std::string::npos);
  CHECK(city.line("undated,dissimilarity,evenness,A").find("to the nearest 0.001") !=
        std::string::npos);
  // A derivative of H holds H, a sum over every count.
  const std::string some = "id,A,B,C\n1,2,50,40\n2,30,60,30\n3,20,20,45\n4,40,35,35\n";
  const Answer local =
      asked(some, {"--threshold", "5", "--local", "--metric", "theil_h_derivative"});
  for (const char* start : {"1,undated", "2,undated", "3,undated", "4,undated"}) {
    CHECK(
        local.line(std::string(start) + ",theil_h_derivative,decomposition,A").find("suppressed") !=
        std::string::npos);
  }
}

TEST_CASE("cells that cannot be counted are findings, never numbers", "[cli][segregation]") {
  const auto found = [](const std::string& cell, const std::string& kind) {
    const Answer answer = asked("id,A,B\n1," + cell + ",3\n2,4,4\n3,9,1\n");
    INFO(answer.said);
    CHECK(answer.exit_code == 0);
    CHECK(answer.says(kind));
    CHECK(answer.says("row 2"));
  };
  found("-5", "negative_count");
  found("inf", "not_a_number");
  found("nan", "not_a_number");
  found("1.5", "fractional_count");
  found("99999999999999999999", "count_overflow");
  found("x", "undeclared_mark");
  CHECK(asked("id,total,A,B\n1,5,4,3\n2,8,4,4\n").says("groups_exceed_total"));
  CHECK(asked("id,A,B\n1,1,3\n1,4,4\n2,4,5\n").says("repeated_row"));
  CHECK(asked("id,A,B\n").exit_code == 1);
}

TEST_CASE("an index that does not exist says why", "[cli][segregation]") {
  const std::string of_a = "undated,dissimilarity,evenness,A,rest";
  CHECK(asked("id,A,B\n1,0,3\n2,0,4\n").line(of_a).find("undefined: nobody is counted in A") !=
        std::string::npos);
  CHECK(asked("id,A,B\n1,0,0\n2,0,0\n").line(of_a).find("undefined") != std::string::npos);
  CHECK(asked("id,A,B\n1,3,3\n").line(of_a).find("only one district") != std::string::npos);
}

TEST_CASE("settings that cannot be are errors with a way out", "[cli][segregation]") {
  const Answer zero = asked(four_districts, {"--bandwidth", "0"});
  CHECK(zero.exit_code == 1);
  CHECK(zero.says("above 0"));
  CHECK(asked(four_districts, {"--environment", "kernal"}).says("did you mean 'kernel'?"));
  CHECK(asked(four_districts, {"--level", "borough"}).exit_code == 1);
  CHECK(asked(four_districts, {"--groups", "A,C"}).says("there is no column 'C'"));
  CHECK(asked(four_districts, {"--groups", "A,A"}).says("named twice"));
  CHECK(asked(four_districts, {"--permutations", "0"}).exit_code == 2);
  CHECK(run_quartier({"segregation", "--out", "x.csv"}).exit_code == 2);
}
