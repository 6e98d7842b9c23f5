#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/number.h"
#include "base/text.h"
#include "network/components.h"
#include "network/graphs.h"
#include "network/nearest_search.h"
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

namespace {

/// The walk network of Porto Alegre and the hexes on it, as the reference values have them.
struct PortoAlegre {
  StreetGraph graph;
  Csv hexes, values, summary;
  std::vector<Point> centres;
  std::vector<std::uint32_t> hex_nodes;

  explicit PortoAlegre(const std::filesystem::path& folder)
      : hexes(csv_of(folder / "poa_hex_snapped.csv")),
        values(csv_of(folder / "poa_walk_values.csv")),
        summary(csv_of(folder / "poa_walk_summary.csv")) {
    const Csv node_table = csv_of(folder / "poa_walk_nodes.csv");
    const Csv edge_table = csv_of(folder / "poa_walk_edges.csv");
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
    graph = StreetGraph::of(std::move(nodes), edges);
    for (std::size_t i = 0; i < hexes.rows.size(); ++i) {
      centres.push_back(place(hexes.number(i, "lon"), hexes.number(i, "lat")));
      hex_nodes.push_back(static_cast<std::uint32_t>(hexes.number(i, "node")));
    }
  }

  /// Metres on the tangent cylinder at 30 degrees south: good enough to find the nearest node.
  static Point place(double lon, double lat) {
    const double degree = 6371008.8 * std::acos(-1.0) / 180.0;
    const double squeeze = std::cos(30.05 / 180.0 * std::acos(-1.0));
    return {lon * degree * squeeze, lat * degree};
  }
  /// The hexes that offer something.
  [[nodiscard]] std::vector<std::size_t> sites_of(const std::string& what) const {
    std::vector<std::size_t> sites;
    for (std::size_t i = 0; i < hexes.rows.size(); ++i) {
      if (hexes.number(i, what) > 0.0) sites.push_back(i);
    }
    return sites;
  }
  [[nodiscard]] SnappedPlaces at(const std::vector<std::size_t>& positions) const {
    std::vector<std::uint32_t> nodes;
    for (const std::size_t i : positions) nodes.push_back(hex_nodes[i]);
    return on_nodes(std::move(nodes));
  }
  [[nodiscard]] std::vector<double> column(const std::string& what) const {
    std::vector<double> numbers;
    for (std::size_t i = 0; i < hexes.rows.size(); ++i) numbers.push_back(hexes.number(i, what));
    return numbers;
  }
  [[nodiscard]] double stated(const std::string& what, const std::string& stat) const {
    for (const auto& row : summary.rows) {
      if (row[0] == what && row[1] == stat) return *parse_number(row[2]);
    }
    return undefined;
  }
};

constexpr std::uint32_t beyond_3200_m = 3200001;

double binary_1600_m(std::uint32_t mm_away) { return mm_away <= 1600000 ? 1.0 : 0.0; }
double gaussian_1000_m(std::uint32_t mm_away) {
  const double km = mm_away / 1e6;
  return mm_away < beyond_3200_m ? std::exp(-km * km / 2.0) : 0.0;
}

/// Supply per head in two steps, with the same weight in both.
template <typename Weight>
std::vector<double> per_head(const TravelCosts& costs, const std::vector<double>& supply,
                             const std::vector<double>& people, const Weight& weight) {
  std::vector<double> access(people.size(), 0.0);
  for (std::size_t s = 0; s < supply.size(); ++s) {
    double demand = 0.0;
    costs.visit(s, [&](std::size_t i, std::uint32_t cost) { demand += people[i] * weight(cost); });
    const double ratio = demand > 0.0 ? supply[s] / demand : 0.0;
    costs.visit(s, [&](std::size_t i, std::uint32_t cost) { access[i] += ratio * weight(cost); });
  }
  return access;
}

std::vector<double> within(const TravelCosts& costs, const std::vector<double>& supply,
                           std::uint32_t limit) {
  std::vector<double> sum(costs.origin_count, 0.0);
  for (std::size_t s = 0; s < supply.size(); ++s) {
    costs.visit(s, [&](std::size_t i, std::uint32_t cost) {
      if (cost <= limit) sum[i] += supply[s];
    });
  }
  return sum;
}

/// How many of a column's values are found to 1e-12 of themselves.
std::size_t agreeing(const Csv& values, const std::string& name, const std::vector<double>& found) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double expected = values.number(i, name);
    if (std::abs(found[i] - expected) <= 1e-12 * std::abs(expected)) ++right;
  }
  return right;
}

}  // namespace

