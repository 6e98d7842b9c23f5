#include "network/transit_schedule.h"

#include <algorithm>
#include <string>

#include "base/error.h"
#include "network/transit_order.h"

namespace quartier::network {
namespace {

constexpr std::int32_t latest_departure_s = 864'000;

void check(const TransitOptions& options) {
  const std::string place = "departure window";
  if (options.from_s < 0 || options.to_s <= options.from_s) {
    throw InputError(place, "it ends before it begins", "give a later end");
  }
  if (options.to_s > latest_departure_s) {
    throw InputError(place, "it ends after ten days", "give seconds after midnight");
  }
  if (options.step_s < 1) throw InputError(place, "a step under one second", "give a longer step");
  if (options.longest_s < 0 || options.longest_s > 65534) {
    throw InputError(place, "the longest travel must be 0 to 65,534 s", "give a shorter travel");
  }
  if (options.departure_count() > most_departures) {
    throw InputError(place, std::to_string(options.departure_count()) + " departures",
                     "give a longer step: at most " + std::to_string(most_departures));
  }
}

bool usable(WheelchairUse mark, const TransitOptions& options) {
  if (!options.wheelchair || mark == WheelchairUse::possible) return true;
  return mark == WheelchairUse::unknown && options.unknown_is_possible;
}

/// A hop before it is numbered.
struct RawHop {
  TransitHop hop;
  bool can_board = true;
};

std::vector<RawHop> raw_hops(const Timetable& timetable, const TransitOptions& options) {
  const std::int32_t last =
      options.last_departure_s >= 0 ? options.last_departure_s : options.to_s + options.longest_s;
  const auto open = [&](std::uint32_t stop) {
    return usable(timetable.stops[stop].wheelchair, options);
  };
  std::vector<RawHop> raw;
  for (std::uint32_t t = 0; t < timetable.trips.size(); ++t) {
    const TimetableTrip& trip = timetable.trips[t];
    if (!usable(trip.wheelchair, options)) continue;
    const std::span<const TimetableCall> calls = timetable.calls_of(trip);
    std::uint32_t previous = no_index;
    for (std::uint32_t k = 0; k + 1 < calls.size(); ++k) {
      const TimetableCall& here = calls[k];
      const TimetableCall& next = calls[k + 1];
      expects(here.stop < timetable.stops.size() && next.stop < timetable.stops.size(),
              "transit_schedule: calls at stops of the timetable");
      expects(here.departure_s >= here.arrival_s && next.arrival_s >= here.departure_s,
              "transit_schedule: times of a trip in order");
      if (here.departure_s < options.from_s || here.departure_s > last) {
        previous = no_index;
        continue;
      }
      const auto position = static_cast<std::uint32_t>(raw.size());
      raw.push_back({{previous, t, trip.first_call + k, here.stop, next.stop, here.departure_s,
                      next.arrival_s, next.drop_off && open(next.stop)},
                     here.pickup && open(here.stop)});
      previous = position;
    }
  }
  return raw;
}

/// Positions of `count` things in rows by key, in their order.
template <typename Key>
void rows_by(std::size_t row_count, std::size_t count, const Key& key,
             std::vector<std::uint32_t>& start, std::vector<std::uint32_t>& item) {
  start.assign(row_count + 1, 0);
  for (std::size_t k = 0; k < count; ++k) {
    if (key(k) != no_index) ++start[key(k) + 1];
  }
  for (std::size_t row = 0; row < row_count; ++row) start[row + 1] += start[row];
  item.resize(start[row_count]);
  std::vector<std::uint32_t> next(start.begin(), start.end() - 1);
  for (std::size_t k = 0; k < count; ++k) {
    if (key(k) != no_index) item[next[key(k)]++] = static_cast<std::uint32_t>(k);
  }
}

/// Which hops become useful for which boarding.
void find_changes(const std::vector<RawHop>& raw, const TransitSchedule& schedule,
                  BoardingDraft& draft) {
  std::vector<std::uint32_t> start;
  std::vector<std::uint32_t> open;  // boardings where somebody may board, by stop and time
  rows_by(
      schedule.stop_count, draft.boardings.size(),
      [&](std::size_t b) { return draft.can_board[b] != 0 ? draft.boardings[b].stop : no_index; },
      start, open);
  struct Change {
    std::uint32_t boarding, hop;
    bool operator<(const Change& other) const {
      return boarding != other.boarding ? boarding < other.boarding : hop < other.hop;
    }
  };
  draft.change_start.assign(draft.boardings.size(), 0);
  draft.change_end.assign(draft.boardings.size(), 0);
  std::vector<Change> found;
  for (std::size_t s = 0; s < schedule.stop_count; ++s) {
    found.clear();
    for (std::uint64_t f = schedule.foot_start[s]; f < schedule.foot_start[s + 1]; ++f) {
      const std::uint32_t p = schedule.foot_from[f];
      const std::int64_t wait = std::int64_t{schedule.foot_s[f]} + schedule.options.change_s;
      std::uint32_t b = start[s];
      for (std::uint32_t k = schedule.alight_start[p]; k < schedule.alight_start[p + 1]; ++k) {
        const std::int64_t ready = raw[schedule.alight[k]].hop.arrival_s + wait;
        while (b < start[s + 1] && draft.boardings[open[b]].time_s < ready) ++b;
        if (b == start[s + 1]) break;
        found.push_back({open[b], schedule.alight[k]});
      }
    }
    std::sort(found.begin(), found.end());
    for (std::size_t k = 0; k < found.size(); ++k) {
      const Change change = found[k];
      if (k == 0 || found[k - 1].boarding != change.boarding) {
        draft.change_start[change.boarding] = draft.changes.size();
      }
      // Whoever is still on board at a later call of the trip reaches the boarding from there too.
      const bool later = k + 1 < found.size() && found[k + 1].boarding == change.boarding &&
                         raw[found[k + 1].hop].hop.trip == raw[change.hop].hop.trip;
      if (!later) draft.changes.push_back(change.hop);
      draft.change_end[change.boarding] = draft.changes.size();
    }
  }
}

}  // namespace

std::size_t TransitOptions::departure_count() const {
  return static_cast<std::size_t>((std::int64_t{to_s} - from_s + step_s - 1) / step_s);
}

TransitSchedule transit_schedule(const Timetable& timetable, const TravelCosts& footpaths,
                                 const TransitOptions& options) {
  check(options);
  TransitSchedule schedule;
  schedule.options = options;
  schedule.stop_count = timetable.stops.size();
  schedule.trip_count = timetable.trips.size();
  expects(footpaths.site_count == schedule.stop_count &&
              footpaths.origin_count == schedule.stop_count && footpaths.unit == CostUnit::second,
          "transit_schedule: footpaths between the stops, in seconds");
  for (std::size_t s = 0; s < schedule.stop_count; ++s) {
    footpaths.visit(s, [&](std::size_t p, std::uint32_t seconds) {
      schedule.foot_from.push_back(static_cast<std::uint32_t>(p));
      schedule.foot_s.push_back(seconds);
    });
    schedule.foot_start.push_back(schedule.foot_from.size());
  }
  const std::vector<RawHop> raw = raw_hops(timetable, options);

  std::vector<std::uint32_t> by_arrival(raw.size());
  for (std::uint32_t k = 0; k < raw.size(); ++k) by_arrival[k] = k;
  std::vector<std::uint32_t> by_departure = by_arrival;
  std::sort(by_arrival.begin(), by_arrival.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (raw[a].hop.arrival_s != raw[b].hop.arrival_s) {
      return raw[a].hop.arrival_s < raw[b].hop.arrival_s;
    }
    return a < b;
  });
  rows_by(
      schedule.stop_count, raw.size(),
      [&](std::size_t k) {
        const TransitHop& hop = raw[by_arrival[k]].hop;
        return hop.can_alight ? hop.to : no_index;
      },
      schedule.alight_start, schedule.alight);
  for (std::uint32_t& hop : schedule.alight) hop = by_arrival[hop];

