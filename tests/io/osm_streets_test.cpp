#include "io/osm_streets.h"

#include <fstream>
#include <string>

#include "base/error.h"
#include "io/osm_check.h"
#include "io/osm_speeds.h"
#include "io/osm_tags.h"
#include "io/osm_writer.h"
#include "layer_support.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::io;

namespace {

using Tags = std::vector<OsmTag>;

constexpr std::uint8_t walk = street_use::walk_forward | street_use::walk_backward;
constexpr std::uint8_t cycle = street_use::cycle_forward | street_use::cycle_backward;
constexpr std::uint8_t drive = street_use::drive_forward | street_use::drive_backward;

std::uint8_t use_of(const Tags& tags) { return street_of(tags).use; }

Loaded<RawStreets> streets_of_xml(const test::ScratchFolder& scratch, const std::string& body) {
  const auto file = scratch.path() / "x.osm";
  std::ofstream(file) << "<osm version=\"0.6\">" << body << "</osm>";
  return read_osm_streets(file);
}

}  // namespace

TEST_CASE("who may use a way", "[io][osm]") {
  CHECK(use_of({{"building", "yes"}}) == 0);
  CHECK(use_of({{"highway", "proposed"}}) == 0);
  CHECK(use_of({{"highway", "residential"}}) == street_use::everything);
  CHECK(use_of({{"highway", "residential"}, {"area", "yes"}}) == 0);
  CHECK(use_of({{"highway", "motorway"}}) == street_use::drive_forward);
  CHECK(use_of({{"highway", "motorway_link"}}) == drive);
  CHECK(use_of({{"highway", "footway"}}) == walk);
  CHECK(use_of({{"highway", "steps"}, {"bicycle", "yes"}}) == walk);
  CHECK(use_of({{"highway", "cycleway"}}) == (walk | cycle));
  CHECK(use_of({{"highway", "track"}}) == (walk | cycle));
  CHECK(use_of({{"highway", "track"}, {"motor_vehicle", "yes"}}) == street_use::everything);

  SECTION("walking: access is lifted by foot, foot=no bars") {
    CHECK(use_of({{"highway", "service"}, {"access", "private"}}) == 0);
    CHECK(use_of({{"highway", "service"}, {"access", "private"}, {"foot", "permissive"}}) == walk);
    CHECK(use_of({{"highway", "service"}, {"access", "no"}, {"foot", "destination"}}) == 0);
    CHECK(use_of({{"highway", "service"}, {"access", "customers"}}) == street_use::everything);
    CHECK(use_of({{"highway", "primary"}, {"foot", "no"}}) == (cycle | drive));
    // The reference networks know neither foot=private nor vehicle=no.
    CHECK((use_of({{"highway", "path"}, {"foot", "private"}}) & walk) == walk);
    CHECK(use_of({{"highway", "residential"}, {"vehicle", "no"}}) == walk);
  }
  SECTION("cycling and driving: the most particular key decides") {
    CHECK(use_of({{"highway", "footway"}, {"bicycle", "designated"}}) == (walk | cycle));
    CHECK(use_of({{"highway", "footway"}, {"access", "yes"}}) == walk);
    CHECK(use_of({{"highway", "residential"}, {"vehicle", "no"}, {"bicycle", "yes"}}) ==
          (walk | cycle));
    CHECK(use_of({{"highway", "secondary"}, {"bicycle", "use_sidepath"}}) == (walk | drive));
    CHECK(use_of({{"highway", "residential"}, {"motor_vehicle", "no"}}) == (walk | cycle));
    CHECK(use_of({{"highway", "residential"}, {"motor_vehicle", "no"}, {"motorcar", "yes"}}) ==
          street_use::everything);
    CHECK(use_of({{"highway", "trunk"}, {"motorroad", "yes"}, {"foot", "no"}}) == drive);
  }
  SECTION("directions") {
    using namespace street_use;
    CHECK(use_of({{"highway", "residential"}, {"oneway", "yes"}}) ==
          (walk | cycle_forward | drive_forward));
    CHECK(use_of({{"highway", "residential"}, {"oneway", "-1"}}) ==
          (walk | cycle_backward | drive_backward));
    CHECK(use_of({{"highway", "residential"}, {"oneway", "1"}, {"oneway:bicycle", "no"}}) ==
          (walk | cycle | drive_forward));
    CHECK(use_of({{"highway", "residential"}, {"oneway", "yes"}, {"cycleway:left", "opposite"}}) ==
          (walk | cycle | drive_forward));
    CHECK(use_of({{"highway", "residential"}, {"oneway:bicycle", "yes"}}) ==
          (walk | cycle_forward | drive));
    CHECK(use_of({{"highway", "primary"}, {"junction", "roundabout"}}) ==
          (walk | cycle_forward | drive_forward));
    CHECK(use_of({{"highway", "motorway"}, {"oneway", "no"}}) == drive);
  }
  SECTION("what else is known of a way") {
    CHECK(street_of(Tags{{"highway", "steps"}}).steps);
    CHECK_FALSE(street_of(Tags{{"highway", "path"}, {"wheelchair", "no"}}).wheelchair);
    CHECK(street_of(Tags{{"highway", "path"}, {"wheelchair", "limited"}}).wheelchair);
    CHECK(street_of(Tags{{"highway", "cycleway"}}).cycle_track);
    CHECK(street_of(Tags{{"highway", "path"}, {"bridge", "yes"}}).off_ground);
    CHECK_FALSE(street_of(Tags{{"highway", "path"}, {"tunnel", "no"}}).off_ground);
  }
}

