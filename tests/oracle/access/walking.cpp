/// Streets with values: places on the streets, measures of each, sums, and costs between them.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "metrics/access.h"
#include "metrics/gaps.h"
#include "network/straight.h"
#include "oracle/access/checks.h"
#include "oracle/access/json.h"
#include "oracle/access/measure.h"
#include "oracle/access/streets.h"

namespace quartier::oracle {

using namespace network;

namespace {

/// Places on the streets, and the ways between all of them.
struct Walks {
  WalkNetwork network;
  Places places;
  SearchableStreets searchable;
  SnappedPlaces hexes;
  TravelCosts costs;

  Walks(WalkNetwork streets, Places hexagons)
      : network(std::move(streets)),
        places(std::move(hexagons)),
        searchable(network.graph),
        hexes(on_streets(network, places.points)),
        costs(street_costs(searchable, hexes, hexes, greatest_cost)) {}

  [[nodiscard]] Region region() const {
    return {&costs, &places,
            [this](const std::vector<double>& supply) { return nearest(hexes, supply); }};
  }
  [[nodiscard]] NearestSites nearest(const SnappedPlaces& origins,
                                     const std::vector<double>& supply) const {
    return street_impedance(searchable, origins, {&hexes, supply}, 0).nearest;
  }
  [[nodiscard]] SnappedPlaces every_node() const {
    SnappedPlaces nodes;
    nodes.node.resize(network.graph.size());
    std::iota(nodes.node.begin(), nodes.node.end(), 0U);
    nodes.leg.assign(nodes.node.size(), 0);
    return nodes;
  }
  /// The number that the folder gives the node of a place.
  [[nodiscard]] double label(std::size_t place) const {
    const std::uint32_t node = hexes.node[place];
    return node == no_index ? undefined : network.label[node];
  }
};

std::vector<double> by_row(const std::vector<std::size_t>& positions,
                           const std::vector<double>& values) {
  std::vector<double> rows;
  for (const std::size_t position : positions) rows.push_back(values[position]);
  return rows;
}

std::vector<double> labels_of(const Walks& walks) {
  std::vector<double> labels;
  for (std::size_t i = 0; i < walks.places.size(); ++i) labels.push_back(walks.label(i));
  return labels;
}

std::vector<double> snap_metres(const Walks& walks) {
  std::vector<double> metres;
  for (std::size_t i = 0; i < walks.places.size(); ++i) {
    const std::uint32_t node = walks.hexes.node[i];
    metres.push_back(node == no_index
                         ? undefined
                         : straight_m(walks.places.points[i], walks.network.graph.nodes[node],
                                      Straight::sphere));
  }
  return metres;
}

/// Columns of a file with a row for each place.
void check_places(const std::filesystem::path& file, const Walks& walks, Tally& tally) {
  const Table table = read_table(file);
  const std::size_t id = table.column("id");
  for (std::size_t c = 0; c < table.header.size(); ++c) {
    const std::string& column = table.header[c];
    if (c == id || column == "idx") continue;
    const std::string name = file.filename().string() + ' ' + column;
    try {
      const std::vector<std::size_t> positions = positions_of(table, walks.places);
      Expected expected;
      std::function<std::vector<double>()> compute;
      std::string family = "walk places";
      bool negative = false;
      if (column == "node") {
        expected.closeness = Closeness::whole;
        compute = [&] { return labels_of(walks); };
      } else if (column == "snap_m") {
        compute = [&] { return snap_metres(walks); };
      } else if (walks.places.column(column) != nullptr || column == "lon" || column == "lat") {
        if (file == walks.places.file) continue;  // what was read from this very file
        compute = [&] { return walks.places.counts(column); };
      } else {
        const Measure measure = measure_of(column, walks.places.names);
        expected = judged(measure);
        family = "walk " + measure.kind;
        negative = measure.kind == "nearest" || measure.kind == "closest";
        compute = [&, measure] { return answer_of(measure, walks.region()); };
      }
      expected.values = references_of(table, c, id, negative);
      compare(tally, family, name, expected, [&] { return by_row(positions, compute()); });
    } catch (const Uncovered& reason) {
      tally.uncovered("walk", name, reason.what());
    }
  }
}

/// A measure over all nodes: nearest_X.
std::vector<double> nodes_of(const Measure& measure, const Walks& walks) {
  if (measure.kind != "nearest") throw Uncovered("only nearest is laid down for all nodes");
  std::vector<double> costs;
  for (const std::uint32_t cost :
       walks.nearest(walks.every_node(), walks.places.counts(measure.opportunity)).cost) {
    costs.push_back(cost == no_cost ? unreachable : static_cast<double>(cost));
  }
  return costs;
}

/// sum_mm, max_mm and unreachable of costs in millimetres.
double sum_of(const std::string& stat, const std::vector<double>& costs) {
  double sum = 0.0;
  double most = 0.0;
  double without = 0.0;
  for (const double cost : costs) {
    if (std::isfinite(cost)) {
      sum += cost;
      most = std::max(most, cost);
    } else {
      without += 1.0;
    }
  }
  if (stat == "sum_mm") return sum;
  if (stat == "max_mm") return most;
  if (stat == "unreachable") return without;
  throw Uncovered("unknown statistic");
}

/// Statistics over people of costs in metres; others as above.
double people_number(const std::string& stat, const Walks& walks,
                     const std::vector<double>& metres) {
  const std::string within = "pop_share_within_";
  if (stat.starts_with(within)) {
    return metrics::share_within(walks.places.counts("population"), metres,
                                 shown_number(stat.substr(within.size()), walks.costs.unit));
  }
  if (stat == "popweighted_mean_m") {
    return metrics::group_access(walks.places.counts("population"), metres).mean;
  }
  std::vector<double> millimetres;
  for (const double value : metres) millimetres.push_back(std::round(value * 1000.0));
  return sum_of(stat, millimetres);
}

void check_summary(const std::filesystem::path& file, const Walks& walks, Tally& tally) {
  const Table table = read_table(file);
  const std::string nodes = "_all_nodes";
  const std::string hexes = "_hex";
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string what = table.rows[row][table.column("what")];
    const std::string stat = table.rows[row][table.column("stat")];
    compare(tally, "walk summary", "walk summary " + what + ' ' + stat,
            table.number(row, table.column("value")), Closeness::whole, [&] {
              if (what.ends_with(nodes)) {
                const std::string name = what.substr(0, what.size() - nodes.size());
                return sum_of(stat, nodes_of(measure_of(name, walks.places.names), walks));
              }
              if (!what.ends_with(hexes)) throw Uncovered("neither of all nodes nor of hexagons");
              const std::string name = what.substr(0, what.size() - hexes.size());
              return people_number(stat, walks,
                                   answer_of(measure_of(name, walks.places.names), walks.region()));
            });
  }
}

/// Costs from the first places to all, one row after the other.
void check_matrix(const std::filesystem::path& file, const Walks& walks, Tally& tally) {
  const std::string name = file.filename().string();
  const std::string head = "_matrix_first";
  const std::string digits =
      name.substr(name.find(head) + head.size(), name.find("_u32") - name.find(head) - head.size());
  const std::optional<double> first = parse_number(digits);
  const std::size_t n = walks.places.size();
  if (!first || *first < 0.0) {
    tally.uncovered("walk matrix", name, "no number of rows in the name");
    return;
  }
  const auto rows = std::min(static_cast<std::size_t>(*first), n);
  const std::vector<std::uint32_t> numbers = read_whole_numbers(file, 4, rows * n);
  Expected expected{{}, Closeness::whole};
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    expected.values.push_back({walks.places.ids[k / n] + " to " + walks.places.ids[k % n],
                               static_cast<double>(numbers[k])});
  }
  compare(tally, "walk matrix", name, expected, [&] {
    std::vector<double> ours(rows * n, static_cast<double>(no_cost));
    for (std::size_t j = 0; j < n; ++j) {
      walks.costs.visit(j, 0, rows, [&](std::size_t i, std::uint32_t cost) {
        ours[i * n + j] = static_cast<double>(cost);
      });
    }
    return ours;
  });
}

