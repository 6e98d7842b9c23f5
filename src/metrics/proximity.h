#pragma once
/// Spatial proximity: how close members of a group live to each other, to the others and to
/// everyone, where closeness fades with distance: c_ij = exp(−β d_ij), near pairs count most.
///
/// Closeness, not distance, is what is averaged. c_ij is 1 at no distance and falls towards 0, so a
/// group in one solid cluster has a higher Pxx, SP and ACL than the same group scattered. Programs
/// that average 1 − exp(−d), or distances divided by their row sums, turn the whole family round;
/// the page of the family shows both on one example.
///
/// Conventions, all of them parameters: β per km (1); d_ii = 0.6 √a_i (km, km²); districts where
/// nobody lives are dropped, which changes ACL only. Distances are planar, between centroids.

#include <cstddef>
#include <span>
#include <vector>

#include "base/number.h"
#include "domain/polygons.h"
#include "metrics/columns.h"
#include "metrics/conventions.h"

namespace quartier::metrics {

/// A number and an interval that holds the true one. Both ends are the value itself where all pairs
/// were summed.
struct Bounded {
  double value = undefined;
  double lower = undefined;
  double upper = undefined;
};

/// Indices of one group, x, against all others, y = t − x. With S_ab = Σ_i Σ_j a_i b_j c_ij (i = j
/// included) and n districts:
struct GroupProximity {
  /// Pxx = S_xx / X², mean closeness of two members (White 1983). In [0, 1].
  Bounded within_group;
  /// Pyy = S_yy / Y².
  Bounded within_rest;
  /// Pxy = S_xy / (X Y), mean closeness of a member and one of the others. Symmetric.
  Bounded between;
  /// SP = (X Pxx + Y Pyy) / (T Poo) (White 1983). 1 where both live among each other, above 1 where
  /// each lives closer to its own, below 1 where they alternate.
  Bounded spatial_proximity;
  /// ACL (Massey & Denton 1988): share of the group in the persons near its average member, less
  /// what an even spread over districts would give:
  ///
  ///   ACL = [S_xx / X − X Σc / n²] / [S_xt / X − X Σc / n²]
  ///
  /// 1 where nobody else is near, about 0 where the group is spread evenly, below 0 where it keeps
  /// apart from its own. Without limits where districts differ much in population: the even spread
  /// is over districts, and the divisor can come near 0. The only index here that changes with
  /// districts where nobody lives.
  Bounded absolute_clustering;
  /// RCL = Pxx / Pyy − 1 (Massey & Denton 1988). 0 where both are as clustered, above where the
  /// group is more so. −1 at least.
  Bounded relative_clustering;
  /// DPxx = Σ_i (x_i / X) Σ_j K_ij p_j, K_ij = c_ij t_j / Σ_m c_im t_m (Morgan 1983): share of the
  /// own group among whom its members meet, if they meet everyone in proportion to closeness.
  Bounded isolation;
  /// DPxy, the share of all others. DPxx + DPxy = 1.
  Bounded interaction;
};

/// What the indices of a study area come to.
struct Proximity {
  std::vector<GroupProximity> groups;  ///< as the columns were given
  /// [K][K] DP of column k meeting column l: Σ_i (x_ik / X_k) Σ_j K_ij x_jl / t_j. Row k sums to 1
  /// where the columns are a partition. Empty unless asked for.
  std::vector<std::vector<Bounded>> exposure;
  /// Poo = S_tt / T².
  Bounded everyone;
  /// SP of all groups, Σ_k X_k P_kk / (T Poo); `undefined` where the columns are not a partition.
  Bounded multigroup_spatial_proximity;
  std::size_t district_count = 0;      ///< n, those that take part
  std::size_t empty_dropped = 0;       ///< districts left out because nobody lives there
  std::size_t without_place = 0;       ///< left out because centroid or area is missing
  double persons_without_place = 0.0;  ///< who live there
  bool bounded = false;  ///< distant pairs were summed by interpolation, within the intervals
};

struct ProximityOptions {
  double decay_per_km = 1.0;  ///< β > 0
  SelfDistance self_distance = SelfDistance::root_of_area;
  EmptyDistricts empty_districts = EmptyDistricts::dropped;
  bool exposure = false;  ///< fill `Proximity::exposure`, O(n K²)
  /// Above so many districts distant pairs are summed by interpolation, with a bound.
  std::size_t exact_up_to = 20'000;
  /// How far indices may then be from the truth: SP as a share of it, the P as a share of the
  /// larger of each and Poo, RCL and DP as they are. ACL may be further off where its divisor is
  /// small, and so may any index where three attempts do not reach this; the interval says how far
  /// and holds the truth in any case. 0: all pairs are summed whatever their number.
  double tolerance = 1e-6;
};

/// All indices of the family, of every column against everyone else, in one sweep over the pairs of
/// districts.
///
/// @param centroids  metres; NaN: unknown, the district takes no part  [n]
/// @param area_m2    NaN: as above, unless the self distance is 0      [n]
/// @param groups     x_ik, persons of each group [K][n]
/// @param total      t_i >= Σ_k x_ik, everyone   [n]
///
/// O(n²) time pair by pair, about O(n log n) above `exact_up_to`; O(n K) memory. `undefined` are:
/// everything where fewer than two districts take part; what divides by X where X is zero; Pyy,
/// Pxy, SP, ACL and RCL where there are no others; all indices where c underflows everywhere.
/// @throws std::logic_error where lengths differ, β is not positive or the tolerance negative
Proximity proximity(std::span<const Point> centroids, std::span<const double> area_m2,
                    GroupColumns groups, std::span<const double> total,
                    const ProximityOptions& options = {});

}  // namespace quartier::metrics
