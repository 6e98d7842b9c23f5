#pragma once
/// The fixtures: small cities in one file, with exact answers by name.

#include <string>
#include <vector>

#include "oracle/report.h"

namespace quartier::oracle {

/// An expected number, by the names that lead to it.
struct Expectation {
  std::vector<std::string> path;  ///< e.g. two_group, g0, D; positions in lists count from 0
  double value = 0.0;             ///< `undefined` for null
  [[nodiscard]] std::string name() const;
};

/// A lattice of squares of 1000 m, row by row; groups "x" and "rest".
/// @param group  persons of the group [n]
/// @param total  everyone [n]
/// @throws Uncovered where the districts make no square lattice
City lattice_of(const std::vector<double>& group, const std::vector<double>& total);

/// The engine's answer to what is expected of a lattice. @throws Uncovered where there is none
Answer lattice_answer(City& city, const Expectation& expectation);

}  // namespace quartier::oracle
