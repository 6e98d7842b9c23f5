#pragma once
/// Tests against chance: how an index is distributed in a city without segregation, by simulation.
/// Means need none (`expected.h`); tails do.
///
/// p-values are pseudo p-values, (c + 1) / (B + 1) for B draws (Davison & Hinkley 1997), never 0.
/// `p_greater` counts draws at least as large as what was seen: one-sided, "more segregated than by
/// chance". `p_two_sided` is twice the smaller of the two sides, at most 1. A draw that differs
/// from what was seen by less than 1e-11 of it, or by 1e-12, is equal to it and counts on both
/// sides. Draws in which the index is undefined (a small group that nobody was drawn for) count
/// neither in c nor in B.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/number.h"
#include "domain/districts.h"
#include "metrics/columns.h"
#include "metrics/null_model.h"

namespace quartier::metrics {

/// What was seen, and what chance would bring.
struct NullDistribution {
  double observed = undefined;
  double mean = undefined;
  double standard_deviation = undefined;  ///< of the draws
  double lower = undefined;  ///< 2.5 % and 97.5 % of the draws, interpolated between neighbours
  double upper = undefined;
  double p_greater = undefined;
  double p_two_sided = undefined;
  std::uint32_t draw_count = 0;  ///< B, draws in which the index is defined
  std::uint64_t seed = 0;
  std::vector<double> draws;  ///< in the order drawn
};

/// Quantile `q` of ascending values, linear between the two that lie next to (m − 1) q (type 7 of
/// Hyndman & Fan 1996). `undefined` where there is none.
double quantile(std::span<const double> ascending, double q);

/// The summary of `draws`, of which undefined ones are passed over. All but `observed` are
/// `undefined` where that is, or where no draw is left.
NullDistribution distribution_of(double observed, std::vector<double> draws, std::uint64_t seed);

/// D and H of each group against the rest, and D, H and M of all groups, under a null model.
struct NullTests {
  std::vector<NullDistribution> dissimilarity;  ///< [K]
  std::vector<NullDistribution> theil_h;        ///< [K]
  NullDistribution multigroup_dissimilarity;
  NullDistribution multigroup_theil_h;
  NullDistribution mutual_information;
};

/// All of them from the same drawn cities. O(draws · n K) time, O(n K) memory per thread.
/// @param groups  K columns of whole numbers [K][n]
NullTests null_tests(GroupColumns groups, NullModel model, std::uint32_t draws, std::uint64_t seed);

/// An index of a table of counts.
using CountIndex = std::function<double(GroupColumns)>;

/// Any index, spatial ones too: `index` is handed each drawn table with its districts in place. It
/// is called from several threads at a time.
NullDistribution null_test(GroupColumns groups, NullModel model, std::uint32_t draws,
                           std::uint64_t seed, const CountIndex& index);

/// Geographic permutation (Cortes et al. 2020): districts keep their residents and exchange places.
/// For indices that depend on where districts lie; those that do not are the same in every draw.
/// @param index  handed `from` [n]: the place i holds the residents of district from[i]. Called
///               from several threads at a time
/// @param place_count  n
NullDistribution geographic_permutation_test(
    std::size_t place_count, std::uint32_t draws, std::uint64_t seed,
    const std::function<double(std::span<const DistrictIndex>)>& index);

}  // namespace quartier::metrics
