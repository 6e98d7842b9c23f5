#include "network/long_ways.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "network/ball_search.h"
#include "network/entrances.h"

namespace quartier::network {
namespace {

constexpr std::size_t sample_size = 8;

/// Streets have 3 to 4 arcs and shortcuts a node, twice that where they are one-way.
constexpr std::size_t most_arcs_per_arc = 8;

Entrances entrances_of(const SnappedPlaces& places) {
  const SnappedPlaces* const set[] = {&places};
  return Entrances::of(set);
}

/// The side of a table from which it is searched.
struct Side {
  const SearchGraph* graph = nullptr;
  std::vector<std::uint32_t> node;
  std::uint32_t limit = 0;
  bool none = true;  ///< the legs alone are beyond the limit
};

Side searched_side(const SearchableStreets& streets, const WayTable& table) {
  Entrances sites = entrances_of(*table.sites);
  Entrances origins = entrances_of(*table.origins);
  const std::uint64_t legs = std::uint64_t{sites.least_leg} + origins.least_leg;
  Side side;
  side.none = legs > table.limit;
  if (!side.none) side.limit = static_cast<std::uint32_t>(table.limit - legs);
  const bool from_sites = sites.node.size() <= origins.node.size();
  side.graph = from_sites ? &streets.to_sites() : &streets.from_origins();
  side.node = std::move(from_sites ? sites.node : origins.node);
  return side;
}

/// Nodes that a search of a table settles, by the mean of some.
double mean_settled(const Side& side) {
  const std::size_t count = std::min(sample_size, side.node.size());
  if (count == 0 || side.none) return 0.0;
  BallSearch search(*side.graph, side.limit);
  std::size_t settled = 0;
  for (std::size_t k = 0; k < count; ++k) {
    // The middles of as many equal parts.
    const std::uint32_t node = side.node[(2 * k + 1) * side.node.size() / (2 * count)];
    const std::uint32_t place = side.graph->place_of(node);
    settled += search.ball_of(std::span(&place, 1)).place.size();
  }
  return static_cast<double>(settled) / static_cast<double>(count);
}

}  // namespace

SearchWork search_work(const SearchableStreets& streets, std::span<const WayTable> tables) {
  SearchWork work;
  std::vector<Side> sides;
  for (const WayTable& table : tables) {
    sides.push_back(searched_side(streets, table));
    work.searches += sides.back().node.size();
  }
  const double nodes = static_cast<double>(streets.from_origins().size());
  if (!hierarchy_pays({work.searches, static_cast<double>(work.searches) * nodes},
                      streets.from_origins().size())) {
    return work;
  }
  for (const Side& side : sides) {
    work.settled += static_cast<double>(side.node.size()) * mean_settled(side);
  }
  return work;
}

bool hierarchy_pays(const SearchWork& work, std::size_t node_count) {
  return work.settled > searches_per_hierarchy * static_cast<double>(node_count);
}

bool prepare_long_ways(const StreetGraph& graph, std::span<const WayTable> tables,
                       SearchableStreets& streets, Progress& progress) {
  const SearchWork work = search_work(streets, tables);
  if (!hierarchy_pays(work, graph.size())) return false;
  std::uint32_t farthest = 0;
  for (const WayTable& table : tables) farthest = std::max(farthest, table.limit);

  const Progress::State now = progress.state();
  progress.step(
      "Shortcuts for long ways, in place of " + std::to_string(work.searches) + " searches",
      now.fraction);
  // The rounds are no steps of the reader's, but each looks whether to stop.
  Progress rounds;
  rounds.on_step([&](const Progress::State&) { progress.check(); });
  std::optional<Hierarchy> hierarchy = Hierarchy::within(
      graph, farthest, most_arcs_per_arc * (graph.arcs.size() + graph.size()), &rounds);
  progress.step(now.label, now.fraction);
  if (!hierarchy) return false;
  streets.use(std::move(*hierarchy));
  return true;
}

}  // namespace quartier::network
