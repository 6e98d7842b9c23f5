#pragma once
/// Made-up counts for the benchmarks of segregation: districts of 0 to 400 residents of eight
/// groups, the same every time.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/random.h"

namespace quartier::bench {

struct SyntheticCity {
  std::vector<std::vector<std::uint32_t>> columns;  ///< [K][n]

  [[nodiscard]] std::vector<std::span<const std::uint32_t>> spans() const {
    return {columns.begin(), columns.end()};
  }
};

/// t_i uniform on 0 .. 400; each resident joins a group with a probability that falls from the
/// first group to the last and differs from district to district.
inline SyntheticCity synthetic_city(std::size_t district_count, std::size_t group_count = 8) {
  SyntheticCity city;
  city.columns.assign(group_count, std::vector<std::uint32_t>(district_count, 0));
  std::vector<double> reach(group_count);
  for (std::size_t i = 0; i < district_count; ++i) {
    RandomStream random(2004, i);
    const std::uint32_t residents = random.below(401);
    double weight = 0.0;
    for (std::size_t k = 0; k < group_count; ++k) {
      weight += random.uniform() / static_cast<double>((k + 1) * (k + 1));
      reach[k] = weight;
    }
    for (std::uint32_t person = 0; person < residents; ++person) {
      const double drawn = weight * random.uniform();
      std::size_t k = 0;
      while (k + 1 < group_count && reach[k] <= drawn) ++k;
      ++city.columns[k][i];
    }
  }
  return city;
}

}  // namespace quartier::bench
