#pragma once
/// Services of the sample city: ten kinds, placed where residents and earlier arrivals live rather
/// than where the newest live, as institutions follow people with a delay.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/counts.h"
#include "domain/services.h"
#include "study/sample/neighbourhoods.h"

namespace quartier::study::sample {

/// A kind of service and how a study asks about it.
struct ServiceSort {
  std::string_view id;
  std::string_view label;
  std::string_view place_name;  ///< "Library" of "Library Belmere"
  double residents_per_site;
  double least_capacity;
  double most_capacity;
  double core_pull;     ///< how much more often it stands in the core
  double arrival_pull;  ///< how much more often where people from abroad lived at the first date
  bool multilingual;    ///< offers languages of the people living near it
  std::string_view hours;
  std::string_view other_hours;
  double cutoff_m;  ///< within reach
};

/// The ten kinds.
std::span<const ServiceSort> service_sorts();

/// What is known about a neighbourhood when services are placed; all spans in the same order.
struct ServiceGround {
  const Ground& ground;
  const Blocks& blocks;
  const Neighbourhoods& neighbourhoods;
  std::span<const std::uint32_t> order;   ///< districts in study order: positions in neighbourhoods
  const std::vector<std::string>& names;  ///< in study order
  const CountTable& earliest;             ///< in study order
  const CountTable& latest;               ///< in study order
};

/// Sites of every kind, inside the neighbourhoods they serve. Capacities are whole numbers.
///
/// The libraries and the primary schools end with a row that stands in the list before, and the
/// youth clubs have a site two kilometres beyond the city limits: oddities that a reader must find.
std::vector<Services> place_services(const ServiceGround& city, std::uint64_t seed);

}  // namespace quartier::study::sample
