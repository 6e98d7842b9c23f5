#pragma once
/// The audit: an attacker of our own, who works out hidden counts from everything that is shown.

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "disclosure/gate.h"

namespace quartier::disclosure {

/// What the attacker knows of one hidden count in the end.
struct Exposure {
  GroupIndex group = 0;
  std::size_t place = 0;  ///< as in Protection: districts, parents of each level, the city
  CellState state = CellState::primary;
  double least = 0.0;
  double greatest = std::numeric_limits<double>::infinity();
  [[nodiscard]] double width() const { return greatest - least; }
};

struct Audit {
  /// Counts below the threshold placed in an interval narrower than the policy's width, and counts
  /// hidden at the source pinned to one value.
  std::vector<Exposure> leaks;
  /// Every hidden count below the threshold, also where it is part of one hidden at the source, by
  /// group and place.
  std::vector<Exposure> exposures;
  double narrowest = std::numeric_limits<double>::infinity();  ///< width over the exposures
  std::size_t single_lines = 0;  ///< published sums with exactly one hidden number at stake
  std::size_t rounds = 0;        ///< passes over all lines until nothing moved
  [[nodiscard]] bool passed() const { return leaks.empty() && single_lines == 0; }
};

/// Attacks a protected table by interval propagation. Lines are
///
///   node of the tree = sum of its children             at every place
///   parent, city     = sum of its districts            for every node of the tree
///   parent           = sum of the parents within it    where levels nest
///
/// Every hidden count starts in [0, inf); each line tightens each of its members by what the
/// others leave, until nothing moves or `most_rounds` have passed. The intervals contain those of
/// a linear programme: a leak found here is one, while the proof that there is none is what
/// `protect` builds on. O(cells) per round.
Audit audit(const CountTable& counts, const Groups& groups, std::span<const ParentLevel> levels,
            const Policy& policy, const Protection& protection, std::size_t most_rounds = 64);

}  // namespace quartier::disclosure
