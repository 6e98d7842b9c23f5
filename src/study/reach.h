#pragma once
/// Private to study: how far the counts lie that a district's value is made from, and which values
/// are made from a hidden one.

#include <cstdint>
#include <vector>

#include "study/gated.h"

namespace quartier::study {

/// Whose counts a district's value can give away.
enum class Reach : std::uint8_t {
  district,    ///< its own, beside the totals of the city
  neighbours,  ///< its own and those of districts that touch it
  city,        ///< those of any district
};

Reach reach_of(const metrics::MetricEntry& entry);

/// Which districts' values of a metric are made from a hidden count of `groups` at one of `dates`
/// [district count]; empty where reach is the district alone or nothing is hidden.
std::vector<std::uint8_t> made_from_hidden(const Study& study, const Gate& gate,
                                           std::uint32_t edition,
                                           const std::vector<std::size_t>& dates,
                                           const std::vector<GroupIndex>& groups, Reach reach);

}  // namespace quartier::study
