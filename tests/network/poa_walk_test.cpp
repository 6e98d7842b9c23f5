/// The walk network of Porto Alegre, from the extract to the graph, against the reference values.
#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "io/osm_streets.h"
#include "network/components.h"
#include "network/profile.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::network;

namespace {

/// Rows of whole numbers below a header.
std::vector<std::vector<std::int64_t>> read_whole_numbers(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  std::vector<std::vector<std::int64_t>> rows;
  while (std::getline(in, line)) {
    std::vector<std::int64_t> row;
    for (std::size_t at = 0; at < line.size();) {
      std::size_t used = 0;
      row.push_back(std::stoll(line.substr(at), &used));
      at += used + 1;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

TEST_CASE("every node and every edge of the reference walk network", "[network][io][oracle]") {
  const auto folder = test::shared("oracle/access/poa");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const auto nodes = read_whole_numbers(folder / "poa_walk_nodes.csv");
  const auto edges = read_whole_numbers(folder / "poa_walk_edges.csv");
  const Loaded<io::RawStreets> streets = io::read_osm_streets(folder / "poa_osm.pbf");
  const StreetNetwork& network = streets.value.network;
  const std::vector<std::uint32_t> of_network = graph_nodes(network, {});
  const StreetGraph graph = graph_of(network, {});

  REQUIRE(nodes.size() == 37'879);
  REQUIRE(graph.size() == nodes.size());
  REQUIRE(of_network.size() == nodes.size());
  std::size_t same_nodes = 0;
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    const Point place = graph.nodes[n];
    same_nodes += nodes[n] == std::vector<std::int64_t>{static_cast<std::int64_t>(n),
                                                        network.node_ids[of_network[n]],
                                                        std::llround(place.x * 1e7),
                                                        std::llround(place.y * 1e7)}
                      ? 1
                      : 0;
  }
  CHECK(same_nodes == nodes.size());

  std::vector<std::vector<std::int64_t>> found;
  for (std::size_t a = 0; a < graph.size(); ++a) {
    for (const StreetArc arc : graph.arcs_of(a)) {
      if (a < arc.to) found.push_back({static_cast<std::int64_t>(a), arc.to, arc.cost});
    }
  }
  REQUIRE(edges.size() == 44'969);
  CHECK(graph.arcs.size() == 2 * edges.size());
  CHECK(found == edges);
  CHECK(graph.symmetric);
  const Components components = connected_components(graph);
  CHECK(components.count() == 58);
  CHECK(components.size[components.largest] == 37'329);
  for (const Ledger& ledger : streets.value.ledgers) CHECK(ledger.closes());

  SECTION("the same for any number of threads") {
    for (const std::size_t threads : {1U, 2U, 7U}) {
      set_thread_count(threads);
      const StreetNetwork again = io::read_osm_streets(folder / "poa_osm.pbf").value.network;
      CHECK(again.node_ids == network.node_ids);
      CHECK(again.names == network.names);
      REQUIRE(again.segments.size() == network.segments.size());
      CHECK(std::equal(again.segments.begin(), again.segments.end(), network.segments.begin(),
                       [](const StreetSegment& a, const StreetSegment& b) {
                         return a.from == b.from && a.to == b.to && a.length_mm == b.length_mm &&
                                a.use == b.use && a.drive_kmh == b.drive_kmh &&
                                a.street == b.street && a.source == b.source;
                       }));
    }
    set_thread_count(0);
  }
  SECTION("cars and bicycles go one way where the map says so") {
    for (const TravelMode mode : {TravelMode::cycle, TravelMode::drive}) {
      const StreetGraph directed = graph_of(network, {.mode = mode, .unit = CostUnit::second});
      CHECK_FALSE(directed.symmetric);
      CHECK(directed.size() > 20'000);
    }
  }
}
