#include "network/transit_walks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/parallel.h"

namespace quartier::network {
namespace {

void check_speed(double speed_m_s) {
  if (!(speed_m_s > 0.0) || !std::isfinite(speed_m_s)) {
    throw InputError("the walking speed must be above 0", "give metres a second, for example 1.2");
  }
}

/// Rounded up; what division leaves over a whole second does not count.
double whole_seconds(double seconds) { return std::ceil(seconds - 1e-9); }

struct Pair {
  std::uint32_t origin, seconds;
};

TravelCosts of_rows(std::size_t origin_count, const std::vector<std::vector<Pair>>& rows) {
  TravelCosts costs;
  costs.unit = CostUnit::second;
  costs.origin_count = origin_count;
  costs.site_count = rows.size();
  for (const auto& row : rows) {
    for (const Pair& pair : row) {
      costs.origin.push_back(pair.origin);
      costs.cost.push_back(pair.seconds);
    }
    costs.start.push_back(costs.origin.size());
  }
  return costs;
}

}  // namespace

TravelCosts straight_walks(std::span<const Point> origins, std::span<const Point> sites,
                           double limit_m, double speed_m_s, Straight straight) {
  if (!(limit_m >= 0.0) || !std::isfinite(limit_m)) {
    throw InputError("the longest walk must be 0 m or more", "give metres");
  }
  check_speed(speed_m_s);
  const auto finite = [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); };
  std::vector<std::uint32_t> northward;
  for (std::uint32_t i = 0; i < origins.size(); ++i) {
    if (finite(origins[i])) northward.push_back(i);
  }
  std::sort(northward.begin(), northward.end(), [&](std::uint32_t a, std::uint32_t b) {
    return origins[a].y != origins[b].y ? origins[a].y < origins[b].y : a < b;
  });
  const double band = limit_m / metres_per_y(straight) * (1.0 + 1e-9) + 1e-9;
  std::vector<std::vector<Pair>> rows(sites.size());
  for_chunks(sites.size(), 64, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t j = begin; j < end; ++j) {
      if (!finite(sites[j])) continue;
      const auto low =
          std::lower_bound(northward.begin(), northward.end(), sites[j].y - band,
                           [&](std::uint32_t i, double y) { return origins[i].y < y; });
      for (auto it = low; it != northward.end() && origins[*it].y <= sites[j].y + band; ++it) {
        const double metres = straight_m(origins[*it], sites[j], straight);
        if (metres > limit_m) continue;
        const double seconds = whole_seconds(metres / speed_m_s);
        if (seconds > greatest_cost) continue;
        rows[j].push_back({*it, static_cast<std::uint32_t>(seconds)});
      }
      std::sort(rows[j].begin(), rows[j].end(),
                [](const Pair& a, const Pair& b) { return a.origin < b.origin; });
    }
  });
  return of_rows(origins.size(), rows);
}

TravelCosts in_seconds(const TravelCosts& ways, double speed_m_s) {
  const bool lengths = ways.unit == CostUnit::metre || ways.unit == CostUnit::millimetre;
  if (lengths) check_speed(speed_m_s);
  const double unit_s = ways.unit == CostUnit::metre             ? 1.0 / speed_m_s
                        : ways.unit == CostUnit::millimetre      ? 1e-3 / speed_m_s
                        : ways.unit == CostUnit::tenth_of_minute ? 6.0
                                                                 : 1.0;
  TravelCosts walks;
  walks.unit = CostUnit::second;
  walks.origin_count = ways.origin_count;
  walks.site_count = ways.site_count;
  if (ways.limit != greatest_cost) {
    const double limit_s = whole_seconds(static_cast<double>(ways.limit) * unit_s);
    walks.limit = static_cast<std::uint32_t>(std::min(limit_s, double{greatest_cost}));
  }
  for (std::size_t j = 0; j < ways.site_count; ++j) {
    ways.visit(j, [&](std::size_t origin, std::uint32_t cost) {
      const double seconds = whole_seconds(static_cast<double>(cost) * unit_s);
      if (seconds > greatest_cost) return;
      walks.origin.push_back(static_cast<std::uint32_t>(origin));
      walks.cost.push_back(static_cast<std::uint32_t>(seconds));
    });
    walks.start.push_back(walks.origin.size());
  }
  return walks;
}

TravelCosts with_transfers(const TravelCosts& footpaths, const Timetable& timetable) {
  std::vector<std::vector<Pair>> rows(footpaths.site_count);
  for (std::size_t s = 0; s < rows.size(); ++s) {
    footpaths.visit(s, [&](std::size_t from, std::uint32_t seconds) {
      rows[s].push_back({static_cast<std::uint32_t>(from), seconds});
    });
  }
  const auto by_origin = [](const Pair& pair, std::uint32_t origin) {
    return pair.origin < origin;
  };
  for (const TimetableTransfer& transfer : timetable.transfers) {
    expects(transfer.from < footpaths.origin_count && transfer.to < rows.size(),
            "with_transfers: transfers between the stops");
    auto& row = rows[transfer.to];
    const auto place = std::lower_bound(row.begin(), row.end(), transfer.from, by_origin);
    const bool listed = place != row.end() && place->origin == transfer.from;
    if (!transfer.possible) {
      if (listed) row.erase(place);
    } else if (listed) {
      place->seconds = transfer.seconds;
    } else {
      row.insert(place, {transfer.from, transfer.seconds});
    }
  }
  return of_rows(footpaths.origin_count, rows);
}

std::vector<Point> places_of(const Timetable& timetable) {
  std::vector<Point> places;
  for (const TimetableStop& stop : timetable.stops) places.push_back(stop.place);
  return places;
}

}  // namespace quartier::network
