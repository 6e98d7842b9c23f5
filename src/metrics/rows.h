#pragma once
/// The rows of the table, one file per family (`rows_FAMILY.cpp`): what a metric is called, and the
/// function that hands its formula what it needs of a `MetricInput` (private to the room).

#include <functional>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "metrics/cells.h"
#include "metrics/registry.h"

namespace quartier::metrics::rows {

std::span<const MetricEntry> composition();
std::span<const MetricEntry> evenness();
std::span<const MetricEntry> exposure();
std::span<const MetricEntry> ordinal();
std::span<const MetricEntry> local();
std::span<const MetricEntry> small_units();
std::span<const MetricEntry> inference();
std::span<const MetricEntry> environment();
std::span<const MetricEntry> surface();
std::span<const MetricEntry> proximity();
std::span<const MetricEntry> decomposition();
std::span<const MetricEntry> change();
std::span<const MetricEntry> contiguity();
std::span<const MetricEntry> concentration();
std::span<const MetricEntry> centralization();
std::span<const MetricEntry> clustering();
std::span<const MetricEntry> access();
std::span<const MetricEntry> catchment();
std::span<const MetricEntry> congestion();
std::span<const MetricEntry> gaps();
std::span<const MetricEntry> gap_parts();
std::span<const MetricEntry> inequality();
std::span<const MetricEntry> scenario();
std::span<const MetricEntry> siting();
std::span<const MetricEntry> composite();
std::span<const MetricEntry> group_means();

inline constexpr double no_limit = std::numeric_limits<double>::infinity();

inline constexpr Needs group{.group = true};
inline constexpr Needs pair{.group = true, .reference = true};
inline constexpr Needs all_groups{.partition = true};

/// An index of a group against a reference or the rest.
CityValue pair_index(const MetricInput& in,
                     double (*index)(std::span<const double>, std::span<const double>));

/// Fills the value the index takes where nobody is segregated, from the readable counts.
void set_expected(const MetricInput& in, const std::vector<ColumnRef>& columns, CityValue& result,
                  const std::function<double(GroupColumns)>& expected);

/// Appends "name=value" to a list of parameters; nothing where the value is empty.
void add_parameter(std::string& parameters, const std::string& name, std::string_view value);

/// "1 district", "3 districts".
std::string number_of(std::size_t count, const std::string& one, const std::string& many);

}  // namespace quartier::metrics::rows