/// Edges that would be shorter than half a millimetre.
double clamped_edges(const StreetGraph& graph) {
  double count = 0.0;
  for (std::size_t node = 0; node < graph.size(); ++node) {
    for (const StreetArc arc : graph.arcs_of(node)) {
      const double metres = straight_m(graph.nodes[node], graph.nodes[arc.to], Straight::sphere);
      if (node < arc.to && metres < 0.0005) count += 1.0;
    }
  }
  return count;
}

double meta_number(const std::string& key, const Walks& walks) {
  const WalkNetwork& network = walks.network;
  if (key == "nodes") return static_cast<double>(network.graph.size());
  if (key == "edges") return static_cast<double>(network.graph.arcs.size()) / 2.0;
  if (key == "components") return static_cast<double>(network.components.count());
  if (key == "largest") return network.components.size.at(network.components.largest);
  if (key == "matrix_cols") return static_cast<double>(walks.places.size());
  if (key == "zero_length_edges_clamped_to_1mm") return clamped_edges(network.graph);
  if (key == "ways_used") {
    if (!network.from_extract) throw Uncovered("no extract with ways");
    return static_cast<double>(network.ways);
  }
  double sum = 0.0;
  double pairs = 0.0;
  double most = 0.0;
  for (std::size_t j = 0; j < walks.costs.site_count; ++j) {
    walks.costs.visit(j, [&](std::size_t, std::uint32_t cost) {
      sum += cost;
      pairs += 1.0;
      most = std::max(most, static_cast<double>(cost));
    });
  }
  if (key == "matrix_sum_all_hex_pairs_mm") return sum;
  if (key == "pairs_finite") return pairs;
  if (key == "max_mm") return most;
  throw Uncovered("unknown key");
}

