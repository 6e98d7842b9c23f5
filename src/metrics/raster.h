#pragma once
/// Zoneless segregation: how the categories of a raster lie beside each other, without districts.
///
/// Every cell has one category (the group of the person drawn for it, the prevailing group) or no
/// data. Pairs of adjacent cells, those that share an edge, are counted by their categories, and
/// the table of pairs is described by information theory (Nowosad & Stepinski 2019).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace quartier::metrics {

/// The category of a cell without one.
inline constexpr std::int32_t no_category = -1;

/// A raster of categories 0 .. category_count − 1, row by row.
struct CategoryRaster {
  std::size_t width = 0;
  std::size_t height = 0;
  std::size_t category_count = 0;
  std::span<const std::int32_t> cells;  ///< [height · width]; `no_category` where there is no data
  std::span<const double> density;      ///< [height · width] persons per cell, >= 0; empty: pairs
                                        ///< of cells count alike
};

/// A rectangle of cells.
struct RasterWindow {
  std::size_t row = 0;
  std::size_t column = 0;
  std::size_t height = 0;
  std::size_t width = 0;
};

/// Which pairs of categories are told apart.
enum class PairOrder : std::uint8_t {
  ordered,    ///< (a, b) and (b, a): joint entropy of the whole table
  unordered,  ///< {a, b}: pairs of two categories are merged. H(Y|X) may then be negative and I
              ///< larger than H
};

/// The table of adjacent pairs within a window [K · K], row by row, symmetric.
///
/// Every edge between two cells with data is counted from both sides: 2 pairs, of which a pair of
/// like cells adds 2 to the diagonal. With densities a side counts as the mean of those of the two
/// cells (Dmowska, Stepinski & Nowosad 2020).
/// @throws std::logic_error where the cells are not height · width, the window leaves the raster
///         or a category is not below category_count
std::vector<double> co_occurrences(const CategoryRaster& raster, const RasterWindow& window);

/// Information in a table of pairs, nats (divide by ln 2 for bits).
struct PairInformation {
  double entropy = 0.0;      ///< H(Y), of the categories in the pairs: diversity
  double joint = 0.0;        ///< H(X, Y), of the pairs
  double conditional = 0.0;  ///< H(Y|X) = H(X, Y) − H(Y): what the neighbour still leaves open
  double mutual = 0.0;       ///< I = H(Y) − H(Y|X): what it tells, segregation
  double relative = 0.0;     ///< I / H(Y), `undefined` where all cells are of one category
};

/// Describes a table of pairs (Nowosad & Stepinski 2019). With ordered pairs 0 <= I <= H(Y) and
/// 0 <= relative <= 1: 0 where neighbours are no more alike than by chance, 1 where the category
/// of a cell says that of its neighbour (one category per side of the window, but also a
/// chequerboard). 0 <= H(Y) <= ln K.
/// @param pairs  symmetric table [K · K]
/// @returns all `undefined` where there is no pair
/// @throws std::logic_error where the table is not square
PairInformation pair_information(std::span<const double> pairs,
                                 PairOrder order = PairOrder::ordered);

/// How a raster is cut into windows.
struct WindowRule {
  std::size_t size = 0;   ///< cells along a side; 0: the whole raster is one window
  std::size_t shift = 0;  ///< cells between windows; 0: `size`, windows side by side
  double no_data = 0.5;   ///< windows with a larger share of cells without data are left undefined
};

/// A window and what is in it.
struct WindowInformation {
  RasterWindow window;
  double no_data = 0.0;  ///< share of its cells without data
  PairInformation information;
};

/// Information in every window, row by row from the first cell. Windows at the far edges are cut
/// off there; pairs across the edge of a window belong to none. Same bits for any number of
/// threads.
/// @throws std::logic_error as `co_occurrences`, and where `no_data` is not in [0, 1]
std::vector<WindowInformation> window_information(const CategoryRaster& raster,
                                                  const WindowRule& rule,
                                                  PairOrder order = PairOrder::ordered);

}  // namespace quartier::metrics
