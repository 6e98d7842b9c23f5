#pragma once
/// Strips: the hidden cells of two groups in the same rows, between which persons can be exchanged
/// without any shown number changing. Private to the room; docs/disclosure.md has the proof.

#include <cstdint>
#include <span>
#include <vector>

#include "disclosure/frame.h"
#include "disclosure/gate.h"

namespace quartier::disclosure {

/// The interval that provably stays open round a count: from `down` below it to `up` above.
struct Room {
  double up = 0.0;
  double down = 0.0;
  [[nodiscard]] double width() const { return up + down; }
};

/// The states of a table as they are being decided.
class Board {
 public:
  Board(const Frame& frame, std::span<CellState> states) : frame_(frame), states_(states) {}
  [[nodiscard]] const Frame& frame() const { return frame_; }
  [[nodiscard]] bool hidden(std::size_t g, std::size_t place) const {
    return !may_show(states_[g * frame_.place_count() + place]);
  }
  void hide(std::size_t g, std::size_t place) {
    CellState& state = states_[g * frame_.place_count() + place];
    if (may_show(state)) state = CellState::complementary;
  }

 private:
  const Frame& frame_;
  std::span<CellState> states_;
};

/// What an exchange in a district changes beside it: at scope s its parents below level s. Scope 0
/// exchanges between districts with the same parents, the last scope between any two.
std::vector<std::uint32_t> places_of(const Frame& frame, std::size_t district, std::size_t scope);

/// The strips of some districts (rows) between which a scope exchanges persons. A partner is
/// another leaf of the tree, or `nobody()`: an exchange between two rows of one group alone, which
/// changes the everyone counts of both.
class Strips {
 public:
  Strips(const Board& board, std::size_t scope, std::vector<std::uint32_t> districts);

  [[nodiscard]] std::size_t row_count() const { return districts_.size(); }
  [[nodiscard]] std::uint32_t district(std::size_t row) const { return districts_[row]; }
  /// The row of a district that is among the rows (they ascend).
  [[nodiscard]] std::size_t row_of(std::uint32_t district) const;
  [[nodiscard]] std::size_t nobody() const { return leaf_count_; }
  [[nodiscard]] std::span<const std::uint32_t> places(std::size_t row) const {
    return std::span(places_).subspan(place_start_[row], place_start_[row + 1] - place_start_[row]);
  }

  /// Takes up what was newly hidden in a row. Nothing is ever shown again, so sums only grow.
  void refresh(std::size_t row);

  /// The depth from which both chains must be hidden for an exchange.
  [[nodiscard]] std::size_t fork(std::size_t leaf, std::size_t partner) const {
    return partner == nobody() ? 0 : board_.frame().fork(leaf, partner);
  }
  /// True where the row is part of the strip of two leaves.
  [[nodiscard]] bool in_strip(std::size_t row, std::size_t leaf, std::size_t partner) const {
    return joined(reach_.data() + row * leaf_count_, leaf, partner);
  }
  /// Persons of `leaf` in its strip with `partner`, without the rows `aside`.
  [[nodiscard]] double others(std::span<const std::size_t> aside, std::size_t leaf,
                              std::size_t partner) const;
  /// Persons of `partner` there; +inf for nobody where any rows are left.
  [[nodiscard]] double partner_others(std::span<const std::size_t> aside, std::size_t leaf,
                                      std::size_t partner) const;
  /// Persons of the partner in the row; +inf for nobody.
  [[nodiscard]] double partner_value(std::size_t row, std::size_t partner) const;

  /// The rows that share a place with a row, itself included: exchanges with them would leave that
  /// place as it is.
  [[nodiscard]] std::vector<std::size_t> rows_beside(std::size_t row) const;

  /// The room round the count of `group`, moved through its `leaf` in `row`, from every strip of
  /// the row but that with `without`, by exchange with rows that are not `aside`. Adding partners
  /// in turn: the partner's own persons bound what it can give; the other rows of the strip, less
  /// what earlier partners used of them, what can be taken.
  [[nodiscard]] Room room(std::size_t row, std::span<const std::size_t> aside, std::size_t leaf,
                          std::size_t group, std::size_t without) const;

 private:
  [[nodiscard]] bool joined(const std::uint16_t* reach, std::size_t leaf,
                            std::size_t partner) const {
    const std::size_t from = fork(leaf, partner);
    return reach[leaf] <= from && (partner == nobody() || reach[partner] <= from);
  }
  void reach_of(std::size_t row, std::vector<std::uint16_t>& reach) const;

  const Board& board_;
  std::size_t leaf_count_;
  std::vector<std::uint32_t> districts_;
  std::vector<std::uint32_t> place_start_{0};
  std::vector<std::uint32_t> places_;
  std::vector<std::uint16_t> reach_;  ///< [row][leaf] least depth from which the chain is hidden
  std::vector<double> sum_;           ///< [leaf][partner] persons of leaf in the strip
  std::vector<std::uint32_t> rows_alone_;  ///< [leaf] rows of the strip with nobody
};

/// Adds a partner to `room`: `given` persons of it in the row, `taken` of the group and `returned`
/// of the partner in the other rows of the strip.
Room with_partner(Room room, double own, double given, double taken, double returned);

}  // namespace quartier::disclosure
