#pragma once
/// Spatial association: what all its statistics have in common. How permutation tests are made,
/// what a test returns, and which of many tests may be called significant.
///
/// Conventions, where programs differ:
/// * A district with an `undefined` value takes no part: it is left out of n, of the mean and of
///   every neighbour list. Where the weights are row-standardised, the remaining ones of each row
///   are standardised again.
/// * An island (a district that takes part but has no neighbour) has no local value, which is
///   `undefined`. Whether it stays in n, the mean and the variance is a choice: `Islands::kept` (as
///   in esda, the default) or `Islands::dropped`.
/// * p-values of permutations are (c + 1) / (B + 1) with c draws at least as far out as what is
///   seen, never 0. Draws equal to what is seen, as far as rounding lets one tell, count as far out
///   on both sides.
/// * Draws depend on (seed, draw) or (seed, district, draw) only. Deviations are rounded to 1/2^25
///   of the largest one for the comparison of local sums; a drawn sum that differs from the one
///   seen by no more than this rounding can explain counts as equal to it.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/number.h"
#include "domain/districts.h"
#include "metrics/conventions.h"

namespace quartier::metrics {

/// Which draws are as far out as what is seen.
enum class Tail : std::uint8_t {
  folded,  ///< the smaller of upper and lower: one-sided in the direction seen, about 0.5 at most
  upper,   ///< draws that are at least what is seen
  lower,   ///< draws that are at most what is seen
  two_sided,  ///< twice the folded p-value, 1 at most
};

/// The leading factor of local statistics, over Σ z².
enum class LocalFactor : std::uint8_t {
  n_minus_1,  ///< as in esda and GeoDa for local Moran: variance with n - 1
  n,          ///< as in spdep, and in esda for local Geary
};

/// How a statistic is computed and tested.
struct AssociationSettings {
  std::uint32_t permutations = 0;  ///< B; 0: no test
  std::uint64_t seed = 1;
  /// h of sequential stopping (Besag & Clifford 1991), local tests only: a district's draws end
  /// with the h-th one as far out as what is seen, and with l draws made p = h / l; where h are not
  /// reached in B draws, p = (c + 1) / (B + 1). With two sides, each has its own count, and the
  /// draws end when both have reached h. 0: all draws are made.
  std::uint32_t stop_after = 0;
  Tail tail = Tail::folded;
  Islands islands = Islands::kept;
  LocalFactor factor = LocalFactor::n_minus_1;
};

/// A statistic of the city and its test.
struct AssociationTest {
  double value = undefined;
  double expected = undefined;     ///< exact mean over all rearrangements of the values
  double variance = undefined;     ///< exact variance of the same, where it is known
  double z_score = undefined;      ///< (value - expected) / sqrt(variance)
  double p_value = undefined;      ///< of permutations; `undefined` without
  std::size_t district_count = 0;  ///< n, districts that take part
  std::size_t island_count = 0;    ///< districts with a value but without neighbours
};

/// What a district and its neighbours are like, by signs alone, whatever the p-value.
enum class Pattern : std::uint8_t {
  none,        ///< no local value
  high_high,   ///< above the mean, among such
  low_low,     ///< not above the mean, among such
  high_low,    ///< above the mean, among districts that are not
  low_high,    ///< not above the mean, among districts that are
  similar,     ///< like its neighbours, on no one side of the mean
  dissimilar,  ///< unlike its neighbours
};

/// "none", "high-high", "low-low", "high-low", "low-high", "similar", "dissimilar".
std::string_view name_of(Pattern pattern);

/// A statistic of each district and its test, all [n].
struct LocalAssociation {
  std::vector<double> values;     ///< `undefined` for islands and districts without a value
  std::vector<double> expected;   ///< exact mean over all draws of neighbours
  std::vector<double> z_scores;   ///< (value - expected) / exact standard deviation, where known
  std::vector<double> p_values;   ///< of permutations; `undefined` without
  std::vector<Pattern> patterns;  ///< by sign alone
  std::size_t district_count = 0;
  std::size_t island_count = 0;
};

/// (c + 1) / (B + 1) by `tail`, from the draws that are at least and at most what is seen.
double permutation_p(std::uint64_t at_least, std::uint64_t at_most, std::uint64_t permutations,
                     Tail tail);

/// The largest p-value that may be called a discovery if at most the share `rate` of discoveries
/// shall be false (Benjamini & Hochberg 1995); 0 where there is none. Undefined p-values are
/// passed over.
double false_discovery_level(std::span<const double> p_values, double rate);

/// `level` over the number of defined p-values (Bonferroni): the chance of one false discovery or
/// more is at most `level`. `level` itself where there are none.
double bonferroni_level(std::span<const double> p_values, double level);

/// The largest p-value called significant at `level` under `correction`.
double significance_level(std::span<const double> p_values, double level, Correction correction);

/// The patterns of districts with p <= significance_level(...); `none` elsewhere. With the folded
/// tail, about 2 · level of districts without any association still appear.
std::vector<Pattern> significant_patterns(const LocalAssociation& local, double level,
                                          Correction correction = Correction::none);

}  // namespace quartier::metrics
