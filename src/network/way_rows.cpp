#include "network/way_rows.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/parallel.h"
#include "network/ball_search.h"
#include "network/entrances.h"
#include "network/hierarchy_sweep.h"
#include "network/node_order.h"

namespace quartier::network {
namespace {

constexpr std::size_t grain = 64;

/// Tables of this many pairs are kept as rows until it is known how many pairs are within the
/// limit; for larger ones that is judged by a sample.
constexpr std::size_t small_table = std::size_t{1} << 22U;
constexpr std::size_t sample_size = 32;

/// All that is known before the search.
struct Task {
  const SearchGraph& graph;
  const Hierarchy* hierarchy = nullptr;  ///< null: bounded searches
  std::optional<Selection> above_far;    ///< of the hierarchy
  Entrances near, far;
  bool near_are_sites = true;
  std::uint32_t limit = 0;
  std::vector<std::uint32_t> first_site;  ///< [service count + 1] number of each first site

  [[nodiscard]] std::uint64_t legs() const { return std::uint64_t{near.least_leg} + far.least_leg; }
};

/// The arcs by which ways climb from the near places; those by which they descend to the far ones.
/// From sites, ways are followed backwards.
const ArcRows& climbs_of(const Task& task) {
  return task.near_are_sites ? task.hierarchy->descents() : task.hierarchy->climbs();
}
const ArcRows& descents_of(const Task& task) {
  return task.near_are_sites ? task.hierarchy->climbs() : task.hierarchy->descents();
}

SnappedPlaces without_legs(std::vector<std::uint32_t> nodes) {
  SnappedPlaces places;
  places.leg.assign(nodes.size(), 0);
  places.node = std::move(nodes);
  return places;
}

/// Calls found(k, f, cost of the path) for the paths from sources[k] to the far entrances f that
/// may be within the limit.
template <typename Found>
void for_each_path(const Task& task, std::span<const std::uint32_t> sources, const Found& found) {
  const auto rest = static_cast<std::uint32_t>(task.limit - task.legs());
  std::vector<std::uint32_t> nodes;
  nodes.reserve(sources.size());
  for (const std::uint32_t k : sources) nodes.push_back(task.near.node[k]);
  if (task.hierarchy != nullptr) {
    visit_ways(*task.hierarchy, climbs_of(task), *task.above_far, without_legs(std::move(nodes)),
               found);
    return;
  }
  std::vector<std::uint32_t> far_at(task.graph.size(), no_index);
  for (std::size_t f = 0; f < task.far.node.size(); ++f) {
    far_at[task.graph.place_of(task.far.node[f])] = static_cast<std::uint32_t>(f);
  }
  for_each_ball(task.graph, nodes, rest, [&](std::size_t source, BallView ball) {
    for (std::size_t b = 0; b < ball.place.size(); ++b) {
      const std::uint32_t there = far_at[ball.place[b]];
      if (there != no_index) found(source, there, ball.cost[b]);
    }
  });
}

/// Calls emit(near place, far place, cost) for every pair within the limit. Calls for the same near
/// place come one after the other, those for different ones at the same time.
template <typename Emit>
void for_each_way(const Task& task, std::span<const std::uint32_t> sources, const Emit& emit) {
  if (task.legs() > task.limit) return;
  const Entrances& near = task.near;
  const Entrances& far = task.far;
  for_each_path(task, sources, [&](std::size_t source, std::uint32_t there, std::uint32_t path) {
    const std::uint32_t k = sources[source];
    for (std::uint32_t n = near.start[k]; n < near.start[k + 1]; ++n) {
      const std::uint64_t cost = std::uint64_t{path} + near.leg[near.member[n]];
      for (std::uint32_t f = far.start[there]; f < far.start[there + 1]; ++f) {
        const std::uint64_t whole = cost + far.leg[far.member[f]];
        if (whole <= task.limit) {
          emit(near.member[n], far.member[f], static_cast<std::uint32_t>(whole));
        }
      }
    }
  });
}

using Rows = std::vector<std::vector<std::uint64_t>>;  ///< (far place, cost) words by near place

/// Rows by the other side, sorted.
Rows turned_round(const Rows& rows, std::size_t far_count) {
  std::vector<std::size_t> length(far_count, 0);
  for (const auto& row : rows) {
    for (const std::uint64_t word : row) ++length[word >> 32U];
  }
  Rows turned(far_count);
  for (std::size_t f = 0; f < far_count; ++f) turned[f].reserve(length[f]);
  for (std::uint64_t n = 0; n < rows.size(); ++n) {
    for (const std::uint64_t word : rows[n]) {
      turned[word >> 32U].push_back(n << 32U | (word & 0xFFFFFFFFU));
    }
  }
  return turned;
}

void sort_rows(Rows& rows) {
  for_chunks(rows.size(), grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t r = begin; r < end; ++r) {
      if (rows[r].size() > 4096) {
        sort_by_key(rows[r]);
      } else {
        std::sort(rows[r].begin(), rows[r].end());
      }
    }
  });
}

