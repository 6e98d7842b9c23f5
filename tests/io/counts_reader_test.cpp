#include "io/counts_reader.h"

#include <cmath>
#include <fstream>

#include "base/error.h"
#include "io/layer_support.h"

using namespace quartier;

namespace {

struct Scratch {
  test::ScratchFolder folder;
  io::LayerDefinition layer;

  explicit Scratch(const std::string& toml) {
    std::ofstream(folder.path() / "layer.toml")
        << "id = \"x\"\ntitle = \"X\"\nkind = \"counts\"\npublisher = \"P\"\nlicence = \"CC0\"\n"
           "attribution = \"P\"\n[key]\ncolumn = \"id\"\nwidth = 2\n"
        << toml;
    layer = io::load_layer_definition(folder.path() / "layer.toml");
  }
  Loaded<io::RawCounts> read(const std::string& csv) {
    std::ofstream(folder.path() / "x.csv") << csv;
    return io::read_counts(layer, io::find_layer_files(layer, folder.path()));
  }
};

const std::string long_layer = R"(
[[file]]
pattern = "x.csv"
[date]
column = "date"
[[mark]]
text = ".."
reason = "fewer than 5"
suppressed = true
least = 1
greatest = 4
[counts]
value = "n"
code = "group"
sum_over = ["sex"]
[[group]]
id = "all"
[[group]]
id = "a"
parent = "all"
code = "1"
[[group]]
id = "b"
parent = "all"
codes = ["2", "3"]
)";

}  // namespace

TEST_CASE("long tables: cells of both sexes are added, hidden ones are never zero",
          "[io][counts]") {
  Scratch scratch(long_layer);
  const auto counts = scratch.read(
      "date,id,group,sex,n\n"
      "2025-01-01,1,1,f,10\n2025-01-01,1,1,m,..\n2025-01-01,1,2,f,7\n2025-01-01,1,3,f,5\n"
      "2025-01-01,10,2,f,8\n2024-01-01,1,1,f,9\n");
  REQUIRE(counts.value.dates.size() == 2);
  const auto& latest = counts.value.dates.back();
  CHECK(latest.district_ids == std::vector<std::string>{"01", "10"});
  const CountColumn& a = latest.counts.groups[1];
  CHECK(a.readable == std::vector<double>{10, 0});
  CHECK(a.hidden == std::vector<std::uint16_t>{1, 0});
  CHECK(a.least == std::vector<double>{11, 0});
  CHECK(a.greatest == std::vector<double>{14, 0});
  CHECK(latest.counts.groups[2].readable == std::vector<double>{12, 8});
  CHECK(latest.counts.groups[0].readable == std::vector<double>{22, 8});
  CHECK(latest.counts.groups[0].greatest[0] == 26);
  REQUIRE(test::find_kind(counts.findings, "suppressed_cell") != nullptr);
  CHECK(test::find_kind(counts.findings, "suppressed_cell")->rows.front() == "row 3");
  CHECK(test::find_kind(counts.findings, "absent_row", "2025")->count == 2);
  test::check_ledgers(counts.value.ledgers);
}

TEST_CASE("long tables: what cannot be used is unknown, not absent", "[io][counts]") {
  Scratch scratch(long_layer);
  const auto counts = scratch.read(
      "date,id,group,sex,n\n"
      "2025-01-01,01,1,f,-3\n2025-01-01,01,9,f,4\n2025-01-01,01,2,f,4\n2025-01-01,01,2,f,4\n"
      "2025-13-01,01,2,f,4\n");
  CHECK(test::find_kind(counts.findings, "negative_count")->severity == Severity::rejected);
  CHECK(test::find_kind(counts.findings, "unknown_code")->rows.front() == "row 3, code 9");
  CHECK(test::find_kind(counts.findings, "repeated_row")->count == 1);
  CHECK(test::find_kind(counts.findings, "bad_date")->rows.front() == "row 6");
  REQUIRE(counts.value.dates.size() == 1);
  CHECK_FALSE(counts.value.dates[0].counts.groups[1].known(0));
  CHECK(std::isinf(counts.value.dates[0].counts.groups[1].greatest[0]));
  CHECK(counts.value.dates[0].counts.group(2)[0] == 4);
  CHECK(counts.value.ledgers[0].rejected == 4);
  test::check_ledgers(counts.value.ledgers);
}

