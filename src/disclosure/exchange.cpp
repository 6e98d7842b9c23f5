#include "disclosure/exchange.h"

#include <algorithm>
#include <limits>
#include <span>

namespace quartier::disclosure {
namespace {

constexpr std::size_t window = 32;           ///< rows looked at on either side
constexpr std::size_t most_extra_rows = 16;  ///< rows that one move may add to a strip

/// The cells of a leaf's chain from a depth down that are still shown at some places.
void add_chain(const Board& board, std::span<const std::uint32_t> places, std::size_t leaf,
               std::size_t from, Move& move) {
  const Frame& frame = board.frame();
  const std::span<const GroupIndex> chain = frame.chain(leaf);
  for (std::size_t depth = from; depth < chain.size(); ++depth) {
    for (const std::uint32_t place : places) {
      if (board.hidden(chain[depth], place)) continue;
      const double persons = frame.value(chain[depth], place);
      if (persons > 0.0) {
        move.cost.persons += persons;
      } else {
        ++move.cost.zeros;
      }
      move.cells.push_back({chain[depth], place});
    }
  }
}

/// What it takes to make a row part of the strip of two leaves.
void add_row(const Board& board, const Strips& strips, std::size_t row, std::size_t leaf,
             std::size_t partner, Move& move) {
  const std::size_t from = strips.fork(leaf, partner);
  add_chain(board, strips.places(row), leaf, from, move);
  if (partner != strips.nobody()) add_chain(board, strips.places(row), partner, from, move);
}

struct Candidate {
  Move join;
  std::size_t partner = 0;
};

/// The search for one target in one strip.
class Widening {
 public:
  Widening(const Board& board, const Strips& strips, std::size_t row, const Target& target,
           std::size_t leaf)
      : board_(board),
        strips_(strips),
        row_(row),
        target_(target),
        leaf_(leaf),
        aside_(strips.rows_beside(row)) {}

  /// The cells of `candidate`, and rows from [begin, end) where its strip is too thin; nothing
  /// where they do not suffice or cost no less than `limit`.
  std::optional<Move> with(const Candidate& candidate, std::size_t begin, std::size_t end,
                           const Move* limit) const {
    const std::size_t partner = candidate.partner;
    const Room base = strips_.room(row_, aside_, leaf_, target_.group, partner);
    const double own = board_.frame().leaf_value(leaf_, strips_.district(row_));
    const double given = strips_.partner_value(row_, partner);
    double taken = strips_.others(aside_, leaf_, partner);
    double returned = strips_.partner_others(aside_, leaf_, partner);
    const auto width = [&](double more_taken, double more_returned) {
      return with_partner(base, own, given, taken + more_taken, returned + more_returned).width();
    };
    Move move = candidate.join;
    if (width(0.0, 0.0) >= target_.width) return move;
    constexpr double plenty = std::numeric_limits<double>::infinity();
    if (width(plenty, plenty) < target_.width) return std::nullopt;
    std::vector<std::size_t> added;
    while (added.size() < most_extra_rows) {
      const std::optional<Extra> extra = best_row(partner, begin, end, added, width);
      if (!extra) return std::nullopt;
      add_row(board_, strips_, extra->row, leaf_, partner, move);
      if (limit != nullptr && !(move.cost < limit->cost)) return std::nullopt;
      added.push_back(extra->row);
      taken += extra->taken;
      returned += extra->returned;
      if (width(0.0, 0.0) >= target_.width) return move;
    }
    return std::nullopt;
  }

 private:
  struct Extra {
    std::size_t row = 0;
    double taken = 0.0;
    double returned = 0.0;
    double width = 0.0;
    Cost cost;
  };

  /// The cheapest row that suffices; where none does, the one that widens most.
  template <typename Width>
  std::optional<Extra> best_row(std::size_t partner, std::size_t begin, std::size_t end,
                                const std::vector<std::size_t>& added, const Width& width) const {
    const double now = width(0.0, 0.0);
    std::optional<Extra> best;
    for (std::size_t row = begin; row < end; ++row) {
      if (strips_.in_strip(row, leaf_, partner)) continue;
      if (std::binary_search(aside_.begin(), aside_.end(), row)) continue;
      if (std::find(added.begin(), added.end(), row) != added.end()) continue;
      Extra extra;
      extra.row = row;
      extra.taken = board_.frame().leaf_value(leaf_, strips_.district(row));
      extra.returned = strips_.partner_value(row, partner);
      extra.width = std::min(width(extra.taken, extra.returned), target_.width);
      if (!(extra.width > now)) continue;
      if (best && extra.width < best->width) continue;
      Move move;
      add_row(board_, strips_, row, leaf_, partner, move);
      extra.cost = move.cost;
      if (!best || extra.width > best->width || extra.cost < best->cost) best = extra;
    }
    return best;
  }

