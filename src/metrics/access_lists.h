#pragma once
/// The sites of one origin after the other, from costs that are stored by site (private to the
/// room).

#include <cstdint>
#include <functional>
#include <span>

#include "domain/travel_costs.h"

namespace quartier::metrics {

struct SiteCost {
  std::uint32_t cost = 0;
  std::uint32_t site = 0;
  auto operator<=>(const SiteCost&) const = default;  ///< the nearer first, ties by site
};

/// Calls visit(origin, sites) for every origin, several at the same time; visit may reorder its
/// list and writes to its own origin's place only.
/// @param last    sites with a greater whole cost are left out
/// @param supply  sites without supply are left out; empty: none is
void for_each_origin(const TravelCosts& costs, std::uint32_t last, std::span<const double> supply,
                     const std::function<void(std::size_t, std::span<SiteCost>)>& visit);

/// The sites of a list from the nearest on, ties by site, no farther than is asked for: next()
/// takes O(log m), nullptr after the last.
class NearestFirst {
 public:
  explicit NearestFirst(std::span<SiteCost> sites);
  const SiteCost* next();

 private:
  std::span<SiteCost> sites_;
  std::size_t left_;
};

}  // namespace quartier::metrics
