/// The small network, and percentiles of travel times over a window.
#include <algorithm>
#include <numeric>

#include "base/number.h"
#include "base/text.h"
#include "network/search.h"
#include "network/transit.h"
#include "oracle/access/tiny.h"

namespace quartier::oracle {

using namespace network;

namespace {

SnappedPlaces at_nodes(std::vector<std::uint32_t> nodes) {
  SnappedPlaces places{std::move(nodes), {}};
  places.leg.assign(places.node.size(), 0);
  return places;
}

/// Numbers between words of a name: 0 and 3 of "nearest_from_sources_0_and_3".
std::vector<std::uint32_t> numbers_in(const std::string& name) {
  std::vector<std::uint32_t> numbers;
  for (const std::string_view part : split(name, '_')) {
    const std::optional<double> number = parse_number(part);
    if (number && *number >= 0.0) numbers.push_back(static_cast<std::uint32_t>(*number));
  }
  return numbers;
}

class TinyNetwork {
 public:
  explicit TinyNetwork(const Json& network) {
    std::vector<StreetEdge> edges;
    for (const Json& edge : network.at("edges_undirected")) {
      edges.push_back({edge.at(0), edge.at(1), edge.at(2)});
    }
    graph_ = StreetGraph::of(std::vector<Point>(network.at("n").get<std::size_t>()), edges);
    nodes_.resize(graph_.size());
    std::iota(nodes_.begin(), nodes_.end(), 0U);
  }
  [[nodiscard]] Impedance from(const std::vector<std::uint32_t>& sources,
                               std::uint32_t limit) const {
    for (const std::uint32_t source : sources) {
      if (source >= graph_.size()) throw Uncovered("no node " + std::to_string(source));
    }
    const SnappedPlaces sites = at_nodes(sources);
    return street_impedance(SearchableStreets(graph_), at_nodes(nodes_), {&sites, {}}, limit);
  }
  [[nodiscard]] std::vector<double> nearest(const std::vector<std::uint32_t>& sources) const {
    std::vector<double> costs;
    for (const std::uint32_t cost : from(sources, 0).nearest.cost) {
      costs.push_back(cost == no_cost ? unreachable : static_cast<double>(cost));
    }
    return costs;
  }

 private:
  StreetGraph graph_;
  std::vector<std::uint32_t> nodes_;
};

/// Travel times t_d as a timetable has them: a vehicle for each departure d, from the stop where
/// the origin stands to that of the destination; none for those that are not reached, which come
/// last.
struct SampledTimetable {
  Timetable timetable;
  TransitOptions options;
  TravelCosts still;  ///< each stop to itself, 0 s

  explicit SampledTimetable(std::vector<double> sample) {
    std::sort(sample.begin(), sample.end());
    const auto longest =
        static_cast<std::int32_t>(std::isfinite(sample.back()) ? sample.back() : 7200.0);
    options.from_s = 0;
    options.step_s = 2 * longest;
    options.to_s = static_cast<std::int32_t>(sample.size()) * options.step_s;
    options.longest_s = longest;
    timetable.stops.resize(2);
    timetable.routes.resize(1);
    std::int32_t departure_s = 0;
    for (const double seconds : sample) {
      if (std::isfinite(seconds)) {
        TimetableTrip trip;
        trip.first_call = static_cast<std::uint32_t>(timetable.calls.size());
        trip.call_count = 2;
        timetable.trips.push_back(trip);
        const std::int32_t arrival_s = departure_s + static_cast<std::int32_t>(seconds);
        timetable.calls.push_back({0, departure_s, departure_s});
        timetable.calls.push_back({1, arrival_s, arrival_s});
      }
      departure_s += options.step_s;
    }
    still = TravelCosts::of_table(CostUnit::second, 2, 2, std::vector{0U, no_cost, no_cost, 0U});
  }
};

/// A TravelCosts over stops with one listed pair of 0 s.
TravelCosts at_stop(std::size_t origins, std::size_t sites, std::size_t pair) {
  std::vector<std::uint32_t> table(origins * sites, no_cost);
  table[pair] = 0;
  return TravelCosts::of_table(CostUnit::second, origins, sites, table);
}

}  // namespace

void check_tiny_network(const Json& network, Tally& tally) {
  const TinyNetwork city(network);
  const std::string family = "tiny network";
  for (const auto& item : network.items()) {
    const std::string& key = item.key();
    const Json& value = item.value();
    if (key == "edges_undirected" || key == "n" || key == "sources" || key == "note") continue;
    const std::string name = "network " + key;
    if (!value.is_array()) {
      tally.uncovered(family, name, "unknown key");
      continue;
    }
    const std::vector<Reference> references = json_references(value, name, unreachable);
    compare(tally, family, name, {references, Closeness::whole}, [&] {
      if (key == "dist") {
        return city.nearest(network.at("sources").get<std::vector<std::uint32_t>>());
      }
      if (key.starts_with("nearest_from_sources_")) return city.nearest(numbers_in(key));
      const std::vector<std::uint32_t> numbers = numbers_in(key);
      if (!key.starts_with("within_cutoff_") || numbers.size() != 2) {
        throw Uncovered("unknown key");
      }
      std::vector<double> within;
      city.from({numbers[1]}, numbers[0]).costs.visit(0, [&](std::size_t node, std::uint32_t) {
        within.push_back(static_cast<double>(node));
      });
      if (within.size() != references.size()) within.assign(references.size(), undefined);
      return within;
    });
  }
}

void check_tiny_percentiles(const Json& percentiles, Tally& tally) {
  std::vector<double> sample;
  for (const Json& seconds : percentiles.at("sample_s")) {
    sample.push_back(json_number(seconds, "sample_s", unreachable));
  }
  for (const auto& item : percentiles.items()) {
    const std::string& key = item.key();
    if (key == "sample_s" || key == "rule") continue;
    const std::string name = "percentile_nearest_rank " + key;
    compare(tally, "tiny percentiles", name, json_number(item.value(), name, unreachable),
            Closeness::whole, [&] {
              const std::optional<double> percent =
                  key.starts_with("p") ? parse_number(key.substr(1)) : std::nullopt;
              if (!percent) throw Uncovered("unknown key");
              const SampledTimetable day(sample);
              const TransitSchedule schedule =
                  transit_schedule(day.timetable, day.still, day.options);
              TransitWalks walks{at_stop(1, 2, 0), at_stop(2, 1, 1), {}};
              walks.direct.origin_count = 1;
              const TransitPercentiles found = transit_percentiles(schedule, walks, {&*percent, 1});
              const std::uint16_t seconds = found.time.front().rows.front();
              return seconds == no_cost_16 ? unreachable : static_cast<double>(seconds);
            });
  }
}

}  // namespace quartier::oracle