/// The sparse table of rows by site.
void fill_sparse(TravelCosts& table, std::span<const std::vector<std::uint64_t>> rows) {
  table.start.resize(rows.size() + 1);
  for (std::size_t j = 0; j < rows.size(); ++j)
    table.start[j + 1] = table.start[j] + rows[j].size();
  table.origin.resize(table.start.back());
  table.cost.resize(table.start.back());
  for_chunks(rows.size(), grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t j = begin; j < end; ++j) {
      for (std::size_t k = 0; k < rows[j].size(); ++k) {
        table.origin[table.start[j] + k] = static_cast<std::uint32_t>(rows[j][k] >> 32U);
        table.cost[table.start[j] + k] = static_cast<std::uint32_t>(rows[j][k]);
      }
    }
  });
}

/// The dense table of rows by site, whose costs have 16 bits.
void fill_dense(TravelCosts& table, std::span<const std::vector<std::uint64_t>> rows) {
  table.start.assign(rows.size() + 1, 0);
  table.rows.assign(table.origin_count * rows.size(), no_cost_16);
  for (std::size_t j = 0; j < rows.size(); ++j) {
    for (const std::uint64_t word : rows[j]) {
      table.rows[j * table.origin_count + (word >> 32U)] = static_cast<std::uint16_t>(word);
    }
  }
}

bool suits_dense(const TravelCosts& table, std::span<const std::vector<std::uint64_t>> rows) {
  std::size_t listed = 0;
  for (const auto& row : rows) {
    listed += row.size();
    for (const std::uint64_t word : row) {
      if (static_cast<std::uint32_t>(word) >= no_cost_16) return false;
    }
  }
  return listed > 0 && 2 * listed >= table.origin_count * table.site_count;
}

std::size_t service_of(const Task& task, std::uint32_t site) {
  const auto next = std::upper_bound(task.first_site.begin(), task.first_site.end(), site);
  return static_cast<std::size_t>(next - task.first_site.begin()) - 1;
}

/// For each large table, whether about half of its pairs or more are within the limit.
std::vector<std::uint8_t> judged_dense(const Task& task, std::span<const TravelCosts> tables) {
  std::vector<std::uint8_t> dense(tables.size(), 0);
  bool any_large = false;
  for (const TravelCosts& table : tables) {
    any_large = any_large || table.origin_count * table.site_count > small_table;
  }
  if (!any_large) return dense;
  std::vector<std::uint32_t> sample;
  const std::size_t step = std::max<std::size_t>(1, task.near.node.size() / sample_size);
  for (std::size_t k = step / 2; k < task.near.node.size(); k += step) {
    sample.push_back(static_cast<std::uint32_t>(k));
  }
  std::vector<std::atomic<std::uint64_t>> listed(tables.size());
  std::vector<std::atomic<std::uint64_t>> possible(tables.size());
  std::atomic<bool> is_narrow = true;
  for_each_way(task, sample, [&](std::uint32_t near, std::uint32_t far, std::uint32_t cost) {
    ++listed[service_of(task, task.near_are_sites ? near : far)];
    if (cost >= no_cost_16) is_narrow = false;
  });
  for (const std::uint32_t k : sample) {
    for (std::uint32_t n = task.near.start[k]; n < task.near.start[k + 1]; ++n) {
      for (std::size_t s = 0; s < tables.size(); ++s) {
        if (!task.near_are_sites) {
          possible[s] += tables[s].site_count;
        } else if (s == service_of(task, task.near.member[n])) {
          possible[s] += tables[s].origin_count;
        }
      }
    }
  }
  for (std::size_t s = 0; s < tables.size(); ++s) {
    const bool large = tables[s].origin_count * tables[s].site_count > small_table;
    dense[s] = large && is_narrow && 2 * listed[s] >= possible[s] && listed[s] > 0 ? 1 : 0;
  }
  return dense;
}

