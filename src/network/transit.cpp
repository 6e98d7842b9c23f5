#include "network/transit.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>

#include "base/error.h"
#include "base/parallel.h"
#include "network/transit_sweep.h"

namespace quartier::network {
namespace {

constexpr std::size_t lanes = transit_lanes;
constexpr std::size_t listed_at_once = 128;  // destinations
constexpr std::size_t list_grain = 16;

void check(const TransitSchedule& schedule, const TransitWalks& walks) {
  expects(walks.access.unit == CostUnit::second && walks.egress.unit == CostUnit::second,
          "for_each_times: walks in seconds");
  expects(walks.access.site_count == schedule.stop_count,
          "for_each_times: the sites of the access walks are the stops");
  expects(walks.egress.origin_count == schedule.stop_count,
          "for_each_times: the origins of the egress walks are the stops");
  expects(walks.direct.site_count == 0 || (walks.direct.unit == CostUnit::second &&
                                           walks.direct.origin_count == walks.access.origin_count &&
                                           walks.direct.site_count == walks.egress.site_count),
          "for_each_times: direct walks from the origins to the destinations, in seconds");
}

/// The vehicles that lead to one destination.
class AlightingList {
 public:
  explicit AlightingList(const TransitSchedule& schedule)
      : schedule_(schedule),
        walk_(schedule.stop_count, no_cost),
        latest_(schedule.trip_count, no_index) {}

  void add(const TravelCosts& egress, std::size_t destination, std::vector<Alighting>& list) {
    walked_.clear();
    egress.visit(destination, [&](std::size_t stop, std::uint32_t seconds) {
      lower(static_cast<std::uint32_t>(stop), seconds);
      for (std::uint64_t f = schedule_.foot_start[stop]; f < schedule_.foot_start[stop + 1]; ++f) {
        lower(schedule_.foot_from[f], std::uint64_t{seconds} + schedule_.foot_s[f]);
      }
    });
    const TransitOptions& options = schedule_.options;
    const std::int64_t last_s =
        static_cast<std::int64_t>(options.departure_count() - 1) * options.step_s +
        options.longest_s;
    keys_.clear();
    for (const std::uint32_t stop : walked_) {
      for (std::uint32_t k = schedule_.alight_start[stop]; k < schedule_.alight_start[stop + 1];
           ++k) {
        const std::uint32_t hop = schedule_.alight[k];
        const std::int64_t at_s =
            std::int64_t{schedule_.hops[hop].arrival_s} - options.from_s + walk_[stop];
        if (at_s > last_s) break;
        keys_.push_back(static_cast<std::uint64_t>(at_s) << 32U | hop);
      }
      walk_[stop] = no_cost;
    }
    std::sort(keys_.begin(), keys_.end());
    // Whoever is on board at a later call was there at this one or boarded since: where the later
    // call is not later at the destination, the earlier adds nothing.
    touched_.clear();
    for (const std::uint64_t key : keys_) {
      const auto hop = static_cast<std::uint32_t>(key);
      std::uint32_t& latest = latest_[schedule_.hops[hop].trip];
      if (latest == no_index) {
        touched_.push_back(schedule_.hops[hop].trip);
      } else if (schedule_.hops[hop].call <= latest) {
        continue;
      }
      latest = schedule_.hops[hop].call;
      list.push_back({static_cast<std::int32_t>(key >> 32U), hop});
    }
    for (const std::uint32_t trip : touched_) latest_[trip] = no_index;
  }

 private:
  void lower(std::uint32_t stop, std::uint64_t seconds) {
    if (seconds >= no_cost) return;
    if (walk_[stop] == no_cost) walked_.push_back(stop);
    walk_[stop] = std::min(walk_[stop], static_cast<std::uint32_t>(seconds));
  }

