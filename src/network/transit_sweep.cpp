#include "network/transit_sweep.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/number.h"

namespace quartier::network {
namespace {

constexpr std::size_t lanes = transit_lanes;

struct Pass {
  const TransitBoarding* boardings = nullptr;
  const std::uint32_t* changes = nullptr;
  const std::uint32_t* previous = nullptr;
  const BlockAccess* access = nullptr;
  const std::uint8_t* lanes_by = nullptr;  ///< departures by each second of the window
  std::int32_t window_s = 0;
  std::int32_t from_s = 0;
  std::uint8_t departures = 0;
  const LaneRow* from_rows = nullptr;  ///< where changes are read; null: no changes
  LaneRow* hop_rows = nullptr;
  LaneRow* stop_rows = nullptr;
  std::uint8_t* stop_full = nullptr;
  const TransitHop* hops = nullptr;
};

/// Half a row. As a vector, because a plain loop over bytes within the loop over changes is not
/// made one by every compiler.
using Half [[gnu::vector_size(32)]] = std::uint8_t;

struct Row {
  Half low, high;
};

inline void load(Row& row, const LaneRow& from) {
  std::memcpy(&row.low, from.lane, lanes / 2);
  std::memcpy(&row.high, from.lane + lanes / 2, lanes / 2);
}

inline void store(const Row& row, LaneRow& to) {
  std::memcpy(to.lane, &row.low, lanes / 2);
  std::memcpy(to.lane + lanes / 2, &row.high, lanes / 2);
}

/// The greater of both, lane by lane.
inline void raise(Row& row, const LaneRow& by) {
  Row other;
  load(other, by);
  row.low = row.low > other.low ? row.low : other.low;
  row.high = row.high > other.high ? row.high : other.high;
}

/// Who has walked to the stop by `time_s`. Returns whether nobody can still come.
inline bool raise_walkers(const Pass& pass, std::uint32_t stop, std::int32_t time_s, LaneRow& row) {
  bool full = true;
  const std::uint32_t last = pass.access->start[stop + 1];
  for (std::uint32_t k = pass.access->start[stop]; k < last; ++k) {
    const std::int64_t by = std::int64_t{time_s} - pass.from_s - pass.access->seconds[k];
    std::uint8_t count = pass.departures;
    if (by < pass.window_s) {
      full = false;
      count = by >= 0 ? pass.lanes_by[by] : std::uint8_t{0};
    }
    std::uint8_t& lane = row.lane[pass.access->lane[k]];
    lane = std::max(lane, count);
  }
  return full;
}

QUARTIER_HOT void take_boardings(const Pass& pass, std::size_t begin, std::size_t end) {
  for (std::size_t b = begin; b < end; ++b) {
    const TransitBoarding& here = pass.boardings[b];
    const TransitBoarding& next = pass.boardings[b + 1];
    if (here.first_hop < here.first_closed) {
      LaneRow& stop_row = pass.stop_rows[here.stop];
      if (pass.stop_full[here.stop] == 0) {
        const bool full = raise_walkers(pass, here.stop, here.time_s, stop_row);
        pass.stop_full[here.stop] = full ? 1 : 0;
      }
      Row ready;
      load(ready, stop_row);
      if (pass.from_rows != nullptr) {
        for (std::uint32_t k = here.first_change; k < next.first_change; ++k) {
          raise(ready, pass.from_rows[pass.changes[k]]);
        }
      }
      store(ready, stop_row);
      for (std::uint32_t hop = here.first_hop; hop < here.first_closed; ++hop) {
        Row on_board = ready;
        raise(on_board, pass.hop_rows[pass.hops[hop].previous]);
        store(on_board, pass.hop_rows[hop]);
      }
    }
    for (std::uint32_t hop = here.first_closed; hop < next.first_hop; ++hop) {
      Row on_board;
      load(on_board, pass.hop_rows[pass.hops[hop].previous]);
      store(on_board, pass.hop_rows[hop]);
    }
  }
}

/// Boardings that lead to each other within one second, until nothing moves.
void take_loop(const TransitSchedule& schedule, const Pass& pass, TransitSchedule::Loop loop) {
  LaneRow* const begin = pass.hop_rows + schedule.boardings[loop.first].first_hop;
  LaneRow* const end = pass.hop_rows + schedule.boardings[loop.last].first_hop;
  std::fill(begin, end, LaneRow{});
  std::vector<LaneRow> before;
  do {
    before.assign(begin, end);
    take_boardings(pass, loop.first, loop.last);
  } while (!std::equal(begin, end, before.begin()));
}

void take_all(const TransitSchedule& schedule, const Pass& pass) {
  std::size_t begin = 0;
  for (const TransitSchedule::Loop loop : schedule.loops) {
    take_boardings(pass, begin, loop.first);
    take_loop(schedule, pass, loop);
    begin = loop.last;
  }
  take_boardings(pass, begin, schedule.boarding_count());
}

}  // namespace

void BlockAccess::fill(const TravelCosts& costs, std::size_t first_origin,
                       std::size_t last_origin) {
  start.assign(1, 0);
  lane.clear();
  seconds.clear();
  for (std::size_t s = 0; s < costs.site_count; ++s) {
    costs.visit(s, first_origin, last_origin, [&](std::size_t origin, std::uint32_t cost) {
      lane.push_back(static_cast<std::uint8_t>(origin - first_origin));
      seconds.push_back(cost);
    });
    start.push_back(static_cast<std::uint32_t>(lane.size()));
  }
}

void sweep(const TransitSchedule& schedule, SweepSpace& space) {
  const TransitOptions& options = schedule.options;
  const std::size_t departures = options.departure_count();
  const auto window_s = static_cast<std::int32_t>(departures - 1) * options.step_s;
  std::vector<std::uint8_t> lanes_by(static_cast<std::size_t>(window_s));
  for (std::int32_t t = 0; t < window_s; ++t) {
    lanes_by[static_cast<std::size_t>(t)] = static_cast<std::uint8_t>(t / options.step_s + 1);
  }
  space.hop_rows.resize(schedule.hops.size() + 1);
  space.hop_rows.back() = {};

  Pass pass;
  pass.boardings = schedule.boardings.data();
  pass.changes = schedule.changes.data();
  pass.hops = schedule.hops.data();
  pass.access = &space.access;
  pass.lanes_by = lanes_by.data();
  pass.window_s = window_s;
  pass.from_s = options.from_s;
  pass.departures = static_cast<std::uint8_t>(departures);
  const auto fresh = [&] {
    space.stop_rows.assign(schedule.stop_count, {});
    space.stop_full.assign(schedule.stop_count, 0);
    pass.hop_rows = space.hop_rows.data();
    pass.stop_rows = space.stop_rows.data();
    pass.stop_full = space.stop_full.data();
  };
  if (options.most_rides == 0) {
    std::fill(space.hop_rows.begin(), space.hop_rows.end(), LaneRow{});
    return;
  }
  if (options.most_rides == any_rides) {
    fresh();
    pass.from_rows = space.hop_rows.data();
    take_all(schedule, pass);
    return;
  }
  space.last_rows.resize(space.hop_rows.size());
  for (std::uint32_t ride = 1; ride <= options.most_rides; ++ride) {
    if (ride > 1) std::swap(space.hop_rows, space.last_rows);
    space.hop_rows.back() = {};
    fresh();
    pass.from_rows = ride > 1 ? space.last_rows.data() : nullptr;
    take_all(schedule, pass);
    if (ride > 1 && space.hop_rows == space.last_rows) break;
  }
}

namespace {

static_assert(std::endian::native == std::endian::little, "bits stand in the order of the lanes");

/// One bit for each lane where `row` is above `reached`.
inline std::uint64_t lanes_above(const LaneRow& row, const LaneRow& reached) {
  alignas(64) std::uint8_t more[lanes];
  for (std::size_t l = 0; l < lanes; ++l) more[l] = row.lane[l] > reached.lane[l] ? 1 : 0;
  std::uint64_t bits = 0;
  for (std::size_t w = 0; w < lanes / 8; ++w) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, more + 8 * w, 8);
    bits |= (bytes * 0x0102040810204080U >> 56U) << 8 * w;
  }
  return bits;
}

