#include "network/search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/text.h"
#include "network/bucket_queue.h"

namespace quartier::network {
namespace {

constexpr std::uint32_t not_reached = 0xFFFFFFFFu;

/// A node of the other side, or an origin, and the cost of the way to it.
struct Way {
  std::uint32_t to = 0;
  std::uint32_t length = 0;
};

/// The distinct nodes of some places, and which places enter there.
struct Entrances {
  std::vector<std::uint32_t> node;             ///< [k] in ascending order
  std::vector<std::uint32_t> start{0};         ///< [k + 1] into place
  std::vector<std::uint32_t> place;            ///< in ascending order for each node
  std::vector<std::uint32_t> least_leg_mm;     ///< [k]
  std::vector<std::uint32_t> number_of_place;  ///< [place count] position in node; no_index
  std::uint32_t least_leg_of_all_mm = 0;

  [[nodiscard]] std::size_t size() const { return node.size(); }
};

Entrances entrances_of(std::span<const std::uint32_t> node, std::span<const std::uint32_t> leg_mm) {
  Entrances entrances;
  for (std::size_t p = 0; p < node.size(); ++p) {
    if (node[p] != no_index) entrances.place.push_back(static_cast<std::uint32_t>(p));
  }
  std::sort(entrances.place.begin(), entrances.place.end(), [&](std::uint32_t a, std::uint32_t b) {
    return node[a] != node[b] ? node[a] < node[b] : a < b;
  });
  entrances.number_of_place.assign(node.size(), no_index);
  entrances.start.clear();
  for (std::size_t k = 0; k < entrances.place.size(); ++k) {
    const std::uint32_t p = entrances.place[k];
    if (entrances.node.empty() || entrances.node.back() != node[p]) {
      entrances.node.push_back(node[p]);
      entrances.start.push_back(static_cast<std::uint32_t>(k));
      entrances.least_leg_mm.push_back(leg_mm[p]);
    }
    entrances.number_of_place[p] = static_cast<std::uint32_t>(entrances.node.size() - 1);
    entrances.least_leg_mm.back() = std::min(entrances.least_leg_mm.back(), leg_mm[p]);
  }
  entrances.start.push_back(static_cast<std::uint32_t>(entrances.place.size()));
  if (!entrances.least_leg_mm.empty()) {
    entrances.least_leg_of_all_mm =
        *std::min_element(entrances.least_leg_mm.begin(), entrances.least_leg_mm.end());
  }
  return entrances;
}

/// Searches from one node after another up to a bound; memory is cleaned by what was touched.
class BoundedSearch {
 public:
  BoundedSearch(const StreetGraph& graph, BucketPlan plan)
      : graph_(graph), queue_(plan), cost_(graph.size(), not_reached) {}

  /// Appends to `ways` every node with a number in `wanted` at most `bound_mm` from `source`.
  void run(std::uint32_t source, std::uint32_t bound_mm, std::span<const std::uint32_t> wanted,
           std::vector<Way>& ways) {
    queue_.restart(0);
    cost_[source] = 0;
    touched_.assign(1, source);
    queue_.push(0, {0, source});
    while (!queue_.empty()) {
      Item item;
      while (queue_.take(item)) {
        if (cost_[item.node] != item.cost) continue;
        for (const StreetArc arc : graph_.arcs_of(item.node)) {
          const std::uint64_t sum = std::uint64_t{item.cost} + arc.cost;
          if (sum > bound_mm || sum >= cost_[arc.to]) continue;
          const auto cost = static_cast<std::uint32_t>(sum);
          if (cost_[arc.to] == not_reached) touched_.push_back(arc.to);
          cost_[arc.to] = cost;
          queue_.push(cost, {cost, arc.to});
        }
      }
      queue_.advance();
    }
    for (const std::uint32_t node : touched_) {
      if (wanted[node] != no_index) ways.push_back({wanted[node], cost_[node]});
      cost_[node] = not_reached;
    }
  }