TEST_CASE("speeds of cars", "[io][osm]") {
  CHECK(kmh_of_maxspeed("50") == 50);
  CHECK(kmh_of_maxspeed("30 mph") == 48);
  CHECK(kmh_of_maxspeed("30mph") == 48);
  CHECK(kmh_of_maxspeed("70 km/h") == 70);
  CHECK(kmh_of_maxspeed("60;30") == 30);
  CHECK(kmh_of_maxspeed("signals;30") == 30);
  CHECK(kmh_of_maxspeed("none") == 130);
  CHECK(kmh_of_maxspeed("walk") == 7);
  CHECK(kmh_of_maxspeed("DE:urban") == 50);
  CHECK(kmh_of_maxspeed("DE:rural") == 100);
  CHECK(kmh_of_maxspeed("NL:rural") == 80);
  CHECK(kmh_of_maxspeed("XX:rural") == 90);
  CHECK(kmh_of_maxspeed("FR:motorway") == 130);
  CHECK(kmh_of_maxspeed("GB:nsl_single") == 97);
  CHECK(kmh_of_maxspeed("UK:urban") == 48);
  CHECK(kmh_of_maxspeed("DE:zone:30") == 30);
  CHECK(kmh_of_maxspeed("BE:zone30") == 30);
  CHECK(kmh_of_maxspeed("9999") == 255);
  for (const char* text : {"", "signals", "variable", "0", "-5", "nan", "inf", "fast", "50 knots",
                           ":", ";", "DE:", "DE:zone", "5 0"}) {
    CAPTURE(text);
    CHECK_FALSE(kmh_of_maxspeed(text).has_value());
  }
  CHECK(street_of(Tags{{"highway", "residential"}}).drive_kmh == 30);
  CHECK(street_of(Tags{{"highway", "residential"}, {"maxspeed", "20"}}).drive_kmh == 20);
  CHECK(street_of(Tags{{"highway", "primary"}, {"maxspeed", "signals"}}).drive_kmh == 50);
  CHECK(street_of(Tags{{"highway", "primary"}, {"maxspeed", "signals"}}).unread_speed);
  CHECK(street_of(Tags{{"highway", "footway"}, {"maxspeed", "20"}}).drive_kmh == 0);
}

