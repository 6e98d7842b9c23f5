#pragma once
/// The ranking: where to act first, and per district the contributions that put it there.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"
#include "priority/profile.h"

namespace quartier::priority {

/// A district without a rank (not enough data).
inline constexpr std::uint32_t unranked = 0;

struct Ranking {
  /// Weighted mean of the normalised values of the ranked items [district count]; undefined below
  /// the minimum coverage.
  std::vector<double> score;
  /// 1 is the most urgent [district count]; districts with the same score share the lowest rank
  /// ("1, 2, 2, 4"); `unranked` where the score is undefined.
  std::vector<std::uint32_t> rank;
  std::vector<double> coverage;  ///< share of the ranked weight with data, 0 to 1 [district count]
  std::size_t ranked_count = 0;  ///< districts with a rank
  std::vector<std::vector<double>> normalised;  ///< [item][district], also of asked items
  /// [item][district] weight share times normalised value; undefined where the value is, where the
  /// score is, and for asked items. Added in item order they are the score, to the last bit.
  std::vector<std::vector<double>> contribution;
  std::vector<std::size_t> asked;  ///< items on the ask list, in item order

  /// Districts from the most urgent on, ties in district order, unranked ones last.
  [[nodiscard]] std::vector<DistrictIndex> order() const;
};

/// Ranks the districts by a profile:
///
///   score_i = Σ_k w_k v_ik / Σ_k w_k      over the ranked items k with a value v_ik
///   coverage_i = Σ_(k with a value) w_k / Σ_k w_k
///
/// A missing value is never read as zero or as the mean: the weights of the others are scaled up,
/// and the coverage says by how much. Scores are ordered to 12 decimals, so that rounding does not
/// part districts that are equal.
///
/// @param values  of each item, in item order, each [district count]; undefined where not published
/// @throws InputError as `check(profile)`, and for an infinite value, naming the indicator
Ranking rank_districts(const PriorityProfile& profile,
                       std::span<const std::span<const double>> values);

/// What one part of the subject (a dimension or a domain) has to show.
struct Part {
  std::size_t item_count = 0;  ///< items of the profile that belong to it, asked ones included
  std::size_t with_data = 0;   ///< of these, items with a value in any district
  std::vector<double> mean;    ///< [district count] weighted mean of normalised values; undefined
                               ///< where there are none (items with weight 0 do not count)
  std::vector<std::uint16_t> items_with_value;  ///< [district count]
  [[nodiscard]] bool empty() const { return with_data == 0; }
};

/// All three dimensions and all six domains, in the order of their enumerations; one without data
/// is there and says so, it is never dropped (Penninx 2009, 1).
struct Scorecard {
  std::array<Part, 3> dimensions;
  std::array<Part, 6> domains;
  [[nodiscard]] const Part& of(Dimension d) const {
    return dimensions[static_cast<std::size_t>(d)];
  }
  [[nodiscard]] const Part& of(Domain d) const { return domains[static_cast<std::size_t>(d)]; }
};

/// @param ranking  of the same profile
Scorecard scorecard(const PriorityProfile& profile, const Ranking& ranking);

}  // namespace quartier::priority
