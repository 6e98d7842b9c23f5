#pragma once
/// Which sites are cheapest for each origin when sites have a price (private to the room).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/travel_costs.h"

namespace quartier::metrics {

/// A site that an origin might use, and the way there in whole units.
struct SiteChoice {
  std::uint32_t site = 0;
  std::uint32_t whole = 0;
};

/// Searches over all pairs of origins and open sites. Positions of sites count open sites only.
class CheapestSites {
 public:
  /// @param open   positions of the open sites in `costs`, ascending
  /// @param scale  price of one whole unit of travel
  CheapestSites(const TravelCosts& costs, std::vector<std::uint32_t> open, double scale);

  /// Price of a way: what every search here compares, to the last bit.
  [[nodiscard]] double cost(double price, std::uint32_t whole) const {
    return price + scale_ * static_cast<double>(whole);
  }

  /// Finds min_j (u_j + t_ij · scale) of every origin; +inf where no site is listed.
  /// @param price  u_j [open sites]
  void find(std::span<const double> price);

  /// Lists, for every origin, the sites within some margin of the cheapest of the last `find` at
  /// the same prices. The margin is one for all, such that about `wanted` sites are listed each.
  void collect(std::span<const double> price, std::size_t wanted);

  [[nodiscard]] std::span<const double> cheapest() const { return cheapest_; }
  [[nodiscard]] std::span<const SiteChoice> choices(std::size_t origin) const {
    return std::span(choice_).subspan(start_[origin], start_[origin + 1] - start_[origin]);
  }
  [[nodiscard]] std::span<const std::uint32_t> open() const { return open_; }

 private:
  [[nodiscard]] double margin(std::span<const double> price, std::size_t wanted) const;

  const TravelCosts& costs_;
  std::vector<std::uint32_t> open_;
  double scale_;
  std::vector<double> cheapest_;
  std::vector<std::size_t> start_;
  std::vector<SiteChoice> choice_;
};

}  // namespace quartier::metrics
