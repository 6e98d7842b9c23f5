#include "metrics/access_catchment.h"

#include "base/number.h"
#include "metrics/access_sums.h"

namespace quartier::metrics {
namespace {

void report_unused(std::span<const double> supply, FloatingCatchment& catchment) {
  CompensatedSum unused;
  for (std::size_t j = 0; j < supply.size(); ++j) {
    if (!(supply[j] > 0.0) || catchment.ratio[j] > 0.0) continue;
    catchment.unused_sites.push_back(static_cast<std::uint32_t>(j));
    unused.add(supply[j]);
  }
  catchment.unused_supply = unused.value();
}

FloatingCatchment catchment_of(const TravelCosts& costs, const CostWeights& first,
                               const CostWeights& second, std::span<const double> supply,
                               std::span<const double> demand) {
  FloatingCatchment catchment;
  two_steps(costs, first, second, supply, demand, catchment.ratio, catchment.access);
  report_unused(supply, catchment);
  return catchment;
}

void check(const TravelCosts& costs, std::span<const double> supply,
           std::span<const double> demand) {
  check_supply(costs, supply);
  check_demand(costs, demand);
}

/// 1 for each site that takes part in the division of demand.
std::vector<double> taking_part(std::span<const double> supply, DemandShares shares) {
  std::vector<double> ones(supply.size(), 1.0);
  for (std::size_t j = 0; j < ones.size() && shares == DemandShares::open_sites; ++j) {
    if (!(supply[j] > 0.0)) ones[j] = 0.0;
  }
  return ones;
}

double divided(double a, double b) { return b > 0.0 ? a / b : 0.0; }

}  // namespace

FloatingCatchment two_step_floating_catchment(const TravelCosts& costs,
                                              std::span<const double> supply,
                                              std::span<const double> demand, double cutoff) {
  Decay binary;
  binary.cutoff = cutoff;
  return enhanced_floating_catchment(costs, supply, demand, binary);
}

FloatingCatchment enhanced_floating_catchment(const TravelCosts& costs,
                                              std::span<const double> supply,
                                              std::span<const double> demand, const Decay& decay) {
  check(costs, supply, demand);
  const CostWeights f(decay, costs);
  return catchment_of(costs, f, f, supply, demand);
}

FloatingCatchment modified_floating_catchment(const TravelCosts& costs,
                                              std::span<const double> supply,
                                              std::span<const double> demand, const Decay& decay) {
  check(costs, supply, demand);
  const CostWeights f(decay, costs);
  return catchment_of(costs, f, f.squared(), supply, demand);
}

FloatingCatchment three_step_floating_catchment(const TravelCosts& costs,
                                                std::span<const double> supply,
                                                std::span<const double> demand,
                                                const Decay& decay) {
  check(costs, supply, demand);
  const CostWeights f(decay, costs);
  // G_ij f_ij = f_ij² / F_i: the selection is a division by F_i in both steps.
  const std::vector<double> selection =
      origin_sums(costs, f, taking_part(supply, DemandShares::open_sites));
  std::vector<double> chosen(demand.size());
  for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = divided(demand[i], selection[i]);
  const CostWeights squares = f.squared();
  FloatingCatchment catchment = catchment_of(costs, squares, squares, supply, chosen);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    catchment.access[i] = divided(catchment.access[i], selection[i]);
  }
  return catchment;
}

FloatingCatchment balanced_floating_catchment(const TravelCosts& costs,
                                              std::span<const double> supply,
                                              std::span<const double> demand, const Decay& decay,
                                              DemandShares shares) {
  check(costs, supply, demand);
  const CostWeights f(decay, costs);
  const std::vector<double> row = origin_sums(costs, f, taking_part(supply, shares));
  const std::vector<double> column =
      site_sums(costs, f, std::vector<double>(costs.origin_count, 1.0));
  std::vector<double> divided_demand(demand.size());
  for (std::size_t i = 0; i < demand.size(); ++i) divided_demand[i] = divided(demand[i], row[i]);
  FloatingCatchment catchment;
  catchment.ratio = site_sums(costs, f, divided_demand);
  std::vector<double> level(supply.size());
  for (std::size_t j = 0; j < supply.size(); ++j) {
    const double ratio = divided(supply[j], catchment.ratio[j]);
    catchment.ratio[j] = std::isfinite(ratio) ? ratio : 0.0;
    level[j] = divided(catchment.ratio[j], column[j]);
  }
  catchment.access = origin_sums(costs, f, level);
  report_unused(supply, catchment);
  return catchment;
}

}  // namespace quartier::metrics
