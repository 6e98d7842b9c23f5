#pragma once
/// Quarters and boroughs of the sample city: areas in one piece, of about equal numbers of
/// neighbourhoods, that respect the river.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "study/sample/neighbourhoods.h"

namespace quartier::study::sample {

/// A division of the neighbourhoods.
struct Division {
  std::vector<std::uint32_t> of_neighbourhood;  ///< [n] position of its part
  std::uint32_t count = 0;                      ///< parts, none of them empty
};

/// Everyone in one part.
Division undivided(const Neighbourhoods& neighbourhoods);

/// Divides every part of `whole` into max(1, round(members / typical_size)) parts. Seeds come from
/// recursive halving along the longer axis; from them the parts grow along common boundaries by
/// the shortest way (crossing the river counts four times), so every part is in one piece wherever
/// the part of `whole` is.
Division divided(const Neighbourhoods& neighbourhoods, const Division& whole, double typical_size);

}  // namespace quartier::study::sample
