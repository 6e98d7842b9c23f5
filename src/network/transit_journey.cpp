#include "network/transit_journey.h"

#include <algorithm>

#include "base/error.h"

namespace quartier::network {
namespace {

/// How a place was reached: by a hop's number or one of these.
constexpr std::uint32_t not_reached = no_index;
constexpr std::uint32_t by_walking = no_index - 1;
constexpr std::uint32_t on_board = no_index - 2;

/// A vehicle, the walk after it, and when that ends.
struct Arrival {
  std::int64_t time_s = 0;
  std::uint32_t hop = not_reached;
  std::uint32_t via = no_index;  ///< stop at which the footpath ends; none: straight from the hop
};

class Search {
 public:
  Search(const TransitSchedule& schedule, const TransitWalks& walks, std::size_t origin,
         std::size_t destination, std::int32_t departure_s)
      : schedule_(schedule),
        departure_s_(departure_s),
        access_s_(schedule.stop_count, no_cost),
        walk_s_(schedule.stop_count, no_cost),
        via_(schedule.stop_count, no_index) {
    for (std::size_t s = 0; s < schedule.stop_count; ++s) {
      walks.access.visit(s, origin, origin + 1,
                         [&](std::size_t, std::uint32_t seconds) { access_s_[s] = seconds; });
    }
    walks.egress.visit(destination, [&](std::size_t stop, std::uint32_t seconds) {
      if (seconds <= walk_s_[stop]) {
        walk_s_[stop] = seconds;
        via_[stop] = no_index;
      }
      for (std::uint64_t f = schedule.foot_start[stop]; f < schedule.foot_start[stop + 1]; ++f) {
        const std::uint32_t from = schedule.foot_from[f];
        const std::uint64_t total = std::uint64_t{seconds} + schedule.foot_s[f];
        if (from == stop || total >= walk_s_[from]) continue;
        walk_s_[from] = static_cast<std::uint32_t>(total);
        via_[from] = static_cast<std::uint32_t>(stop);
      }
    });
  }

  /// One more ride. Returns whether it leads to further vehicles.
  bool ride() {
    at_stop_.assign(schedule_.stop_count, not_reached);
    rounds_.emplace_back(schedule_.hops.size(), not_reached);
    std::size_t begin = 0;
    for (const TransitSchedule::Loop loop : schedule_.loops) {
      take(begin, loop.first);
      std::vector<std::uint32_t> before;
      do {
        before = rounds_.back();
        take(loop.first, loop.last);
      } while (before != rounds_.back());
      begin = loop.last;
    }
    take(begin, schedule_.boarding_count());
    const auto reached = [](const std::vector<std::uint32_t>& round) {
      return static_cast<std::size_t>(round.size()) -
             static_cast<std::size_t>(std::count(round.begin(), round.end(), not_reached));
    };
    const std::size_t before = rounds_.size() < 2 ? 0 : reached(rounds_[rounds_.size() - 2]);
    return reached(rounds_.back()) > before;
  }

  /// The earliest arrival of the last round.
  [[nodiscard]] Arrival earliest() const {
    Arrival best;
    for (std::uint32_t stop = 0; stop < schedule_.stop_count; ++stop) {
      if (walk_s_[stop] == no_cost) continue;
      for (std::uint32_t k = schedule_.alight_start[stop]; k < schedule_.alight_start[stop + 1];
           ++k) {
        const std::uint32_t hop = schedule_.alight[k];
        if (rounds_.back()[hop] == not_reached) continue;
        const std::int64_t time_s = std::int64_t{schedule_.hops[hop].arrival_s} + walk_s_[stop];
        if (best.hop == not_reached || time_s < best.time_s) best = {time_s, hop, via_[stop]};
        break;
      }
    }
    return best;
  }

  [[nodiscard]] std::vector<JourneyLeg> legs_to(const Arrival& arrival, std::size_t round) const;

 private:
  void take(std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t>& round = rounds_.back();
    for (std::size_t b = begin; b < end; ++b) {
      const TransitBoarding& here = schedule_.boardings[b];
      const TransitBoarding& next = schedule_.boardings[b + 1];
      std::uint32_t& way = at_stop_[here.stop];
      if (here.first_hop < here.first_closed && way == not_reached) {
        if (std::int64_t{departure_s_} + access_s_[here.stop] <= here.time_s) way = by_walking;
        for (std::uint32_t k = here.first_change; k < next.first_change && way == not_reached;
             ++k) {
          if (rounds_.size() < 2) break;
          const std::uint32_t from = schedule_.changes[k];
          if (rounds_[rounds_.size() - 2][from] != not_reached) way = from;
        }
      }
      for (std::uint32_t hop = here.first_hop; hop < next.first_hop; ++hop) {
        const std::uint32_t previous = schedule_.hops[hop].previous;
        if (previous < round.size() && round[previous] != not_reached) {
          round[hop] = on_board;
        } else if (hop < here.first_closed) {
          round[hop] = way;
        }
      }
    }
  }

