#include "study/sample/neighbourhoods.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "base/units.h"
#include "study/sample/noise.h"

namespace quartier::study::sample {
namespace {

constexpr std::size_t largest_size = 5;

/// The blocks of one neighbourhood in the making; empty once it has been joined to another.
struct Cluster {
  std::array<Block, largest_size> blocks{};
  std::uint8_t size = 0;
  LandUse use = LandUse::residential;
};

/// Blocks of a neighbourhood at that distance from the centre: few in the dense core, more outside.
std::size_t usual_size(double distance) {
  if (distance < 0.25) return 1;
  if (distance < 0.5) return 2;
  return distance < 0.8 ? 3 : 4;
}

class Joiner {
 public:
  Joiner(const Blocks& blocks, std::size_t count, std::uint64_t seed)
      : blocks_(blocks),
        seed_(seed),
        of_block_(blocks.lattice_size(), no_index),
        clusters_(blocks.chosen().size()),
        surplus_(blocks.chosen().size() - count) {
    for (std::uint32_t c = 0; c < clusters_.size(); ++c) {
      const Block block = blocks.chosen()[c];
      of_block_[block] = c;
      clusters_[c].blocks[0] = block;
      clusters_[c].size = 1;
    }
  }

  /// Gives the blocks nearest to `place`, on one bank, to one unit of that use.
  void reserve(PlanPoint place, std::size_t size, LandUse use) {
    std::uint32_t unit = no_index;
    double nearest = 0.0;
    for (const Block block : blocks_.chosen()) {
      const double distance = length(blocks_.seat(block) - place);
      const std::uint32_t c = of_block_[block];
      if (clusters_[c].use != LandUse::residential) continue;
      if (unit == no_index || distance < nearest) {
        unit = c;
        nearest = distance;
      }
    }
    if (unit == no_index) return;
    clusters_[unit].use = use;
    while (clusters_[unit].size < size && surplus_ > 0) {
      const std::uint32_t next = nearest_neighbour(unit, place);
      if (next == no_index) return;
      join(unit, next);
    }
  }

  /// Joins neighbours at random until there are as many units as wanted.
  void join_at_random() {
    std::vector<std::pair<std::uint64_t, Block>> order;
    order.reserve(blocks_.chosen().size());
    for (const Block block : blocks_.chosen()) {
      order.emplace_back(stream_of(seed_, Purpose::merging, block).next(), block);
    }
    std::sort(order.begin(), order.end());
    for (std::size_t more = 0; more < largest_size && surplus_ > 0; ++more) {
      for (const auto& [key, block] : order) {
        if (surplus_ == 0) return;
        const std::uint32_t unit = of_block_[block];
        const std::size_t limit = usual_size(length(blocks_.seat(block))) + more;
        const std::uint32_t partner = best_partner(unit, std::min(limit, largest_size), key);
        if (partner != no_index) join(unit, partner);
      }
    }
    expects(surplus_ == 0, "join_blocks: too few neighbourhoods for so many blocks");
  }

  [[nodiscard]] Neighbourhoods result() const;

 private:
  [[nodiscard]] bool joinable(std::uint32_t unit, std::uint32_t other) const {
    return other != no_index && other != unit && clusters_[other].use == LandUse::residential &&
           blocks_.north_bank(clusters_[unit].blocks[0]) ==
               blocks_.north_bank(clusters_[other].blocks[0]);
  }

  [[nodiscard]] std::uint32_t nearest_neighbour(std::uint32_t unit, PlanPoint place) const {
    std::uint32_t best = no_index;
    double nearest = 0.0;
    for (std::size_t k = 0; k < clusters_[unit].size; ++k) {
      for (int side = 0; side < side_count; ++side) {
        const Block block = blocks_.neighbour(clusters_[unit].blocks[k], side);
        const std::uint32_t other = of_block_[block];
        if (!joinable(unit, other) || clusters_[other].size > 1) continue;
        const double distance = length(blocks_.seat(block) - place);
        if (best == no_index || distance < nearest) {
          best = other;
          nearest = distance;
        }
      }
    }
    return best;
  }

  /// The neighbour with the longest common boundary for its size; ties fall by `key`.
  [[nodiscard]] std::uint32_t best_partner(std::uint32_t unit, std::size_t limit,
                                           std::uint64_t key) const {
    if (clusters_[unit].use != LandUse::residential) return no_index;
    std::uint32_t best = no_index;
    int best_score = 0;
    const int first = static_cast<int>(key % side_count);
    for (std::size_t k = 0; k < clusters_[unit].size; ++k) {
      for (int turn = 0; turn < side_count; ++turn) {
        const int side = (first + turn) % side_count;
        const std::uint32_t other = of_block_[blocks_.neighbour(clusters_[unit].blocks[k], side)];
        if (!joinable(unit, other)) continue;
        if (std::size_t{clusters_[unit].size} + clusters_[other].size > limit) continue;
        const int score = 10 + 2 * common_sides(unit, other) - 3 * clusters_[other].size;
        if (score > best_score) {
          best = other;
          best_score = score;
        }
      }
    }
    return best;
  }