/// Fills the tables; false where a cost did not fit in a row of 16 bits.
bool fill(const Task& task, std::span<const std::uint8_t> dense, std::span<TravelCosts> tables) {
  for (std::size_t s = 0; s < tables.size(); ++s) {
    if (dense[s] == 0) continue;
    tables[s].rows.assign(tables[s].origin_count * tables[s].site_count, no_cost_16);
    tables[s].start.assign(tables[s].site_count + 1, 0);
  }
  std::vector<std::uint32_t> sources(task.near.node.size());
  for (std::uint32_t k = 0; k < sources.size(); ++k) sources[k] = k;
  Rows rows(task.near.leg.size());
  std::atomic<bool> fits = true;
  for_each_way(task, sources, [&](std::uint32_t near, std::uint32_t far, std::uint32_t cost) {
    const std::uint32_t site = task.near_are_sites ? near : far;
    const std::size_t service = service_of(task, site);
    if (dense[service] == 0) {
      rows[near].push_back(std::uint64_t{far} << 32U | cost);
      return;
    }
    if (cost >= no_cost_16) fits.store(false, std::memory_order_relaxed);
    TravelCosts& table = tables[service];
    const std::uint32_t origin = task.near_are_sites ? far : near;
    table.rows[(site - task.first_site[service]) * table.origin_count + origin] =
        static_cast<std::uint16_t>(cost);
  });
  if (!fits) return false;
  if (task.near_are_sites) {
    sort_rows(rows);
  } else {
    rows = turned_round(rows, task.far.leg.size());
  }
  for (std::size_t s = 0; s < tables.size(); ++s) {
    if (dense[s] != 0) continue;
    TravelCosts& table = tables[s];
    const auto of_service = std::span(rows).subspan(task.first_site[s], table.site_count);
    const bool small = table.origin_count * table.site_count <= small_table;
    if (small && suits_dense(table, of_service)) {
      fill_dense(table, of_service);
    } else {
      fill_sparse(table, of_service);
    }
  }
  return true;
}

}  // namespace

std::vector<TravelCosts> costs_within(const SearchableStreets& streets,
                                      const SnappedPlaces& origins,
                                      std::span<const SnappedPlaces* const> services,
                                      std::uint32_t limit) {
  const SnappedPlaces* const origin_set[] = {&origins};
  Entrances near = Entrances::of(services);
  Entrances far = Entrances::of(origin_set);
  const bool from_sites = near.node.size() <= far.node.size();
  if (!from_sites) std::swap(near, far);
  Task task{from_sites ? streets.to_sites() : streets.from_origins(),
            streets.hierarchy_up_to(limit),
            std::nullopt,
            std::move(near),
            std::move(far),
            from_sites,
            limit,
            {0}};
  if (task.hierarchy != nullptr && task.legs() <= limit) {
    task.above_far = Selection::of(*task.hierarchy, descents_of(task), without_legs(task.far.node),
                                   static_cast<std::uint32_t>(limit - task.legs()));
  }
  std::vector<TravelCosts> tables(services.size());
  for (std::size_t s = 0; s < services.size(); ++s) {
    tables[s].unit = streets.unit();
    tables[s].origin_count = origins.size();
    tables[s].site_count = services[s]->size();
    tables[s].limit = limit;
    task.first_site.push_back(task.first_site.back() +
                              static_cast<std::uint32_t>(services[s]->size()));
  }
  std::vector<std::uint8_t> dense = judged_dense(task, tables);
  if (!fill(task, dense, tables)) {
    for (std::size_t s = 0; s < tables.size(); ++s) tables[s].rows.clear();
    dense.assign(dense.size(), 0);
    fill(task, dense, tables);
  }
  return tables;
}

}  // namespace quartier::network
