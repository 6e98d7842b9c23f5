#pragma once
/// People of the sample city: eight invented settlement patterns over six dates. The patterns are
/// made up to exercise the program; they say nothing about real people.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "domain/counts.h"
#include "domain/groups.h"
#include "study/sample/neighbourhoods.h"

namespace quartier::study::sample {

/// Where things are on the plan of the city; settlement, services and indicators refer to them.
namespace landmark {
inline constexpr PlanPoint station{0.2, 0.16};
inline constexpr PlanPoint university{-0.16, 0.02};
inline constexpr PlanPoint old_quarter{-0.32, -0.34};  ///< inner ring, south bank
inline constexpr PlanPoint tram_start{0.12, 0.22};     ///< the north-eastern tram line
inline constexpr PlanPoint tram_end{0.62, 0.66};
inline constexpr PlanPoint north_estate{-0.12, 0.78};  ///< large estates of the outskirts
inline constexpr PlanPoint south_estate{0.34, -0.68};
inline constexpr PlanPoint west_estate{-0.78, -0.2};
inline constexpr PlanPoint works{0.62, -0.2};  ///< along the lower river
inline constexpr PlanPoint western_heights{-0.62, 0.3};
}  // namespace landmark

/// Everyone, and under it the eight groups of the partition.
Groups sample_groups();

/// "2015-01-01" to "2025-01-01", every second year.
std::vector<std::string> sample_dates();

/// Residents for every date asked for: column 0 is everyone and the exact sum of the others;
/// nobody lives where the land is not residential. Whole numbers.
///
/// @param area_m2  of every neighbourhood [n]
/// @param total    residents of the city in 2025, about
std::vector<CountTable> settle(const Neighbourhoods& neighbourhoods,
                               std::span<const double> area_m2, double total,
                               const std::vector<std::string>& dates, std::uint64_t seed);

}  // namespace quartier::study::sample
