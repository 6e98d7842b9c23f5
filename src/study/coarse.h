#pragma once
/// Private to study: what can be said of the mix of a district of which some counts are hidden.

#include <optional>
#include <span>
#include <string_view>

namespace quartier::study {

/// A district's groups as a reader sees them.
struct VisibleMix {
  std::span<const double> shown;        ///< persons of the groups whose counts are shown
  std::span<const double> shown_city;   ///< their shares of the city, same order
  double hidden_persons = 0.0;          ///< of all others together: everyone less those shown
  std::span<const double> hidden_city;  ///< shares of the city of the others
};

/// A measure of all groups of a district, from nothing but what a reader sees already.
///
/// The persons of hidden groups may be divided among these in any way. Over all such ways the
/// measure lies between
///
///   entropy             E − q ln q  and  E − q ln(q / k)
///   entropy_normalised  both over ln K
///   simpson_diversity   1 − S − q²  and  1 − S − q² / k
///   local_divergence    L + q ln(q / Σ_h P_h)  and  L + max_h q ln(q / P_h)
///
/// with q the share of the hidden groups h, k their number, K of all; E, S and L what the groups
/// shown add to −Σ p ln p, Σ p² and Σ p ln(p / P). The middle is rounded to the least step of 0.01,
/// 0.02, 0.05 and 0.1 that is as wide as the range, so that the true value is within one step.
/// Since hidden counts enter by their known sum alone, the value tells a reader nothing new:
/// rounding the true value would, wherever an end of a rounding interval falls between two ways to
/// divide them.
///
/// @returns the coarsened value; none where the range is wider than 0.1, nobody lives there, or the
///   measure is not one of the four
std::optional<double> coarse_value(std::string_view measure, const VisibleMix& mix);

}  // namespace quartier::study
