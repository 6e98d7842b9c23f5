#pragma once
/// Access computed once for many rows: every group and every row of a service asks for the same
/// places per head. Safe to use from several threads; what it returns is what would be computed.

#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/travel_costs.h"

namespace quartier::metrics {

/// What is kept.
enum class CachedAccess : std::uint8_t {
  nearest,    ///< cost of the nearest site, per origin; reads neither demand nor cutoff
  places,     ///< places within the cutoff, per district; reads no demand
  catchment,  ///< places per 1000 people with competition, per district
  gravity,    ///< places that fade with their cost, per district; reads no demand
};

class AccessCache {
 public:
  /// The values for these costs, supply, demand and cutoff, computed by `compute` where they are
  /// asked for the first time. The costs stay where they are as long as the cache lives.
  /// @param decay  its words (`text_of`), where the values read one in place of the cutoff
  std::vector<double> values(CachedAccess kind, const TravelCosts& costs,
                             std::span<const double> supply, std::span<const double> demand,
                             double cutoff, const std::function<std::vector<double>()>& compute,
                             std::string_view decay = {});

 private:
  struct Entry {
    CachedAccess kind = CachedAccess::nearest;
    const TravelCosts* costs = nullptr;
    std::vector<double> supply;
    std::vector<double> demand;
    double cutoff = 0.0;
    std::string decay;
    std::vector<double> values;
  };
  std::mutex mutex_;
  std::vector<Entry> entries_;
};

}  // namespace quartier::metrics