/// Each arrival stands at the first departure that it is the earliest of; it is that of the later
/// ones too, up to the next. Leaves `arrivals` empty.
QUARTIER_HOT void spread(const LaneRow& reached, std::int32_t step_s, std::int32_t longest_s,
                         std::span<std::int32_t> arrivals, std::span<std::uint16_t> times) {
  alignas(64) std::int32_t at_s[lanes] = {};
  alignas(64) std::int32_t count[lanes];
  for (std::size_t l = 0; l < lanes; ++l) count[l] = reached.lane[l];
  const auto departures = static_cast<std::int32_t>(times.size() / lanes);
  for (std::int32_t d = 0; d < departures; ++d) {
    std::int32_t* arrival = arrivals.data() + lanes * static_cast<std::size_t>(d);
    std::uint16_t* time = times.data() + lanes * static_cast<std::size_t>(d);
    const std::int32_t since_s = d * step_s + 1;
    for (std::size_t l = 0; l < lanes; ++l) {
      at_s[l] = arrival[l] != 0 ? arrival[l] : at_s[l];
      const std::int32_t travel_s = at_s[l] - since_s;
      const bool way = (d < count[l]) & (travel_s <= longest_s);
      time[l] = way ? static_cast<std::uint16_t>(travel_s) : no_cost_16;
      arrival[l] = 0;
    }
  }
}

}  // namespace

