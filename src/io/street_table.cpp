#include "io/street_table.h"

#include <algorithm>
#include <cmath>
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
    const auto [place, is_new] = places.emplace(
        std::string(table.cell(row, id)), static_cast<std::uint32_t>(streets.network.nodes.size()));
    if (!is_new) {
      tally.add("repeated_node", Severity::rejected, "nodes that are there a second time",
                table.place(row) + ", id " + display_safe(place->first));
      ++ledger.rejected;
      continue;
    }
    streets.network.nodes.push_back({*east, *north});
    ++ledger.used;
  }
  streets.ledgers.push_back(std::move(ledger));
  return places;
}

/// What the columns beside the ends and the length say of a segment.
class SegmentColumns {
 public:
  SegmentColumns(const StreetsLayout& layout, const RawTable& table, StreetNetwork& network)
      : layout_(layout), table_(table), network_(network) {
    const auto place = [&](const std::string& column) {
      return column.empty() ? std::optional<std::size_t>() : table.at(column);
    };
    segment_ = place(layout.segment);
    name_ = place(layout.name);
    speed_ = place(layout.speed_kmh);
    one_way_ = place(layout.one_way);
    for (const StreetRule& rule : layout.rules) rules_.push_back(table.at(rule.column));
  }

  void describe(std::size_t row, StreetSegment& segment, FindingTally& tally) {
    if (segment_) {
      segment.source = static_cast<std::uint32_t>(network_.sources.size());
      network_.sources.emplace_back(table_.cell(row, *segment_));
    }
    if (name_) segment.street = street_of(table_.cell(row, *name_));
    if (speed_) read_speed(row, segment, tally);
    if (one_way_) segment.use &= direction_of(table_.cell(row, *one_way_));
    for (std::size_t r = 0; r < rules_.size(); ++r) {
      const StreetRule& rule = layout_.rules[r];
      if (!is_one_of(table_.cell(row, rules_[r]), rule.values)) continue;
      segment.use &= rule.use;
      segment.steps |= rule.steps;
      segment.wheelchair &= rule.wheelchair;
      segment.cycle_track |= rule.cycle_track;
      segment.off_ground |= rule.off_ground;
    }
  }

 private:
  static bool is_one_of(std::string_view cell, const std::vector<std::string>& values) {
    return std::find(values.begin(), values.end(), trimmed(cell)) != values.end();
  }
  std::uint32_t street_of(std::string_view cell) {
    const std::string_view name = trimmed(cell);
    if (name.empty()) return no_index;
    const auto [found, is_new] =
        streets_.emplace(std::string(name), static_cast<std::uint32_t>(network_.names.size()));
    if (is_new) network_.names.push_back(found->first);
    return found->second;
  }
  void read_speed(std::size_t row, StreetSegment& segment, FindingTally& tally) {
    const std::string_view cell = trimmed(table_.cell(row, *speed_));
    if (cell.empty()) return;
    const std::optional<double> kmh = parse_number(cell);
    if (!kmh || *kmh < 0.0 || *kmh > 255.0) {
      tally.add("not_a_number", Severity::warning,
                "speeds that are no number of km/h are taken as not known", table_.place(row));
      return;
    }
    segment.drive_kmh = static_cast<std::uint8_t>(std::lround(*kmh));
  }
  [[nodiscard]] std::uint8_t direction_of(std::string_view cell) const {
    using namespace street_use;
    const unsigned cycle = layout_.cycle_both ? cycle_forward | cycle_backward : 0U;
    const unsigned walk = walk_forward | walk_backward;
    if (is_one_of(cell, layout_.forward)) {
      return static_cast<std::uint8_t>(walk | cycle | cycle_forward | drive_forward);
    }
    if (is_one_of(cell, layout_.backward)) {
      return static_cast<std::uint8_t>(walk | cycle | cycle_backward | drive_backward);
    }
    return everything;
  }

  const StreetsLayout& layout_;
  const RawTable& table_;
  StreetNetwork& network_;
  std::optional<std::size_t> segment_, name_, speed_, one_way_;
  std::vector<std::size_t> rules_;
  std::unordered_map<std::string, std::uint32_t> streets_;
};

void read_edges(const LayerDefinition& layer, const RawTable& table, const NodePlaces& places,
                RawStreets& streets, FindingTally& tally) {
  Ledger ledger = ledger_of(layer, table, "edges");
  const std::size_t from = table.at(layer.streets.from);
  const std::size_t to = table.at(layer.streets.to);
  const std::size_t length = table.at(layer.streets.length_m);
  SegmentColumns columns(layer.streets, table, streets.network);
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
    const Point a = streets.network.nodes[first->second];
    const Point b = streets.network.nodes[last->second];
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
    StreetSegment segment;
    segment.from = first->second;
    segment.to = last->second;
    segment.length_mm = static_cast<std::uint32_t>(std::llround(*metres * 1000.0));
    columns.describe(row, segment, tally);
    streets.network.segments.push_back(segment);
    ++ledger.used;
  }
  streets.ledgers.push_back(std::move(ledger));
}

}  // namespace

std::vector<std::string> edge_columns(const StreetsLayout& layout) {
  std::vector<std::string> columns;
  const auto add = [&](const std::string& column) {
    if (column.empty()) return;
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
      columns.push_back(column);
    }
  };
  for (const std::string& column : {layout.from, layout.to, layout.length_m, layout.segment,
                                    layout.name, layout.speed_kmh, layout.one_way}) {
    add(column);
  }
  for (const StreetRule& rule : layout.rules) add(rule.column);
  return columns;
}

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
