#include "disclosure/strips.h"

#include <algorithm>
#include <limits>

namespace quartier::disclosure {
namespace {

constexpr double without_limit = std::numeric_limits<double>::infinity();

}  // namespace

std::vector<std::uint32_t> places_of(const Frame& frame, std::size_t district, std::size_t scope) {
  std::vector<std::uint32_t> places{static_cast<std::uint32_t>(district)};
  for (std::size_t level = 0; level < scope; ++level) {
    const std::uint32_t place = frame.parent_place(level, district);
    if (place != no_index) places.push_back(place);
  }
  return places;
}

Strips::Strips(const Board& board, std::size_t scope, std::vector<std::uint32_t> districts)
    : board_(board),
      leaf_count_(board.frame().leaf_count()),
      districts_(std::move(districts)),
      reach_(districts_.size() * leaf_count_),
      sum_(leaf_count_ * (leaf_count_ + 1), 0.0),
      rows_alone_(leaf_count_, 0) {
  const Frame& frame = board_.frame();
  for (const std::uint32_t district : districts_) {
    for (const std::uint32_t place : places_of(frame, district, scope)) places_.push_back(place);
    place_start_.push_back(static_cast<std::uint32_t>(places_.size()));
  }
  for (std::size_t row = 0; row < districts_.size(); ++row) {
    for (std::size_t leaf = 0; leaf < leaf_count_; ++leaf) {
      reach_[row * leaf_count_ + leaf] = static_cast<std::uint16_t>(frame.chain(leaf).size());
    }
    refresh(row);
  }
}

std::size_t Strips::row_of(std::uint32_t district) const {
  const auto found = std::lower_bound(districts_.begin(), districts_.end(), district);
  return static_cast<std::size_t>(found - districts_.begin());
}

void Strips::reach_of(std::size_t row, std::vector<std::uint16_t>& reach) const {
  const Frame& frame = board_.frame();
  reach.resize(leaf_count_);
  for (std::size_t leaf = 0; leaf < leaf_count_; ++leaf) {
    const std::span<const GroupIndex> chain = frame.chain(leaf);
    std::size_t depth = chain.size();
    const auto hidden_everywhere = [&](GroupIndex g) {
      for (const std::uint32_t place : places(row)) {
        if (!board_.hidden(g, place)) return false;
      }
      return true;
    };
    while (depth > 0 && hidden_everywhere(chain[depth - 1])) --depth;
    reach[leaf] = static_cast<std::uint16_t>(depth);
  }
}

void Strips::refresh(std::size_t row) {
  std::vector<std::uint16_t> now;
  reach_of(row, now);
  std::uint16_t* const before = reach_.data() + row * leaf_count_;
  if (std::equal(now.begin(), now.end(), before)) return;
  const Frame& frame = board_.frame();
  std::vector<std::size_t> open;
  for (std::size_t leaf = 0; leaf < leaf_count_; ++leaf) {
    if (now[leaf] < frame.chain(leaf).size()) open.push_back(leaf);
  }
  for (const std::size_t leaf : open) {
    const double persons = frame.leaf_value(leaf, districts_[row]);
    for (const std::size_t partner : open) {
      if (partner == leaf || joined(before, leaf, partner)) continue;
      if (joined(now.data(), leaf, partner)) sum_[leaf * (leaf_count_ + 1) + partner] += persons;
    }
    if (now[leaf] == 0 && before[leaf] != 0) {
      sum_[leaf * (leaf_count_ + 1) + leaf_count_] += persons;
      ++rows_alone_[leaf];
    }
  }
  std::copy(now.begin(), now.end(), before);
}

double Strips::others(std::span<const std::size_t> aside, std::size_t leaf,
                      std::size_t partner) const {
  double persons = sum_[leaf * (leaf_count_ + 1) + partner];
  for (const std::size_t row : aside) {
    if (in_strip(row, leaf, partner)) {
      persons -= board_.frame().leaf_value(leaf, districts_[row]);
    }
  }
  return std::max(0.0, persons);
}

double Strips::partner_others(std::span<const std::size_t> aside, std::size_t leaf,
                              std::size_t partner) const {
  if (partner != nobody()) return others(aside, partner, leaf);
  std::size_t rows = rows_alone_[leaf];
  for (const std::size_t row : aside) rows -= in_strip(row, leaf, partner) ? 1 : 0;
  return rows > 0 ? without_limit : 0.0;
}

std::vector<std::size_t> Strips::rows_beside(std::size_t row) const {
  std::vector<std::size_t> beside{row};
  for (const std::uint32_t place : places(row)) {
    if (place < board_.frame().district_count()) continue;
    for (const std::uint32_t district : board_.frame().members(place)) {
      const std::size_t other = row_of(district);
      if (other < row_count() && districts_[other] == district) beside.push_back(other);
    }
  }
  std::sort(beside.begin(), beside.end());
  beside.erase(std::unique(beside.begin(), beside.end()), beside.end());
  return beside;
}

double Strips::partner_value(std::size_t row, std::size_t partner) const {
  return partner == nobody() ? without_limit : board_.frame().leaf_value(partner, districts_[row]);
}

Room with_partner(Room room, double own, double given, double taken, double returned) {
  room.up = std::max(room.up, std::min(room.up + given, taken));
  room.down = std::min(own, room.down + returned);
  return room;
}

Room Strips::room(std::size_t row, std::span<const std::size_t> aside, std::size_t leaf,
                  std::size_t group, std::size_t without) const {
  const Frame& frame = board_.frame();
  const double own = frame.leaf_value(leaf, districts_[row]);
  Room room;
  for (std::size_t partner = 0; partner <= leaf_count_; ++partner) {
    if (partner == without || !in_strip(row, leaf, partner)) continue;
    if (partner != nobody() && frame.under(partner, group)) continue;
    room = with_partner(room, own, partner_value(row, partner), others(aside, leaf, partner),
                        partner_others(aside, leaf, partner));
  }
  return room;
}

}  // namespace quartier::disclosure