  [[nodiscard]] int common_sides(std::uint32_t unit, std::uint32_t other) const {
    int sides = 0;
    for (std::size_t k = 0; k < clusters_[unit].size; ++k) {
      for (int side = 0; side < side_count; ++side) {
        const Block block = blocks_.neighbour(clusters_[unit].blocks[k], side);
        if (of_block_[block] == other) ++sides;
      }
    }
    return sides;
  }

  void join(std::uint32_t unit, std::uint32_t other) {
    for (std::size_t k = 0; k < clusters_[other].size; ++k) {
      const Block block = clusters_[other].blocks[k];
      clusters_[unit].blocks[clusters_[unit].size++] = block;
      of_block_[block] = unit;
    }
    clusters_[other].size = 0;
    --surplus_;
  }

  const Blocks& blocks_;
  std::uint64_t seed_;
  std::vector<std::uint32_t> of_block_;
  std::vector<Cluster> clusters_;
  std::size_t surplus_;  ///< joins still owed
};

/// Parks lie mostly outside, works along the river and to the east; a few per hundred units.
LandUse drawn_use(PlanPoint middle, std::uint64_t seed, std::uint64_t item) {
  RandomStream stream = stream_of(seed, Purpose::land_use, item);
  const double distance = length(middle);
  if (stream.uniform() < (distance > 0.75 ? 0.06 : 0.015)) return LandUse::park;
  const bool by_the_river = std::abs(middle.v - Ground::river_v) < 0.16 && middle.u > 0.3;
  if (stream.uniform() < (by_the_river ? 0.2 : 0.008)) return LandUse::industry;
  return LandUse::residential;
}

Neighbourhoods Joiner::result() const {
  Neighbourhoods result;
  result.of_block.assign(of_block_.size(), no_index);
  std::vector<Block> members;
  for (const Cluster& cluster : clusters_) {
    if (cluster.size == 0) continue;
    members.assign(cluster.blocks.begin(), cluster.blocks.begin() + cluster.size);
    std::sort(members.begin(), members.end());
    PlanPoint sum;
    for (const Block block : members) {
      result.blocks.push_back(block);
      result.of_block[block] = static_cast<std::uint32_t>(result.size());
      sum = sum + blocks_.seat(block);
    }
    const PlanPoint middle = (1.0 / cluster.size) * sum;
    result.land_use.push_back(
        cluster.use == LandUse::residential ? drawn_use(middle, seed_, members[0]) : cluster.use);
    result.north_bank.push_back(blocks_.north_bank(members[0]) ? 1 : 0);
    result.block_start.push_back(static_cast<std::uint32_t>(result.blocks.size()));
    result.middle.push_back(middle);
  }
  return result;
}

void add_neighbours(const Blocks& blocks, Neighbourhoods& neighbourhoods) {
  std::vector<std::uint32_t> row;
  for (std::uint32_t n = 0; n < neighbourhoods.size(); ++n) {
    row.clear();
    for (const Block block : neighbourhoods.blocks_of(n)) {
      for (int side = 0; side < side_count; ++side) {
        const std::uint32_t other = neighbourhoods.of_block[blocks.neighbour(block, side)];
        if (other != no_index && other != n) row.push_back(other);
      }
    }
    std::sort(row.begin(), row.end());
    row.erase(std::unique(row.begin(), row.end()), row.end());
    neighbourhoods.neighbours.insert(neighbourhoods.neighbours.end(), row.begin(), row.end());
    neighbourhoods.neighbour_start.push_back(
        static_cast<std::uint32_t>(neighbourhoods.neighbours.size()));
  }
}

}  // namespace

std::string_view name_of(LandUse use) {
  switch (use) {
    case LandUse::residential:
      return "residential";
    case LandUse::park:
      return "park";
    case LandUse::industry:
      return "industry";
    case LandUse::harbour:
      return "harbour";
    case LandUse::airport:
      return "airport";
  }
  return {};
}

Neighbourhoods join_blocks(const Blocks& blocks, std::size_t count, std::uint64_t seed) {
  expects(count > 0 && count <= blocks.chosen().size(), "join_blocks: no more units than blocks");
  Joiner joiner(blocks, count, seed);
  if (count >= 40) {  // in a smaller city each would be a large part of it
    joiner.reserve({-0.6, 0.6}, 5, LandUse::airport);
    joiner.reserve({0.8, Ground::river_v - 0.08}, 4, LandUse::harbour);
    joiner.reserve({-0.3, 0.1}, 3, LandUse::park);
  }
  joiner.join_at_random();
  Neighbourhoods neighbourhoods = joiner.result();
  add_neighbours(blocks, neighbourhoods);
  return neighbourhoods;
}

}  // namespace quartier::study::sample