  std::sort(by_departure.begin(), by_departure.end(), [&](std::uint32_t a, std::uint32_t b) {
    const TransitHop& x = raw[a].hop;
    const TransitHop& y = raw[b].hop;
    if (x.departure_s != y.departure_s) return x.departure_s < y.departure_s;
    if (x.from != y.from) return x.from < y.from;
    if (raw[a].can_board != raw[b].can_board) return raw[a].can_board;
    return a < b;
  });
  BoardingDraft draft;
  draft.hop_boarding.resize(raw.size());
  draft.next_hop.assign(raw.size(), no_index);
  for (const std::uint32_t k : by_departure) {
    const TransitHop& hop = raw[k].hop;
    if (draft.boardings.empty() || draft.boardings.back().stop != hop.from ||
        draft.boardings.back().time_s != hop.departure_s) {
      draft.boardings.push_back({hop.from, hop.departure_s, 0, 0, 0});
      draft.can_board.push_back(0);
      draft.hop_start.push_back(draft.hops.size());
    }
    if (raw[k].can_board) draft.can_board.back() = 1;
    draft.hops.push_back(k);
    draft.hop_boarding[k] = static_cast<std::uint32_t>(draft.boardings.size() - 1);
    if (hop.previous != no_index) draft.next_hop[hop.previous] = k;
  }
  draft.hop_start.push_back(draft.hops.size());
  find_changes(raw, schedule, draft);
  draft.lasts_no_time = [&](std::uint32_t k) {
    return raw[k].hop.arrival_s == raw[k].hop.departure_s;
  };
  const BoardingOrder order = boarding_order(draft);
  schedule.loops = order.loops;

  std::vector<std::uint32_t> number(raw.size());
  schedule.hops.reserve(raw.size());
  for (const std::uint32_t b : order.boardings) {
    TransitBoarding boarding = draft.boardings[b];
    boarding.first_hop = static_cast<std::uint32_t>(schedule.hops.size());
    boarding.first_closed = boarding.first_hop;
    for (std::size_t k = draft.hop_start[b]; k < draft.hop_start[b + 1]; ++k) {
      number[draft.hops[k]] = static_cast<std::uint32_t>(schedule.hops.size());
      schedule.hops.push_back(raw[draft.hops[k]].hop);
      if (raw[draft.hops[k]].can_board) ++boarding.first_closed;
    }
    boarding.first_change = static_cast<std::uint32_t>(schedule.changes.size());
    for (std::size_t k = draft.change_start[b]; k < draft.change_end[b]; ++k) {
      schedule.changes.push_back(draft.changes[k]);
    }
    schedule.boardings.push_back(boarding);
  }
  const auto hop_count = static_cast<std::uint32_t>(schedule.hops.size());
  schedule.boardings.push_back(
      {0, 0, hop_count, hop_count, static_cast<std::uint32_t>(schedule.changes.size())});
  for (TransitHop& hop : schedule.hops) {
    hop.previous = hop.previous == no_index ? hop_count : number[hop.previous];
  }
  for (std::uint32_t& hop : schedule.changes) hop = number[hop];
  for (std::uint32_t& hop : schedule.alight) hop = number[hop];
  return schedule;
}

}  // namespace quartier::network