 private:
  struct Item {
    std::uint32_t cost = 0;
    std::uint32_t node = 0;
  };
  const StreetGraph& graph_;
  BucketQueue<Item> queue_;
  std::vector<std::uint32_t> cost_;
  std::vector<std::uint32_t> touched_;
};

/// For each of `from`, the ways to `to` that can be part of a cost within the cutoff.
std::vector<std::vector<Way>> ways_between(const StreetGraph& graph, BucketPlan plan,
                                           const Entrances& from, const Entrances& to,
                                           std::uint32_t cutoff_mm) {
  std::vector<std::uint32_t> wanted(graph.size(), no_index);
  for (std::size_t k = 0; k < to.size(); ++k) wanted[to.node[k]] = static_cast<std::uint32_t>(k);
  std::vector<std::vector<Way>> ways(from.size());
  const std::size_t grain = std::max<std::size_t>(4, from.size() / 64);
  for_chunks(from.size(), grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    BoundedSearch search(graph, plan);
    for (std::size_t k = begin; k < end; ++k) {
      const std::uint64_t legs = std::uint64_t{from.least_leg_mm[k]} + to.least_leg_of_all_mm;
      if (legs > cutoff_mm) continue;
      search.run(from.node[k], static_cast<std::uint32_t>(cutoff_mm - legs), wanted, ways[k]);
    }
  });
  return ways;
}

std::vector<std::vector<Way>> turned_round(const std::vector<std::vector<Way>>& ways,
                                           std::size_t far_count) {
  std::vector<std::vector<Way>> turned(far_count);
  for (std::size_t k = 0; k < ways.size(); ++k) {
    for (const Way way : ways[k]) {
      turned[way.to].push_back({static_cast<std::uint32_t>(k), way.length});
    }
  }
  return turned;
}

/// The reaches of every site, legs included, in rows sorted by origin.
std::vector<std::vector<Way>> reaches_of(const std::vector<std::vector<Way>>& ways_from_site,
                                         const Entrances& origins, const Entrances& sites,
                                         std::span<const std::uint32_t> origin_leg_mm,
                                         std::span<const std::uint32_t> site_leg_mm,
                                         std::uint32_t cutoff_mm) {
  std::vector<std::vector<Way>> rows(site_leg_mm.size());
  for_chunks(rows.size(), 64, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t s = begin; s < end; ++s) {
      if (sites.number_of_place[s] == no_index) continue;
      for (const Way way : ways_from_site[sites.number_of_place[s]]) {
        for (std::uint32_t k = origins.start[way.to]; k < origins.start[way.to + 1]; ++k) {
          const std::uint32_t origin = origins.place[k];
          const std::uint64_t cost =
              std::uint64_t{way.length} + origin_leg_mm[origin] + site_leg_mm[s];
          if (cost <= cutoff_mm) rows[s].push_back({origin, static_cast<std::uint32_t>(cost)});
        }
      }
      std::sort(rows[s].begin(), rows[s].end(),
                [](const Way& a, const Way& b) { return a.to < b.to; });
    }
  });
  return rows;
}

/// A cost and the source it comes from, compared in this order.
using Label = std::uint64_t;
constexpr Label no_label = std::numeric_limits<Label>::max();
Label label_of(std::uint64_t cost, std::uint32_t source) { return cost << 32U | source; }
std::uint32_t cost_of(Label label) { return static_cast<std::uint32_t>(label >> 32U); }
std::uint32_t source_of(Label label) { return static_cast<std::uint32_t>(label); }

struct Source {
  std::uint32_t node = 0;
  Label label = 0;
};

/// The least label of every node: the cheapest source, the lowest of equally cheap ones.
std::vector<Label> nearest_labels(const StreetGraph& graph, BucketPlan plan,
                                  std::vector<Source> sources) {
  struct Item {
    Label label = 0;
    std::uint32_t node = 0;
  };
  std::vector<Label> labels(graph.size(), no_label);
  BucketQueue<Item> queue(plan);
  std::sort(sources.begin(), sources.end(),
            [](const Source& a, const Source& b) { return a.label < b.label; });
  std::size_t next = 0;
  while (next < sources.size() || !queue.empty()) {
    if (queue.empty()) queue.restart(cost_of(sources[next].label));
    for (;
         next < sources.size() && queue.bucket_of(cost_of(sources[next].label)) == queue.current();
         ++next) {
      const Source& source = sources[next];
      if (source.label >= labels[source.node]) continue;
      labels[source.node] = source.label;
      queue.push(cost_of(source.label), {source.label, source.node});
    }
    Item item;
    while (queue.take(item)) {
      if (labels[item.node] != item.label) continue;
      for (const StreetArc arc : graph.arcs_of(item.node)) {
        const std::uint64_t cost = std::uint64_t{cost_of(item.label)} + arc.cost;
        if (cost > greatest_cost) continue;
        const Label label = label_of(cost, source_of(item.label));
        if (label >= labels[arc.to]) continue;
        labels[arc.to] = label;
        queue.push(static_cast<std::uint32_t>(cost), {label, arc.to});
      }
    }
    queue.advance();
  }
  return labels;
}

