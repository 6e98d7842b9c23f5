#pragma once
/// What the rows of access and of access gaps share (private to the room).

#include <span>
#include <string>
#include <vector>

#include "metrics/rows.h"

namespace quartier::metrics::rows {

/// "impedance=...; cutoff_m=...".
std::string travel_parameters(const MetricInput& in, bool with_cutoff);

/// @throws std::logic_error where the input has no impedance
const Impedance& impedance_of(const MetricInput& in);

/// Whether the input has a demand of its own for 2SFCA; else it is a column of everyone.
bool own_demand(const MetricInput& in);

/// Places per 1000 people with competition, per district.
std::vector<double> catchment_access(const MetricInput& in, std::span<const double> demand);

}  // namespace quartier::metrics::rows