TEST_CASE("the streets of Porto Alegre", "[network][oracle]") {
  const auto folder = quartier::test::shared("oracle/access/poa");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const PortoAlegre city(folder);
  const Components components = connected_components(city.graph);
  CHECK(components.count() == 58);
  CHECK(components.size[components.largest] == 37329);

  const SnappedPlaces snapped = snap(city.graph, components, city.centres);
  std::size_t other_node = 0;
  for (std::size_t i = 0; i < city.centres.size(); ++i) {
    CHECK_THAT(snapped.leg[i] / 1000.0, WithinRel(city.hexes.number(i, "snap_m"), 5e-3) ||
                                            WithinAbs(city.hexes.number(i, "snap_m"), 0.01));
    if (snapped.node[i] != city.hex_nodes[i]) ++other_node;
  }
  CHECK(other_node <= 3);  // near ties, decided otherwise on the sphere

  SECTION("all pairs of hexes") {
    const SnappedPlaces hexes = on_nodes(city.hex_nodes);
    const SearchableStreets streets(city.graph);
    const TravelCosts costs = street_costs(streets, hexes, hexes, 20000000);
    const std::size_t count = hexes.size();
    std::vector<std::uint32_t> table(200 * count, no_cost);
    std::uint64_t sum = 0;
    std::uint32_t longest = 0;
    std::size_t pairs = 0;
    for (std::size_t site = 0; site < count; ++site) {
      costs.visit(site, [&](std::size_t origin, std::uint32_t cost) {
        if (origin < 200) table[origin * count + site] = cost;
        sum += cost;
        longest = std::max(longest, cost);
        ++pairs;
      });
    }
    CHECK(sum == 10574503922542);
    CHECK(longest == 18724169);
    CHECK(pairs == 1505529);
    std::ifstream in(folder / "poa_walk_matrix_first200_u32.bin", std::ios::binary);
    std::vector<std::uint32_t> expected(table.size());
    in.read(reinterpret_cast<char*>(expected.data()),
            static_cast<std::streamsize>(4 * expected.size()));
    REQUIRE(in.good());
    CHECK(table == expected);
  }
}

TEST_CASE("walking in Porto Alegre", "[network][oracle]") {
  const auto folder = quartier::test::shared("oracle/access/poa");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const PortoAlegre city(folder);
  const SearchableStreets streets(city.graph);
  const SnappedPlaces origins = on_nodes(city.hex_nodes);
  const std::vector<double> people = city.column("population");
  const std::size_t n = origins.size();
  std::size_t right = 0;
  for (const std::string what : {"schools", "healthcare"}) {
    const std::vector<std::size_t> positions = city.sites_of(what);
    const SnappedPlaces sites = city.at(positions);
    std::vector<double> supply;
    std::vector<SearchSource> sources;
    for (std::uint32_t s = 0; s < positions.size(); ++s) {
      supply.push_back(city.hexes.number(positions[s], what));
      sources.push_back({sites.node[s], 0, s});
    }
    const Impedance ways = street_impedance(streets, origins, {&sites, supply}, 3200000);
    std::vector<double> nearest_mm;
    double mean_m = 0.0;
    double near_800 = 0.0;
    double near_1600 = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint32_t cost = ways.nearest.cost[i];
      nearest_mm.push_back(cost == no_cost ? -1.0 : cost);
      mean_m += people[i] * cost / 1000.0;
      near_800 += cost <= 800000 ? people[i] : 0.0;
      near_1600 += cost <= 1600000 ? people[i] : 0.0;
    }
    right += agreeing(city.values, "nearest_" + what + "_mm", nearest_mm);
    for (const std::uint32_t metres : {800U, 1600U, 3200U}) {
      right += agreeing(city.values, "cum_" + what + "_" + std::to_string(metres) + "m",
                        within(ways.costs, supply, 1000 * metres));
    }
    right += agreeing(city.values, "2sfca_" + what + "_1600m",
                      per_head(ways.costs, supply, people, binary_1600_m));
    right += agreeing(city.values, "g2sfca_" + what + "_sigma1000m_max3200m",
                      per_head(ways.costs, supply, people, gaussian_1000_m));

    const double everyone = std::accumulate(people.begin(), people.end(), 0.0);
    const std::string of_hexes = "nearest_" + what + "_hex";
    CHECK_THAT(mean_m / everyone, WithinRel(city.stated(of_hexes, "popweighted_mean_m"), 1e-12));
    CHECK_THAT(near_800 / everyone,
               WithinRel(city.stated(of_hexes, "pop_share_within_800m"), 1e-12));
    CHECK_THAT(near_1600 / everyone,
               WithinRel(city.stated(of_hexes, "pop_share_within_1600m"), 1e-12));
    const NearestSites of_nodes = nearest_sources(streets.to_sites(), sources);
    double sum = 0.0;
    double longest = 0.0;
    double lost = 0.0;
    for (const std::uint32_t cost : of_nodes.cost) {
      sum += cost == no_cost ? 0.0 : cost;
      longest = std::max(longest, cost == no_cost ? 0.0 : cost);
      lost += cost == no_cost ? 1.0 : 0.0;
    }
    const std::string of_all = "nearest_" + what + "_all_nodes";
    CHECK(sum == city.stated(of_all, "sum_mm"));
    CHECK(longest == city.stated(of_all, "max_mm"));
    CHECK(lost == city.stated(of_all, "unreachable"));
  }
  const TravelCosts between_hexes = street_costs(streets, origins, origins, 1600000);
  right += agreeing(city.values, "cum_population_1600m", within(between_hexes, people, 1600000));
  right +=
      agreeing(city.values, "cum_jobs_1600m", within(between_hexes, city.column("jobs"), 1600000));
  CHECK(right == 14 * n);
  CHECK(n == 1227);
}
