#pragma once
/// What the rows of access gaps, of their parts and of inequality share: an index of persons and
/// of the access of their districts (private to the room).

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "metrics/rows.h"

namespace quartier::metrics::rows {

/// An index of columns of persons and of the access of each district, or of each point where
/// people live.
using AccessIndex = std::function<double(GroupColumns, std::span<const double>)>;

/// Mean access of the first column: of the group. (metrics/gaps.h)
double mean_of(GroupColumns columns, std::span<const double> access);

/// By how much it exceeds that of the second column: of the reference.
double gap_of(GroupColumns columns, std::span<const double> access);

/// The group alone. @throws std::logic_error where the input has none
std::vector<ColumnRef> group_only(const MetricInput& in);

/// What an index of costs is handed: people where they set out and the costs there, or, which gives
/// the same means, those of each district who reach a site and their mean cost. Where each district
/// is one origin the two are the same.
enum class CostsAt : std::uint8_t { origins, districts };

/// An index of the costs to the nearest service; `status` names who reaches none.
CityValue cost_index(const MetricInput& in, const std::vector<ColumnRef>& columns, bool with_cutoff,
                     const AccessIndex& index, CostsAt at = CostsAt::origins);

/// An index of places per 1000 people with competition (2SFCA). The columns handed to `index` are
/// followed by everyone, where the input has no demand of its own.
CityValue places_index(const MetricInput& in, std::vector<ColumnRef> columns,
                       const AccessIndex& index);

/// An index of the places within the cutoff.
CityValue opportunities_index(const MetricInput& in, const std::vector<ColumnRef>& columns,
                              const AccessIndex& index);

/// An index of places that fade with their cost (gravity).
CityValue gravity_index(const MetricInput& in, const std::vector<ColumnRef>& columns,
                        const AccessIndex& index);

/// An index of the mean over the departures of the window of the places within the cutoff.
CityValue window_index(const MetricInput& in, const std::vector<ColumnRef>& columns,
                       const AccessIndex& index);

/// An index of access to all services together. The columns handed to `index` are followed by
/// everyone.
CityValue composite_index(const MetricInput& in, std::vector<ColumnRef> columns,
                          const AccessIndex& index);

/// Who competes for places: the input's own demand, or everyone, the last of the columns.
std::span<const double> demand_of(const MetricInput& in, GroupColumns columns);

/// The line of access poverty: the input's, or half the mean over `people`.
double poverty_line(const MetricInput& in, std::span<const double> people,
                    std::span<const double> access);

/// Appends the line to `parameters`: "poverty_line=half the mean".
void name_poverty_line(const MetricInput& in, std::string& parameters);

}  // namespace quartier::metrics::rows
