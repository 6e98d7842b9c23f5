#include "carto/choropleth.h"

#include <array>
#include <limits>

#include "base/error.h"
#include "base/number.h"
#include "support/catch.h"

using namespace quartier::carto;
using quartier::undefined;

TEST_CASE("choropleth", "[carto][choropleth]") {
  const std::array values{0.1, 0.4, undefined, 0.9, std::numeric_limits<double>::infinity()};
  const std::array<std::uint8_t, 5> hidden{0, 1, 0, 0, 0};
  const Breaks breaks{{0.0, 0.5, 1.0}};
  const Choropleth map = choropleth(values, hidden, breaks, {"Share", "%", 100.0, "blues", false});

  CHECK(map.classes ==
        std::vector<std::uint8_t>{0, suppressed_class, no_data_class, 1, unreached_class});
  CHECK(map.hatched == std::vector<std::uint8_t>{0, 1, 0, 0, 0});
  CHECK(map.colours[0] == rgb(0xDEEBF7));
  CHECK(map.colours[1] == suppressed_colour);
  CHECK(map.colours[2] == no_data_colour);
  CHECK(map.colours[3] == rgb(0x08306B));

  CHECK(map.legend.title == "Share");
  REQUIRE(map.legend.entries.size() == 2);
  CHECK(map.legend.entries[0].label == "0–50");
  CHECK(map.legend.entries[0].count == 1);
  CHECK(map.legend.entries[1].count == 1);
  REQUIRE(map.legend.no_data.has_value());
  CHECK(map.legend.no_data->count == 1);
  REQUIRE(map.legend.unreached.has_value());
  CHECK(map.legend.unreached->label == "Not reached");
  CHECK(map.legend.unreached->count == 1);
  CHECK(map.colours[4] == unreached_colour);
  REQUIRE(map.legend.suppressed.has_value());
  CHECK(map.legend.suppressed->hatched);
  CHECK(map.legend.suppressed->count == 1);

  SECTION("special classes only where a district is in them") {
    const Choropleth plain = choropleth(std::array{0.1, 0.7}, {}, breaks, {});
    CHECK_FALSE(plain.legend.unreached.has_value());
    CHECK_FALSE(plain.legend.no_data.has_value());
    CHECK_FALSE(plain.legend.suppressed.has_value());
  }
  SECTION("no value at all") {
    const std::array nothing{undefined, undefined};
    const Choropleth empty = choropleth(nothing, {}, quantile_breaks(nothing, 5), {});
    CHECK(empty.legend.entries.empty());
    CHECK(empty.colours == std::vector<Colour>(2, no_data_colour));
  }
  SECTION("whole numbers are labelled without overlap") {
    const std::array counts{0.0, 3.0, 4.0, 9.0};
    const Choropleth map_of_counts = choropleth(counts, {}, Breaks{{0.0, 3.0, 9.0}}, {});
    CHECK(map_of_counts.legend.entries[1].label == "4–9");
  }
  SECTION("errors") {
    CHECK_THROWS_AS(choropleth(values, hidden, breaks, {.palette = "rainbow"}),
                    quartier::InputError);
    CHECK_THROWS_AS(choropleth(values, std::array<std::uint8_t, 1>{0}, breaks, {}),
                    std::logic_error);
  }
}

TEST_CASE("map of kinds", "[carto][choropleth]") {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < lisa_category_count; ++i) labels.emplace_back(lisa_label(i));
  const std::array<std::uint8_t, 4> kinds{0, 1, 4, 200};
  const Choropleth map = category_map(kinds, {}, labels, {.palette = std::string(lisa_palette)});
  CHECK(map.classes == std::vector<std::uint8_t>{0, 1, 4, no_data_class});
  CHECK(map.legend.entries[4].label == "High among low");
  CHECK(map.legend.entries[4].count == 1);
  CHECK(map.colours[1] == sampled(palette(lisa_palette), 5)[1]);
}
