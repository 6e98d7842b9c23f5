#include "report/column_map.h"

#include "support/catch.h"

using namespace quartier;

namespace {

/// A column of `count` kinds, one district of each and one without.
study::Column kinds(std::size_t count) {
  study::Column column;
  column.spec.label = "Type of district";
  column.spec.unit = "share";
  column.spec.categorical = true;
  for (std::size_t i = 0; i < count; ++i) {
    column.spec.categories.push_back("kind " + std::to_string(i));
    column.values.push_back(static_cast<double>(i));
  }
  column.values.push_back(undefined);
  column.states.assign(count + 1, study::ValueState::shown);
  column.states.back() = study::ValueState::undefined;
  return column;
}

}  // namespace

TEST_CASE("kinds have a colour each and no unit", "[report][column_map]") {
  for (const std::size_t count : {3U, 5U, 7U, 8U}) {
    const carto::Choropleth map = report::column_map(kinds(count)).choropleth;
    CHECK(map.legend.unit.empty());
    REQUIRE(map.legend.entries.size() >= count);
    for (std::size_t i = 0; i < count; ++i) {
      CHECK(map.legend.entries[i].label == "kind " + std::to_string(i));
      CHECK(map.classes[i] == i);
    }
  }
}

TEST_CASE("ways: how people travel, and districts without a way", "[report][column_map]") {
  study::Column column;
  column.spec.label = "Nearest service";
  column.spec.unit = "m";
  column.spec.service = "libraries";
  column.spec.meaning = "Way to the nearest site.";
  column.parameters = "impedance=streets";
  column.values = {250.0, 1000.0, unreachable, undefined};
  column.states.assign(4, study::ValueState::shown);
  column.states.back() = study::ValueState::no_data;

  CHECK(report::column_note(column) ==
        "Way to the nearest site. Along the streets on foot, from the middle of each district.");
  const carto::Legend legend = report::column_map(column).choropleth.legend;
  REQUIRE(legend.unreached.has_value());
  CHECK(legend.unreached->count == 1);
  REQUIRE(legend.no_data.has_value());
  CHECK(legend.no_data->label == "No data");
  CHECK(report::column_value_text(column, 1) == "1000 m");
  CHECK(report::column_value_text(column, 2) == "cannot be reached");

  SECTION("a quantity that does not exist is not missing data") {
    column.states.back() = study::ValueState::undefined;
    CHECK(report::column_map(column).choropleth.legend.no_data->label == "No value");
    CHECK(report::column_value_text(column, 3) == "n/a");
  }
}

TEST_CASE("few places per head are told for more people", "[report][column_map]") {
  study::Column column;
  column.spec.unit = "places per 1000 people";
  column.values = {0.0, 0.02, 0.3};
  column.states.assign(3, study::ValueState::shown);
  const carto::Legend legend = report::column_map(column).choropleth.legend;
  CHECK(legend.unit == "places per 100\u202f000 people");
  CHECK(legend.entries.back().label == "2–30");
  CHECK(report::column_value_text(column, 1) == "2.00 places per 100\u202f000 people");
}
