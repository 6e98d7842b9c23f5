#include "network/hierarchy_sweep.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <utility>

#include "base/error.h"
#include "base/parallel.h"
#include "network/place_marks.h"
#include "network/sweep_lanes.h"

namespace quartier::network {
namespace {

/// One batch of sources at a time, in memory that serves the next.
template <typename Lane>
class Sweeper {
 public:
  using Line = SweepLine<Lane>;

  Sweeper(const Hierarchy& hierarchy, const ArcRows& climbs, const Selection& selection)
      : climbs_(climbs),
        selection_(selection),
        limit_(static_cast<Lane>(selection.limit)),
        marks_(hierarchy.size() / 64 + 1, 0),
        climb_line_of_(std::make_unique_for_overwrite<std::uint32_t[]>(hierarchy.size())),
        climb_lines_(1),
        line_of_(selection.size(), no_line),
        lines_(std::make_unique_for_overwrite<Line[]>(selection.size() + 1)) {}

  /// A place where a way begins and what the way to it has cost.
  struct Start {
    std::uint32_t place = 0;
    std::uint32_t cost = 0;
  };

  /// @param starts  of the sources, at most one for each lane, none dearer than the limit
  void run(std::span<const Start> starts) {
    climb_from(starts);
    Descent<Lane> descent;
    descent.slot_count = selection_.size();
    descent.start = selection_.arcs.start.data();
    descent.arcs = selection_.arcs.arcs.data();
    descent.landing = landings_.data();
    descent.climbed = climb_lines_.data();
    descent.limit = limit_;
    descent.line_of = line_of_.data();
    descent.lines = lines_.get();
    descend(descent);
  }

  /// The labels of a target, or null where no source reaches it.
  [[nodiscard]] const Lane* labels(std::size_t target) const {
    const std::uint32_t slot = selection_.target[target];
    if (slot == no_index || line_of_[slot] == no_line) return nullptr;
    return lines_[line_of_[slot]].lane;
  }

 private:
  /// The line of a place in the climb.
  std::uint32_t open(std::uint32_t place) {
    if (!is_marked(marks_, place)) {
      climb_line_of_[place] = static_cast<std::uint32_t>(climb_lines_.size());
      climb_lines_.emplace_back().clear();
      mark(marks_, place);
    }
    return climb_line_of_[place];
  }

  void climb_from(std::span<const Start> starts) {
    climb_lines_.resize(1);
    landings_.clear();
    std::uint32_t last = 0;
    for (std::size_t l = 0; l < starts.size(); ++l) {
      const std::uint32_t line = open(starts[l].place);
      climb_lines_[line].lane[l] = static_cast<Lane>(starts[l].cost);
      last = std::max(last, starts[l].place);
    }
    const std::size_t words = last / 64 + std::size_t{1};
    from_last_to_first(marks_, words, [&](std::uint32_t place) {
      const std::uint32_t line = climb_line_of_[place];
      if (!climb_lines_[line].any_within(limit_)) return;
      to_lines_.clear();
      for (const StreetArc arc : climbs_.of(place)) {
        if (arc.cost <= limit_) to_lines_.push_back({open(arc.to), arc.cost});
      }
      climb(to_lines_, climb_lines_.data(), line);
      const std::uint32_t slot = selection_.slot_of(place);
      if (slot != no_index) landings_.push_back({slot, line});
    });
    std::fill_n(marks_.begin(), words, 0);
    std::reverse(landings_.begin(), landings_.end());
    landings_.push_back({no_index, no_line});
  }

  const ArcRows& climbs_;
  const Selection& selection_;
  Lane limit_;
  std::vector<std::uint64_t> marks_;
  std::unique_ptr<std::uint32_t[]> climb_line_of_;  ///< [place] of those that are marked
  std::vector<Line> climb_lines_;
  std::vector<StreetArc> to_lines_;
  std::vector<Landing> landings_;
  std::vector<std::uint32_t> line_of_;  ///< [slot]
  std::unique_ptr<Line[]> lines_;
};

/// A batch of sources that were run together; source l has lane l.
using Batch = std::span<const std::uint32_t>;

/// Runs all sources, neighbours in one batch, and calls visit(batch, target, labels) for the
/// targets that one of a batch reaches: by ascending target, different batches at the same time.
template <typename Lane, typename Visit>
void sweep(const Hierarchy& hierarchy, const ArcRows& climbs, const Selection& selection,
           const SnappedPlaces& sources, const Visit& visit) {
  expects(sources.leg.size() == sources.size(), "hierarchy: a leg for each place");
  std::vector<std::uint32_t> order;
  for (std::uint32_t s = 0; s < sources.size(); ++s) {
    const std::uint32_t node = sources.node[s];
    expects(node == no_index || node < hierarchy.size(), "hierarchy: nodes of the graph");
    if (node != no_index && sources.leg[s] <= selection.limit) order.push_back(s);
  }
  const auto place_of = [&](std::uint32_t s) { return hierarchy.place[sources.node[s]]; };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return place_of(a) < place_of(b); });
  std::mutex mutex;
  std::vector<std::unique_ptr<Sweeper<Lane>>> idle;
  const auto run = [&](std::size_t, std::size_t begin, std::size_t end) {
    std::unique_ptr<Sweeper<Lane>> sweeper;
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        sweeper = std::move(idle.back());
        idle.pop_back();
      }
    }
    if (sweeper == nullptr) {
      sweeper = std::make_unique<Sweeper<Lane>>(hierarchy, climbs, selection);
    }
    const Batch batch = std::span(order).subspan(begin, end - begin);
    std::vector<typename Sweeper<Lane>::Start> starts;
    for (const std::uint32_t source : batch) {
      starts.push_back({place_of(source), sources.leg[source]});
    }
    sweeper->run(starts);
    for (std::uint32_t t = 0; t < selection.target.size(); ++t) {
      const Lane* labels = sweeper->labels(t);
      if (labels != nullptr && selection.leg[t] <= selection.limit) visit(batch, t, labels);
    }
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(sweeper));
  };
  for_chunks(order.size(), SweepLine<Lane>::lanes, run);
}

