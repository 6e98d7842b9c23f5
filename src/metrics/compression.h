#pragma once
/// Compression: districts merged step by step where that loses least of segregation.
///
/// The districts that resemble each other most are put together first. The curve of what is kept
/// against the number of areas says how few areas describe the city; a cut of it gives areas of
/// like composition. Nats.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/number.h"
#include "base/units.h"
#include "domain/districts.h"
#include "metrics/columns.h"

namespace quartier::metrics {

/// Two areas become one. An area goes by the lowest position of its districts.
struct MergeStep {
  DistrictIndex kept = 0;
  DistrictIndex absorbed = 0;  ///< > kept
  double loss = 0.0;           ///< what M loses, >= 0
  double left = 0.0;           ///< M after this step
};

/// All steps, from single districts until nothing is left to merge.
struct Compression {
  double mutual_information = undefined;  ///< M of the districts
  std::size_t district_count = 0;
  std::vector<MergeStep> steps;
};

/// M lost when two districts become one: the Jensen-Shannon divergence of their compositions,
/// weighted by their residents (Lin 1991).
///
///   loss = [t_a KL(p_a || p_ab) + t_b KL(p_b || p_ab)] / T,  p_ab = (x_a + x_b) / (t_a + t_b)
///
/// @param a, b      counts of each group [K]
/// @param everyone  T
/// @returns >= 0; 0 where one of them is empty; `undefined` where T is zero
double merging_loss(std::span<const double> a, std::span<const double> b, double everyone);

/// Merges, of all areas that touch, the two with the smallest loss, until no two touch (Elbers 2021
/// and its package, which merges alike). Ties go to the areas that come first. Areas that never
/// touch (islands, parts of the city apart from each other) stay apart: the curve ends at 0 where
/// the graph is connected, else at the M between its parts.
///
/// A heap over the links; O(E log E) while areas have few neighbours, as districts of a map do.
///
/// @param groups      K columns that together are everyone [K][n]
/// @param contiguity  who touches whom [n rows]
/// @throws std::logic_error where the graph is not that of these districts
Compression compress_neighbours(GroupColumns groups, const Contiguity& contiguity);

/// Districts up to which `compress_any` works.
inline constexpr std::size_t compress_any_limit = 5000;

/// The same with any two areas, near or far: O(n²) time or a little more, O(n K) memory. Ends at 0.
/// @throws Error where there are more than `compress_any_limit` districts
Compression compress_any(GroupColumns groups);

/// The area of each district after the first `merges` steps [n], numbered from 0 in the order of
/// their first districts.
/// @throws std::logic_error where there are fewer steps
std::vector<std::uint32_t> areas_after(const Compression& compression, std::size_t merges);

/// The largest number of merges after which at least `share` of M is left; all where M is 0.
std::size_t merges_keeping(const Compression& compression, double share);

/// The share of M left after 0, 1, ... all merges [steps + 1]; `undefined` where M is 0 or
/// undefined.
std::vector<double> share_kept(const Compression& compression);

}  // namespace quartier::metrics
