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
  Impedance impedance;
  impedance.origin_count = origins.size();
  impedance.nearest_m.assign(origins.size(), unreachable);
  impedance.nearest.assign(origins.size(), no_index);

  std::vector<std::uint8_t> offering(sites.size(), 1);
  for (std::size_t s = 0; s < supply.size(); ++s) offering[s] = supply[s] == 0.0 ? 0 : 1;
  const PointIndex site_index(sites, offering);
  for_chunks(origins.size(), origin_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const IndexedPoint found = site_index.nearest(origins[i]);
      if (found.point == no_index) continue;
      impedance.nearest_m[i] = detour * std::sqrt(found.squared_m2);
      impedance.nearest[i] = found.point;
    }
  });

  const PointIndex origin_index(origins);
  std::vector<std::vector<Reach>> rows(sites.size());
  for_chunks(sites.size(), site_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::vector<IndexedPoint> found;
    for (std::size_t s = begin; s < end; ++s) {
      found.clear();
      origin_index.within(sites[s], detour, cutoff.value, found);
      std::sort(found.begin(), found.end(),
                [](const IndexedPoint& a, const IndexedPoint& b) { return a.point < b.point; });
      rows[s].reserve(found.size());
      for (const IndexedPoint& origin : found) {
        rows[s].push_back({origin.point, detour * std::sqrt(origin.squared_m2)});
      }
    }
  });
  std::size_t pair_count = 0;
  for (const std::vector<Reach>& row : rows) pair_count += row.size();
  if (pair_count >= no_index) {
    throw InputError(std::string("too many pairs of districts and sites within the cutoff"),
                     "choose a lower cutoff");
  }
  impedance.reaches.reserve(pair_count);
  for (const std::vector<Reach>& row : rows) {
    impedance.reaches.insert(impedance.reaches.end(), row.begin(), row.end());
    impedance.start.push_back(static_cast<std::uint32_t>(impedance.reaches.size()));
  }
  return impedance;
}

}  // namespace quartier::network