void find_nearest(const StreetGraph& graph, BucketPlan plan, const SnappedPlaces& origins,
                  const SiteSet& service, Impedance& impedance) {
  std::vector<Source> sources;
  for (std::size_t s = 0; s < service.places->size(); ++s) {
    const bool offers = service.supply.empty() || service.supply[s] != 0.0;
    if (!offers || service.places->node[s] == no_index) continue;
    sources.push_back({service.places->node[s],
                       label_of(service.places->leg_mm[s], static_cast<std::uint32_t>(s))});
  }
  NearestSites& nearest = impedance.nearest;
  nearest.cost.assign(origins.size(), no_cost);
  nearest.site.assign(origins.size(), no_index);
  const std::vector<Label> labels = nearest_labels(graph, plan, std::move(sources));
  for (std::size_t i = 0; i < origins.size(); ++i) {
    if (origins.node[i] == no_index || labels[origins.node[i]] == no_label) continue;
    const Label label = labels[origins.node[i]];
    const std::uint64_t cost = std::uint64_t{cost_of(label)} + origins.leg_mm[i];
    if (cost > greatest_cost) continue;
    nearest.cost[i] = static_cast<std::uint32_t>(cost);
    nearest.site[i] = source_of(label);
  }
}

}  // namespace

std::vector<Impedance> street_impedances(const StreetGraph& graph, const SnappedPlaces& origins,
                                         std::span<const SiteSet> services, Metres cutoff) {
  const std::uint32_t cutoff_mm = whole_cost(cutoff.value, graph.unit);
  const BucketPlan plan = BucketPlan::of(graph);
  std::vector<std::uint32_t> site_node;
  std::vector<std::uint32_t> site_leg_mm;
  for (const SiteSet& service : services) {
    const SnappedPlaces& places = *service.places;
    expects(service.supply.empty() || service.supply.size() == places.size(),
            "street_impedances: one supply per site");
    site_node.insert(site_node.end(), places.node.begin(), places.node.end());
    site_leg_mm.insert(site_leg_mm.end(), places.leg_mm.begin(), places.leg_mm.end());
  }
  const Entrances from_origins = entrances_of(origins.node, origins.leg_mm);
  const Entrances from_sites = entrances_of(site_node, site_leg_mm);
  const std::vector<std::vector<Way>> ways =
      from_sites.size() <= from_origins.size()
          ? ways_between(graph, plan, from_sites, from_origins, cutoff_mm)
          : turned_round(ways_between(graph, plan, from_origins, from_sites, cutoff_mm),
                         from_sites.size());
  const std::vector<std::vector<Way>> rows =
      reaches_of(ways, from_origins, from_sites, origins.leg_mm, site_leg_mm, cutoff_mm);

  std::vector<Impedance> impedances(services.size());
  std::size_t row = 0;
  for (std::size_t k = 0; k < services.size(); ++k) {
    Impedance& impedance = impedances[k];
    TravelCosts& costs = impedance.costs;
    costs.unit = graph.unit;
    costs.origin_count = origins.size();
    costs.site_count = services[k].places->size();
    costs.limit = cutoff_mm;
    const std::size_t row_end = row + costs.site_count;
    for (; row < row_end; ++row) {
      for (const Way way : rows[row]) {
        costs.origin.push_back(way.to);
        costs.cost.push_back(way.length);
      }
      costs.start.push_back(costs.origin.size());
    }
  }
  for_chunks(services.size(), 1, [&](std::size_t k, std::size_t, std::size_t) {
    find_nearest(graph, plan, origins, services[k], impedances[k]);
  });
  return impedances;
}

Impedance street_impedance(const StreetGraph& graph, const SnappedPlaces& origins,
                           const SiteSet& service, Metres cutoff) {
  return std::move(street_impedances(graph, origins, std::span(&service, 1), cutoff).front());
}

std::vector<double> street_distances_m(const StreetGraph& graph,
                                       std::span<const std::uint32_t> sources) {
  std::vector<Source> starts;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    expects(sources[s] < graph.size(), "street_distances_m: sources are nodes of the graph");
    starts.push_back({sources[s], label_of(0, static_cast<std::uint32_t>(s))});
  }
  const std::vector<Label> labels = nearest_labels(graph, BucketPlan::of(graph), std::move(starts));
  std::vector<double> metres(graph.size(), unreachable);
  for (std::size_t node = 0; node < graph.size(); ++node) {
    if (labels[node] != no_label) metres[node] = cost_of(labels[node]) / 1000.0;
  }
  return metres;
}

}  // namespace quartier::network
