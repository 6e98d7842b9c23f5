#include "network/straight_line.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/text.h"
#include "network/point_index.h"

namespace quartier::network {
namespace {

constexpr std::size_t origin_grain = 2048;
constexpr std::size_t site_grain = 16;

void check(Metres cutoff, double detour) {
  if (!(cutoff.value >= 0.0)) {
    throw InputError("cutoff of " + exact_text(cutoff.value) + " m is not a distance",
                     "give 0 m or more");
  }
  if (!(detour >= 1.0) || !std::isfinite(detour)) {
    throw InputError("detour factor " + exact_text(detour) + " is below 1 or not a number",
                     "a way is never shorter than the straight line; 1.3 is usual");
  }
}

}  // namespace

Impedance straight_line_impedance(std::span<const Point> origins, std::span<const Point> sites,
                                  std::span<const double> supply, Metres cutoff, double detour) {
  check(cutoff, detour);
  expects(supply.empty() || supply.size() == sites.size(),
          "straight_line_impedance: one supply per site");
  const std::uint32_t limit = whole_cost(cutoff.value, CostUnit::millimetre);
  const auto whole_mm = [&](double squared_m2) {
    return static_cast<std::uint64_t>(std::floor(detour * std::sqrt(squared_m2) * 1000.0 + 0.5));
  };
  Impedance impedance;
  TravelCosts& costs = impedance.costs;
  costs.origin_count = origins.size();
  costs.site_count = sites.size();
  costs.limit = limit;
  NearestSites& nearest = impedance.nearest;
  nearest.cost.assign(origins.size(), no_cost);
  nearest.site.assign(origins.size(), no_index);

  std::vector<std::uint8_t> offering(sites.size(), 1);
  for (std::size_t s = 0; s < supply.size(); ++s) offering[s] = supply[s] == 0.0 ? 0 : 1;
  const PointIndex site_index(sites, offering);
  for_chunks(origins.size(), origin_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const IndexedPoint found = site_index.nearest(origins[i]);
      if (found.point == no_index) continue;
      const std::uint64_t mm = whole_mm(found.squared_m2);
      if (mm > greatest_cost) continue;
      nearest.cost[i] = static_cast<std::uint32_t>(mm);
      nearest.site[i] = found.point;
    }
  });

  struct Way {
    std::uint32_t origin = 0;
    std::uint32_t mm = 0;
  };
  const PointIndex origin_index(origins);
  std::vector<std::vector<Way>> rows(sites.size());
  for_chunks(sites.size(), site_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::vector<IndexedPoint> found;
    for (std::size_t s = begin; s < end; ++s) {
      found.clear();
      // A millimetre more, because rounding may bring a way back within the limit.
      origin_index.within(sites[s], detour, cutoff.value + 0.001, found);
      for (const IndexedPoint& origin : found) {
        const std::uint64_t mm = whole_mm(origin.squared_m2);
        if (mm <= limit) rows[s].push_back({origin.point, static_cast<std::uint32_t>(mm)});
      }
      std::sort(rows[s].begin(), rows[s].end(),
                [](const Way& a, const Way& b) { return a.origin < b.origin; });
    }
  });
  for (const std::vector<Way>& row : rows) {
    for (const Way way : row) {
      costs.origin.push_back(way.origin);
      costs.cost.push_back(way.mm);
    }
    costs.start.push_back(costs.origin.size());
  }
  return impedance;
}

}  // namespace quartier::network
