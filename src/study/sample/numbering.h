#pragma once
/// Ids of the sample city: borough, quarter and neighbourhood by number, from the centre outwards.

#include <cstdint>
#include <string>
#include <vector>

#include "domain/districts.h"
#include "study/sample/neighbourhoods.h"

namespace quartier::study::sample {

/// The order of the districts and what they nest in.
struct Numbering {
  std::vector<std::uint32_t> order;  ///< [n] positions of the neighbourhoods, in the order of ids
  std::vector<std::string> ids;      ///< [n] borough, quarter, neighbourhood: "040103"
  std::vector<ParentLevel> levels;   ///< quarters ("0401"), boroughs ("04"); names still empty
};

/// Divides the city into about 0.65 * sqrt(n) boroughs, these into quarters of about five
/// neighbourhoods, and numbers all of them. Boroughs are numbered counter-clockwise from the one at
/// the centre; within a parent, areas near the centre come first. Numbers have at least two digits.
Numbering numbered(const Neighbourhoods& neighbourhoods);

}  // namespace quartier::study::sample
