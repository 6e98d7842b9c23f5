#include "disclosure/gate.h"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

#include "base/error.h"
#include "base/parallel.h"
#include "disclosure/exchange.h"
#include "disclosure/frame.h"
#include "disclosure/strips.h"

namespace quartier::disclosure {
namespace {

constexpr std::size_t most_supports = 8;
constexpr double unknown_width = 1.0;  ///< at least one other whole number of persons

CellState first_state(const Frame& frame, const Policy& policy, std::size_t g, std::size_t place) {
  const double value = frame.value(g, place);
  if (!frame.complete(g, place)) {
    const bool enough = value > 0.0 && value >= static_cast<double>(policy.threshold);
    return enough ? CellState::at_least : CellState::publisher;
  }
  return policy.hides(value) ? CellState::primary : CellState::shown;
}

/// Districts that share their parents at every level from `scope` up, in rows of district order.
std::vector<std::vector<std::uint32_t>> blocks_of(const Frame& frame, std::size_t scope) {
  std::map<std::vector<std::uint32_t>, std::vector<std::uint32_t>> blocks;
  for (std::size_t i = 0; i < frame.district_count(); ++i) {
    std::vector<std::uint32_t> key;
    for (std::size_t level = scope; level < frame.level_count(); ++level) {
      key.push_back(frame.parent_place(level, i));
    }
    blocks[key].push_back(static_cast<std::uint32_t>(i));
  }
  std::vector<std::vector<std::uint32_t>> rows;
  rows.reserve(blocks.size());
  for (auto& [key, districts] : blocks) rows.push_back(std::move(districts));
  return rows;
}

/// The strips of every scope, made when first asked for and kept up to date from then on.
class Scopes {
 public:
  explicit Scopes(Board& board) : board_(board), scopes_(board.frame().level_count() + 1) {}

  struct Place {
    Strips* strips;
    std::size_t row;
  };
  Place find(std::size_t scope, std::size_t district) {
    Scope& in = scopes_[scope];
    if (in.block_of.empty()) {
      in.blocks = blocks_of(board_.frame(), scope);
      in.strips.resize(in.blocks.size());
      in.block_of.resize(board_.frame().district_count());
      in.row_of.resize(board_.frame().district_count());
      for (std::size_t b = 0; b < in.blocks.size(); ++b) {
        for (std::size_t row = 0; row < in.blocks[b].size(); ++row) {
          in.block_of[in.blocks[b][row]] = static_cast<std::uint32_t>(b);
          in.row_of[in.blocks[b][row]] = static_cast<std::uint32_t>(row);
        }
      }
    }
    std::unique_ptr<Strips>& strips = in.strips[in.block_of[district]];
    if (!strips) {
      strips = std::make_unique<Strips>(board_, scope, in.blocks[in.block_of[district]]);
    }
    return {strips.get(), in.row_of[district]};
  }

  void hide(const Move& move) {
    const Frame& frame = board_.frame();
    std::vector<std::uint32_t> places;
    for (const Cell cell : move.cells) {
      board_.hide(cell.group, cell.place);
      if (places.empty() || places.back() != cell.place) places.push_back(cell.place);
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    for (const std::uint32_t place : places) {
      if (place < frame.district_count()) {
        refresh(place);
        continue;
      }
      // No exchange goes by way of the city, so no strip looks at it.
      if (place == frame.city()) continue;
      for (const std::uint32_t i : frame.members(place)) refresh(i);
    }
  }

 private:
  struct Scope {
    std::vector<std::vector<std::uint32_t>> blocks;
    std::vector<std::unique_ptr<Strips>> strips;
    std::vector<std::uint32_t> block_of;
    std::vector<std::uint32_t> row_of;
  };
  void refresh(std::size_t district) {
    for (Scope& in : scopes_) {
      if (in.block_of.empty()) continue;
      if (Strips* const strips = in.strips[in.block_of[district]].get()) {
        strips->refresh(in.row_of[district]);
      }
    }
  }

  Board& board_;
  std::vector<Scope> scopes_;
};

class Protector {
 public:
  Protector(const Frame& frame, const Policy& policy, std::span<CellState> states)
      : frame_(frame), policy_(policy), states_(states), board_(frame, states) {}

  void run() {
    mark();
    Scopes margins(board_);
    for (const CellState state : {CellState::primary, CellState::publisher}) {
      for (std::size_t place = frame_.place_count(); place-- > frame_.district_count();) {
        for (std::size_t g = 0; g < frame_.group_count(); ++g) {
          if (const auto one = target(g, place, state)) settle(*one, margins);
        }
      }
    }
    std::vector<Target> left = protect_blocks();
    Scopes scopes(board_);
    for (const Target& one : left) settle(one, scopes);
  }

 private:
  [[nodiscard]] CellState state_at(std::size_t g, std::size_t place) const {
    return states_[g * frame_.place_count() + place];
  }
  /// The count as a target where it is in `state` and something is at stake.
  [[nodiscard]] std::optional<Target> target(std::size_t g, std::size_t place,
                                             CellState state) const {
    if (state_at(g, place) != state) return std::nullopt;
    if (state == CellState::publisher && !frame_.at_stake(g, place)) return std::nullopt;
    const bool small = state == CellState::primary || frame_.value(g, place) > 0.0;
    return Target{static_cast<GroupIndex>(g), static_cast<std::uint32_t>(place),
                  small ? policy_.width() : unknown_width};
  }

