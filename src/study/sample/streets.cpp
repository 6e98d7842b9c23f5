#include "study/sample/streets.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "base/units.h"
#include "study/sample/noise.h"

namespace quartier::study::sample {
namespace {

constexpr double jitter = 0.3;       // of the spacing
constexpr double kept_share = 0.62;  // of the streets that connectedness does not need
constexpr double diagonal_share = 0.08;
constexpr std::size_t island_size = 7;

/// A street on trial: which two junctions of the lattice it joins, and its place in the lottery.
struct Candidate {
  std::uint64_t lot;
  std::uint32_t from;
  std::uint32_t to;
  bool extra;  ///< only ever laid by chance, never because it connects
};

class Pieces {
 public:
  explicit Pieces(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }
  std::uint32_t root(std::uint32_t node) {
    while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
    return node;
  }
  bool join(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    if (a == b) return false;
    parent_[std::max(a, b)] = std::min(a, b);
    return true;
  }

 private:
  std::vector<std::uint32_t> parent_;
};

/// Junctions stand on a lattice of the plan, moved at random, row by row from the south-west.
class Lattice {
 public:
  Lattice(const Ground& ground, std::size_t node_count, std::uint64_t seed) : seed_(seed) {
    spacing_ = std::sqrt(ground.plan_area() / static_cast<double>(node_count));
    half_ = static_cast<std::int64_t>(std::ceil(1.5 / spacing_));
    side_ = static_cast<std::uint32_t>(2 * half_ + 1);
  }

  [[nodiscard]] std::uint32_t side() const { return side_; }
  [[nodiscard]] double spacing() const { return spacing_; }

  [[nodiscard]] PlanPoint place(std::uint32_t node) const {
    RandomStream stream = stream_of(seed_, Purpose::streets, node);
    const double east = static_cast<double>(node % side_) - static_cast<double>(half_) +
                        between(stream, -jitter, jitter);
    const std::uint32_t row = node / side_;
    const double north = static_cast<double>(row) - static_cast<double>(half_) + 0.5 +
                         between(stream, -jitter, jitter);
    return {east * spacing_, Ground::river_v + north * spacing_};
  }
  [[nodiscard]] bool north_bank(std::uint32_t node) const {
    return node / side_ >= static_cast<std::uint32_t>(half_);
  }
  /// Bridges stand every few junctions, closer in the core.
  [[nodiscard]] bool bridge(std::uint32_t from) const {
    const auto column = static_cast<std::int64_t>(from % side_) - half_;
    const double u = static_cast<double>(column) * spacing_;
    const double apart = std::abs(u) < 0.35 ? 0.11 : 0.3;
    return std::floor(u / apart) != std::floor((u - spacing_) / apart);
  }

