#include "geo/crs.h"

#include <string>

#include "base/error.h"
#include "geo/build_shapes.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::geo;
using namespace quartier::test;

namespace {

const std::string esri_utm31 =
    R"(PROJCS["ETRS_1989_UTM_Zone_31N",GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",3.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]])";

}  // namespace

TEST_CASE("a reference system comes from a code", "[geo][crs]") {
  const Crs crs = crs_of_epsg(25833);
  CHECK(crs.name == "EPSG:25833");
  CHECK(crs.known());
  CHECK(crs_of_text("EPSG:25833").wkt == crs.wkt);
  CHECK(crs_of_text(" epsg:25833 ").wkt == crs.wkt);
  CHECK(crs_of_text("urn:ogc:def:crs:EPSG::25833").wkt == crs.wkt);
  CHECK(crs_of_text("urn:ogc:def:crs:OGC:1.3:CRS84").name == "EPSG:4326");
  CHECK_THROWS_AS(crs_of_epsg(999999), CrsError);
  CHECK_THROWS_AS(crs_of_epsg(0), CrsError);
  CHECK_THROWS_AS(crs_of_epsg(-4326), CrsError);
  CHECK_THROWS_AS(crs_of_epsg(4978), CrsError);  // geocentric
  CHECK_THROWS_AS(crs_of_epsg(5703), CrsError);  // heights only
}

TEST_CASE("a reference system comes from WKT, identified where it is a known one", "[geo][crs]") {
  const Crs crs = crs_of_text(esri_utm31);
  CHECK(crs.name == "EPSG:25831");
  CHECK(same_crs(crs, crs_of_epsg(25831)));
  CHECK(crs_of_text(crs_of_epsg(25833).wkt).name == "EPSG:25833");

  SECTION("one that is nobody else's is used as it is") {
    std::string own = esri_utm31;
    own.replace(own.find("500000.0"), 8, "123456.0");
    own.replace(own.find("ETRS_1989_UTM_Zone_31N"), 22, "Council_Grid");
    const Crs council = crs_of_text(own);
    CHECK(council.name == "Council_Grid");
    CHECK_FALSE(same_crs(council, crs));
    CHECK_THAT(crs_properties(council).metres_per_unit, WithinAbs(1.0, 0.0));
  }
  SECTION("a code is not believed where the definition says otherwise") {
    std::string liar = esri_utm31;
    liar.replace(liar.find("500000.0"), 8, "123456.0");
    liar.insert(liar.size() - 1, R"(,AUTHORITY["EPSG","25831"])");
    CHECK_FALSE(same_crs(crs_of_text(liar), crs_of_epsg(25831)));
  }
  SECTION("heights are left out") {
    CHECK(crs_of_text(crs_of_epsg(7415).wkt).name == "EPSG:28992");
  }
}

TEST_CASE("nothing else is taken for a reference system", "[geo][crs]") {
  for (const char* text :
       {"", "   ", "http://spatialreference.org/ref/epsg/25831/", "/etc/hostname", "file.prj",
        "+proj=utm +zone=31", "+init=epsg:4326", "WGS84", "EPSG:", "EPSG:4326x", "EPSG:99999999999",
        "PROJCS", "PROJCS[", "GEOGCS[\"x\"]", "{\"type\":\"GeographicCRS\"}",
        "LOCAL_CS[\"plan\",UNIT[\"metre\",1]]"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(crs_of_text(text), CrsError);
  }
  SECTION("nor a definition that names a grid file") {
    std::string grid = esri_utm31;
    grid.insert(grid.size() - 1,
                R"(,EXTENSION["PROJ4","+proj=utm +zone=31 +nadgrids=/etc/hostname"])");
    CHECK_THROWS_WITH(crs_of_text(grid), Catch::Matchers::Contains("grid files"));
  }
  SECTION("nor one without end") {
    CHECK_THROWS_AS(crs_of_text("PROJCS[\"" + std::string(100'000, 'x')), CrsError);
  }
}

TEST_CASE("properties say what a system can be used for", "[geo][crs]") {
  const CrsProperties degrees = crs_properties(crs_of_epsg(4326));
  CHECK(degrees.geographic);
  CHECK(degrees.metres_per_unit == 0.0);
  CHECK(degrees.bounds.min_x == -180.0);
  CHECK(degrees.bounds.max_y == 90.0);

  const CrsProperties utm = crs_properties(crs_of_epsg(25833));
  CHECK_FALSE(utm.geographic);
  CHECK(utm.metres_per_unit == 1.0);
  CHECK_FALSE(utm.web_mercator);
  CHECK(utm.bounds.min_x > 100e3);
  CHECK(utm.bounds.max_x < 900e3);
  CHECK(utm.label == "ETRS89 / UTM zone 33N");

  CHECK(crs_properties(crs_of_epsg(3857)).web_mercator);
  CHECK_THAT(crs_properties(crs_of_epsg(2263)).metres_per_unit, WithinAbs(0.3048006096, 1e-9));
  CHECK_THROWS_AS(crs_properties({}), CrsError);
}

TEST_CASE("a place gets its UTM zone", "[geo][crs]") {
  const auto name_at = [](double x, double y) { return projected_crs_for({x, y, x, y}).name; };
  CHECK(name_at(13.4, 52.5) == "EPSG:25833");    // Berlin
  CHECK(name_at(2.17, 41.4) == "EPSG:25831");    // Barcelona
  CHECK(name_at(-15.4, 28.1) == "EPSG:32628");   // Las Palmas
  CHECK(name_at(5.3, 60.4) == "EPSG:25832");     // Bergen, in the wide zone
  CHECK(name_at(15.6, 78.2) == "EPSG:25833");    // Longyearbyen
  CHECK(name_at(-74, 40.7) == "EPSG:32618");     // New York
  CHECK(name_at(-46.6, -23.5) == "EPSG:32723");  // Sao Paulo
  CHECK(name_at(180, 10) == "EPSG:32660");
  CHECK(name_at(-180, 10) == "EPSG:32601");
  CHECK(name_at(0, 89) == "EPSG:32661");
  CHECK(name_at(0, -89) == "EPSG:32761");
  CHECK_THROWS_AS(projected_crs_for({}), CrsError);
  CHECK_THROWS_AS(projected_crs_for({391000, 5819000, 392000, 5820000}), CrsError);
}

TEST_CASE("a layer is measured in its own system where that is true to scale", "[geo][crs]") {
  const Polygons berlin = polygons({{{closed(rectangle(13.4, 52.5, 13.5, 52.6))}}});
  CHECK(study_crs_for(
            {polygons({{{rectangle(391000, 5819000, 392000, 5820000)}}}), crs_of_epsg(25833)},
            {"a", ""})
            .value.name == "EPSG:25833");
  const Loaded<Crs> chosen = study_crs_for({berlin, crs_of_epsg(4326)}, {"a", ""});
  CHECK(chosen.value.name == "EPSG:25833");
  CHECK(find_kind(chosen.findings, "projected_for_measures", Severity::note) != nullptr);
  const Polygons screen = polygons({{{rectangle(1491681, 6891042, 1492681, 6892042)}}});
  CHECK(study_crs_for({screen, crs_of_epsg(3857)}, {"a", ""}).value.name == "EPSG:25833");
  CHECK_THROWS_AS(study_crs_for({Polygons{}, crs_of_epsg(4326)}, {"a", ""}), CrsError);
}
