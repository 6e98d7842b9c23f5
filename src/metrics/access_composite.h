#pragma once
/// Access to several services in one number: each compared with what people have on average, then
/// weighed.
///
/// Conventions of all measures are in `metrics/access.h`. A score that counts further choices for
/// less is `composite_access` in `metrics/access_buffer.h`.

#include <span>
#include <vector>

namespace quartier::metrics {

/// Access to one service of a composite.
struct CompositeService {
  std::span<const double> access;  ///< A_is, 0 or more, or `undefined` [n]
  double importance = 1.0;         ///< v_s, 0 or more; 0 leaves the service out
};

/// Composite of relative access:
///
///   C_i = Σ_s v_s A_is / M_s / Σ_s v_s,   M_s = Σ_i P_i A_is / Σ_i P_i
///
/// M_s is the mean access of people, so that a service with many places weighs no more than one
/// with few. 1 is what people have on average: the mean of C over people is 1.
///
/// @param services  over the same places
/// @param people    P_i, 0 or more [n]; means are over people whose access is defined
/// @returns [n]; `undefined` where any A_is with v_s > 0 is; everywhere where nobody is counted, or
///          M_s of such a service is 0, since nothing can be compared with no access at all
/// @throws InputError where an importance is negative or no number, or all are 0
std::vector<double> relative_composite(std::span<const CompositeService> services,
                                       std::span<const double> people);

}  // namespace quartier::metrics
