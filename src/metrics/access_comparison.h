#pragma once
/// Comparison of access in two scenarios: before and after a service is added, moved, closed or
/// resized, or a street or a line is changed; for everyone and for each group.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/number.h"

namespace quartier::metrics {

/// Which way a measure of access is better.
enum class Better : std::uint8_t {
  higher,  ///< places, opportunities
  lower,   ///< costs; +inf: nothing can be reached
};

/// A measure of access in both scenarios, over the same origins.
struct ScenarioMeasure {
  std::string id;    ///< "nearest_service"
  std::string unit;  ///< "min"
  Better better = Better::higher;
  std::vector<double> before;  ///< [n]; `undefined`: not known
  std::vector<double> after;   ///< [n]
};

/// What a change means for the people of one column. Every person is in one of `gain`, `lose`,
/// `keep`, `unknown`.
struct GroupChange {
  double persons = 0.0;
  double gain = 0.0;               ///< better off after than before
  double lose = 0.0;               ///< worse off
  double keep = 0.0;               ///< neither, or cut off in both
  double unknown = 0.0;            ///< where a value is `undefined`
  double newly_reached = 0.0;      ///< of `gain`: +inf before, not after
  double cut_off = 0.0;            ///< of `lose`: +inf after, not before
  double unreachable = 0.0;        ///< of `keep`: +inf in both
  double compared = 0.0;           ///< persons with finite values in both, who enter the means
  double mean_before = undefined;  ///< Σ g_i A_i / Σ g_i over those compared
  double mean_after = undefined;
  double difference = undefined;  ///< mean after − mean before
  double total_before = 0.0;      ///< Σ g_i A_i over those compared
  double total_after = 0.0;
};

/// The gap between a group and the reference, before and after.
struct GapChange {
  double before = undefined;  ///< group mean − reference mean
  double after = undefined;
  double difference = undefined;  ///< after − before
};

/// A comparison of one measure.
struct AccessComparison {
  std::string id;
  std::string unit;
  Better better = Better::higher;
  std::vector<double> difference;   ///< after − before [n]; 0 where both are +inf
  std::vector<GroupChange> groups;  ///< [columns]
  std::vector<GapChange> gaps;      ///< [columns], against the reference column
};

/// Compares a measure before and after.
///
/// Means run over people with finite values in both scenarios, so that their difference is one of
/// the same people; who is reached for the first time or cut off is counted beside them.
///
/// @param columns    people: everyone first, then groups, each [n]
/// @param reference  position of the column that gaps are taken against
/// @param tolerance  relative difference up to which a person neither gains nor loses
/// @throws std::logic_error where sizes do not match
AccessComparison compare_access(const ScenarioMeasure& measure,
                                std::span<const std::span<const double>> columns,
                                std::size_t reference = 0, double tolerance = 1e-12);

/// The same for every measure of two scenarios.
std::vector<AccessComparison> compare_scenarios(std::span<const ScenarioMeasure> measures,
                                                std::span<const std::span<const double>> columns,
                                                std::size_t reference = 0,
                                                double tolerance = 1e-12);

}  // namespace quartier::metrics