  const Board& board_;
  const Strips& strips_;
  std::size_t row_;
  const Target& target_;
  std::size_t leaf_;
  std::vector<std::size_t> aside_;
};

}  // namespace

Room room_of(const Strips& strips, std::size_t row, const Target& target, std::size_t leaf) {
  return strips.room(row, strips.rows_beside(row), leaf, target.group, no_index);
}

std::vector<Support> supports_of(const Board& board, const Target& target, std::size_t most) {
  const Frame& frame = board.frame();
  struct Ranked {
    Support support;
    std::size_t shown = 0;
    double persons = 0.0;
  };
  std::vector<Ranked> ranked;
  const auto consider = [&](std::size_t district) {
    for (std::size_t leaf = 0; leaf < frame.leaf_count(); ++leaf) {
      if (!frame.under(leaf, target.group)) continue;
      Ranked one;
      one.support = {static_cast<std::uint32_t>(district), static_cast<std::uint32_t>(leaf)};
      one.persons = frame.leaf_value(leaf, district);
      const std::span<const GroupIndex> chain = frame.chain(leaf);
      for (std::size_t d = frame.depth(target.group); d < chain.size(); ++d) {
        if (!board.hidden(chain[d], district)) ++one.shown;
      }
      ranked.push_back(one);
    }
  };
  if (target.place < frame.district_count()) {
    consider(target.place);
  } else {
    for (const std::uint32_t i : frame.members(target.place)) consider(i);
  }
  const std::size_t kept = std::min(most, ranked.size());
  std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(kept),
                    ranked.end(), [](const Ranked& a, const Ranked& b) {
                      if (a.shown != b.shown) return a.shown < b.shown;
                      if (a.persons != b.persons) return a.persons > b.persons;
                      if (a.support.district != b.support.district) {
                        return a.support.district < b.support.district;
                      }
                      return a.support.leaf < b.support.leaf;
                    });
  std::vector<Support> supports;
  for (std::size_t k = 0; k < kept; ++k) supports.push_back(ranked[k].support);
  return supports;
}

std::optional<Move> cheapest_exchange(const Board& board, const Strips& strips, std::size_t row,
                                      const Target& target, std::size_t leaf, Partners partners) {
  const Frame& frame = board.frame();
  std::vector<Candidate> candidates;
  const auto consider = [&](std::size_t partner) {
    Candidate candidate;
    candidate.partner = partner;
    add_row(board, strips, row, leaf, partner, candidate.join);
    candidates.push_back(std::move(candidate));
  };
  if (partners == Partners::nobody) {
    consider(strips.nobody());
  } else {
    for (std::size_t partner = 0; partner < frame.leaf_count(); ++partner) {
      if (!frame.under(partner, target.group)) consider(partner);
    }
  }
  std::stable_sort(
      candidates.begin(), candidates.end(),
      [](const Candidate& a, const Candidate& b) { return a.join.cost < b.join.cost; });
  const Widening widening(board, strips, row, target, leaf);
  const std::size_t near_begin = row > window ? row - window : 0;
  const std::size_t near_end = std::min(strips.row_count(), row + window + 1);
  std::optional<Move> best;
  const auto search = [&](std::size_t begin, std::size_t end) {
    for (const Candidate& candidate : candidates) {
      if (best && !(candidate.join.cost < best->cost)) break;
      std::optional<Move> move = widening.with(candidate, begin, end, best ? &*best : nullptr);
      if (move && (!best || move->cost < best->cost)) best = std::move(move);
    }
  };
  search(near_begin, near_end);
  if (!best && near_end - near_begin < strips.row_count()) search(0, strips.row_count());
  return best;
}

namespace {

std::vector<std::uint32_t> open_places(const Frame& frame, std::size_t district) {
  std::vector<std::uint32_t> places = places_of(frame, district, frame.level_count());
  places.push_back(static_cast<std::uint32_t>(frame.city()));
  return places;
}

}  // namespace

Room open_room(const Board& board, const Target& target, const Support& support) {
  const Frame& frame = board.frame();
  const std::vector<std::uint32_t> places = open_places(frame, support.district);
  const double own = frame.leaf_value(support.leaf, support.district);
  Room room;
  Move alone;
  add_chain(board, places, support.leaf, 0, alone);
  if (alone.cells.empty()) return {std::numeric_limits<double>::infinity(), own};
  for (std::size_t partner = 0; partner < frame.leaf_count(); ++partner) {
    if (frame.under(partner, target.group)) continue;
    const std::size_t from = frame.fork(support.leaf, partner);
    Move needed;
    add_chain(board, places, support.leaf, from, needed);
    if (!needed.cells.empty()) continue;
    add_chain(board, places, partner, from, needed);
    if (!needed.cells.empty()) continue;
    room.up += frame.leaf_value(partner, support.district);
    room.down = own;
  }
  return room;
}

std::optional<Move> open_exchange(const Board& board, const Target& target, const Support& support,
                                  Partners partners) {
  const Frame& frame = board.frame();
  const std::vector<std::uint32_t> places = open_places(frame, support.district);
  if (partners == Partners::nobody) {
    Move move;
    add_chain(board, places, support.leaf, 0, move);
    return move;
  }
  const Room base = open_room(board, target, support);
  const double own = frame.leaf_value(support.leaf, support.district);
  std::optional<Move> best;
  for (std::size_t partner = 0; partner < frame.leaf_count(); ++partner) {
    if (frame.under(partner, target.group)) continue;
    const std::size_t from = frame.fork(support.leaf, partner);
    Move move;
    add_chain(board, places, support.leaf, from, move);
    add_chain(board, places, partner, from, move);
    if (move.cells.empty()) continue;
    if (base.up + frame.leaf_value(partner, support.district) + own < target.width) continue;
    if (!best || move.cost < best->cost) best = std::move(move);
  }
  return best;
}

}  // namespace quartier::disclosure
