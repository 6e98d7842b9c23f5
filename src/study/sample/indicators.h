#pragma once
/// Indicators of the sample city in all three dimensions, for everyone and some by group. They
/// depend on where people live, never on a district's composition.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "domain/counts.h"
#include "domain/groups.h"
#include "domain/indicators.h"
#include "study/sample/neighbourhoods.h"

namespace quartier::study::sample {

/// An indicator and how its invented values come about.
struct IndicatorSort {
  std::string_view id;
  std::string_view label;
  std::string_view unit;
  Domain domain;
  Direction direction;
  Lever lever;
  double per;         ///< values are cases per this many persons of the base
  double mean;        ///< of the city, in units of the indicator
  double slope;       ///< change of the log odds per unit of disadvantage
  double yearly;      ///< change of the log odds per year
  double base_share;  ///< persons of the base among the residents
  double weight;      ///< in the sample's priority profile; 0: not in it
  bool by_group;      ///< also published for every group
  bool gaps;          ///< one value in fifty is missing
};

std::span<const IndicatorSort> indicator_sorts();

/// How hard a place is to live in, invented: about 0 on average, 1 in the outer estates.
double disadvantage(PlanPoint place, std::uint64_t seed, std::uint32_t neighbourhood);

/// Values and bases in study order, by date, then in the order of `indicator_sorts`, everyone
/// first. Values are cases / base, cases whole numbers with the chance variation of a count;
/// missing where the base is nobody and, of some indicators, at random.
///
/// @param order     districts in study order: positions in neighbourhoods
/// @param by_group  also the groups of those indicators that are published by group
std::vector<Indicator> measure_indicators(const Neighbourhoods& neighbourhoods,
                                          std::span<const std::uint32_t> order,
                                          const Groups& groups, std::span<const CountTable> counts,
                                          bool by_group, std::uint64_t seed);

}  // namespace quartier::study::sample
