// `quartier access` on bare tables of origins, sites and costs, and with saved ways.

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/catch.h"
#include "support/process.h"

using namespace quartier::test;

namespace {

namespace fs = std::filesystem;

struct Answer {
  int exit_code = 0;
  std::string said;
  std::string table;
  [[nodiscard]] bool says(const std::string& text) const {
    return said.find(text) != std::string::npos;
  }
  /// The value of a district; NaN where the cell is empty.
  [[nodiscard]] double value(const std::string& district, const std::string& metric) const {
    const std::size_t at = table.find("\n" + district + ",undated," + metric + ",");
    REQUIRE(at != std::string::npos);
    const std::string line = table.substr(at + 1, table.find('\n', at + 1) - at - 1);
    const std::string rest = line.substr(line.rfind("\",") + 2);
    const std::string cell = rest.substr(0, rest.find(','));
    return cell.empty() ? std::nan("") : std::stod(cell);
  }
  /// The status of a row that begins so.
  [[nodiscard]] std::string status(const std::string& start) const {
    const std::size_t at = table.find("\n" + start);
    if (at == std::string::npos) return "no such row";
    const std::string line = table.substr(at + 1, table.find('\n', at + 1) - at - 1);
    return line.substr(line.rfind(',') + 1);
  }
};

void write(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

const std::string four_origins =
    "id,total,poor,better\no0,100,60,40\no1,200,50,150\no2,50,10,40\no3,30,30,0\n";
const std::string three_sites = "id,places\ns0,4\ns1,6\ns2,0\n";
const std::string long_costs =
    "from,to,cost\no0,s0,5\no0,s1,20\no1,s0,10\no1,s1,10\no1,s2,30\no2,s0,25\no2,s1,5\n"
    "o2,s2,15\n";

/// Runs the command on three tables.
Answer asked(const std::string& origins, const std::string& sites, const std::string& costs,
             const std::vector<std::string>& options = {}, const std::string& unit = "min",
             const std::string& supply = "places") {
  const ScratchFolder folder;
  write(folder.path() / "origins.csv", origins);
  write(folder.path() / "sites.csv", sites);
  write(folder.path() / "costs.csv", costs);
  const fs::path out = folder.path() / "out.csv";
  std::vector<std::string> words{"access",
                                 "--origins-table",
                                 (folder.path() / "origins.csv").string(),
                                 "--sites",
                                 (folder.path() / "sites.csv").string(),
                                 "--costs-table",
                                 (folder.path() / "costs.csv").string(),
                                 "--cost-unit",
                                 unit,
                                 "--out",
                                 out.string()};
  if (!supply.empty()) words.insert(words.end(), {"--supply", supply});
  words.insert(words.end(), options.begin(), options.end());
  const ProcessResult result = run_quartier(words);
  return {result.exit_code, result.out, fs::exists(out) ? bytes_of(out) : ""};
}

Answer with_costs(const std::string& costs, const std::vector<std::string>& options = {},
                  const std::string& unit = "min") {
  return asked(four_origins, three_sites, costs, options, unit);
}

const std::vector<std::string> local{"--local",
                                     "--cutoff",
                                     "20",
                                     "--measure",
                                     "nearest_service",
                                     "places_within",
                                     "two_step_floating_catchment"};

}  // namespace

TEST_CASE("tables in place of a study", "[cli][access]") {
  const Answer answer = with_costs(long_costs, local);
  INFO(answer.said);
  REQUIRE(answer.exit_code == 0);
  // Site 0 has 4 places for the 300 people of o0 and o1, site 1 has 6 for all 350 of o0, o1, o2.
  CHECK(answer.value("o0", "two_step_floating_catchment") ==
        Approx(1000.0 * 16.0 / 525.0).epsilon(1e-12));
  CHECK(answer.value("o2", "places_within") == 6.0);
  CHECK(answer.value("o2", "nearest_service") == 5.0);
  CHECK(answer.value("o3", "nearest_service") == std::numeric_limits<double>::infinity());
  CHECK(answer.says("pairs_without_way"));
  CHECK(answer.table.find("origin to site") != std::string::npos);

  SECTION("a matrix and other units say the same") {
    const Answer wide = with_costs("o,s2,s0,s1\no3,,,\no0,,5,20\no2,15,25,5\no1,30,10,10\n", [] {
      std::vector<std::string> words = local;
      words.emplace_back("--wide");
      return words;
    }());
    CHECK(wide.table == answer.table);
    std::string seconds =
        "from,to,cost\no0,s0,300\no0,s1,1200\no1,s0,600\no1,s1,600\no1,s2,1800\n"
        "o2,s0,1500\no2,s1,300\no2,s2,900\n";
    CHECK(with_costs(seconds, local, "s").table == answer.table);
  }
  SECTION("groups, by the same road as studies") {
    const Answer gap = with_costs(
        long_costs, {"--measure", "access_share_within", "--group", "poor", "--cutoff", "10"});
    CHECK(gap.table.find("access_share_within,gaps,poor") != std::string::npos);
    CHECK(gap.table.find(",0.8,") != std::string::npos);
  }
  SECTION("why there is no access; what needs ways between origins is undefined and says so") {
    const ScratchFolder folder;
    const fs::path why = folder.path() / "why.csv";
    const Answer all = with_costs(long_costs, {"--all", "--cutoff", "8", "--why", why.string()});
    REQUIRE(all.exit_code == 0);
    CHECK(bytes_of(why).find("o1,o1,sites,beyond the cutoff,1,1,10,min") != std::string::npos);
    CHECK(bytes_of(why).find("o3,o3,sites,no way,1,1,,min") != std::string::npos);
    CHECK(all.status("undated,gap_how_full,gap_parts,poor").find("no ways between") !=
          std::string::npos);
  }
  SECTION("costs in both directions: those from origin to site count") {
    const Answer both = with_costs(long_costs + "s0,o0,1\ns1,o2,1\n", local);
    CHECK(both.table == answer.table);
    CHECK(both.says("other_direction"));
  }
}

TEST_CASE("bare tables against the reference values", "[cli][access][oracle]") {
  const auto file = shared("oracle/access/tiny/tiny.json");
  if (!fs::exists(file)) {
    WARN("no shared data");
    return;
  }
  const auto tiny = nlohmann::json::parse(bytes_of(file));
  std::string origins = "id,poor,better\n";
  std::string sites = "id,places\n";
  std::string costs = "from,to,cost\n";
  const auto& groups = tiny["groups"];
  for (std::size_t i = 0; i < tiny["origins"].size(); ++i) {
    const std::string id = tiny["origins"][i];
    origins += id + "," + groups["poor"][i].dump() + "," + groups["rest"][i].dump() + "\n";
    for (std::size_t j = 0; j < tiny["services"].size(); ++j) {
      const auto& minutes = tiny["minutes"][i][j];
      if (minutes.is_null()) continue;
      costs += id + "," + std::string(tiny["services"][j]) + "," + minutes.dump() + "\n";
    }
  }
  for (std::size_t j = 0; j < tiny["services"].size(); ++j) {
    sites += std::string(tiny["services"][j]) + "," + tiny["supply"][j].dump() + "\n";
  }
  const Answer answer = asked(origins, sites, costs, local);
  REQUIRE(answer.exit_code == 0);
  std::size_t compared = 0;
  for (std::size_t i = 0; i < tiny["origins"].size(); ++i) {
    const std::string id = tiny["origins"][i];
    const auto& nearest = tiny["nearest_n1"][i];
    CHECK(answer.value(id, "nearest_service") ==
          (nearest.is_null() ? std::numeric_limits<double>::infinity() : nearest.get<double>()));
    CHECK(answer.value(id, "places_within") == tiny["cum_20"][i]["value"].get<double>());
    CHECK(answer.value(id, "two_step_floating_catchment") ==
          Approx(1000.0 * tiny["2sfca_20"][i]["value"].get<double>()).epsilon(1e-12));
    compared += 3;
  }
  CHECK(compared == 12);
}

TEST_CASE("bad tables of costs", "[cli][access]") {
  const auto row = [](const std::string& text) { return with_costs(long_costs + text, local); };
  const auto found = [&](const std::string& text, const std::string& kind) {
    const Answer answer = row(text);
    INFO(answer.said);
    CHECK(answer.exit_code == 0);
    CHECK(answer.says(kind));
    CHECK(answer.says("row 10"));
  };
  found("o0,s2,-3\n", "negative_cost");
  found("o0,s2,nan\n", "not_a_number");
  found("o0,s2,inf\n", "not_a_number");
  found("o0,s2,NA\n", "undeclared_mark");
  found("o0,s2,1e12\n", "number_out_of_range");
  found("o9,s0,4\n", "unknown_id");
  found("o0,s9,4\n", "unknown_id");
  found(",s0,4\n", "empty_id");
  found("o0,s2\n", "ragged_row");
  found("o0,s0,5\n", "repeated_row");
  const Answer disagree = row("o0,s0,6\n");
  CHECK(disagree.exit_code == 1);
  CHECK(disagree.says("row 2 and row 10 give two costs from o0 to s0: 5 and 6"));
  const Answer odd = row("o0,s2,7.1234\n");
  CHECK(odd.exit_code == 1);
  CHECK(odd.says("row 10"));
  CHECK(odd.says("neither in tenths"));
  CHECK(row("o0,s2,7.250\n").says("thousands or decimals"));
  CHECK(with_costs(long_costs + "o0,s2,7.250\n",
                   [] {
                     std::vector<std::string> words = local;
                     words.insert(words.end(), {"--decimal", "."});
                     return words;
                   }())
            .exit_code == 0);
  CHECK(row("o0,s2,7.25\n").exit_code == 0);
  CHECK(with_costs(long_costs + "o0,s2,7.5\n", local, "s").says("is not whole"));
  CHECK(with_costs("from,to,cost\n", local).says("holds no cost"));
  CHECK(with_costs("from,to,cost\nx,y,3\n", local).exit_code == 1);
  CHECK(with_costs("origin,to,cost\no0,s0,3\n", local).says("'from'"));
}

TEST_CASE("bad tables of sites and people", "[cli][access]") {
  const Answer unread = asked(four_origins, "id,places\ns0,4\ns1,many\ns2,-1\n", long_costs, local);
  CHECK(unread.exit_code == 0);
  CHECK(unread.says("capacity_missing"));
  CHECK(unread.value("o2", "places_within") == 0.0);
  CHECK(asked(four_origins, "id,places\ns0,4\ns0,5\n", long_costs, local).exit_code == 1);
  CHECK(asked(four_origins, "id,places\n", long_costs, local).says("holds no site"));
  CHECK(asked(four_origins, three_sites, long_costs, local, "min", "beds").exit_code == 1);
  CHECK(
      asked(four_origins, three_sites, long_costs, local, "min", "").value("o0", "places_within") ==
      2.0);

  const Answer nobody = asked("id,poor,better\no0,0,0\no1,0,0\n", three_sites,
                              "from,to,cost\no0,s0,5\no1,s1,4\n", {"--cutoff", "20"});
  REQUIRE(nobody.exit_code == 0);
  CHECK(nobody.says("nobody_counted"));
  CHECK(nobody.status("undated,access_mean,gaps,poor").find("undefined") == 0);
  CHECK(nobody.status("undated,places_mean,gaps,poor").find("undefined") == 0);
}

TEST_CASE("words that do not go together with tables", "[cli][access]") {
  CHECK(with_costs(long_costs, {"--mode", "walk"}).exit_code == 2);
  CHECK(with_costs(long_costs, {"--window", "08:00-09:00"}).exit_code == 2);
  CHECK(with_costs(long_costs, {"--keep-costs", "x"}).exit_code == 2);
  CHECK(with_costs(long_costs, {}, "hours").exit_code == 2);
  CHECK(run_quartier({"access", "--out", "x.csv"}).exit_code == 2);
  CHECK(run_quartier({"access", "--sites", "s.csv", "--out", "x.csv"}).exit_code == 2);
}

TEST_CASE("saved ways give the same results", "[cli][access]") {
  const ScratchFolder folder;
  const fs::path city = folder.path() / "city";
  REQUIRE(run_quartier({"sample", city.string(), "--districts", "60"}).exit_code == 0);
  const fs::path kept = folder.path() / "ways";
  const auto run = [&](std::vector<std::string> more) {
    const fs::path out = folder.path() / "out.csv";
    std::vector<std::string> words{"access", (city / "study.toml").string(), "--out", out.string(),
                                   "--timings"};
    words.insert(words.end(), more.begin(), more.end());
    const ProcessResult result = run_quartier(words);
    INFO(result.out);
    REQUIRE(result.exit_code == 0);
    return Answer{result.exit_code, result.out, bytes_of(out)};
  };
  const std::vector<std::string> keep{"--keep-costs", kept.string()};
  const Answer plain = run({});
  const Answer first = run(keep);
  const Answer again = run(keep);
  CHECK(first.table == plain.table);
  CHECK(again.table == plain.table);
  CHECK_FALSE(first.says("read from"));
  CHECK(again.says("Ways to services read from"));
  auto files = files_of(kept);
  REQUIRE(files.size() == 1);

  // Another cutoff is another search, and has a file of its own.
  const Answer farther = run({"--keep-costs", kept.string(), "--cutoff", "4000"});
  CHECK_FALSE(farther.says("read from"));
  CHECK(files_of(kept).size() == 2);

  SECTION("a damaged file is told, never used, and made anew") {
    const fs::path file = kept / files.front().first;
    std::string bytes = files.front().second;
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
    write(file, bytes);
    const Answer damaged = run(keep);
    CHECK(damaged.table == plain.table);
    CHECK(damaged.says("costs_refused"));
    CHECK(bytes_of(file) == files.front().second);
    CHECK(run(keep).says("read from"));
  }
  SECTION("so is the file of another search under this name") {
    const fs::path file = kept / files.front().first;
    for (const auto& [name, bytes] : files_of(kept)) {
      if (name != files.front().first) write(file, bytes);
    }
    const Answer other = run(keep);
    CHECK(other.table == plain.table);
    CHECK(other.says("other inputs or settings"));
  }
  SECTION("changed streets are another search") {
    const Answer cycling = run({"--keep-costs", kept.string(), "--mode", "cycle"});
    CHECK_FALSE(cycling.says("read from"));
  }
}