/// Rows by site from lists by source.
void append_rows(TravelCosts& costs, const std::vector<std::vector<Reached>>& lists,
                 bool sources_are_sites) {
  costs.start.assign(costs.site_count + 1, 0);
  for (std::size_t s = 0; s < lists.size(); ++s) {
    for (const Reached reached : lists[s]) {
      ++costs.start[(sources_are_sites ? s : reached.target) + 1];
    }
  }
  for (std::size_t j = 0; j < costs.site_count; ++j) costs.start[j + 1] += costs.start[j];
  costs.origin.resize(costs.start.back());
  costs.cost.resize(costs.start.back());
  std::vector<std::uint64_t> next(costs.start.begin(), costs.start.end() - 1);
  for (std::uint32_t s = 0; s < lists.size(); ++s) {
    for (const Reached reached : lists[s]) {
      const std::uint64_t k = next[sources_are_sites ? s : reached.target]++;
      costs.origin[k] = sources_are_sites ? reached.target : s;
      costs.cost[k] = reached.cost;
    }
  }
}

}  // namespace

void sweep_table(const Hierarchy& hierarchy, const ArcRows& climbs, const Selection& selection,
                 const SnappedPlaces& sources, TableSteps steps, std::span<std::uint16_t> table) {
  expects(selection.limit < no_cost_16, "sweep_table: costs of 16 bits");
  sweep<std::uint16_t>(hierarchy, climbs, selection, sources,
                       [&](Batch batch, std::size_t target, const std::uint16_t* labels) {
                         std::uint16_t* cells = table.data() + target * steps.of_target;
                         const std::uint32_t leg = selection.leg[target];
                         for (std::size_t l = 0; l < batch.size(); ++l) {
                           const std::uint32_t cost = labels[l] + leg;
                           cells[batch[l] * steps.of_source] =
                               cost <= selection.limit ? static_cast<std::uint16_t>(cost)
                                                       : no_cost_16;
                         }
                       });
}

void visit_ways(const Hierarchy& hierarchy, const ArcRows& climbs, const Selection& selection,
                const SnappedPlaces& sources, const VisitWay& visit) {
  const auto take = [&](Batch batch, std::uint32_t target, const auto* labels) {
    for (std::size_t l = 0; l < batch.size(); ++l) {
      const std::uint64_t cost = std::uint64_t{labels[l]} + selection.leg[target];
      if (cost <= selection.limit) visit(batch[l], target, static_cast<std::uint32_t>(cost));
    }
  };
  if (selection.limit < no_cost_16) {
    sweep<std::uint16_t>(hierarchy, climbs, selection, sources, take);
  } else {
    sweep<std::uint32_t>(hierarchy, climbs, selection, sources, take);
  }
}

std::vector<std::vector<Reached>> sweep_lists(const Hierarchy& hierarchy, const ArcRows& climbs,
                                              const Selection& selection,
                                              const SnappedPlaces& sources) {
  std::vector<std::vector<Reached>> lists(sources.size());
  visit_ways(hierarchy, climbs, selection, sources,
             [&](std::size_t source, std::uint32_t target, std::uint32_t cost) {
               lists[source].push_back({target, cost});
             });
  return lists;
}

TravelCosts hierarchy_costs(const Hierarchy& hierarchy, const SnappedPlaces& origins,
                            const SnappedPlaces& sites, std::uint32_t limit) {
  TravelCosts costs;
  costs.unit = hierarchy.unit;
  costs.origin_count = origins.size();
  costs.site_count = sites.size();
  costs.limit = limit;
  // Ways climb from the sources and descend to the targets; from sites they are followed backwards.
  const bool from_sites = sites.size() < origins.size();
  const ArcRows& climbs = from_sites ? hierarchy.descents() : hierarchy.climbs();
  const ArcRows& descents = from_sites ? hierarchy.climbs() : hierarchy.descents();
  const SnappedPlaces& sources = from_sites ? sites : origins;
  const Selection selection =
      Selection::of(hierarchy, descents, from_sites ? origins : sites, limit);
  if (limit < no_cost_16) {
    costs.start.assign(costs.site_count + 1, 0);
    costs.rows.assign(origins.size() * sites.size(), no_cost_16);
    const TableSteps steps =
        from_sites ? TableSteps{origins.size(), 1} : TableSteps{1, origins.size()};
    sweep_table(hierarchy, climbs, selection, sources, steps, costs.rows);
  } else {
    append_rows(costs, sweep_lists(hierarchy, climbs, selection, sources), from_sites);
  }
  return costs;
}

TravelCosts hierarchy_costs(const Hierarchy& hierarchy, std::span<const std::uint32_t> origin_nodes,
                            std::span<const std::uint32_t> site_nodes, std::uint32_t limit) {
  const auto without_legs = [](std::span<const std::uint32_t> nodes) {
    SnappedPlaces places;
    places.node.assign(nodes.begin(), nodes.end());
    places.leg.assign(nodes.size(), 0);
    return places;
  };
  return hierarchy_costs(hierarchy, without_legs(origin_nodes), without_legs(site_nodes), limit);
}

}  // namespace quartier::network