  const TransitSchedule& schedule_;
  std::vector<std::uint32_t> walk_;
  std::vector<std::uint32_t> latest_;
  std::vector<std::uint32_t> walked_;
  std::vector<std::uint32_t> touched_;
  std::vector<std::uint64_t> keys_;
};

/// Destinations [first, last) with their vehicles.
struct Tile {
  std::size_t first = 0;
  std::size_t last = 0;
  std::vector<std::vector<Alighting>> of;
};

Tile next_tile(const TransitSchedule& schedule, const TravelCosts& egress, std::size_t first) {
  Tile tile;
  tile.first = tile.last = first;
  std::size_t held = 0;
  while (tile.last < egress.site_count &&
         (tile.last == first || held < schedule.options.held_alightings)) {
    const std::size_t begin = tile.last;
    tile.last = std::min(egress.site_count, begin + listed_at_once);
    tile.of.resize(tile.last - first);
    for_chunks(tile.last - begin, list_grain, [&](std::size_t, std::size_t from, std::size_t to) {
      AlightingList lists(schedule);
      for (std::size_t j = begin + from; j < begin + to; ++j) {
        lists.add(egress, j, tile.of[j - first]);
      }
    });
    for (std::size_t j = begin; j < tile.last; ++j) held += tile.of[j - first].size();
  }
  return tile;
}

/// Buffers that workers hand on to each other.
class Spaces {
 public:
  std::unique_ptr<SweepSpace> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<SweepSpace>();
    std::unique_ptr<SweepSpace> space = std::move(free_.back());
    free_.pop_back();
    return space;
  }
  void give_back(std::unique_ptr<SweepSpace> space) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(space));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<SweepSpace>> free_;
};

}  // namespace

void for_each_times(const TransitSchedule& schedule, const TransitWalks& walks,
                    const std::function<void(const TransitTimes&)>& visit, Progress* progress) {
  check(schedule, walks);
  const std::size_t origin_count = walks.access.origin_count;
  const std::size_t destination_count = walks.egress.site_count;
  const std::size_t departures = schedule.options.departure_count();
  const auto longest = static_cast<std::uint32_t>(schedule.options.longest_s);
  Spaces spaces;
  std::mutex told;
  const std::size_t block_count = (origin_count + lanes - 1) / lanes;
  for (std::size_t first = 0; first < destination_count;) {
    if (progress != nullptr) progress->check();
    const Tile tile = next_tile(schedule, walks.egress, first);
    std::size_t blocks_done = 0;
    for_chunks(origin_count, lanes, [&](std::size_t, std::size_t begin, std::size_t end) {
      std::unique_ptr<SweepSpace> space = spaces.take();
      space->access.fill(walks.access, begin, end);
      sweep(schedule, *space);
      std::vector<std::int32_t> arrivals(departures * lanes, 0);
      std::vector<std::uint16_t> seconds(departures * lanes);
      std::vector<std::uint16_t> walk_s(lanes);
      for (std::size_t j = tile.first; j < tile.last; ++j) {
        if (progress != nullptr) progress->check();
        arrive(schedule, tile.of[j - tile.first], space->hop_rows, arrivals, seconds);
        if (walks.direct.site_count > 0) {
          std::fill(walk_s.begin(), walk_s.end(), no_cost_16);
          walks.direct.visit(j, begin, end, [&](std::size_t origin, std::uint32_t cost) {
            if (cost <= longest) walk_s[origin - begin] = static_cast<std::uint16_t>(cost);
          });
          walk_instead(walk_s, seconds);
        }
        visit({j, begin, end - begin, departures, lanes, seconds});
      }
      spaces.give_back(std::move(space));
      if (progress != nullptr) {
        const std::lock_guard lock(told);
        const double part = static_cast<double>(++blocks_done) / static_cast<double>(block_count);
        progress->step("timetable", (static_cast<double>(tile.first) +
                                     part * static_cast<double>(tile.last - tile.first)) /
                                        static_cast<double>(destination_count));
      }
    });
    first = tile.last;
  }
}