  void mark() {
    for (std::size_t g = 0; g < frame_.group_count(); ++g) {
      for (std::size_t place = 0; place < frame_.place_count(); ++place) {
        states_[g * frame_.place_count() + place] = first_state(frame_, policy_, g, place);
      }
    }
  }

  /// Protects the districts of each block by one another, blocks side by side, since they share no
  /// cell. @returns what could not be protected so, in order of block, state, district and group
  std::vector<Target> protect_blocks() {
    std::vector<std::vector<std::uint32_t>> blocks = blocks_of(frame_, 0);
    std::vector<std::vector<Target>> left(blocks.size());
    for_chunks(blocks.size(), 1, [&](std::size_t b, std::size_t, std::size_t) {
      Strips strips(board_, 0, std::move(blocks[b]));
      for (const CellState state : {CellState::primary, CellState::publisher}) {
        for (std::size_t row = 0; row < strips.row_count(); ++row) {
          const std::size_t district = strips.district(row);
          for (std::size_t g = 0; g < frame_.group_count(); ++g) {
            const std::optional<Target> one = target(g, district, state);
            if (one && !settle_inside(*one, strips, row)) left[b].push_back(*one);
          }
        }
      }
    });
    std::vector<Target> all;
    for (const std::vector<Target>& part : left) all.insert(all.end(), part.begin(), part.end());
    return all;
  }

  bool settle_inside(const Target& one, Strips& strips, std::size_t row) {
    const Support support = supports_of(board_, one, 1).front();
    if (room_of(strips, row, one, support.leaf).width() >= one.width) return true;
    if (open_room(board_, one, support).width() >= one.width) return true;
    const std::optional<Move> move =
        cheapest_exchange(board_, strips, row, one, support.leaf,
                          one.group == 0 ? Partners::nobody : Partners::leaves);
    if (!move) return false;
    for (const Cell cell : move->cells) board_.hide(cell.group, cell.place);
    std::vector<std::uint32_t> districts;
    for (const Cell cell : move->cells) districts.push_back(cell.place);
    std::sort(districts.begin(), districts.end());
    districts.erase(std::unique(districts.begin(), districts.end()), districts.end());
    for (const std::uint32_t district : districts) strips.refresh(strips.row_of(district));
    return true;
  }

  /// The least scope in which an exchange changes a place: its parents and all below.
  [[nodiscard]] std::size_t first_scope(std::size_t place) const {
    std::size_t scope = 0;
    while (scope < frame_.level_start().size() && place >= frame_.level_start()[scope]) ++scope;
    return scope;
  }

  void settle(const Target& one, Scopes& scopes) {
    const std::vector<Support> supports = supports_of(board_, one, most_supports);
    if (supports.empty()) return;  // a parent without districts
    const std::size_t first = first_scope(one.place);
    for (const Support& support : supports) {
      for (std::size_t scope = first; scope <= frame_.level_count(); ++scope) {
        const Scopes::Place at = scopes.find(scope, support.district);
        if (room_of(*at.strips, at.row, one, support.leaf).width() >= one.width) return;
      }
      if (open_room(board_, one, support).width() >= one.width) return;
    }
    for (std::size_t scope = first; scope <= frame_.level_count() && one.group != 0; ++scope) {
      if (hide_cheapest(one, supports, scopes, scope, Partners::leaves)) return;
    }
    std::optional<Move> best;
    const auto consider = [&best](std::optional<Move> move) {
      if (move && (!best || move->cost < best->cost)) best = std::move(move);
    };
    for (const Support& support : supports) {
      for (std::size_t scope = first; scope <= frame_.level_count(); ++scope) {
        const Scopes::Place at = scopes.find(scope, support.district);
        consider(
            cheapest_exchange(board_, *at.strips, at.row, one, support.leaf, Partners::nobody));
      }
      consider(open_exchange(board_, one, support, Partners::leaves));
    }
    if (!best) best = open_exchange(board_, one, supports.front(), Partners::nobody);
    scopes.hide(*best);
  }

  bool hide_cheapest(const Target& one, const std::vector<Support>& supports, Scopes& scopes,
                     std::size_t scope, Partners partners) {
    std::optional<Move> best;
    for (const Support& support : supports) {
      const Scopes::Place at = scopes.find(scope, support.district);
      std::optional<Move> move =
          cheapest_exchange(board_, *at.strips, at.row, one, support.leaf, partners);
      if (move && (!best || move->cost < best->cost)) best = std::move(move);
    }
    if (best) scopes.hide(*best);
    return best.has_value();
  }

  const Frame& frame_;
  const Policy& policy_;
  std::span<CellState> states_;
  Board board_;
};

}  // namespace

std::string_view id_of(CellState state) {
  switch (state) {
    case CellState::shown:
      return "shown";
    case CellState::at_least:
      return "at-least";
    case CellState::primary:
      return "primary";
    case CellState::complementary:
      return "complementary";
    case CellState::publisher:
      return "publisher";
  }
  return {};
}

std::size_t Protection::count(CellState state) const {
  return static_cast<std::size_t>(std::count(states.begin(), states.end(), state));
}

Protection protect(const CountTable& counts, const Groups& groups,
                   std::span<const ParentLevel> levels, const Policy& policy) {
  check(policy);
  const Frame frame(counts, groups, levels);
  Protection protection;
  protection.district_count = frame.district_count();
  protection.group_count = frame.group_count();
  protection.level_start = frame.level_start();
  protection.states.assign(frame.group_count() * frame.place_count(), CellState::shown);
  if (frame.district_count() > 0) Protector(frame, policy, protection.states).run();
  return protection;
}

}  // namespace quartier::disclosure
