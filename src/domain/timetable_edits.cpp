#include "domain/timetable_edits.h"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "base/units.h"

namespace quartier {
namespace {

constexpr std::int32_t day_s = 86400;
constexpr std::int32_t longest_window_s = 7 * day_s;

/// Stop and uses of every call: what makes trips one pattern.
std::vector<std::uint64_t> pattern_of(std::span<const TimetableCall> calls) {
  std::vector<std::uint64_t> pattern;
  pattern.reserve(calls.size());
  for (const TimetableCall& call : calls) {
    pattern.push_back((std::uint64_t{call.stop} << 2U) | (call.pickup ? 2U : 0U) |
                      (call.drop_off ? 1U : 0U));
  }
  return pattern;
}

/// Positions of the trips of one pattern in the window.
using Trips = std::vector<std::uint32_t>;

std::int32_t first_departure(const Timetable& timetable, std::uint32_t trip) {
  return timetable.calls_of(timetable.trips[trip]).front().departure_s;
}

std::uint32_t typical_trip(const Timetable& timetable, const Trips& trips) {
  std::vector<std::tuple<std::int32_t, std::int32_t, std::uint32_t>> order;
  order.reserve(trips.size());
  for (const std::uint32_t trip : trips) {
    const std::int32_t departure = first_departure(timetable, trip);
    const std::int32_t running =
        timetable.calls_of(timetable.trips[trip]).back().arrival_s - departure;
    order.emplace_back(running, departure, trip);
  }
  std::sort(order.begin(), order.end());
  const std::int32_t median = std::get<0>(order[(order.size() - 1) / 2]);
  const auto first = std::find_if(order.begin(), order.end(),
                                  [&](const auto& entry) { return std::get<0>(entry) == median; });
  return std::get<2>(*first);
}

void append_trip(Timetable& to, TimetableTrip trip, std::span<const TimetableCall> calls,
                 std::int32_t shift_s) {
  if (to.calls.size() + calls.size() > no_index) {
    throw InputError("the headway gives more calls than a timetable can hold");
  }
  trip.first_call = static_cast<std::uint32_t>(to.calls.size());
  to.trips.push_back(std::move(trip));
  for (TimetableCall call : calls) {
    call.arrival_s += shift_s;
    call.departure_s += shift_s;
    to.calls.push_back(call);
  }
}

void check(std::int32_t headway_s, std::int32_t from_s, std::int32_t until_s) {
  if (headway_s < 1 || headway_s > day_s) {
    throw InputError("a headway of " + std::to_string(headway_s) + " s",
                     "a headway is 1 s to 24 h");
  }
  if (from_s < 0 || from_s > longest_window_s || until_s <= from_s ||
      until_s - from_s > longest_window_s) {
    throw InputError("a headway from " + std::to_string(from_s) + " s to " +
                         std::to_string(until_s) + " s after midnight",
                     "a window begins within the week, and ends after it began");
  }
}

}  // namespace

std::uint32_t find_route(const Timetable& timetable, std::string_view id_or_name) {
  std::uint32_t found = no_index;
  std::size_t count = 0;
  std::vector<std::string> words;
  for (std::uint32_t r = 0; r < timetable.routes.size(); ++r) {
    const TimetableRoute& route = timetable.routes[r];
    if (route.id == id_or_name) return r;
    if (route.name == id_or_name) {
      found = r;
      ++count;
    }
    words.push_back(route.id);
    words.push_back(route.name);
  }
  if (count == 1) return found;
  const std::string shown = "'" + display_safe(id_or_name) + "'";
  if (count > 1) {
    throw InputError(std::to_string(count) + " routes are called " + shown, "use the route's id");
  }
  const std::string near = nearest_word(id_or_name, words);
  throw InputError("no route " + shown + " in the timetable",
                   near.empty() ? std::string() : "did you mean '" + near + "'?");
}

Timetable with_headway(const Timetable& timetable, std::uint32_t route, std::int32_t headway_s,
                       std::int32_t from_s, std::int32_t until_s) {
  expects(route < timetable.routes.size(), "with_headway: a route of the timetable");
  check(headway_s, from_s, until_s);

  Timetable edited;
  edited.date = timetable.date;
  edited.stops = timetable.stops;
  edited.stations = timetable.stations;
  edited.routes = timetable.routes;
  edited.transfers = timetable.transfers;
  std::map<std::vector<std::uint64_t>, std::size_t> places;
  std::vector<Trips> patterns;  // by their first trip in the timetable
  for (std::uint32_t t = 0; t < timetable.trips.size(); ++t) {
    const TimetableTrip& trip = timetable.trips[t];
    const std::span<const TimetableCall> calls = timetable.calls_of(trip);
    const bool replaced = trip.route == route && !calls.empty() &&
                          calls.front().departure_s >= from_s &&
                          calls.front().departure_s < until_s;
    if (!replaced) {
      append_trip(edited, trip, calls, 0);
      continue;
    }
    const auto [place, is_new] = places.try_emplace(pattern_of(calls), patterns.size());
    if (is_new) patterns.emplace_back();
    patterns[place->second].push_back(t);
  }
  if (patterns.empty()) {
    throw InputError(
        "no trip of route '" + display_safe(timetable.routes[route].id) + "' departs in the window",
        "choose a window in which it runs: its trips are what is copied");
  }
  for (const Trips& trips : patterns) {
    const std::uint32_t typical = typical_trip(timetable, trips);
    std::int32_t first = until_s;
    for (const std::uint32_t trip : trips) {
      first = std::min(first, first_departure(timetable, trip));
    }
    std::size_t number = 0;
    for (std::int32_t start = from_s + (first - from_s) % headway_s; start < until_s;
         start += headway_s) {
      TimetableTrip copy = timetable.trips[typical];
      copy.id += "+" + std::to_string(++number);
      append_trip(edited, std::move(copy), timetable.calls_of(timetable.trips[typical]),
                  start - first_departure(timetable, typical));
    }
  }
  return edited;
}

}  // namespace quartier
