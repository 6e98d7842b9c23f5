#pragma once
/// Small maps for the tests of indices that read boundaries, areas and places.

#include <cstdint>
#include <map>
#include <vector>

#include "domain/districts.h"

namespace quartier::test {

/// A boundary or, with length 0, a corner that two districts share.
struct Contact {
  std::size_t i = 0;
  std::size_t j = 0;
  double shared_m = 0.0;
};

inline Contiguity contiguity_of(std::size_t n, const std::vector<Contact>& contacts) {
  std::vector<std::map<std::size_t, double>> rows(n);
  for (const Contact& contact : contacts) {
    rows[contact.i][contact.j] = contact.shared_m;
    rows[contact.j][contact.i] = contact.shared_m;
  }
  Contiguity contiguity;
  for (const auto& row : rows) {
    for (const auto& [j, shared_m] : row) {
      contiguity.neighbour.push_back(static_cast<DistrictIndex>(j));
      contiguity.shared_m.push_back(shared_m);
    }
    contiguity.start.push_back(static_cast<std::uint32_t>(contiguity.neighbour.size()));
  }
  return contiguity;
}

/// Squares of 100 m in `columns` columns and `rows` rows, row by row.
inline Contiguity lattice_contiguity(std::size_t columns, std::size_t rows) {
  std::vector<Contact> contacts;
  for (std::size_t y = 0; y < rows; ++y) {
    for (std::size_t x = 0; x < columns; ++x) {
      const std::size_t i = y * columns + x;
      if (x + 1 < columns) contacts.push_back({i, i + 1, 100.0});
      if (y + 1 == rows) continue;
      contacts.push_back({i, i + columns, 100.0});
      if (x + 1 < columns) contacts.push_back({i, i + columns + 1, 0.0});
      if (x > 0) contacts.push_back({i, i + columns - 1, 0.0});
    }
  }
  return contiguity_of(columns * rows, contacts);
}

inline std::vector<Point> lattice_centroids(std::size_t columns, std::size_t rows) {
  std::vector<Point> centroids;
  for (std::size_t i = 0; i < columns * rows; ++i) {
    centroids.push_back({50.0 + 100.0 * static_cast<double>(i % columns),
                         50.0 + 100.0 * static_cast<double>(i / columns)});
  }
  return centroids;
}

}  // namespace quartier::test