QUARTIER_HOT void arrive(const TransitSchedule& schedule, std::span<const Alighting> alightings,
                         std::span<const LaneRow> hop_rows, std::span<std::int32_t> arrivals,
                         std::span<std::uint16_t> times) {
  constexpr std::size_t ahead = 12;
  const LaneRow* const rows = hop_rows.data();
  std::size_t missing = times.size();
  LaneRow reached;
  for (std::size_t e = 0; e < alightings.size() && missing > 0; ++e) {
    if (e + ahead < alightings.size()) __builtin_prefetch(rows + alightings[e + ahead].hop);
    const LaneRow& row = rows[alightings[e].hop];
    for (std::uint64_t bits = lanes_above(row, reached); bits != 0; bits &= bits - 1) {
      const auto lane = static_cast<std::size_t>(std::countr_zero(bits));
      arrivals[lanes * reached.lane[lane] + lane] = alightings[e].at_s + 1;
      missing -= std::size_t{row.lane[lane]} - reached.lane[lane];
      reached.lane[lane] = row.lane[lane];
    }
  }
  spread(reached, schedule.options.step_s, schedule.options.longest_s, arrivals, times);
}

QUARTIER_HOT void walk_instead(std::span<const std::uint16_t> walk_s,
                               std::span<std::uint16_t> times) {
  const std::uint16_t* walk = walk_s.data();
  for (std::size_t k = 0; k < times.size(); k += lanes) {
    std::uint16_t* row = times.data() + k;
    for (std::size_t l = 0; l < lanes; ++l) row[l] = std::min(row[l], walk[l]);
  }
}

std::vector<std::pair<std::uint16_t, std::uint16_t>> sorting_network(std::size_t count) {
  std::vector<std::pair<std::uint16_t, std::uint16_t>> pairs;
  if (count < 2) return pairs;
  const std::size_t top = std::bit_floor(count - 1);
  for (std::size_t p = top; p > 0; p /= 2) {
    std::size_t q = top;
    std::size_t r = 0;
    std::size_t d = p;
    while (true) {
      for (std::size_t i = 0; i + d < count; ++i) {
        if ((i & p) == r) {
          pairs.emplace_back(static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(i + d));
        }
      }
      if (q == p) break;
      d = q - p;
      q /= 2;
      r = p;
    }
  }
  return pairs;
}

QUARTIER_HOT void sort_departures(std::span<const std::pair<std::uint16_t, std::uint16_t>> network,
                                  std::span<std::uint16_t> times) {
  for (const auto& pair : network) {
    std::uint16_t* low = times.data() + lanes * pair.first;
    std::uint16_t* high = times.data() + lanes * pair.second;
    for (std::size_t l = 0; l < lanes; ++l) {
      const std::uint16_t a = low[l];
      const std::uint16_t b = high[l];
      low[l] = std::min(a, b);
      high[l] = std::max(a, b);
    }
  }
}

}  // namespace quartier::network