TEST_CASE("wide tables: nested groups, remainders and differences", "[io][counts]") {
  Scratch scratch(R"(
[[file]]
pattern = "x.csv"
date = "2020-12-31"
[[mark]]
text = "-"
reason = "not collected"
greatest = 9
[counts]
tolerance = 2
[[group]]
id = "all"
column = "total"
[[group]]
id = "eu"
parent = "all"
column = "eu"
less = ["uk"]
[[group]]
id = "poland"
parent = "eu"
column = "poland"
[[group]]
id = "other-eu"
parent = "eu"
remainder = true
[[group]]
id = "uk"
parent = "all"
column = "uk"
[[group]]
id = "others"
parent = "all"
remainder = true
[[group]]
id = "island"
parent = "all"
overlapping = true
column = "island"
)");
  const auto counts = scratch.read(
      "id,total,eu,uk,poland,island\n01,100,60,10,20,30\n02,50,40,5,-,7\n03,20,24,3,21,1\n"
      "04,20,30,3,0,1\n");
  const auto& groups = counts.value.groups;
  const CountTable& table = counts.value.dates.at(0).counts;
  CHECK(table.group(groups.find("eu"))[0] == 50);
  CHECK(table.group(groups.find("other-eu"))[0] == 30);
  CHECK(table.group(groups.find("others"))[0] == 40);
  CHECK(groups.nodes[groups.find("island")].overlapping);

  SECTION("leaves and remainders are the partition") {
    double persons = 0.0;
    for (const GroupIndex leaf : groups.leaves()) persons += table.group(leaf)[0];
    CHECK(persons == 100);
  }
  SECTION("a remainder beside an unknown sibling is unknown within bounds") {
    const CountColumn& other = table.groups[groups.find("other-eu")];
    CHECK_FALSE(other.known(1));
    CHECK(other.least[1] == 26);
    CHECK(other.greatest[1] == 35);
  }
  SECTION("rounding within the tolerance is told and mended, more is a warning") {
    CHECK(table.group(groups.find("others"))[2] == 0);
    const Finding* exceeds = test::find_kind(counts.findings, "groups_exceed_total");
    REQUIRE(exceeds != nullptr);
    CHECK(exceeds->rows == std::vector<std::string>{"id 03", "id 04"});
    CHECK(exceeds->message.find("10 persons") != std::string::npos);
  }
}

TEST_CASE("groups without remainder are checked to add up", "[io][counts]") {
  Scratch scratch(R"(
[[file]]
pattern = "x.csv"
date = "2020-12-31"
[[group]]
id = "all"
column = "total"
[[group]]
id = "a"
parent = "all"
column = "a"
[[group]]
id = "b"
parent = "all"
column = "b"
)");
  CHECK(test::find_kind(scratch.read("id,total,a,b\n1,3,1,2\n").findings, "groups_do_not_add_up") ==
        nullptr);
  const auto counts = scratch.read("id,total,a,b\n1,3,1,2\n2,9,3,5\n2,9,4,5\n");
  CHECK(test::find_kind(counts.findings, "groups_do_not_add_up")->rows.front() == "id 02");
  CHECK(test::find_kind(counts.findings, "repeated_row")->count == 1);
  CHECK_THROWS_WITH(scratch.read("id,total,a,c\n1,3,1,2\n"), Catch::Contains("no column 'b'"));
}

TEST_CASE("bare tables: total, name, groups and the rest", "[io][counts]") {
  const test::ScratchFolder folder;
  const auto file = folder.path() / "x.csv";
  std::ofstream(file) << "id;Name;total;a\n1;\"=1+1\";10;4\n2;b;5;5\n";
  const auto counts = io::read_bare_counts(file, "x.csv");
  CHECK(counts.findings.empty());
  REQUIRE(counts.value.groups.size() == 3);
  CHECK(counts.value.groups.nodes.back().id == "others");
  CHECK(counts.value.dates[0].counts.group(2)[0] == 6);
  CHECK(counts.value.dates[0].district_names[0] == "=1+1");
  std::ofstream(file, std::ios::trunc) << "id,total,a\n1,4,4\n";
  CHECK(io::read_bare_counts(file, "x.csv").value.groups.size() == 2);
}
