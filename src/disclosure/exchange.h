#pragma once
/// Exchanges: finding the cheapest cells to hide so that a count cannot be worked out. Private to
/// the room.

#include <cstdint>
#include <optional>
#include <vector>

#include "disclosure/strips.h"

namespace quartier::disclosure {

/// What hiding costs: zeros first (a zero protects nobody), then persons.
struct Cost {
  std::size_t zeros = 0;
  double persons = 0.0;
  bool operator<(const Cost& other) const {
    return zeros != other.zeros ? zeros < other.zeros : persons < other.persons;
  }
};

/// One cell to hide.
struct Cell {
  std::uint32_t group = 0;
  std::uint32_t place = 0;
};

/// Cells to hide together, and what that costs.
struct Move {
  Cost cost;
  std::vector<Cell> cells;
};

/// A count that must not be worked out: `group` at `place`, in an interval at least `width` wide.
struct Target {
  GroupIndex group = 0;
  std::uint32_t place = 0;
  double width = 0.0;
};

/// Where persons are moved to protect a target: a district at or in its place, a leaf at or under
/// its group.
struct Support {
  std::uint32_t district = 0;
  std::uint32_t leaf = 0;
};

/// The best supports of a target, at most `most`: those whose chain is hidden, then those with the
/// most persons, then the first.
std::vector<Support> supports_of(const Board& board, const Target& target, std::size_t most);

/// The room round a target that the strips of a row already give.
Room room_of(const Strips& strips, std::size_t row, const Target& target, std::size_t leaf);

/// Which partners are looked for.
enum class Partners : std::uint8_t { leaves, nobody };

/// The cheapest cells that give the target its width within the sums of a scope: a partner leaf in
/// the row (or nobody), and where the strip is too thin, rows to widen it. Rows near by are tried
/// first, all where none of them will do.
std::optional<Move> cheapest_exchange(const Board& board, const Strips& strips, std::size_t row,
                                      const Target& target, std::size_t leaf, Partners partners);

/// The room that hidden sums leave: where a chain and its partner's are hidden in a district, all
/// its parents and the city, nothing fixes what the district's row takes from others.
Room open_room(const Board& board, const Target& target, const Support& support);

/// The cheapest cells that give the target its width by hiding sums up to the city. With nobody as
/// the partner this always succeeds.
std::optional<Move> open_exchange(const Board& board, const Target& target, const Support& support,
                                  Partners partners);

}  // namespace quartier::disclosure
