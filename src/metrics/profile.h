#pragma once
/// Profiles: an index over environments of growing size, from one sweep.

#include <span>
#include <vector>

#include "metrics/environment.h"
#include "metrics/surroundings.h"

namespace quartier::metrics {

/// Segregation over environments of one size.
struct ProfilePoint {
  double scale = 0.0;             ///< bandwidth in metres, k persons or k districts
  SurroundingsSums sums;          ///< every evenness index of surroundings.h follows from these
  std::vector<double> exposures;  ///< P~_kl at k · K + l [K · K]; empty where not asked for
};

enum class Exposures : std::uint8_t { left_out, included };

/// Segregation over environments of several sizes, by every index of surroundings.h that sums over
/// districts (Reardon et al. 2008 for kernels; Östh et al. 2015 for nearest people). Districts are
/// visited once for all sizes; O(n K) memory.
///
/// @param groups  x_ik [K][n]
/// @param places  [n] centroids in metres; empty for kinds that need none
/// @param spec    the kind and all that belongs to it but its size
/// @param scales  sizes, ascending: bandwidths in metres, k persons or k districts, each in the
///                place of the spec's own; for the kind `own` they are only names
/// @param weighing  own residents (default), or the environment's own sums as weights and as the
///                city's composition (egohoods)
/// @returns one point per size; as `surroundings_sums` of `surroundings_of` at each, to rounding
/// @throws InputError as `check_environment` for each size
/// @throws std::logic_error where the sizes do not ascend
std::vector<ProfilePoint> environment_profile(GroupColumns groups, std::span<const Point> places,
                                              const EnvironmentSpec& spec,
                                              std::span<const double> scales,
                                              Weighing weighing = Weighing::own_residents,
                                              Exposures exposures = Exposures::included);

/// Macro/micro ratio, H~(largest) / H~(smallest) (Reardon et al. 2008): the part of the segregation
/// seen over the smallest environments that is still there over the largest. Near 1: a matter of
/// whole quarters. Near 0: of neighbouring blocks.
/// @returns `undefined` where either H~ is, or the one of the smallest is not above 0
double macro_micro_ratio(std::span<const ProfilePoint> profile);

/// Residents, surroundings and city of one environment, for every index of surroundings.h.
///
/// With `smoothed_population` the environment's counts take the place of the residents as weights
/// and of the city's composition, so that the indices are the ordinary ones of smoothed counts.
/// For `spatial_exposures` and `own_residents` hand on the counts of `groups`, otherwise those of
/// `environment_counts`.
Surroundings surroundings_of(GroupColumns groups, std::span<const Point> places,
                             const EnvironmentSpec& spec,
                             Weighing weighing = Weighing::own_residents);

}  // namespace quartier::metrics
