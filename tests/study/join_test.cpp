#include "study/join.h"

#include <array>

#include "base/number.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::study;

namespace {

Districts three_districts() {
  Districts districts;
  districts.ids = {"01", "02", "03"};
  districts.names = {"Mitte", "Nord", "Nord"};
  return districts;
}

}  // namespace

TEST_CASE("rows are joined by id as text, the rest is told", "[study]") {
  const Districts districts = three_districts();
  const DistrictLookup lookup(districts);
  const std::vector<std::string> ids{"02", "1", "01"};
  const Join join = lookup.by_id(ids, nullptr);
  CHECK(join.district_of_row == std::vector<DistrictIndex>{1, no_index, 0});
  CHECK(join.unmatched == std::vector<std::size_t>{1});
  CHECK(join.has_row == std::vector<std::uint8_t>{1, 1, 0});
  const auto findings = join_findings(join, ids, districts, "a.csv", "", 60.0, 20.0);
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].kind == "rows_without_district");
  CHECK(findings[0].message.find("20 persons of 60 persons") != std::string::npos);
  CHECK(findings[1].kind == "districts_without_rows");
  CHECK(findings[1].rows == std::vector<std::string>{"id 03"});
}

TEST_CASE("older ids go through the link table", "[study]") {
  const DistrictLookup lookup(three_districts());
  io::DistrictLinks links;
  links.links = {{"", "A", "03"}, {"", "B", "99"}};
  const Join join = lookup.by_id(std::vector<std::string>{"A", "B"}, &links);
  CHECK(join.district_of_row == std::vector<DistrictIndex>{2, no_index});
  CHECK(join.by_link == 1);
}

TEST_CASE("a name that two districts bear matches neither", "[study]") {
  const DistrictLookup lookup(three_districts());
  const Join join = lookup.by_name(std::vector<std::string>{" mitte", "Nord"});
  CHECK(join.district_of_row == std::vector<DistrictIndex>{0, no_index});
}

TEST_CASE("joined columns keep what is hidden and its bounds", "[study]") {
  const DistrictLookup lookup(three_districts());
  const Join join = lookup.by_id(std::vector<std::string>{"03", "01"}, nullptr);
  CountColumn column;
  column.readable = {7.0, 0.0};
  column.hidden = {0, 2};
  column.least = {7.0, 2.0};
  column.greatest = {7.0, 8.0};
  const CountColumn joined = joined_column(column, join);
  CHECK(joined.readable == std::vector{0.0, 0.0, 7.0});
  CHECK(joined.hidden == std::vector<std::uint16_t>{2, 0, 0});
  CHECK(joined.greatest == std::vector{8.0, 0.0, 7.0});
}
