#include "report/isochrone_figure.h"

#include "base/number.h"
#include "report/support.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::report;

namespace {

Polygons square(double x, double y, double side) {
  Polygons shape;
  shape.vertices = {{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
  shape.close_ring();
  shape.close_part();
  shape.close_district();
  return shape;
}

study::Isochrone within(double cutoff, double part, Polygons area, double share) {
  study::Isochrone one;
  one.service = "libraries";
  one.label = "Libraries";
  one.cutoff = cutoff;
  one.part = part;
  one.unit = "m";
  one.ways = "streets, wheelchair";
  one.area = std::move(area);
  one.area_km2 = 1.25;
  one.share_of_residents = share;
  return one;
}

std::size_t count_of(const std::string& text, const std::string& words) {
  std::size_t count = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("the figure of a service's reach", "[report][isochrone]") {
  const Districts city = test::square_city(4, 2, 1000.0);
  study::ServicePoints sites;
  sites.id = "libraries";
  sites.label = "Libraries <& more>";
  sites.places = {{1500, 900}, {9e9, 0}, {undefined, undefined}};
  std::vector<study::Isochrone> reach{within(800, 1.0, square(500, 200, 1500), 0.612),
                                      within(400, 0.5, square(1200, 600, 600), 0.2)};

  const std::string html = isochrone_figure(city, sites, reach);
  CHECK(html.find("61.2\xC2\xA0% of residents live within 800\xC2\xA0m along the streets, "
                  "wheelchair; 1.") != std::string::npos);
  CHECK(html.find("20.0\xC2\xA0% of residents live within 400\xC2\xA0m; 1.") != std::string::npos);
  CHECK(html.find("Libraries &lt;&amp; more&gt;") != std::string::npos);
  CHECK(count_of(html, "<circle") == 1);
  CHECK(count_of(html, "<path") == 4);  // districts, two areas, scale
  CHECK(count_of(html, "<use") == 2);   // ground and boundaries
  CHECK(html.size() < 6000);

  SECTION("the larger area is drawn first, whatever the order") {
    std::swap(reach[0], reach[1]);
    CHECK(isochrone_figure(city, sites, reach) == html);
  }
  SECTION("a hidden share is not spoken of, nothing reached is") {
    reach[0].share_of_residents = undefined;
    reach[1].area = {};
    reach[1].area.close_district();
    const std::string hidden = isochrone_figure(city, sites, reach);
    CHECK(hidden.find("Within 800\xC2\xA0m along the streets, wheelchair: 1.") !=
          std::string::npos);
    CHECK(hidden.find("Nowhere is a site within 400\xC2\xA0m.") != std::string::npos);
    CHECK(hidden.find("n/a") == std::string::npos);
  }
  SECTION("nothing to draw") {
    CHECK(isochrone_figure(city, sites, {}).empty());
    CHECK(isochrone_figure(Districts{}, sites, reach).empty());
  }
}

TEST_CASE("the style of the layer of isochrones", "[report][isochrone]") {
  const study::LayerStyleText style = isochrone_style();
  CHECK(style.qml.find("&quot;part&quot;") != std::string::npos);
  CHECK(style.qml.find("within half of the cutoff") != std::string::npos);
  CHECK(style.sld.find("fill-opacity") != std::string::npos);
}
