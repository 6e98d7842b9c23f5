#pragma once
/// Normalisation: values of one indicator made comparable with those of another.

#include <span>
#include <vector>

#include "priority/profile.h"

namespace quartier::priority {

/// The values of one indicator over the districts, turned so that high is urgent.
///
///   min-max           (x − min) / (max − min)                    in [0, 1]
///   z-score           (x − mean) / s,  s² = Σ (x − mean)² / n    population standard deviation
///   percentile rank   (r − 1) / (n − 1),  r from 1 = least urgent, ties share their mean rank
///
/// over the districts with a value. For `low_is_urgent`, min-max and percentile rank give 1 minus
/// that, the z-score its negative. Where all values are equal the indicator cannot tell districts
/// apart, and each gets the middle: 0.5, 0 and 0.5. (OECD/JRC: Nardo et al. 2008, step 5.)
///
/// @param values  [n]; undefined where not published
/// @returns [n]; undefined where `values` is
/// @throws InputError for an infinite value
std::vector<double> normalised(std::span<const double> values, Direction direction,
                               Normalisation normalisation);

}  // namespace quartier::priority