 private:
  std::uint64_t seed_;
  double spacing_ = 0.0;
  std::int64_t half_ = 0;
  std::uint32_t side_ = 0;
};

std::vector<Candidate> candidates(const Lattice& lattice, const std::vector<std::uint8_t>& used,
                                  std::uint64_t seed) {
  std::vector<Candidate> result;
  const std::uint32_t side = lattice.side();
  const auto consider = [&](std::uint32_t from, std::uint32_t to, bool extra) {
    if (used[to] == 0) return;
    const bool crossing = lattice.north_bank(from) != lattice.north_bank(to);
    if (crossing && (extra || !lattice.bridge(from))) return;
    RandomStream stream =
        stream_of(seed ^ 0x5EED, Purpose::streets, (std::uint64_t{from} << 32U) | to);
    result.push_back({stream.next(), from, to, extra});
  };
  for (std::uint32_t node = 0; node + side + 1 < side * side; ++node) {
    if (used[node] == 0 || node % side + 1 == side) continue;
    consider(node, node + 1, false);
    consider(node, node + side, false);
    consider(node, node + side + 1, true);
  }
  std::sort(result.begin(), result.end(), [](const Candidate& a, const Candidate& b) {
    return a.lot < b.lot ||
           (a.lot == b.lot && (a.from < b.from || (a.from == b.from && a.to < b.to)));
  });
  return result;
}

bool has_streets(const Neighbourhoods& neighbourhoods, Block block) {
  const std::uint32_t n = neighbourhoods.of_block[block];
  if (n == no_index) return false;
  const LandUse use = neighbourhoods.land_use[n];
  return use != LandUse::airport && use != LandUse::harbour;
}

StreetEdge street(const std::vector<Point>& nodes, std::uint32_t from, std::uint32_t to,
                  std::uint64_t lot) {
  const double dx = nodes[from].x - nodes[to].x;
  const double dy = nodes[from].y - nodes[to].y;
  const double bend = 1.0 + 0.06 * static_cast<double>(lot % 1024) / 1024.0;
  const double millimetres = std::ceil(1000.0 * bend * std::sqrt(dx * dx + dy * dy));
  return {from, to, static_cast<std::uint32_t>(std::max(1.0, millimetres))};
}

/// A lane with no way in or out, by the eastern city limits: a reader must say so.
void add_island(const Ground& ground, double spacing, Streets& streets) {
  const auto first = static_cast<std::uint32_t>(streets.nodes.size());
  const PlanPoint towards{0.92, 0.39};
  const PlanPoint middle = 0.93 * ground.limit_towards(towards) * towards;
  for (std::uint32_t k = 0; k < island_size; ++k) {
    const double along = spacing * 0.25 * (static_cast<double>(k) - 3.0);
    streets.nodes.push_back(ground.place(middle + PlanPoint{along, 0.3 * along}));
    if (k > 0) streets.edges.push_back(street(streets.nodes, first + k - 1, first + k, k));
  }
}

}  // namespace

Streets lay_streets(const Ground& ground, const Blocks& blocks,
                    const Neighbourhoods& neighbourhoods, std::size_t node_count,
                    std::uint64_t seed) {
  expects(node_count >= 100, "lay_streets: at least 100 junctions");
  const Lattice lattice(ground, node_count, seed);
  std::vector<std::uint8_t> used(std::size_t{lattice.side()} * lattice.side(), 0);
  for (std::uint32_t node = 0; node < used.size(); ++node) {
    const Block block = blocks.at(lattice.place(node));
    used[node] = block != no_index && has_streets(neighbourhoods, block) ? 1 : 0;
  }

  // A random spanning forest first, then streets by chance: what the forest needs is never left
  // out.
  const std::vector<Candidate> tried = candidates(lattice, used, seed);
  Pieces pieces(used.size());
  std::vector<std::uint8_t> laid(tried.size(), 0);
  for (std::size_t k = 0; k < tried.size(); ++k) {
    RandomStream chance(tried[k].lot);
    const bool connects = !tried[k].extra && pieces.join(tried[k].from, tried[k].to);
    const double share = tried[k].extra ? diagonal_share : kept_share;
    laid[k] = connects || chance.uniform() < share ? 1 : 0;
  }

  // Junctions cut off at the ragged city limits are left out with their streets.
  std::vector<std::uint32_t> members(used.size(), 0);
  for (std::uint32_t node = 0; node < used.size(); ++node) {
    if (used[node] != 0) ++members[pieces.root(node)];
  }
  const auto main_piece = static_cast<std::uint32_t>(
      std::max_element(members.begin(), members.end()) - members.begin());
  std::vector<std::uint32_t> position(used.size(), no_index);
  Streets streets;
  for (std::uint32_t node = 0; node < used.size(); ++node) {
    if (used[node] == 0 || pieces.root(node) != main_piece) continue;
    position[node] = static_cast<std::uint32_t>(streets.nodes.size());
    streets.nodes.push_back(ground.place(lattice.place(node)));
  }
  for (std::size_t k = 0; k < tried.size(); ++k) {
    if (laid[k] == 0 || position[tried[k].from] == no_index || position[tried[k].to] == no_index) {
      continue;
    }
    streets.edges.push_back(
        street(streets.nodes, position[tried[k].from], position[tried[k].to], tried[k].lot));
  }
  std::sort(streets.edges.begin(), streets.edges.end(),
            [](const StreetEdge& a, const StreetEdge& b) {
              return std::pair(a.from, a.to) < std::pair(b.from, b.to);
            });
  add_island(ground, lattice.spacing(), streets);
  return streets;
}

}  // namespace quartier::study::sample
