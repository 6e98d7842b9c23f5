#include "domain/travel_costs.h"

#include <cmath>

#include "base/error.h"
#include "base/text.h"

namespace quartier {

double units_per_shown(CostUnit unit) {
  switch (unit) {
    case CostUnit::millimetre:
      return 1000.0;
    case CostUnit::metre:
      return 1.0;
    case CostUnit::second:
      return 60.0;
    case CostUnit::tenth_of_minute:
      return 10.0;
  }
  return 1.0;
}

std::string_view shown_unit(CostUnit unit) {
  return unit == CostUnit::millimetre || unit == CostUnit::metre ? "m" : "min";
}

std::string_view text_of(CostUnit unit) {
  switch (unit) {
    case CostUnit::millimetre:
      return "mm";
    case CostUnit::metre:
      return "m";
    case CostUnit::second:
      return "s";
    case CostUnit::tenth_of_minute:
      return "0.1 min";
  }
  return {};
}

std::uint32_t whole_cost(double shown, CostUnit unit) {
  if (!(shown >= 0.0)) {
    throw InputError("cutoff of " + exact_text(shown) + " " + std::string(shown_unit(unit)) +
                         " is no cost of travel",
                     "give 0 or more");
  }
  const double whole = std::floor(shown * units_per_shown(unit) + 1e-6);
  return whole >= static_cast<double>(greatest_cost) ? greatest_cost
                                                     : static_cast<std::uint32_t>(whole);
}

TravelCosts TravelCosts::of_table(CostUnit unit, std::size_t origin_count, std::size_t site_count,
                                  std::span<const std::uint32_t> table) {
  expects(table.size() == origin_count * site_count, "TravelCosts: a cost for each pair");
  TravelCosts costs;
  costs.unit = unit;
  costs.origin_count = origin_count;
  costs.site_count = site_count;
  std::size_t listed = 0;
  std::uint32_t greatest = 0;
  for (const std::uint32_t one : table) {
    if (one == no_cost) continue;
    ++listed;
    greatest = std::max(greatest, one);
  }
  const bool dense = !table.empty() && greatest < no_cost_16 && 2 * listed >= table.size();
  if (dense) costs.rows.assign(table.size(), no_cost_16);
  for (std::size_t j = 0; j < site_count; ++j) {
    for (std::size_t i = 0; i < origin_count; ++i) {
      const std::uint32_t one = table[i * site_count + j];
      if (one == no_cost) continue;
      if (dense) {
        costs.rows[j * origin_count + i] = static_cast<std::uint16_t>(one);
      } else {
        costs.origin.push_back(static_cast<std::uint32_t>(i));
        costs.cost.push_back(one);
      }
    }
    costs.start.push_back(costs.origin.size());
  }
  return costs;
}

}  // namespace quartier
