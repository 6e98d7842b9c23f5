#include "io/street_table.h"

#include <cmath>
#include <limits>
#include <optional>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"
#include "io/table_findings.h"

namespace quartier::io {
namespace {

/// Longer segments are refused: their length in millimetres would not fit.
constexpr double longest_segment_m = 4'000'000.0;

Ledger ledger_of(const LayerDefinition& layer, const RawTable& table, std::string unit) {
  Ledger ledger;
  ledger.file = table.file();
  ledger.layer = layer.id;
  ledger.unit = std::move(unit);
  ledger.read = table.rows_read();
  ledger.rejected = table.broken().size();
  return ledger;
}

using NodePlaces = std::unordered_map<std::string, std::uint32_t>;

NodePlaces read_nodes(const LayerDefinition& layer, const RawTable& table, RawStreets& streets,
                      FindingTally& tally) {
  Ledger ledger = ledger_of(layer, table, "nodes");
  const std::size_t id = table.at(layer.streets.node_id);
  const std::size_t x = table.at(layer.streets.x);
  const std::size_t y = table.at(layer.streets.y);
  NodePlaces places;
  places.reserve(table.row_count());
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::optional<double> east = parse_number(table.cell(row, x));
    const std::optional<double> north = parse_number(table.cell(row, y));
    if (!east || !north) {
      tally.add("bad_coordinate", Severity::rejected, "nodes without coordinates are not used",
                table.place(row));
      ++ledger.rejected;
      continue;
    }
    const auto [place, is_new] = places.emplace(std::string(table.cell(row, id)),
                                                static_cast<std::uint32_t>(streets.nodes.size()));
    if (!is_new) {
      tally.add("repeated_node", Severity::rejected, "nodes that are there a second time",
                table.place(row) + ", id " + display_safe(place->first));
      ++ledger.rejected;
      continue;
    }
    streets.node_ids.push_back(place->first);
    streets.nodes.push_back({*east, *north});
    ++ledger.used;
  }
  streets.ledgers.push_back(std::move(ledger));
  return places;
}

void read_edges(const LayerDefinition& layer, const RawTable& table, const NodePlaces& places,
                RawStreets& streets, FindingTally& tally) {
  Ledger ledger = ledger_of(layer, table, "edges");
  const std::size_t from = table.at(layer.streets.from);
  const std::size_t to = table.at(layer.streets.to);
  const std::size_t length = table.at(layer.streets.length_m);
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto first = places.find(std::string(table.cell(row, from)));
    const auto last = places.find(std::string(table.cell(row, to)));
    if (first == places.end() || last == places.end()) {
      tally.add("street_dangling", Severity::rejected,
                "segments that name a node which is not there are not used", table.place(row));
      ++ledger.rejected;
      continue;
    }
    const std::optional<double> metres = parse_number(table.cell(row, length));
    if (!metres || *metres < 0.0 || *metres > longest_segment_m) {
      tally.add("not_a_number", Severity::rejected, "segments without a usable length are not used",
                table.place(row));
      ++ledger.rejected;
      continue;
    }
    const Point a = streets.nodes[first->second];
    const Point b = streets.nodes[last->second];
    const double straight = std::hypot(b.x - a.x, b.y - a.y);
    if (first == last) {
      tally.add("street_loop", Severity::note,
                "segments that end where they begin lead nowhere and are left out",
                table.place(row));
      ++ledger.excluded;
      continue;
    }
    if (*metres < straight * 0.99 - 1.0) {
      tally.add("street_too_short", Severity::warning,
                "segments shorter than the straight line between their ends are used as they stand",
                table.place(row));
    }
    streets.edges.push_back(
        {first->second, last->second, static_cast<std::uint32_t>(std::llround(*metres * 1000.0))});
    ++ledger.used;
  }
  streets.ledgers.push_back(std::move(ledger));
}

}  // namespace

Loaded<RawStreets> streets_of_tables(const LayerDefinition& layer, const RawTable& nodes,
                                     const RawTable& edges) {
  Loaded<RawStreets> streets;
  streets.value.layer = layer.id;
  streets.value.crs = layer.streets.crs;
  FindingTally of_nodes(nodes.file(), layer.id);
  const NodePlaces places = read_nodes(layer, nodes, streets.value, of_nodes);
  append(streets.findings, of_nodes.take());
  FindingTally of_edges(edges.file(), layer.id);
  read_edges(layer, edges, places, streets.value, of_edges);
  append(streets.findings, of_edges.take());
  append(streets.findings, notices_for(layer, {std::string()}));
  return streets;
}

Loaded<RawStreets> read_street_tables(const LayerDefinition& layer,
                                      std::span<const LayerFile> files) {
  const LayerFile* nodes = nullptr;
  const LayerFile* edges = nullptr;
  for (const LayerFile& file : files) {
    if (file.part == "nodes") nodes = &file;
    if (file.part == "edges") edges = &file;
  }
  if (nodes == nullptr || edges == nullptr) {
    throw InputError("layer '" + layer.id +
                     "': a street table needs a file of part \"nodes\" and one "
                     "of part \"edges\"");
  }
  Loaded<RawTable> node_table = read_table(nodes->path, nodes->name, layer.text);
  Loaded<RawTable> edge_table = read_table(edges->path, edges->name, layer.text);
  Loaded<RawStreets> streets = streets_of_tables(layer, node_table.value, edge_table.value);
  append(node_table.findings, std::move(edge_table.findings));
  append(node_table.findings, std::move(streets.findings));
  streets.findings = std::move(node_table.findings);
  return streets;
}

}  // namespace quartier::io
