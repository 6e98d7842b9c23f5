#include "domain/districts.h"

#include "base/error.h"
#include "base/number.h"

namespace quartier {

DistrictIndex Districts::find(std::string_view id) const {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] == id) return static_cast<DistrictIndex>(i);
  }
  return no_index;
}

std::vector<double> rolled_up(const ParentLevel& level, std::span<const double> values) {
  expects(level.of_district.size() == values.size(), "rolled_up: one value per district");
  std::vector<CompensatedSum> sums(level.ids.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint32_t parent = level.of_district[i];
    if (parent != no_index) sums[parent].add(values[i]);
  }
  std::vector<double> totals;
  totals.reserve(sums.size());
  for (const CompensatedSum& sum : sums) totals.push_back(sum.value());
  return totals;
}

SpatialWeights contiguity_weights(const Contiguity& contiguity, ContiguityRule rule,
                                  bool row_standardised) {
  SpatialWeights weights;
  weights.start.reserve(contiguity.start.size());
  for (std::size_t i = 0; i < contiguity.size(); ++i) {
    const std::size_t row_begin = weights.neighbour.size();
    for (std::uint32_t k = contiguity.start[i]; k < contiguity.start[i + 1]; ++k) {
      if (rule == ContiguityRule::queen || contiguity.shared_m[k] > 0.0) {
        weights.neighbour.push_back(contiguity.neighbour[k]);
      }
    }
    const std::size_t row_size = weights.neighbour.size() - row_begin;
    const double weight = row_standardised ? 1.0 / static_cast<double>(row_size) : 1.0;
    weights.weight.resize(weights.neighbour.size(), weight);
    weights.start.push_back(static_cast<std::uint32_t>(weights.neighbour.size()));
  }
  return weights;
}

}  // namespace quartier
