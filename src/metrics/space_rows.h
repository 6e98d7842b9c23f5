#pragma once
/// What the rows of indices of boundaries, land and centres share (private to the room).

#include <string>
#include <string_view>

#include "metrics/rows.h"

namespace quartier::metrics::rows {

inline constexpr Needs pair_on_land{.group = true, .reference = true, .districts = true};
inline constexpr Needs pair_across_boundaries{.group = true, .reference = true, .contiguity = true};

/// Group, reference and everyone.
std::vector<ColumnRef> group_reference_everyone(const MetricInput& in);

/// @throws std::logic_error where the input has none
const Districts& districts_of(const MetricInput& in);
const Contiguity& contiguity_of(const MetricInput& in);

/// Where an index does not exist though both groups do: says why.
void explain(CityValue& result, std::string_view why);

/// Says how many districts have no shape, and so no part.
void tell_shapeless(const Districts& districts, std::string& status);

}  // namespace quartier::metrics::rows
