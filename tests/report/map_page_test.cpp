#include "report/map_page.h"

#include <fstream>

#include "base/error.h"
#include "report/support.h"
#include "report/vector_map.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::report;

namespace {

MapPageText words() {
  return {.title = "Share of residents: Southern Asia",
          .subtitle = "Square City, 1 January 2025",
          .note = "Shares of all residents of a district.",
          .source = "Source: statistical office of Square City, CC BY 4.0",
          .date = "2025-01-01"};
}

struct Drawn {
  MapPage page;
  Districts city;
  carto::Choropleth map;
  MapView view;
};

Drawn drawn(MapPageText text, PageSize size = {}) {
  Drawn all;
  all.page.text = std::move(text);
  all.page.size = size;
  all.city = test::square_city(8, 6, 500.0);
  all.map = test::counting_map(48);
  const PixelBox frame = map_frame(all.page.text, size);
  all.view = {{2000.0, 1500.0}, 4.5 / size.scale, frame.width, frame.height};
  all.page.legend = all.map.legend;
  all.page.metres_per_pixel = all.view.metres_per_pixel;
  all.page.labels = district_labels(all.city, all.view);
  return all;
}

std::string png_of(const Drawn& all) {
  const PixelBox frame = map_frame(all.page.text, all.page.size);
  std::vector<std::uint8_t> rgba(
      4 * static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height), 200);
  return map_page_png(all.page, rgba);
}

VectorMap vector_of(const Drawn& all) {
  return {.districts = &all.city,
          .fills = all.map.colours,
          .hatched = all.map.hatched,
          .view = all.view};
}

unsigned word_at(const std::string& bytes, std::size_t at) {
  unsigned word = 0;
  for (std::size_t i = 0; i < 4; ++i) word = word << 8U | static_cast<unsigned char>(bytes[at + i]);
  return word;
}

}  // namespace

TEST_CASE("a scale bar has a round length", "[report][map]") {
  CHECK(scale_bar(1.0, 240.0).label == "200 m");
  CHECK(scale_bar(1.0, 99.9).label == "50 m");
  CHECK(scale_bar(10.0, 240.0).label == "2 km");
  CHECK(scale_bar(21.0, 240.0).label == "5 km");
  CHECK(scale_bar(0.001, 240.0).label == "0.2 m");
  for (const double metres : {0.3, 1.0, 2.7, 8.0, 33.0, 150.0}) {
    const ScaleBar bar = scale_bar(metres, 240.0);
    CHECK(bar.length <= 240.0);
    CHECK(bar.length > 240.0 / 2.5 - 1e-9);
    CHECK_THAT(bar.length * metres, WithinRel(bar.metres, 1e-12));
  }
}

TEST_CASE("the frame of a map page", "[report][map]") {
  const PixelBox plain = map_frame(words(), {});
  CHECK(plain.x > 0);
  CHECK(plain.x + plain.width < 1600);
  CHECK(plain.y + plain.height < 1100);

  SECTION("grows with the scale") {
    const PixelBox twice = map_frame(words(), {1600, 1100, 2.0});
    CHECK(std::abs(twice.width - 2 * plain.width) <= 1);
    CHECK(std::abs(twice.height - 2 * plain.height) <= 1);
  }
  SECTION("leaves room for a long title, the ribbon and long sources") {
    MapPageText text = words();
    for (int i = 0; i < 30; ++i) text.title += " and a neighbourhood with a long name";
    CHECK(map_frame(text, {}).height < plain.height);
    text = words();
    text.synthetic = true;
    CHECK(map_frame(text, {}).height < plain.height);
    text = words();
    for (int i = 0; i < 60; ++i) text.source += " and yet another office";
    CHECK(map_frame(text, {}).height < plain.height);
    CHECK(map_frame(text, {}).height > plain.height - 60);
  }
  SECTION("does not exist on pages that are too small, or too large to draw") {
    CHECK_THROWS_AS(map_frame(words(), {300, 300, 1.0}), RenderError);
    CHECK_THROWS_AS(map_frame(words(), {0, 300, 1.0}), RenderError);
    CHECK_THROWS_AS(map_frame(words(), {1600, 1100, 0.0}), RenderError);
    CHECK_THROWS_AS(map_frame(words(), {1600, 1100, 100.0}), RenderError);
  }
}

