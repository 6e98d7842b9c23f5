#include "metrics/access_multicost.h"

#include <algorithm>

#include "base/error.h"
#include "metrics/access_lists.h"
#include "metrics/access_sums.h"

namespace quartier::metrics {
namespace {

void check_pair(const TravelCosts& first, const TravelCosts& second) {
  expects(first.origin_count == second.origin_count && first.site_count == second.site_count,
          "two costs over the same origins and sites");
}

/// The costs of one site to every origin, or `no_cost`, rewritten site by site.
class SiteColumn {
 public:
  explicit SiteColumn(const TravelCosts& costs)
      : costs_(costs), cost_(costs.origin_count, no_cost) {}
  void load(std::size_t site) {
    std::fill(cost_.begin(), cost_.end(), no_cost);
    costs_.visit(site, [&](std::size_t i, std::uint32_t cost) { cost_[i] = cost; });
  }
  [[nodiscard]] std::uint32_t operator[](std::size_t origin) const { return cost_[origin]; }

 private:
  const TravelCosts& costs_;
  std::vector<std::uint32_t> cost_;
};

/// A site as both costs see it.
struct Offer {
  std::uint32_t origin = 0;
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  std::uint32_t site = 0;
  auto operator<=>(const Offer&) const = default;
};

}  // namespace

std::vector<double> services_within_both(const TravelCosts& first, const TravelCosts& second,
                                         std::span<const double> supply, double first_cutoff,
                                         double second_cutoff) {
  check_pair(first, second);
  check_supply(first, supply);
  const std::uint32_t first_last = searched_cost(first, first_cutoff);
  const std::uint32_t second_last = std::min(searched_cost(second, second_cutoff), greatest_cost);
  std::vector<double> within(first.origin_count, 0.0);
  SiteColumn other(second);
  for (std::size_t j = 0; j < supply.size(); ++j) {
    if (!(supply[j] > 0.0)) continue;
    other.load(j);
    first.visit(j, [&](std::size_t i, std::uint32_t cost) {
      if (cost <= first_last && other[i] <= second_last) within[i] += supply[j];
    });
  }
  return within;
}

ParetoSites pareto_sites(const TravelCosts& first, const TravelCosts& second,
                         std::span<const double> supply) {
  check_pair(first, second);
  check_supply(first, supply);
  std::vector<Offer> offers;
  SiteColumn other(second);
  for (std::size_t j = 0; j < supply.size(); ++j) {
    if (!(supply[j] > 0.0)) continue;
    other.load(j);
    first.visit(j, [&](std::size_t i, std::uint32_t cost) {
      if (other[i] == no_cost) return;
      offers.push_back(
          {static_cast<std::uint32_t>(i), cost, other[i], static_cast<std::uint32_t>(j)});
    });
  }
  std::sort(offers.begin(), offers.end());
  ParetoSites front;
  std::size_t k = 0;
  for (std::size_t i = 0; i < first.origin_count; ++i) {
    std::uint32_t least = no_cost;
    for (; k < offers.size() && offers[k].origin == i; ++k) {
      if (offers[k].second >= least) continue;
      least = offers[k].second;
      front.site.push_back(offers[k].site);
      front.first.push_back(first.shown(offers[k].first));
      front.second.push_back(second.shown(offers[k].second));
    }
    front.start.push_back(front.site.size());
  }
  return front;
}

}  // namespace quartier::metrics
