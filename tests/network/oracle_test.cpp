#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/text.h"
#include "network/components.h"
#include "network/graphs.h"
#include "network/search.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::network;
using quartier::test::on_nodes;

namespace {

nlohmann::json json_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  return nlohmann::json::parse(in);
}

struct Csv {
  std::map<std::string, std::size_t> column;
  std::vector<std::vector<std::string>> rows;
  [[nodiscard]] double number(std::size_t row, const std::string& name) const {
    return *parse_number(rows[row][column.at(name)]);
  }
};

Csv csv_of(const std::filesystem::path& file) {
  Csv csv;
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  for (const auto name : split(trimmed(line), ',')) {
    csv.column.emplace(name, csv.column.size());
  }
  while (std::getline(in, line)) {
    csv.rows.emplace_back();
    for (const auto cell : split(trimmed(line), ',')) csv.rows.back().emplace_back(cell);
  }
  return csv;
}

SnappedPlaces every_node(std::size_t count) {
  std::vector<std::uint32_t> nodes(count);
  std::iota(nodes.begin(), nodes.end(), 0U);
  return on_nodes(std::move(nodes));
}

std::uint32_t mm(double metres) { return static_cast<std::uint32_t>(std::lround(metres * 1000.0)); }

}  // namespace

TEST_CASE("the tiny network", "[network][oracle]") {
  const auto file = quartier::test::shared("oracle/access/tiny/tiny.json");
  if (file.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const auto expected = json_of(file)["network"];
  std::vector<StreetEdge> edges;
  for (const auto& edge : expected["edges_undirected"])
    edges.push_back({edge[0], edge[1], edge[2]});
  const std::size_t n = expected["n"];
  const StreetGraph graph = StreetGraph::of(std::vector<Point>(n), edges);
  const SnappedPlaces origins = every_node(n);
  const SnappedPlaces zero = on_nodes({0});
  const SnappedPlaces both = on_nodes({0, 3});
  const test::Ways from_0 =
      test::ways_of(street_impedance(graph, origins, {&zero, {}}, Metres{0.007}));
  const test::Ways from_0_and_3 =
      test::ways_of(street_impedance(graph, origins, {&both, {}}, Metres{0.0}));
  const auto check = [&](const std::vector<double>& metres, const nlohmann::json& values) {
    for (std::size_t i = 0; i < n; ++i) {
      if (values[i].is_null()) {
        CHECK(metres[i] == unreachable);
      } else {
        CHECK(mm(metres[i]) == values[i].get<std::uint32_t>());
      }
    }
  };
  check(from_0.nearest_m, expected["dist"]);
  check(street_distances_m(graph, std::array{0U}), expected["dist"]);
  check(from_0_and_3.nearest_m, expected["nearest_from_sources_0_and_3"]);
  std::vector<std::uint32_t> within;
  for (const test::Way& reach : from_0.site(0)) within.push_back(reach.origin);
  CHECK(within == expected["within_cutoff_7_from_0"].get<std::vector<std::uint32_t>>());
}

TEST_CASE("walking in Porto Alegre", "[network][oracle]") {
  const auto folder = quartier::test::shared("oracle/access/poa");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const Csv node_table = csv_of(folder / "poa_walk_nodes.csv");
  const Csv edge_table = csv_of(folder / "poa_walk_edges.csv");
  const Csv hexes = csv_of(folder / "poa_hex_snapped.csv");
  const Csv values = csv_of(folder / "poa_walk_values.csv");
  // Metres on the tangent cylinder at 30 degrees south: good enough to find the nearest node.
  constexpr double radius = 6371008.8;
  const double degree = radius * std::acos(-1.0) / 180.0;
  const double squeeze = std::cos(30.05 / 180.0 * std::acos(-1.0));
  const auto place = [&](double lon, double lat) {
    return Point{lon * degree * squeeze, lat * degree};
  };
  std::vector<Point> nodes;
  for (std::size_t k = 0; k < node_table.rows.size(); ++k) {
    nodes.push_back(
        place(node_table.number(k, "lon_e7") / 1e7, node_table.number(k, "lat_e7") / 1e7));
  }
  std::vector<StreetEdge> edges;
  for (std::size_t k = 0; k < edge_table.rows.size(); ++k) {
    edges.push_back({static_cast<std::uint32_t>(edge_table.number(k, "a")),
                     static_cast<std::uint32_t>(edge_table.number(k, "b")),
                     static_cast<std::uint32_t>(edge_table.number(k, "mm"))});
  }
  const StreetGraph graph = StreetGraph::of(std::move(nodes), edges);
  const Components components = connected_components(graph);
  CHECK(components.count() == 58);
  CHECK(components.size[components.largest] == 37329);

  std::vector<Point> centres;
  std::vector<std::uint32_t> hex_nodes;
  for (std::size_t i = 0; i < hexes.rows.size(); ++i) {
    centres.push_back(place(hexes.number(i, "lon"), hexes.number(i, "lat")));
    hex_nodes.push_back(static_cast<std::uint32_t>(hexes.number(i, "node")));
  }
  const SnappedPlaces snapped = snap(graph, components, centres);
  std::size_t other_node = 0;
  for (std::size_t i = 0; i < centres.size(); ++i) {
    CHECK_THAT(snapped.leg[i] / 1000.0, WithinRel(hexes.number(i, "snap_m"), 5e-3) ||
                                            WithinAbs(hexes.number(i, "snap_m"), 0.01));
    if (snapped.node[i] != hex_nodes[i]) ++other_node;
  }
  CHECK(other_node <= 3);  // near ties, decided otherwise on the sphere

  const SnappedPlaces origins = on_nodes(hex_nodes);
  for (const std::string what : {"schools", "healthcare"}) {
    std::vector<std::uint32_t> site_nodes;
    std::vector<double> supply;
    for (std::size_t i = 0; i < hexes.rows.size(); ++i) {
      if (hexes.number(i, what) <= 0.0) continue;
      site_nodes.push_back(hex_nodes[i]);
      supply.push_back(hexes.number(i, what));
    }
    const SnappedPlaces sites = on_nodes(std::move(site_nodes));
    const test::Ways t =
        test::ways_of(street_impedance(graph, origins, {&sites, supply}, Metres{3200}));
    std::vector<double> within_800(origins.size(), 0.0);
    std::vector<double> within_3200(origins.size(), 0.0);
    for (std::size_t s = 0; s < sites.size(); ++s) {
      for (const test::Way& reach : t.site(s)) {
        within_3200[reach.origin] += supply[s];
        if (reach.metres <= 800.0) within_800[reach.origin] += supply[s];
      }
    }
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < origins.size(); ++i) {
      const double nearest = values.number(i, "nearest_" + what + "_mm");
      const bool right =
          nearest < 0.0 ? t.nearest_m[i] == unreachable : mm(t.nearest_m[i]) == nearest;
      if (!right || within_800[i] != values.number(i, "cum_" + what + "_800m") ||
          within_3200[i] != values.number(i, "cum_" + what + "_3200m")) {
        ++wrong;
      }
    }
    INFO(what);
    CHECK(wrong == 0);
  }
}
