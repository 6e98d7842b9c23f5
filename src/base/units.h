#pragma once
/// Typed scalars that cross rooms, and typed positions.

#include <compare>
#include <cstdint>

namespace quartier {

template <typename Tag>
struct Quantity {
  double value = 0.0;
  constexpr Quantity() = default;
  constexpr explicit Quantity(double v) : value(v) {}
  constexpr auto operator<=>(const Quantity&) const = default;
};

using Metres = Quantity<struct MetresTag>;
using Minutes = Quantity<struct MinutesTag>;

/// Position of a district in its edition; the same in every array of that edition.
using DistrictIndex = std::uint32_t;
/// Position of a group in the tree of groups.
using GroupIndex = std::uint32_t;

/// No position: a service outside every district, a root without a parent.
inline constexpr std::uint32_t no_index = 0xFFFFFFFFu;

}  // namespace quartier