void check_meta(const std::filesystem::path& file, const Walks& walks, Tally& tally) {
  const Json meta = read_json(file);
  for (const auto& item : meta.items()) {
    const std::string& key = item.key();
    if (key == "matrix_rows") continue;  // says how the matrix was cut; its name says so too
    compare(tally, "walk meta", "walk meta " + key, json_number(item.value(), key, undefined),
            Closeness::whole, [&] { return meta_number(key, walks); });
  }
}

}  // namespace

bool check_walking(const AccessFolder& folder, Tally& tally) {
  const std::vector<std::filesystem::path> expected = folder.files("walk_", "");
  const auto snapped = folder.file("hex_snapped.csv");
  if (expected.empty() && !snapped) return false;
  std::optional<WalkNetwork> network = read_walk_network(folder);
  const auto grid = folder.file("hexgrid.csv");
  if (!network) {
    tally.uncovered("walk", "walk", "neither osm.pbf nor both walk_nodes.csv and walk_edges.csv");
    return true;
  }
  check_nodes_and_edges(folder, *network, tally);
  if (!grid && !snapped) {
    for (const std::filesystem::path& file : expected) {
      const std::string ending = folder.ending_of(file);
      if (ending == "walk_nodes.csv" || ending == "walk_edges.csv") continue;
      tally.uncovered("walk", file.filename().string(), "no hexgrid.csv with the places");
    }
    return true;
  }
  Places places = read_places(grid ? *grid : *snapped);
  if (places.points.empty()) throw InputError(places.file, "no columns lon and lat");
  const Walks walks(*std::move(network), std::move(places));
  if (snapped) check_places(*snapped, walks, tally);
  if (const auto file = folder.file("walk_values.csv")) check_places(*file, walks, tally);
  if (const auto file = folder.file("walk_summary.csv")) check_summary(*file, walks, tally);
  if (const auto file = folder.file("walk_meta.json")) check_meta(*file, walks, tally);
  for (const std::filesystem::path& file : folder.files("walk_matrix_first", "_u32.bin")) {
    check_matrix(file, walks, tally);
  }
  return true;
}

}  // namespace quartier::oracle