TEST_CASE("a clipped extract with every oddity is read, counted and told", "[io][osm]") {
  const test::ScratchFolder scratch;
  // Ways before nodes, nodes out of order: the order does not matter.
  const auto loaded = streets_of_xml(scratch, R"(
    <way id="70"><nd ref="5"/><nd ref="3"/><nd ref="9"/><nd ref="1"/><nd ref="2"/><nd ref="2"/>
      <tag k="highway" v="residential"/><tag k="name" v="Calle de Ñ"/><tag k="maxspeed" v="fast"/></way>
    <way id="71"><nd ref="3"/><nd ref="8"/><tag k="highway" v="path"/></way>
    <way id="72"><nd ref="1"/><nd ref="2"/><tag k="building" v="yes"/></way>
    <way id="73"><nd ref="1"/><nd ref="7"/><tag k="highway" v="path"/><tag k="name" v="Calle de Ñ"/></way>
    <node id="5" lat="0" lon="0.001"/><node id="3" lat="0" lon="0"/><node id="1" lat="10" lon="20"/>
    <node id="2" lat="10.00001" lon="20"/><node id="4" lat="1" lon="1"/>
    <node id="8" lat="99" lon="1"/><node id="3" lat="9" lon="9"/><node id="7" lat="60" lon="-120"/>
    <relation id="1"><member type="way" ref="70" role=""/></relation>)");
  const StreetNetwork& network = loaded.value.network;
  CHECK(network.node_ids == std::vector<std::int64_t>{1, 2, 3, 5});
  REQUIRE(network.segments.size() == 2);
  // 0.001 degrees of the equator: 6,371,008.8 m · π / 180,000 = 111.195 m.
  CHECK(network.segments[0].length_mm == 111'195);
  CHECK(network.segments[0].from == 3);
  CHECK(network.segments[0].to == 2);
  CHECK(network.segments[1].length_mm == 1'112);
  CHECK(network.names == std::vector<std::string>{"Calle de Ñ"});
  CHECK(network.sources[network.segments[1].source] == "70");
  CHECK(network.nodes[0] == Point{20.0, 10.0});
  CHECK(loaded.value.crs == "EPSG:4326");
  test::check_ledgers(loaded.value.ledgers);
  test::check_kinds(loaded.findings);
  CHECK(loaded.value.ledgers[0].read == 8);
  CHECK(loaded.value.ledgers[0].used == 4);
  CHECK(loaded.value.ledgers[0].rejected == 2);
  CHECK(loaded.value.ledgers[1].used == 2);
  CHECK(test::find_kind(loaded.findings, "osm_dangling_reference")->count == 2);
  CHECK(test::find_kind(loaded.findings, "osm_short_way")->count == 1);
  CHECK(test::find_kind(loaded.findings, "osm_coordinate")->count == 1);
  CHECK(test::find_kind(loaded.findings, "repeated_node")->count == 1);
  CHECK(test::find_kind(loaded.findings, "osm_speed_unread")->count == 1);
  CHECK(test::find_kind(loaded.findings, "street_too_long")->count == 1);
}

TEST_CASE("an extract without streets is told", "[io][osm]") {
  const test::ScratchFolder scratch;
  const auto loaded = streets_of_xml(scratch, "<node id=\"1\" lat=\"1\" lon=\"1\"/>");
  CHECK(loaded.value.network.segments.empty());
  CHECK(test::find_kind(loaded.findings, "empty_layer") != nullptr);
}

TEST_CASE("what is written is read again, and has the same bytes", "[io][osm]") {
  const test::ScratchFolder scratch;
  const std::vector<Point> places{{2.1, 41.4}, {2.1001, 41.4}, {2.1001, 41.4001}, {-180.0, -90.0}};
  const std::vector<OsmWayText> ways{{{0, 1}, {{"highway", "steps"}}},
                                     {{1, 2, 0}, {{"highway", "service"}, {"name", "Été"}}}};
  const auto file = scratch.path() / "a.osm.pbf";
  write_osm_pbf(file, places, ways);
  write_osm_pbf(scratch.path() / "b.osm.pbf", places, ways);
  const auto bytes = [](const std::filesystem::path& of) {
    std::ifstream in(of, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  CHECK(bytes(file) == bytes(scratch.path() / "b.osm.pbf"));
  CHECK(check_osm(file).value.nodes == 4);
  const auto loaded = read_osm_streets(file);
  CHECK(loaded.findings.empty());
  CHECK(loaded.value.network.nodes == std::vector<Point>(places.begin(), places.begin() + 3));
  REQUIRE(loaded.value.network.segments.size() == 3);
  CHECK(loaded.value.network.segments[0].steps);
  CHECK(loaded.value.network.names == std::vector<std::string>{"Été"});
  CHECK_THROWS_AS(write_osm_pbf(file, std::vector<Point>{{181.0, 0.0}}, {}), InputError);
}

TEST_CASE("a layer of extracts is known by its extension", "[io][osm][layers]") {
  const test::ScratchFolder scratch;
  const auto definition = [&](const std::string& text) {
    const auto file = scratch.path() / "streets.toml";
    std::ofstream(file) << "id = \"s\"\ntitle = \"t\"\npublisher = \"p\"\nlicence = \"l\"\n"
                        << "attribution = \"a\"\n"
                        << text;
    return load_layer_definition(file);
  };
  const std::string pattern = "[[file]]\npattern = \"x.osm.pbf\"\n";
  CHECK(definition("kind = \"streets\"\n" + pattern).format == LayerFormat::osm);
  CHECK(
      definition("kind = \"streets\"\nformat = \"osm\"\n[[file]]\npattern = \"*.bin\"\n").format ==
      LayerFormat::osm);
  CHECK_THROWS_AS(definition("kind = \"services\"\nformat = \"osm\"\n" + pattern), InputError);
  CHECK_THROWS_AS(definition("kind = \"streets\"\n" + pattern + pattern), InputError);

  write_osm_pbf(scratch.path() / "x.osm.pbf", std::vector<Point>{{2.1, 41.4}, {2.2, 41.4}},
                std::vector<OsmWayText>{{{0, 1}, {{"highway", "path"}}}});
  const LayerDefinition layer = definition("kind = \"streets\"\n" + pattern);
  const auto streets = read_street_extract(layer, find_layer_files(layer, scratch.path()));
  CHECK(streets.value.layer == "s");
  CHECK(streets.value.network.segments.size() == 1);
}

TEST_CASE("a street extract of Berlin", "[io][osm][data]") {
  if (test::no_cities()) return;
  const auto loaded =
      read_osm_streets(test::shared("data/berlin/network/berlin_tiergarten_sample.osm.pbf"));
  test::check_ledgers(loaded.value.ledgers);
  test::check_kinds(loaded.findings);
  CHECK(loaded.value.ledgers[0].read == 5117);
  CHECK(loaded.value.network.segments.size() > 400);
}
