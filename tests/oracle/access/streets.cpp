#include "oracle/access/streets.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/error.h"
#include "base/number.h"
#include "io/osm_streets.h"
#include "network/profile.h"
#include "oracle/access/compare.h"

namespace quartier::oracle {

using namespace network;

namespace {

constexpr double e7 = 1e7;

std::uint32_t whole_number(const Table& table, std::size_t row, const char* column) {
  const double value = table.number(row, table.column(column));
  if (!(value >= 0.0) || value >= 4294967295.0 || value != std::floor(value)) {
    throw InputError(table.file, "line " + std::to_string(table.lines[row]) + ", " + column +
                                     ": no whole number");
  }
  return static_cast<std::uint32_t>(value);
}

WalkNetwork of_extract(const std::filesystem::path& file) {
  const StreetNetwork streets = io::read_osm_streets(file).value.network;
  const TravelProfile on_foot{};
  WalkNetwork network;
  network.from_extract = true;
  network.graph = graph_of(streets, on_foot);
  for (const std::uint32_t node : graph_nodes(streets, on_foot)) {
    network.osm_ids.push_back(static_cast<double>(streets.node_ids[node]));
  }
  std::set<std::uint32_t> ways;
  for (const StreetSegment& segment : streets.segments) {
    if ((segment.use & (street_use::walk_forward | street_use::walk_backward)) != 0) {
      ways.insert(segment.source);
    }
  }
  network.ways = ways.size();
  network.label.resize(network.graph.size());
  std::iota(network.label.begin(), network.label.end(), 0.0);
  return network;
}

WalkNetwork of_tables(const Table& nodes, const Table& edges) {
  WalkNetwork network;
  std::map<double, Point> places;
  for (std::size_t row = 0; row < nodes.rows.size(); ++row) {
    places[nodes.number(row, nodes.column("idx"))] = {
        nodes.number(row, nodes.column("lon_e7")) / e7,
        nodes.number(row, nodes.column("lat_e7")) / e7};
  }
  std::vector<Point> points;
  std::map<double, std::uint32_t> position;
  for (const auto& [label, place] : places) {
    position[label] = static_cast<std::uint32_t>(points.size());
    network.label.push_back(label);
    points.push_back(place);
  }
  std::vector<StreetEdge> list;
  for (std::size_t row = 0; row < edges.rows.size(); ++row) {
    const auto a = position.find(whole_number(edges, row, "a"));
    const auto b = position.find(whole_number(edges, row, "b"));
    if (a == position.end() || b == position.end()) {
      throw InputError(edges.file, "line " + std::to_string(edges.lines[row]) + ": no such node");
    }
    list.push_back({a->second, b->second, whole_number(edges, row, "mm")});
  }
  network.graph = StreetGraph::of(std::move(points), list);
  return network;
}

/// The numbers of nodes as the table has them, found by the ids of the map.
void take_labels(WalkNetwork& network, const Table& nodes) {
  std::map<double, std::size_t> by_id;
  for (std::size_t n = 0; n < network.osm_ids.size(); ++n) by_id[network.osm_ids[n]] = n;
  std::fill(network.label.begin(), network.label.end(), undefined);
  for (std::size_t row = 0; row < nodes.rows.size(); ++row) {
    const auto found = by_id.find(nodes.number(row, nodes.column("osm_id")));
    if (found != by_id.end()) {
      network.label[found->second] = nodes.number(row, nodes.column("idx"));
    }
  }
}

/// The length of the street between two nodes; undefined where there is none.
double length_between(const StreetGraph& graph, std::uint32_t from, std::uint32_t to) {
  for (const StreetArc arc : graph.arcs_of(from)) {
    if (arc.to == to) return arc.cost;
  }
  return undefined;
}

void check_nodes(const Table& nodes, const WalkNetwork& network, Tally& tally) {
  const std::string file = nodes.file.filename().string() + ' ';
  const std::size_t idx = nodes.column("idx");
  const auto count = static_cast<double>(network.graph.size());
  compare(tally, "walk nodes", file + "rows", static_cast<double>(nodes.rows.size()),
          Closeness::whole, [&] { return count; });
  compare(tally, "walk nodes", file + "idx, each once", count, Closeness::whole,
          [&] { return static_cast<double>(network.node_at.size()); });
  const auto column = [&](const char* name, const auto& value) {
    if (!nodes.has(name)) return;
    Expected expected{references_of(nodes, nodes.column(name), idx), Closeness::whole};
    expected.where_empty = WhereEmpty::never;
    compare(tally, "walk nodes", file + name, expected, [&] {
      std::vector<double> ours;
      for (std::size_t row = 0; row < nodes.rows.size(); ++row) {
        const auto found = network.node_at.find(nodes.number(row, idx));
        ours.push_back(found == network.node_at.end() ? undefined : value(found->second));
      }
      return ours;
    });
  };
  column("osm_id", [&](std::uint32_t node) { return network.osm_ids[node]; });
  column("lon_e7",
         [&](std::uint32_t node) { return std::round(network.graph.nodes[node].x * e7); });
  column("lat_e7",
         [&](std::uint32_t node) { return std::round(network.graph.nodes[node].y * e7); });
}

void check_edges(const Table& edges, const WalkNetwork& network, Tally& tally) {
  const std::string file = edges.file.filename().string() + ' ';
  std::vector<Reference> references;
  std::vector<double> ours;
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::size_t row = 0; row < edges.rows.size(); ++row) {
    const auto a = network.node_at.find(whole_number(edges, row, "a"));
    const auto b = network.node_at.find(whole_number(edges, row, "b"));
    const bool known = a != network.node_at.end() && b != network.node_at.end();
    references.push_back(
        {"line " + std::to_string(edges.lines[row]), edges.number(row, edges.column("mm"))});
    ours.push_back(known ? length_between(network.graph, a->second, b->second) : undefined);
    if (known) pairs.insert(std::minmax(a->second, b->second));
  }
  compare(tally, "walk edges", file + "mm", {references, Closeness::whole}, [&] { return ours; });
  compare(tally, "walk edges", file + "a and b, each pair once", static_cast<double>(pairs.size()),
          Closeness::whole, [&] { return static_cast<double>(network.graph.arcs.size()) / 2.0; });
}

}  // namespace

std::optional<WalkNetwork> read_walk_network(const AccessFolder& folder) {
  const auto extract = folder.file("osm.pbf");
  const auto nodes = folder.file("walk_nodes.csv");
  const auto edges = folder.file("walk_edges.csv");
  if (!extract && (!nodes || !edges)) return std::nullopt;
  WalkNetwork network =
      extract ? of_extract(*extract) : of_tables(read_table(*nodes), read_table(*edges));
  if (extract && nodes) take_labels(network, read_table(*nodes));
  for (std::uint32_t node = 0; node < network.label.size(); ++node) {
    if (is_defined(network.label[node])) network.node_at[network.label[node]] = node;
  }
  network.components = connected_components(network.graph);
  return network;
}

SnappedPlaces on_streets(const WalkNetwork& network, const std::vector<Point>& places) {
  SnapOptions options;
  options.count_leg = false;
  options.straight = Straight::sphere;
  return snap(network.graph, network.components, places, options);
}

void check_nodes_and_edges(const AccessFolder& folder, const WalkNetwork& network, Tally& tally) {
  if (!network.from_extract) return;
  if (const auto file = folder.file("walk_nodes.csv"))
    check_nodes(read_table(*file), network, tally);
  if (const auto file = folder.file("walk_edges.csv"))
    check_edges(read_table(*file), network, tally);
}

}  // namespace quartier::oracle
