#include "metrics/cheapest_sites.h"

#include <algorithm>
#include <utility>

#include "base/number.h"
#include "base/parallel.h"

namespace quartier::metrics {
namespace {

/// Origins per chunk: their cheapest costs stay in the nearest cache while all sites pass by.
constexpr std::size_t grain = 512;

/// Origins from which the margin is estimated.
constexpr std::size_t sample_count = 64;

/// Sites listed for an origin at most, in multiples of those wanted: many can be equally far.
constexpr std::size_t most_wanted = 8;

QUARTIER_HOT void lower(const std::uint16_t* row, std::size_t count, double price, double scale,
                        double* cheapest) {
  for (std::size_t i = 0; i < count; ++i) {
    const double listed = price + scale * static_cast<double>(row[i]);
    const double cost = row[i] == no_cost_16 ? unreachable : listed;
    cheapest[i] = cost < cheapest[i] ? cost : cheapest[i];
  }
}

struct Listed {
  std::uint32_t origin;
  SiteChoice choice;
};

}  // namespace

CheapestSites::CheapestSites(const TravelCosts& costs, std::vector<std::uint32_t> open,
                             double scale)
    : costs_(costs), open_(std::move(open)), scale_(scale) {}

void CheapestSites::find(std::span<const double> price) {
  cheapest_.assign(costs_.origin_count, unreachable);
  for_chunks(cheapest_.size(), grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t k = 0; k < open_.size(); ++k) {
      if (costs_.is_dense()) {
        lower(costs_.row(open_[k]).data() + begin, end - begin, price[k], scale_,
              cheapest_.data() + begin);
        continue;
      }
      costs_.visit(open_[k], begin, end, [&](std::size_t i, std::uint32_t whole) {
        cheapest_[i] = std::min(cheapest_[i], cost(price[k], whole));
      });
    }
  });
}

double CheapestSites::margin(std::span<const double> price, std::size_t wanted) const {
  const std::size_t step = std::max<std::size_t>(1, cheapest_.size() / sample_count);
  std::vector<double> margins;
  std::vector<double> found;
  for (std::size_t origin = 0; origin < cheapest_.size(); origin += step) {
    found.clear();
    for (std::size_t k = 0; k < open_.size(); ++k) {
      costs_.visit(open_[k], origin, origin + 1, [&](std::size_t, std::uint32_t whole) {
        found.push_back(cost(price[k], whole));
      });
    }
    if (found.empty()) continue;
    const auto last = found.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, found.size()));
    std::nth_element(found.begin(), last - 1, found.end());
    margins.push_back(*(last - 1) - cheapest_[origin]);
  }
  if (margins.empty()) return 0.0;
  const auto middle = margins.begin() + static_cast<std::ptrdiff_t>(margins.size() / 2);
  std::nth_element(margins.begin(), middle, margins.end());
  return *middle;
}

void CheapestSites::collect(std::span<const double> price, std::size_t wanted) {
  const double within = margin(price, wanted);
  const std::size_t count = cheapest_.size();
  std::vector<std::vector<Listed>> listed((count + grain - 1) / grain);
  for_chunks(count, grain, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
    std::vector<Listed>& here = listed[chunk];
    std::vector<std::size_t> room(end - begin, most_wanted * wanted);
    std::vector<char> has_cheapest(end - begin, 0);
    for (std::size_t k = 0; k < open_.size(); ++k) {
      costs_.visit(open_[k], begin, end, [&](std::size_t i, std::uint32_t whole) {
        const double offered = cost(price[k], whole);
        if (offered > cheapest_[i] + within) return;
        const bool first_cheapest = offered == cheapest_[i] && has_cheapest[i - begin] == 0;
        if (room[i - begin] == 0 && !first_cheapest) return;
        if (room[i - begin] > 0) --room[i - begin];
        if (first_cheapest) has_cheapest[i - begin] = 1;
        here.push_back({static_cast<std::uint32_t>(i), {static_cast<std::uint32_t>(k), whole}});
      });
    }
  });
  start_.assign(count + 1, 0);
  for (const auto& part : listed) {
    for (const Listed& pair : part) ++start_[pair.origin + 1];
  }
  for (std::size_t i = 0; i < count; ++i) start_[i + 1] += start_[i];
  choice_.resize(start_.back());
  std::vector<std::size_t> next(start_.begin(), start_.end() - 1);
  for (const auto& part : listed) {
    for (const Listed& pair : part) choice_[next[pair.origin]++] = pair.choice;
  }
}

}  // namespace quartier::metrics
