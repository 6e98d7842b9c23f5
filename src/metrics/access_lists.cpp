#include "metrics/access_lists.h"

#include <algorithm>
#include <functional>
#include <vector>

#include "base/parallel.h"

namespace quartier::metrics {
namespace {

/// Entries that are held at once by a thread.
constexpr std::size_t held = std::size_t{1} << 20U;

}  // namespace

void for_each_origin(const TravelCosts& costs, std::uint32_t last, std::span<const double> supply,
                     const std::function<void(std::size_t, std::span<SiteCost>)>& visit) {
  const std::size_t grain =
      std::clamp<std::size_t>(held / std::max<std::size_t>(costs.site_count, 1), 32, 4096);
  const auto open = [&](std::size_t j) { return supply.empty() || supply[j] > 0.0; };
  for_chunks(costs.origin_count, grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::vector<std::size_t> start(end - begin + 1, 0);
    const auto each = [&](const auto& use) {
      for (std::size_t j = 0; j < costs.site_count; ++j) {
        if (!open(j)) continue;
        costs.visit(j, begin, end, [&](std::size_t i, std::uint32_t cost) {
          if (cost <= last) use(i - begin, SiteCost{cost, static_cast<std::uint32_t>(j)});
        });
      }
    };
    each([&](std::size_t i, const SiteCost&) { ++start[i + 1]; });
    for (std::size_t i = 1; i < start.size(); ++i) start[i] += start[i - 1];
    std::vector<SiteCost> sites(start.back());
    std::vector<std::size_t> filled(start.begin(), start.end() - 1);
    each([&](std::size_t i, const SiteCost& one) { sites[filled[i]++] = one; });
    for (std::size_t i = begin; i < end; ++i) {
      const std::size_t first = start[i - begin];
      visit(i, std::span(sites).subspan(first, start[i - begin + 1] - first));
    }
  });
}

NearestFirst::NearestFirst(std::span<SiteCost> sites) : sites_(sites), left_(sites.size()) {
  std::make_heap(sites_.begin(), sites_.end(), std::greater<>{});
}

const SiteCost* NearestFirst::next() {
  if (left_ == 0) return nullptr;
  std::pop_heap(sites_.begin(), sites_.begin() + static_cast<std::ptrdiff_t>(left_),
                std::greater<>{});
  return &sites_[--left_];
}

}  // namespace quartier::metrics
