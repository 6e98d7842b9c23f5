#include "network/search.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "network/nearest_search.h"
#include "network/way_rows.h"

namespace quartier::network {
namespace {

NearestSites nearest_of(const SearchableStreets& streets, const SnappedPlaces& origins,
                        const SiteSet& service) {
  std::vector<SearchSource> sources;
  for (std::size_t s = 0; s < service.places->size(); ++s) {
    const bool offers = service.supply.empty() || service.supply[s] != 0.0;
    if (!offers || service.places->node[s] == no_index) continue;
    sources.push_back(
        {service.places->node[s], service.places->leg[s], static_cast<std::uint32_t>(s)});
  }
  const NearestSites of_node = nearest_sources(streets.to_sites(), sources);
  NearestSites nearest;
  nearest.cost.assign(origins.size(), no_cost);
  nearest.site.assign(origins.size(), no_index);
  for (std::size_t i = 0; i < origins.size(); ++i) {
    const std::uint32_t node = origins.node[i];
    if (node == no_index || of_node.cost[node] == no_cost) continue;
    const std::uint64_t cost = std::uint64_t{of_node.cost[node]} + origins.leg[i];
    if (cost > greatest_cost) continue;
    nearest.cost[i] = static_cast<std::uint32_t>(cost);
    nearest.site[i] = of_node.site[node];
  }
  return nearest;
}

}  // namespace

SearchableStreets::SearchableStreets(const StreetGraph& graph)
    : forward_(std::make_unique<SearchGraph>(graph, SearchDirection::from_sources)),
      backward_(graph.symmetric
                    ? nullptr
                    : std::make_unique<SearchGraph>(graph, SearchDirection::to_sources)) {}

void SearchableStreets::use(Hierarchy hierarchy) {
  expects(hierarchy.size() == forward_->size() && hierarchy.unit == unit(),
          "SearchableStreets: a hierarchy of the same graph");
  hierarchy_ = std::make_unique<Hierarchy>(std::move(hierarchy));
}

std::vector<Impedance> street_impedances(const SearchableStreets& streets,
                                         const SnappedPlaces& origins,
                                         std::span<const SiteSet> services, std::uint32_t limit) {
  std::vector<const SnappedPlaces*> sites;
  for (const SiteSet& service : services) {
    expects(service.supply.empty() || service.supply.size() == service.places->size(),
            "street_impedances: one supply per site");
    sites.push_back(service.places);
  }
  std::vector<TravelCosts> costs = costs_within(streets, origins, sites, limit);
  std::vector<Impedance> impedances(services.size());
  for (std::size_t s = 0; s < services.size(); ++s) {
    impedances[s].costs = std::move(costs[s]);
    impedances[s].nearest = nearest_of(streets, origins, services[s]);
  }
  return impedances;
}

Impedance street_impedance(const SearchableStreets& streets, const SnappedPlaces& origins,
                           const SiteSet& service, std::uint32_t limit) {
  return std::move(street_impedances(streets, origins, std::span(&service, 1), limit).front());
}

TravelCosts street_costs(const SearchableStreets& streets, const SnappedPlaces& origins,
                         const SnappedPlaces& sites, std::uint32_t limit) {
  const SnappedPlaces* const set[] = {&sites};
  return std::move(costs_within(streets, origins, set, limit).front());
}

std::vector<Impedance> street_impedances(const StreetGraph& graph, const SnappedPlaces& origins,
                                         std::span<const SiteSet> services, Metres cutoff) {
  expects(shown_unit(graph.unit) == "m",
          "street_impedances: a cutoff in metres on streets in time");
  const std::uint32_t limit = whole_cost(cutoff.value, graph.unit);
  return street_impedances(SearchableStreets(graph), origins, services, limit);
}

Impedance street_impedance(const StreetGraph& graph, const SnappedPlaces& origins,
                           const SiteSet& service, Metres cutoff) {
  return std::move(street_impedances(graph, origins, std::span(&service, 1), cutoff).front());
}

std::vector<double> street_distances_m(const StreetGraph& graph,
                                       std::span<const std::uint32_t> sources) {
  expects(shown_unit(graph.unit) == "m", "street_distances_m: streets in units of time");
  std::vector<SearchSource> starts;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    expects(sources[s] < graph.size(), "street_distances_m: sources are nodes of the graph");
    starts.push_back({sources[s], 0, static_cast<std::uint32_t>(s)});
  }
  const NearestSites nearest =
      nearest_sources(SearchGraph(graph, SearchDirection::from_sources), starts);
  std::vector<double> metres(graph.size(), unreachable);
  for (std::size_t node = 0; node < graph.size(); ++node) {
    if (nearest.cost[node] != no_cost)
      metres[node] = nearest.cost[node] / units_per_shown(graph.unit);
  }
  return metres;
}

}  // namespace quartier::network
