#include "metrics/access_cache.h"

#include <algorithm>
#include <utility>

namespace quartier::metrics {

std::vector<double> AccessCache::values(CachedAccess kind, const TravelCosts& costs,
                                        std::span<const double> supply,
                                        std::span<const double> demand, double cutoff,
                                        const std::function<std::vector<double>()>& compute,
                                        std::string_view decay) {
  const auto same = [](const std::vector<double>& kept, std::span<const double> asked) {
    return std::equal(kept.begin(), kept.end(), asked.begin(), asked.end());
  };
  {
    const std::lock_guard lock(mutex_);
    for (const Entry& entry : entries_) {
      if (entry.kind == kind && entry.costs == &costs && entry.cutoff == cutoff &&
          entry.decay == decay && same(entry.supply, supply) && same(entry.demand, demand)) {
        return entry.values;
      }
    }
  }
  std::vector<double> values = compute();
  const std::lock_guard lock(mutex_);
  entries_.push_back({kind,
                      &costs,
                      {supply.begin(), supply.end()},
                      {demand.begin(), demand.end()},
                      cutoff,
                      std::string(decay),
                      values});
  return values;
}

}  // namespace quartier::metrics
