#pragma once
/// Class breaks: where to cut a range of numbers into classes of a map.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace quartier::carto {

/// The class of a value that has none (undefined or infinite).
inline constexpr std::uint8_t no_class = 255;
/// More classes than this cannot be told apart in a legend.
inline constexpr std::size_t most_classes = 32;

/// k classes between k + 1 ascending edges. Class i holds edges[i] < value <= edges[i + 1]; the
/// first class holds its lower edge too. Values below the first edge belong to the first class and
/// values above the last edge to the last one, so that one scale can serve several dates. Edges
/// rise strictly, save that the first two are equal where the first class is a single value.
/// No edges: no class, there was no value.
struct Breaks {
  std::vector<double> edges;

  [[nodiscard]] std::size_t class_count() const { return edges.empty() ? 0 : edges.size() - 1; }
  /// Class of `value`, or `no_class` where it is undefined or infinite, or where there are no
  /// edges.
  [[nodiscard]] std::uint8_t class_of(double value) const;
  bool operator==(const Breaks&) const = default;
};

/// `class_of` for every value [n]. @returns [n]
std::vector<std::uint8_t> classes_of(const Breaks& breaks, std::span<const double> values);

/// Undefined and infinite values are left out by all functions below; where no value is left the
/// breaks are empty, where all are equal there is one class. Every function
/// @throws std::logic_error where `class_count` is 0 or more than `most_classes`.

/// Classes of equal width from the least to the greatest value.
Breaks equal_interval_breaks(std::span<const double> values, std::size_t class_count);

/// Classes of as equal a number of districts as ties allow. Edge i is the smallest value with at
/// least i/k of the values at or below it (inverse of the empirical distribution; Hyndman & Fan
/// 1996, definition 1), so every edge is a value that occurs. Equal values are never parted: where
/// ties make edges coincide there are fewer classes.
Breaks quantile_breaks(std::span<const double> values, std::size_t class_count);

/// Natural breaks (Fisher 1958, Jenks 1977): the exact optimum, the classes with the least sum of
/// squared deviations from their means, by dynamic programming over the sorted distinct values with
/// divide and conquer, O(k n log n). Of equally good cuts the lowest is taken. Upper edges are
/// values that occur; with no more distinct values than classes each value is a class of its own.
Breaks natural_breaks(std::span<const double> values, std::size_t class_count);

/// Head/tail breaks (Jiang 2013) for heavy-tailed values: cut at the mean, then again at the mean
/// of the values above it, as long as those are at most 40 % of the part that is cut, and until
/// there are `class_count` classes.
Breaks head_tail_breaks(std::span<const double> values, std::size_t class_count);

/// How the classes on both sides of a midpoint are spaced.
enum class DivergingSteps : std::uint8_t {
  equal,           ///< equal widths out to the largest deviation
  quantile,        ///< quantiles of the size of the deviation: outliers do not empty the middle
  ratio,           ///< as `equal`, but in log(value / midpoint): 1/2 and 2 are equally far from 1
  ratio_quantile,  ///< as `quantile`, in log(value / midpoint)
};

/// Classes that mirror each other round `midpoint` (0 for a change, 1 for a location quotient):
/// with an even count the midpoint is an edge, with an odd one the middle class lies round it.
/// Classes that no value falls into are kept, so that colours stay tied to the midpoint; only where
/// quantiles coincide are there fewer, by the same number on either side. With the ratio steps
/// values at or below zero do not take part in the spacing and belong to the lowest class. Where
/// nothing deviates there is one class.
/// @throws std::logic_error for ratio steps round a midpoint that is not positive
Breaks diverging_breaks(std::span<const double> values, double midpoint, std::size_t class_count,
                        DivergingSteps steps);

/// Breaks set by hand. @throws InputError where there are fewer than two edges, more than
/// `most_classes` classes, or edges are not finite and ascending
Breaks manual_breaks(std::vector<double> edges);

/// A method by name, for command line and menus.
enum class BreakMethod : std::uint8_t { quantile, equal_interval, natural, head_tail, diverging };

struct BreakMethodEntry {
  BreakMethod method;
  std::string_view id;
  std::string_view label;
};
std::span<const BreakMethodEntry> break_methods();

/// @throws InputError with the nearest name where there is no such method
BreakMethod break_method(std::string_view id);

/// Breaks by `method`; `midpoint` serves `diverging` only (ratio_quantile where it is positive and
/// no value is negative, else quantile steps).
Breaks make_breaks(BreakMethod method, std::span<const double> values, std::size_t class_count,
                   double midpoint = 0.0);

}  // namespace quartier::carto