TransitPercentiles transit_percentiles(const TransitSchedule& schedule, const TransitWalks& walks,
                                       std::span<const double> percent, Progress* progress,
                                       std::uint32_t within_s) {
  const std::size_t origins = walks.access.origin_count;
  const std::size_t pairs = origins * walks.egress.site_count;
  const std::size_t departures = schedule.options.departure_count();
  TransitPercentiles result;
  std::vector<std::size_t> rank;
  for (const double p : percent) {
    if (!(p > 0.0) || p > 100.0) {
      throw InputError("a percentile must be above 0 and at most 100", "give for example 50");
    }
    const double exact = p * static_cast<double>(departures) / 100.0;
    rank.push_back(static_cast<std::size_t>(std::max(1.0, std::ceil(exact - 1e-9))) - 1);
    result.percent.push_back(p);
    TravelCosts& costs = result.time.emplace_back();
    costs.unit = CostUnit::second;
    costs.origin_count = origins;
    costs.site_count = walks.egress.site_count;
    costs.limit = static_cast<std::uint32_t>(schedule.options.longest_s);
    costs.rows.assign(pairs, no_cost_16);
  }
  result.reached.assign(pairs, 0);
  result.first.assign(pairs, no_cost_16);
  // Times are at most `longest_s`, below the mark of no way.
  const auto within = static_cast<std::uint16_t>(
      std::min(within_s, static_cast<std::uint32_t>(schedule.options.longest_s)));
  if (within > 0) result.within.assign(pairs, 0);
  const auto network = sorting_network(departures);
  for_each_times(
      schedule, walks,
      [&](const TransitTimes& times) {
        const std::size_t place = times.destination * origins + times.first_origin;
        std::copy_n(times.seconds.begin(), times.origin_count, result.first.begin() + place);
        for (std::size_t d = 0; d < departures; ++d) {
          const std::uint16_t* row = times.seconds.data() + d * times.stride;
          for (std::size_t l = 0; l < times.origin_count; ++l) {
            if (row[l] != no_cost_16) ++result.reached[place + l];
          }
          if (within == 0) continue;
          for (std::size_t l = 0; l < times.origin_count; ++l) {
            if (row[l] <= within) ++result.within[place + l];
          }
        }
        sort_departures(network, times.seconds);
        for (std::size_t p = 0; p < rank.size(); ++p) {
          std::copy_n(times.seconds.begin() + rank[p] * times.stride, times.origin_count,
                      result.time[p].rows.begin() + place);
        }
      },
      progress);
  return result;
}

WindowAccess window_access(const TransitSchedule& schedule, const TransitWalks& walks,
                           std::span<const double> supply, std::span<const double> weight,
                           Progress* progress) {
  expects(supply.size() == walks.egress.site_count, "window_access: supply of every destination");
  expects(weight.size() > static_cast<std::size_t>(schedule.options.longest_s),
          "window_access: a weight for every second");
  const std::size_t origins = walks.access.origin_count;
  WindowAccess result;
  result.departure_count = schedule.options.departure_count();
  const std::size_t departures = result.departure_count;
  result.access.assign(origins * departures, 0.0);
  for_each_times(
      schedule, walks,
      [&](const TransitTimes& times) {
        const double places = supply[times.destination];
        if (places == 0.0) return;
        for (std::size_t l = 0; l < times.origin_count; ++l) {
          double* row = result.access.data() + (times.first_origin + l) * departures;
          for (std::size_t d = 0; d < departures; ++d) {
            const std::uint16_t seconds = times.at(d, l);
            if (seconds != no_cost_16) row[d] += places * weight[seconds];
          }
        }
      },
      progress);
  for (std::size_t i = 0; i < origins; ++i) {
    double sum = 0.0;
    for (std::size_t d = 0; d < departures; ++d) sum += result.access[i * departures + d];
    result.mean.push_back(sum / static_cast<double>(departures));
  }
  return result;
}

}  // namespace quartier::network
