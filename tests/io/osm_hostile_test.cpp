/// Extracts that are cut off, damaged or made to harm: an error or a finding, never a crash.
#include <fstream>
#include <string>

#include "base/error.h"
#include "base/random.h"
#include "io/osm_check.h"
#include "io/osm_streets.h"
#include "io/osm_writer.h"
#include "layer_support.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::io;

namespace {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// An extract of a grid of streets, in several blobs where `side` is large.
std::string grid_extract(const test::ScratchFolder& scratch, std::uint32_t side, bool compressed) {
  std::vector<Point> places;
  std::vector<OsmWayText> ways;
  for (std::uint32_t v = 0; v < side * side; ++v) {
    places.push_back({2.0 + 0.001 * (v % side), 41.0 + 0.001 * (v / side)});
  }
  for (std::uint32_t y = 0; y < side; ++y) {
    OsmWayText row{{}, {{"highway", "residential"}, {"name", "Row " + std::to_string(y)}}};
    OsmWayText column{{}, {{"highway", "footway"}, {"maxspeed", "30"}}};
    for (std::uint32_t x = 0; x < side; ++x) {
      row.nodes.push_back(y * side + x);
      column.nodes.push_back(x * side + y);
    }
    ways.push_back(std::move(row));
    ways.push_back(std::move(column));
  }
  const auto file = scratch.path() / "grid.osm.pbf";
  write_osm_pbf(file, places, ways, compressed);
  return bytes_of(file);
}

/// Reads the bytes as an extract. @returns true where they are refused
bool is_refused(const test::ScratchFolder& scratch, const std::string& bytes) {
  const auto file = scratch.path() / "hostile.osm.pbf";
  std::ofstream(file, std::ios::binary) << bytes;
  try {
    const Loaded<RawStreets> streets = read_osm_streets(file);
    for (const Ledger& ledger : streets.value.ledgers) REQUIRE(ledger.closes());
    const StreetNetwork& network = streets.value.network;
    for (const StreetSegment& segment : network.segments) {
      REQUIRE(std::max(segment.from, segment.to) < network.nodes.size());
      REQUIRE(segment.length_mm > 0);
    }
    return false;
  } catch (const InputError&) {
    return true;
  }
}

}  // namespace

TEST_CASE("extracts of the collection of bad input", "[io][osm][badinput]") {
  const auto folder = test::shared("badinput/files");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  CHECK_THROWS_AS(read_osm_streets(folder / "osm_blob_size_lie.osm.pbf"), InputError);
  CHECK_THROWS_AS(read_osm_streets(folder / "osm_not_pbf.osm.pbf"), InputError);
  const auto loaded = read_osm_streets(folder / "osm_missing_nodes.osm");
  CHECK(loaded.value.network.segments.empty());
  CHECK(test::find_kind(loaded.findings, "osm_coordinate")->count == 1);
  test::check_ledgers(loaded.value.ledgers);
}

TEST_CASE("extracts cut off anywhere", "[io][osm][badinput]") {
  const test::ScratchFolder scratch;
  const std::string whole = grid_extract(scratch, 12, true);
  CHECK_FALSE(is_refused(scratch, whole));
  std::size_t refused = 0;
  std::size_t cut = 0;
  for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 120) {
    refused += is_refused(scratch, whole.substr(0, size)) ? 1 : 0;
    ++cut;
  }
  CHECK(cut > 100);
  // Between two of its three blobs an extract may end: that is a smaller extract.
  CHECK(refused + 2 >= cut);
}

TEST_CASE("extracts with flipped bits", "[io][osm][badinput]") {
  const test::ScratchFolder scratch;
  for (const bool compressed : {true, false}) {
#ifdef __SANITIZE_ADDRESS__
    // Without a checksum libosmium adds up whatever it reads, beyond the range of whole numbers.
    if (!compressed) continue;
#endif
    const std::string whole = grid_extract(scratch, 12, compressed);
    RandomStream random(41, compressed ? 1 : 2);
    std::size_t refused = 0;
    constexpr std::size_t rounds = 300;
    for (std::size_t round = 0; round < rounds; ++round) {
      std::string bytes = whole;
      const std::uint32_t flips = 1 + random.below(3);
      for (std::uint32_t f = 0; f < flips; ++f) {
        const std::uint32_t at = random.below(static_cast<std::uint32_t>(bytes.size()));
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
      }
      refused += is_refused(scratch, bytes) ? 1 : 0;
    }
    CAPTURE(compressed);
    // Checksums tell nearly all; without compression a flipped coordinate is another coordinate.
    CHECK(refused > (compressed ? rounds * 9 / 10 : rounds / 20));
  }
}

TEST_CASE("sizes beyond the limits of the format, and nothing at all", "[io][osm][badinput]") {
  const test::ScratchFolder scratch;
  CHECK(is_refused(scratch, ""));
  CHECK(is_refused(scratch, std::string(3, '\0')));
  CHECK(is_refused(scratch, std::string(1000, '\0')));
  CHECK(is_refused(scratch, std::string("\x00\x01\x00\x01", 4) + std::string(70'000, 'x')));
  // A blob header of 14 bytes that announces a blob of 2 GiB.
  const std::string header("\x0A\x09OSMHeader\x18\xFF\xFF\xFF\xFF\x07", 17);
  CHECK(is_refused(scratch, std::string("\x00\x00\x00\x11", 4) + header));
  // A blob that says it unpacks to 1 GiB: field 2 (raw size), then packed data that is none.
  const std::string blob("\x10\x80\x80\x80\x80\x04\x1A\x02\x78\x9C", 10);
  const std::string small("\x0A\x09OSMHeader\x18\x0A", 13);
  CHECK(is_refused(scratch, std::string("\x00\x00\x00\x0D", 4) + small + blob));

  SECTION("a length of zero in the middle does not end the file in silence") {
    std::string bytes = grid_extract(scratch, 12, true);
    bytes.insert(bytes.size() / 2, std::string(4, '\0'));
    CHECK(is_refused(scratch, bytes));
    CHECK(is_refused(scratch, grid_extract(scratch, 12, true) + std::string(4, '\0') + "rest"));
    CHECK(is_refused(scratch, grid_extract(scratch, 12, true) + "xy"));
  }
}

TEST_CASE("XML that means harm", "[io][osm][badinput]") {
  const test::ScratchFolder scratch;
  const auto read = [&](const std::string& text) {
    const auto file = scratch.path() / "x.osm";
    std::ofstream(file) << text;
    return read_osm_streets(file);
  };
  CHECK_THROWS_AS(read("<!DOCTYPE osm [<!ENTITY a \"b\">]><osm>&a;</osm>"), InputError);
  CHECK_THROWS_AS(read("<osm><way id=\"1\"><nd ref=\"99999999999999999999\"/></way></osm>"),
                  InputError);
  CHECK_THROWS_AS(read("<osm><way id=\"1\">"), InputError);
  const auto odd = read(
      "<osm><way id=\"-9223372036854775808\"><nd ref=\"-1\"/><nd ref=\"-2\"/>"
      "<tag k=\"highway\"/><tag v=\"path\"/><tag k=\"highway\" v=\"path\"/></way>"
      "<node id=\"-1\" lat=\"1e-300\" lon=\"179.99999999\"/>"
      "<node id=\"-2\" lat=\"nan\" lon=\"0\"/></osm>");
  CHECK(odd.value.network.segments.empty());
  test::check_ledgers(odd.value.ledgers);
}
