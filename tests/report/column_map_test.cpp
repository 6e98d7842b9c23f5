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
