#pragma once
/// Costs of travel from origins to the sites of a service, in whole units, found by one search and
/// read by every measure of access afterwards.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/units.h"

namespace quartier {

/// The whole unit in which a network counts costs. Sums of whole numbers are exact, whatever the
/// order in which they are taken.
enum class CostUnit : std::uint8_t { millimetre, metre, second, tenth_of_minute };

/// How many whole units make one unit of those shown to people: 1000 mm or 1 m to the metre, 60 s
/// or 10 tenths to the minute.
double units_per_shown(CostUnit unit);
/// What people are shown: "m" or "min".
std::string_view shown_unit(CostUnit unit);
/// "mm", "m", "s", "0.1 min".
std::string_view text_of(CostUnit unit);
/// The greatest whole cost that is within `shown` metres or minutes (a millionth of a unit makes
/// up for limits such as 4.35 m that binary cannot hold); `greatest_cost` for +inf.
/// @throws InputError where `shown` is negative or not a number
std::uint32_t whole_cost(double shown, CostUnit unit);

/// Cost of a pair without a way, and the greatest cost of one that has a way.
inline constexpr std::uint32_t no_cost = 0xFFFFFFFFu;
inline constexpr std::uint32_t greatest_cost = 0xFFFFFFFEu;
/// The same in rows of 16-bit costs.
inline constexpr std::uint16_t no_cost_16 = 0xFFFFu;

/// Costs t_ij from origins i to sites j up to a limit, in one of two forms with the same meaning:
///
/// - sparse: the pairs within the limit, in rows (CSR) by site, each row sorted by origin;
/// - dense: where most pairs are within the limit, a row of 16-bit costs per site.
///
/// A pair that is not listed is beyond the limit or has no way; its weight is 0 in every measure.
struct TravelCosts {
  CostUnit unit = CostUnit::millimetre;
  std::size_t origin_count = 0;
  std::size_t site_count = 0;
  std::uint32_t limit = greatest_cost;  ///< searched this far, inclusive; `greatest_cost`: all ways

  std::vector<std::uint64_t> start{0};  ///< [site count + 1] into origin and cost; sparse form
  std::vector<std::uint32_t> origin;    ///< [pairs] ascending in each row
  std::vector<std::uint32_t> cost;      ///< [pairs] whole units

  std::vector<std::uint16_t> rows;  ///< [site count · origin count] at j · origin count + i, or
                                    ///< `no_cost_16`; empty in the sparse form

  [[nodiscard]] bool is_dense() const { return !rows.empty(); }
  /// A cost as people are shown it: metres or minutes.
  [[nodiscard]] double shown(std::uint32_t whole) const {
    return static_cast<double>(whole) / units_per_shown(unit);
  }
  /// The dense row of a site.
  [[nodiscard]] std::span<const std::uint16_t> row(std::size_t site) const {
    return std::span(rows).subspan(site * origin_count, origin_count);
  }
  /// The sparse row of a site.
  [[nodiscard]] std::span<const std::uint32_t> origins_of(std::size_t site) const {
    return std::span(origin).subspan(start[site], start[site + 1] - start[site]);
  }
  [[nodiscard]] std::span<const std::uint32_t> costs_of(std::size_t site) const {
    return std::span(cost).subspan(start[site], start[site + 1] - start[site]);
  }

  /// Calls visit_pair(origin, whole cost) for the listed pairs of a site with origins in
  /// [first, last), by ascending origin.
  template <typename Visit>
  void visit(std::size_t site, std::size_t first, std::size_t last, const Visit& visit_pair) const {
    if (is_dense()) {
      const std::span<const std::uint16_t> costs = row(site);
      for (std::size_t i = first; i < last; ++i) {
        if (costs[i] != no_cost_16) visit_pair(i, std::uint32_t{costs[i]});
      }
      return;
    }
    const std::span<const std::uint32_t> origins = origins_of(site);
    const std::span<const std::uint32_t> costs = costs_of(site);
    const auto begin = std::lower_bound(origins.begin(), origins.end(), first);
    for (auto k = static_cast<std::size_t>(begin - origins.begin());
         k < origins.size() && origins[k] < last; ++k) {
      visit_pair(std::size_t{origins[k]}, costs[k]);
    }
  }
  /// The same for every origin.
  template <typename Visit>
  void visit(std::size_t site, const Visit& visit_pair) const {
    visit(site, 0, origin_count, visit_pair);
  }

  /// From a table of costs by pair: sparse where fewer than half of the pairs are listed or a cost
  /// needs more than 16 bits, else dense.
  /// @param table  cost of origin i and site j at i · site_count + j, or `no_cost`
  static TravelCosts of_table(CostUnit unit, std::size_t origin_count, std::size_t site_count,
                              std::span<const std::uint32_t> table);
};

/// The nearest site of each origin, searched without a limit.
struct NearestSites {
  std::vector<std::uint32_t> cost;  ///< [origin count] whole units; `no_cost`: no way to any
  std::vector<std::uint32_t> site;  ///< [origin count] lowest position among ties; no_index
};

/// Of ways by timetable: on how many departures of the window each pair is within a cutoff.
struct WindowReach {
  std::uint32_t departures = 0;      ///< of the window, at most 255; 0: not by timetable
  std::uint32_t cutoff = 0;          ///< whole units, inclusive
  std::vector<std::uint8_t> within;  ///< [site count · origin count] at j · origin count + i
};

/// All that measures read of the ways to one service.
struct Impedance {
  TravelCosts costs;
  NearestSites nearest;
  WindowReach window;
};

/// Points within districts where people live, so that a district's value is a mean over its people
/// and not the value at one point. Empty: each district is one point, its centroid.
struct OriginPoints {
  std::vector<DistrictIndex> district;  ///< [origin count] ascending
  std::vector<double> share;  ///< [origin count] of the district's people; sums to 1 in a district
  [[nodiscard]] bool empty() const { return district.empty(); }
};

}  // namespace quartier
