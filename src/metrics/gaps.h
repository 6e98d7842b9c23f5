#pragma once
/// Gaps: what a group can reach on average, compared with another.
///
/// Everybody of a group is counted where they live. Three things are told apart and none is
/// dropped: people who reach a service, people for whom none can be reached (+inf), and people in
/// districts whose access is not known (`undefined`).

#include <cstdint>
#include <span>
#include <vector>

#include "base/number.h"
#include "base/units.h"
#include "metrics/bootstrap.h"
#include "metrics/inequality.h"

namespace quartier::metrics {

/// Access of one group.
struct GroupAccess {
  double persons = 0.0;      ///< Σ g_i, everyone of the group
  double unreachable = 0.0;  ///< persons in districts with access +inf
  double unknown = 0.0;      ///< persons in districts with undefined access
  double mean =
      undefined;  ///< Σ g_i A_i / Σ g_i over persons with finite access; `undefined` where none has
};

/// Group-weighted mean access.
///
///   mean = Σ_i g_i A_i / Σ_i g_i   over districts with finite A_i
///
/// For distances the mean is over reachable persons, because a mean with infinities says nothing;
/// read it together with `unreachable`.
///
/// @param group   g_i, persons of the group per district [n]
/// @param access  A_i, any measure of access             [n]
GroupAccess group_access(std::span<const double> group, std::span<const double> access);

/// Share of a group whose cost is within a cutoff.
///
///   Σ_i g_i [t_i <= cutoff] / Σ_i g_i   over districts with a defined t_i
///
/// People for whom nothing can be reached count as not within.
/// @param cost  t_i, to the nearest service [n], in the unit of the cutoff
/// @returns in [0, 1]; `undefined` where nobody of the group has a defined cost
double share_within(std::span<const double> group, std::span<const double> cost, double cutoff);

/// A group's mean access beside the reference's.
struct AccessGap {
  GroupAccess group;
  GroupAccess reference;
  double difference = undefined;  ///< group mean − reference mean; `undefined` where either is
  double ratio =
      undefined;  ///< group mean / reference mean; `undefined` where either is or it is x / 0
};

/// Access gap of a group against a reference: > 0 means the group's mean is larger (farther, for
/// distances; more, for places).
AccessGap access_gap(std::span<const double> group, std::span<const double> reference,
                     std::span<const double> access);

/// Bootstrap over districts (Efron & Tibshirani 1993): how much an index owes to single districts.
///
/// Of the n districts where anybody of `groups` lives, n are drawn with replacement; a district
/// drawn m times counts m times, with all its people and its access. People are counted, not
/// sampled, and access stays what it is: the interval is about which districts a city happens to
/// consist of, not about people or travel times. A value that hangs on two or three districts has a
/// wide one. Draw d is a function of (seed, d).
///
/// @param groups  K columns of persons, parts of persons allowed [K][n]
/// @param level   coverage of the percentile interval, 0 < level < 1
/// @param index   of the columns times m; called from several threads at a time
BootstrapResult bootstrap_districts(GroupColumns groups, std::uint32_t draws, std::uint64_t seed,
                                    double level, const CountIndex& index);

/// What one district lacks.
struct DistrictShortfall {
  DistrictIndex district = no_index;
  double persons = 0.0;
  double each = 0.0;  ///< the line less access, or a cost less the line; +inf where there is no way
  double together = 0.0;  ///< persons · each
};

/// The districts where a group lacks most: people times shortfall, largest first, then by persons,
/// then in district order. Districts without anybody of the group or on the right side of the line
/// are not listed. The list holds counts of persons: show it through the disclosure gate only.
///
/// @param line   in the unit of access
/// @param count  how many at most
std::vector<DistrictShortfall> largest_shortfalls(std::span<const double> group,
                                                  std::span<const double> access, double line,
                                                  PoorSide side, std::size_t count);

}  // namespace quartier::metrics
