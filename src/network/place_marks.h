#pragma once
/// Sets of places, a bit for each; private to the room.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace quartier::network {

inline void mark(std::vector<std::uint64_t>& marks, std::uint32_t place) {
  marks[place / 64] |= std::uint64_t{1} << (place % 64);
}

inline bool is_marked(const std::vector<std::uint64_t>& marks, std::uint32_t place) {
  return (marks[place / 64] >> (place % 64) & 1U) != 0;
}

/// Visits the marked places of the first `words` words from the last to the first; a visit may mark
/// smaller ones.
template <typename Visit>
void from_last_to_first(const std::vector<std::uint64_t>& marks, std::size_t words,
                        const Visit& visit) {
  for (std::size_t word = words; word-- > 0;) {
    std::uint64_t below = ~std::uint64_t{0};
    while (const std::uint64_t left = marks[word] & below) {
      const auto bit = 63U - static_cast<unsigned>(std::countl_zero(left));
      below = (std::uint64_t{1} << bit) - 1;
      visit(static_cast<std::uint32_t>(word * 64 + bit));
    }
  }
}

}  // namespace quartier::network
