#include "io/osm_check.h"

#include <fstream>
#include <string>

#include "base/error.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::io;

namespace {

Loaded<OsmSummary> checked(const test::ScratchFolder& scratch, const std::string& body) {
  const auto file = scratch.path() / "x.osm";
  std::ofstream(file) << body;
  return check_osm(file);
}

}  // namespace

TEST_CASE("an extract is counted, its references followed", "[io][osm]") {
  const test::ScratchFolder scratch;
  // Ways before nodes: the order does not matter.
  const auto loaded = checked(scratch, R"(<?xml version="1.0"?><osm version="0.6">
    <way id="7"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way>
    <way id="8"><nd ref="2"/><nd ref="9"/></way>
    <node id="1" lat="52.5" lon="13.4"><tag k="highway" v="crossing"/></node>
    <node id="2" lat="-90" lon="180"/>
    <node id="3" lat="52.5" lon="180.1"/>
    <node id="4"/>
    <relation id="1"/></osm>)");
  const OsmSummary& summary = loaded.value;
  CHECK(summary.nodes == 4);
  CHECK(summary.ways == 2);
  CHECK(summary.relations == 1);
  CHECK(summary.street_ways == 1);
  CHECK(summary.dangling_references == 1);
  CHECK(summary.node_ledger.rejected == 2);
  CHECK(summary.way_ledger.used == 1);
  CHECK(summary.way_ledger.excluded == 1);
  CHECK(summary.node_ledger.closes());
  CHECK(summary.way_ledger.closes());
}

TEST_CASE("XML that is cut off, foreign or clever is refused", "[io][osm]") {
  const test::ScratchFolder scratch;
  CHECK_THROWS_AS(checked(scratch, "<osm><node id=\"1\""), InputError);
  CHECK_THROWS_AS(checked(scratch, "<gpx/>"), InputError);
  CHECK_THROWS_AS(checked(scratch, "<osm><node id=\"x\" lat=\"1\" lon=\"1\"/></osm>"), InputError);
  CHECK_THROWS_AS(checked(scratch, "<!DOCTYPE osm [<!ENTITY a \"b\">]><osm>&a;</osm>"), InputError);
  CHECK_THROWS_AS(check_osm(scratch.path() / "x.gz"), InputError);
}

TEST_CASE("a real extract in PBF", "[io][osm]") {
  const auto file = test::shared("data/berlin/network/berlin_tiergarten_sample.osm.pbf");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const auto loaded = check_osm(file);
  CHECK(loaded.value.nodes == 5117);
  CHECK(loaded.value.ways == 418);
  // 141 lines and five squares that are areas.
  CHECK(loaded.value.street_ways == 146);
  CHECK_FALSE(any_rejected(loaded.findings));
}