TEST_CASE("a map page as PNG", "[report][map]") {
  const Drawn all = drawn(words());
  const std::string png = png_of(all);
  CHECK(png.substr(1, 3) == "PNG");
  CHECK(word_at(png, 16) == 1600);
  CHECK(word_at(png, 20) == 1100);

  SECTION("same input, same bytes") { CHECK(png == png_of(drawn(words()))); }
  SECTION("carries its resolution and no time") {
    const std::size_t resolution = png.find("pHYs");
    REQUIRE(resolution != std::string::npos);
    CHECK(word_at(png, resolution + 4) == 3780);
    CHECK(png.find("tIME") == std::string::npos);
  }
  SECTION("has as many pixels as its scale says") {
    const std::string twice = png_of(drawn(words(), {800, 600, 2.0}));
    CHECK(word_at(twice, 16) == 1600);
    CHECK(word_at(twice, 20) == 1200);
  }
  SECTION("wants a map of the size of the frame") {
    CHECK_THROWS_AS(map_page_png(all.page, std::vector<std::uint8_t>(16)), std::logic_error);
  }
  SECTION("is drawn without words, legend and names too") {
    MapPage bare;
    const PixelBox frame = map_frame({}, {});
    const std::vector<std::uint8_t> rgba(4 * static_cast<std::size_t>(frame.width) *
                                         static_cast<std::size_t>(frame.height));
    CHECK_NOTHROW(map_page_png(bare, rgba));
  }
  SECTION("takes names in any script, and bytes that are none") {
    MapPageText text = words();
    text.title = "حي السلام – שכונת שלום – Śródmieście – 中央区";
    text.subtitle = "broken \xFF\xC3 bytes\x01\x02";
    CHECK_NOTHROW(png_of(drawn(text)));
  }
  SECTION("says so where the data are invented") {
    MapPageText text = words();
    text.synthetic = true;
    CHECK(png_of(drawn(text)) != png);
  }
}

TEST_CASE("names of districts", "[report][map]") {
  const Districts city = test::square_city(8, 6, 500.0);
  const MapView view{{2000.0, 1500.0}, 5.0, 800, 600};
  const std::vector<MapLabel> labels = district_labels(city, view);
  REQUIRE(labels.size() == 48);
  CHECK(labels.front().text == "District 1");
  CHECK_THAT(labels.front().at.x, WithinAbs(50.0, 1e-9));
  CHECK_THAT(labels.front().at.y, WithinAbs(550.0, 1e-9));
  CHECK_THAT(labels.front().room_px, WithinAbs(100.0, 1e-9));

  CHECK(district_labels(city, view, 5).size() == 5);
  CHECK(district_labels(city, {{2000.0, 1500.0}, 50.0, 80, 60}).empty());
  CHECK(district_labels(city, {{90000.0, 1500.0}, 5.0, 800, 600}).empty());
}

TEST_CASE("a map page as vectors", "[report][map]") {
  const Drawn all = drawn(words());

  SECTION("SVG: same input, same bytes, whatever was drawn before") {
    const std::string svg = map_page_svg(all.page, vector_of(all));
    CHECK(svg.starts_with("<?xml"));
    png_of(all);
    CHECK(svg == map_page_svg(all.page, vector_of(all)));
  }
  SECTION("PDF: dated by the data, not by the clock") {
    const std::string pdf = map_page_pdf(all.page, vector_of(all));
    CHECK(pdf.starts_with("%PDF"));
    CHECK(pdf.find("(20250101000000Z)") != std::string::npos);
    CHECK(pdf == map_page_pdf(all.page, vector_of(all)));
  }
  SECTION("sizes are checked") {
    VectorMap map = vector_of(all);
    map.fills = map.fills.subspan(1);
    CHECK_THROWS_AS(map_page_svg(all.page, map), std::logic_error);
    map = vector_of(all);
    map.view.width += 1;
    CHECK_THROWS_AS(map_page_pdf(all.page, map), std::logic_error);
  }
}
