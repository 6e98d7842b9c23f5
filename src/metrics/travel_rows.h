#pragma once
/// What the rows of access and of access gaps share (private to the room).

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "metrics/rows.h"

namespace quartier::metrics::rows {

/// "impedance=...; cutoff_m=...", or cutoff_min, as the costs are shown.
std::string travel_parameters(const MetricInput& in, bool with_cutoff);
/// The same with the words of the decay instead of the cutoff.
std::string decay_parameters(const MetricInput& in);

/// With the cutoff, and how many departures the mean is over.
std::string window_parameters(const MetricInput& in);

/// @throws std::logic_error where the input has no impedance
const Impedance& impedance_of(const MetricInput& in);

/// Whether the input has a demand of its own for 2SFCA; else it is a column of everyone.
bool own_demand(const MetricInput& in);

/// Whether districts have points where people live; else each is one origin.
bool has_points(const MetricInput& in);

/// Persons at the origins of the ways: those of its district times the share of each point.
/// @param persons  per district
/// @returns [origin count]
std::vector<double> at_origins(const MetricInput& in, std::span<const double> persons);

/// Columns of persons made from those of districts.
struct PeopleColumns {
  std::vector<std::vector<double>> persons;
  std::vector<std::span<const double>> spans;
  [[nodiscard]] GroupColumns columns() const { return spans; }
  static PeopleColumns of(std::vector<std::vector<double>> persons);
};
/// People of districts where they set out.
PeopleColumns people_at_origins(const MetricInput& in, GroupColumns districts);

/// Values of districts from those of their origins, and how many people they leave out.
struct DistrictMeans {
  /// Mean over the people of the district whose value is finite; where it is for none, +inf, or
  /// `undefined` where some of them have no value.
  std::vector<double> values;
  std::vector<double> unreached;  ///< share of the district's people at +inf
  std::vector<double> unknown;    ///< share of the district's people without a value
};
/// @param values  per origin of the ways
DistrictMeans district_means(const MetricInput& in, std::span<const double> values);
/// Σ of the values of a district's origins.
std::vector<double> district_sums(const MetricInput& in, std::span<const double> values);

/// "2 districts reach none; in 3 districts some people reach none (up to 0.2 of them)".
std::string reach_status(const DistrictMeans& means);

/// Cost of the nearest site that offers anything, per origin of the ways.
std::vector<double> nearest_costs(const MetricInput& in);
/// Places within the cutoff, per district.
std::vector<double> places_in_reach(const MetricInput& in);
/// Places that fade with their cost (gravity), per district.
std::vector<double> gravity_in_reach(const MetricInput& in);
/// Mean over the departures of the window of the places within the cutoff, per district; all
/// `undefined` where ways are not by timetable.
std::vector<double> places_over_window(const MetricInput& in);
/// Places per 1000 people with competition, per district.
/// @param demand  per district
std::vector<double> catchment_access(const MetricInput& in, std::span<const double> demand);

/// Values per district of a measure that reads a demand: the input's own, or a column of everyone
/// with what is told of unknown cells.
/// @param measure  per origin, from the demand per origin; @param sums  add up, rather than average
DistrictValues demand_measure(
    const MetricInput& in,
    const std::function<std::vector<double>(std::span<const double>)>& measure, bool sums = false);

}  // namespace quartier::metrics::rows