  [[nodiscard]] std::uint32_t footpath_s(std::uint32_t from, std::uint32_t to) const {
    for (std::uint64_t f = schedule_.foot_start[to]; f < schedule_.foot_start[to + 1]; ++f) {
      if (schedule_.foot_from[f] == from) return schedule_.foot_s[f];
    }
    return 0;
  }

  const TransitSchedule& schedule_;
  std::int32_t departure_s_;
  std::vector<std::uint32_t> access_s_;
  std::vector<std::uint32_t> walk_s_;  ///< from each stop to the destination
  std::vector<std::uint32_t> via_;
  std::vector<std::uint32_t> at_stop_;
  std::vector<std::vector<std::uint32_t>> rounds_;  ///< how each hop was reached by so many rides
};

std::vector<JourneyLeg> Search::legs_to(const Arrival& arrival, std::size_t round) const {
  using Kind = JourneyLeg::Kind;
  std::vector<JourneyLeg> legs;  // from the last to the first
  const auto walk = [&](std::uint32_t from, std::uint32_t to, std::int32_t start,
                        std::uint32_t seconds) {
    JourneyLeg leg;
    leg.from_stop = from;
    leg.to_stop = to;
    leg.start_s = start;
    leg.end_s = start + static_cast<std::int32_t>(seconds);
    legs.push_back(leg);
  };
  std::uint32_t last = arrival.hop;
  const TransitHop& end = schedule_.hops[last];
  if (arrival.via != no_index) {
    const std::uint32_t foot = footpath_s(end.to, arrival.via);
    walk(arrival.via, no_index, end.arrival_s + static_cast<std::int32_t>(foot),
         walk_s_[end.to] - foot);
    walk(end.to, arrival.via, end.arrival_s, foot);
  } else {
    walk(end.to, no_index, end.arrival_s, walk_s_[end.to]);
  }
  while (true) {
    std::uint32_t first = last;
    while (rounds_[round][first] == on_board) first = schedule_.hops[first].previous;
    const TransitHop& boarded = schedule_.hops[first];
    const TransitHop& left = schedule_.hops[last];
    JourneyLeg leg;
    leg.kind = Kind::ride;
    leg.from_stop = boarded.from;
    leg.to_stop = left.to;
    leg.start_s = boarded.departure_s;
    leg.end_s = left.arrival_s;
    leg.trip = boarded.trip;
    leg.calls = left.call - boarded.call + 1;
    legs.push_back(leg);
    const std::uint32_t way = rounds_[round][first];
    if (way == by_walking) {
      walk(no_index, boarded.from, departure_s_, access_s_[boarded.from]);
      break;
    }
    const TransitHop& changed = schedule_.hops[way];
    if (changed.to != boarded.from) {
      walk(changed.to, boarded.from, changed.arrival_s, footpath_s(changed.to, boarded.from));
    }
    last = way;
    --round;
  }
  std::reverse(legs.begin(), legs.end());
  return legs;
}

}  // namespace

std::size_t Journey::rides() const {
  std::size_t count = 0;
  for (const JourneyLeg& leg : legs) count += leg.kind == JourneyLeg::Kind::ride ? 1 : 0;
  return count;
}

Journey journey(const Timetable& timetable, const TransitSchedule& schedule,
                const TransitWalks& walks, std::size_t origin, std::size_t destination,
                std::int32_t departure_s) {
  const TransitOptions& options = schedule.options;
  expects(departure_s >= options.from_s && departure_s < options.to_s,
          "journey: a departure within the window");
  expects(origin < walks.access.origin_count && destination < walks.egress.site_count,
          "journey: an origin and a destination of the walks");
  Journey result;
  result.departure_s = departure_s;
  std::int64_t best_s = std::int64_t{departure_s} + options.longest_s + 1;
  if (walks.direct.site_count > 0) {
    walks.direct.visit(destination, origin, origin + 1, [&](std::size_t, std::uint32_t seconds) {
      if (departure_s + std::int64_t{seconds} >= best_s) return;
      best_s = departure_s + std::int64_t{seconds};
      JourneyLeg leg;
      leg.start_s = departure_s;
      leg.end_s = static_cast<std::int32_t>(best_s);
      result.legs = {leg};
    });
  }
  Search search(schedule, walks, origin, destination, departure_s);
  Arrival best;
  std::size_t best_round = 0;
  for (std::uint32_t round = 0; round < options.most_rides; ++round) {
    const bool further = search.ride();
    const Arrival arrival = search.earliest();
    if (arrival.hop != not_reached && arrival.time_s < best_s) {
      best_s = arrival.time_s;
      best = arrival;
      best_round = round;
    }
    if (!further) break;
  }
  if (best.hop != not_reached) result.legs = search.legs_to(best, best_round);
  if (result.legs.empty()) return result;
  for (JourneyLeg& leg : result.legs) {
    if (leg.trip != no_index) leg.route = timetable.trips[leg.trip].route;
  }
  result.arrival_s = static_cast<std::int32_t>(best_s);
  return result;
}

}  // namespace quartier::network
