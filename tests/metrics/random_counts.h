#pragma once
/// Random tables of counts for properties that must hold for every city.

#include <rapidcheck.h>

#include <cstddef>
#include <span>
#include <vector>

namespace quartier::test {

/// Counts of K groups in n districts, with views for functions that read columns.
struct RandomCounts {
  std::vector<std::vector<double>> columns;

  [[nodiscard]] std::vector<std::span<const double>> views() const {
    return {columns.begin(), columns.end()};
  }
  [[nodiscard]] std::size_t districts() const { return columns.front().size(); }
};

/// 1 to 25 districts, 2 to 5 groups, every group with members; about a fifth of the cells empty.
inline RandomCounts any_counts(int least_districts = 1) {
  RandomCounts counts;
  const auto n = static_cast<std::size_t>(*rc::gen::inRange(least_districts, 26));
  counts.columns.resize(static_cast<std::size_t>(*rc::gen::inRange(2, 6)));
  for (auto& column : counts.columns) {
    for (std::size_t i = 0; i < n; ++i) {
      column.push_back(
          static_cast<double>(*rc::gen::inRange(0, 5) == 0 ? 0 : *rc::gen::inRange(0, 90)));
    }
    column[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(n)))] += 1.0;
  }
  return counts;
}

/// Counts without an empty cell, in the shape of `like`.
inline RandomCounts full_counts(const RandomCounts& like) {
  RandomCounts counts = like;
  for (auto& column : counts.columns) {
    for (double& cell : column) cell = static_cast<double>(*rc::gen::inRange(1, 90));
  }
  return counts;
}

}  // namespace quartier::test
