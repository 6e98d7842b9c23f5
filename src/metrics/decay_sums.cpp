#include "metrics/decay_sums.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "metrics/decay_expansion.h"
#include "metrics/decay_pairs.h"
#include "metrics/decay_tree.h"

namespace quartier::metrics {
namespace {

constexpr std::size_t largest_leaf = 256;
/// Pairs of blocks are the units of parallel work.
constexpr std::size_t most_blocks = 64;
constexpr double metres_per_km = 1000.0;
/// Boxes that far away add nothing worth a closer look, and how much β d may differ within a box.
constexpr double negligible_decay = 8.0;
constexpr double loose_decay = 1.0;
constexpr double unit_roundoff = 0x1p-53;

/// What a node of the tree gathers during the sweep.
struct NodeSums {
  std::vector<Expansion> expansions;
  std::vector<double> error;  // [columns + 1] bound on what the node's places miss of each sum
  double closeness = 0.0;     // Σ c of the pairs that its expansions stand for
};

/// The sweep's state. A pair of blocks is worked on by one thread at a time, and no block is in two
/// pairs at once: so each sum is added to in a fixed order, by one thread.
class Sweep {
 public:
  Sweep(std::span<const Point> places, std::span<const double> self, GroupColumns columns,
        const DecaySweep& options)
      : columns_(columns.size()),
        n_(places.size()),
        self_(self),
        tree_(place_tree(places, largest_leaf, most_blocks)),
        decay_per_m_(options.decay_per_km / metres_per_km),
        halvings_per_m_(decay_per_m_ / std::log(2.0)),
        kernel_tolerance_(options.kernel_tolerance),
        weight_((columns_ + 1) * n_, 1.0),
        sum_((columns_ + 1) * n_, 0.0),
        node_sums_(tree_.nodes.size()) {
    for (std::size_t k = 0; k < columns_; ++k) {
      for (std::size_t i = 0; i < n_; ++i) weight_[k * n_ + i] = columns[k][tree_.order[i]];
    }
    set_totals();
    set_horizon();
    if (kernel_tolerance_ > 0.0) set_floors();
  }

  DecaySums run() {
    const std::vector<std::uint32_t>& blocks = tree_.blocks;
    for_chunks(blocks.size(), 1,
               [&](std::size_t block, std::size_t, std::size_t) { within(blocks[block]); });
    // In round r block b meets block b xor r: every pair once, and no block twice in a round.
    for (std::size_t round = 1; round < blocks.size(); ++round) {
      for_chunks(blocks.size(), 1, [&](std::size_t block, std::size_t, std::size_t) {
        const std::size_t other = block ^ round;
        if (block < other) between(blocks[block], blocks[other]);
      });
    }
    for_chunks(blocks.size(), 1,
               [&](std::size_t block, std::size_t, std::size_t) { spread_down(blocks[block]); });
    return result();
  }

 private:
  [[nodiscard]] DecayPoints places_of(const PlaceNode& node) {
    return {node.count(),
            tree_.x_m.data() + node.begin,
            tree_.y_m.data() + node.begin,
            weight_.data() + node.begin,
            sum_.data() + node.begin,
            n_};
  }
  [[nodiscard]] double total(std::uint32_t node, std::size_t column) const {
    return totals_[node * (columns_ + 1) + column];
  }

  void set_totals() {
    totals_.assign(tree_.nodes.size() * (columns_ + 1), 0.0);
    for (std::size_t node = tree_.nodes.size(); node-- > 0;) {
      const PlaceNode& place = tree_.nodes[node];
      for (std::size_t k = 0; k <= columns_; ++k) {
        double& sum = totals_[node * (columns_ + 1) + k];
        if (place.leaf()) {
          for (std::size_t i = place.begin; i < place.end; ++i) sum += weight_[k * n_ + i];
        } else {
          sum = total(place.child, k) + total(place.child + 1, k);
        }
      }
    }
  }

  /// Persons of all columns in a district.
  [[nodiscard]] double persons(std::size_t i) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < columns_; ++k) sum += weight_[k * n_ + i];
    return sum;
  }

  /// Beyond the horizon c is below 2^-56 · min c_ii / max(n, T / least t_i): all such pairs
  /// together are lost on every sum. The page of the family has the argument.
  void set_horizon() {
    double least_self = 1.0;
    double least_persons = std::numeric_limits<double>::infinity();
    double everyone = 0.0;
    for (std::size_t i = 0; i < n_; ++i) {
      least_self = std::min(least_self, self_[tree_.order[i]]);
      const double here = persons(i);
      everyone += here;
      if (here > 0.0) least_persons = std::min(least_persons, here);
    }
    const double most = std::max(static_cast<double>(n_), everyone / least_persons);
    horizon_m_ = (std::log(0x1p56) + std::log(most) - std::log(least_self)) / decay_per_m_;
  }

  /// What all places of `leaf` have near them at least, as a share of everyone and of all places:
  /// every box at its greatest distance, opened where that is much more than the least.
  void add_floor(std::uint32_t leaf, std::uint32_t other, double& persons, double& places) const {
    const PlaceNode& node = tree_.nodes[other];
    const double greatest = greatest_distance(tree_.nodes[leaf].box, node.box);
    const double least = least_distance(tree_.nodes[leaf].box, node.box);
    if (!node.leaf() && decay_per_m_ * least < negligible_decay &&
        decay_per_m_ * (greatest - least) > loose_decay) {
      add_floor(leaf, node.child, persons, places);
      add_floor(leaf, node.child + 1, persons, places);
      return;
    }
    const double c = std::exp(-decay_per_m_ * greatest);
    for (std::size_t k = 0; k < columns_; ++k) persons += c * total(other, k);
    places += c * total(other, columns_);
  }

  /// floor_[node] <= s_i / T and Σ_j c_ij / n for all its places.
  void set_floors() {
    extent_m2_ = 4.0 * tree_.nodes[0].box.half_width() * tree_.nodes[0].box.half_height();
    double everyone = 0.0;
    for (std::size_t k = 0; k < columns_; ++k) everyone += total(0, k);
    floor_.assign(tree_.nodes.size(), 0.0);
    for_chunks(tree_.nodes.size(), 64, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t node = begin; node < end; ++node) {
        if (!tree_.nodes[node].leaf()) continue;
        double persons = 0.0;
        double places = 0.0;
        add_floor(static_cast<std::uint32_t>(node), 0, persons, places);
        floor_[node] = std::min(persons / everyone, places / static_cast<double>(n_));
      }
    });
    for (std::size_t node = tree_.nodes.size(); node-- > 0;) {
      const PlaceNode& place = tree_.nodes[node];
      if (!place.leaf()) floor_[node] = std::min(floor_[place.child], floor_[place.child + 1]);
    }
  }

  void within(std::uint32_t node) {
    const PlaceNode& place = tree_.nodes[node];
    if (place.leaf()) {
      add_pairs_within(places_of(place), halvings_per_m_, columns_);
      return;
    }
    within(place.child);
    within(place.child + 1);
    between(place.child, place.child + 1);
  }

  void between(std::uint32_t a, std::uint32_t b) {
    const PlaceNode& first = tree_.nodes[a];
    const PlaceNode& second = tree_.nodes[b];
    const double least_m = least_distance(first.box, second.box);
    if (least_m > horizon_m_) return;
    if (kernel_tolerance_ > 0.0 && least_m > 0.0 && expanded(a, b, least_m)) return;
    if (first.leaf() && second.leaf()) {
      add_pairs(places_of(first), places_of(second), halvings_per_m_, columns_);
    } else if (second.leaf() || (!first.leaf() && first.count() >= second.count())) {
      between(first.child, b);
      between(first.child + 1, b);
    } else {
      between(a, second.child);
      between(a, second.child + 1);
    }
  }

  /// Sums the pairs of two nodes by interpolation where the bound allows and it saves work.
  bool expanded(std::uint32_t a, std::uint32_t b, double least_m) {
    const PlaceNode& first = tree_.nodes[a];
    const PlaceNode& second = tree_.nodes[b];
    const double apart =
        std::max(least_m, std::hypot(first.box.middle_x() - second.box.middle_x(),
                                     first.box.middle_y() - second.box.middle_y()));
    const double fewer = std::max(1.0, extent_m2_ / (apart * apart));
    const double allowed_log = std::log(kernel_tolerance_) +
                               std::max(-decay_per_m_ * greatest_distance(first.box, second.box),
                                        std::log(std::min(floor_[a], floor_[b]) * fewer));
    const double most = -decay_per_m_ * least_m;
    if (most <= allowed_log) {
      add_error(a, b, std::exp(most));
      return true;
    }
    const auto logs = expansion_error_logs(first.box, second.box, decay_per_m_);
    std::size_t order = least_order;
    while (order <= greatest_order && logs[order - least_order] > allowed_log) ++order;
    if (order > greatest_order) return false;
    order += order % 2;  // fewer sets of points for each box
    const std::size_t size = order * order;
    if (size >= first.count() && size >= second.count()) return false;
    const DecayPoints from = size < first.count() ? points_of(a, order) : places_of(first);
    const DecayPoints to = size < second.count() ? points_of(b, order) : places_of(second);
    add_pairs(from, to, halvings_per_m_, columns_);
    const double additions = static_cast<double>(first.count() + second.count() + 4 * size);
    const double rounding = expansion_growth(order) * additions * unit_roundoff * std::exp(most);
    add_error(a, b, std::exp(logs[order - least_order]) + rounding);
    return true;
  }

  DecayPoints points_of(std::uint32_t node, std::size_t order) {
    std::vector<Expansion>& made = node_sums_[node].expansions;
    for (Expansion& expansion : made) {
      if (expansion.order == order) return expansion.points();
    }
    made.push_back(
        gathered(places_of(tree_.nodes[node]), tree_.nodes[node].box, columns_ + 1, order));
    return made.back().points();
  }

  void add_error(std::uint32_t a, std::uint32_t b, double error) {
    for (const auto& [here, there] : {std::pair{a, b}, std::pair{b, a}}) {
      std::vector<double>& sums = node_sums_[here].error;
      if (sums.empty()) sums.assign(columns_ + 1, 0.0);
      for (std::size_t k = 0; k <= columns_; ++k) sums[k] += error * total(there, k);
    }
  }

  /// Hands what a node gathered to its places, and its errors to its children.
  void spread_down(std::uint32_t node) {
    const PlaceNode& place = tree_.nodes[node];
    NodeSums& sums = node_sums_[node];
    for (const Expansion& expansion : sums.expansions) {
      spread(expansion, places_of(place), place.box, columns_);
      const std::size_t last = columns_ * expansion.size();
      for (std::size_t p = last; p < last + expansion.size(); ++p) {
        sums.closeness += expansion.weight[p] * expansion.sum[p];
      }
    }
    sums.expansions = {};
    if (place.leaf()) return;
    for (const std::uint32_t child : {place.child, place.child + 1}) {
      std::vector<double>& below = node_sums_[child].error;
      if (below.empty()) below.assign(columns_ + 1, 0.0);
      for (std::size_t k = 0; k < sums.error.size(); ++k) below[k] += sums.error[k];
      spread_down(child);
    }
  }

  DecaySums result() {
    DecaySums sums;
    CompensatedSum closeness;
    for (const NodeSums& node : node_sums_) closeness.add(node.closeness);
    sums.near.assign(columns_, std::vector<double>(n_));
    for (std::size_t i = 0; i < n_; ++i) {
      const std::size_t district = tree_.order[i];
      for (std::size_t k = 0; k < columns_; ++k) {
        sums.near[k][district] = sum_[k * n_ + i] + self_[district] * weight_[k * n_ + i];
      }
      closeness.add(sum_[columns_ * n_ + i] + self_[district]);
    }
    sums.closeness = closeness.value();
    if (kernel_tolerance_ > 0.0) set_errors(sums);
    return sums;
  }

  /// The bounds of the districts: those of their leaves, and rounding: no sum is longer than twice
  /// the number of leaves and the places of one, and c itself is right to a few bits.
  void set_errors(DecaySums& sums) const {
    const double extent = greatest_distance(tree_.nodes[0].box, tree_.nodes[0].box);
    const double rounding =
        unit_roundoff * (2.0 * static_cast<double>(tree_.nodes.size() + largest_leaf) +
                         8.0 * (1.0 + decay_per_m_ * extent));
    sums.error.assign(columns_, std::vector<double>(n_));
    for (std::size_t node = 0; node < tree_.nodes.size(); ++node) {
      const PlaceNode& place = tree_.nodes[node];
      if (!place.leaf()) continue;
      const std::vector<double>& error = node_sums_[node].error;
      for (std::size_t i = place.begin; i < place.end; ++i) {
        const std::size_t district = tree_.order[i];
        for (std::size_t k = 0; k < columns_; ++k) {
          sums.error[k][district] =
              (error.empty() ? 0.0 : error[k]) + rounding * sums.near[k][district];
        }
        sums.closeness_error += error.empty() ? 0.0 : error[columns_];
      }
    }
    sums.closeness_error += rounding * sums.closeness;
  }

  std::size_t columns_;
  std::size_t n_;
  std::span<const double> self_;
  PlaceTree tree_;
  double decay_per_m_;
  double halvings_per_m_;
  double kernel_tolerance_;
  std::vector<double> weight_;  // [columns + 1][n], sorted; the last column is 1
  std::vector<double> sum_;
  std::vector<NodeSums> node_sums_;
  std::vector<double> totals_;  // [nodes][columns + 1]
  std::vector<double> floor_;   // [nodes]
  double horizon_m_ = 0.0;
  double extent_m2_ = 0.0;  // of the box of all places
};

}  // namespace

DecaySums decay_sums(std::span<const Point> places, std::span<const double> self,
                     GroupColumns columns, const DecaySweep& sweep) {
  expects(
      !places.empty() && self.size() == places.size() && district_count(columns) == places.size(),
      "decay_sums: the same districts everywhere");
  return Sweep(places, self, columns, sweep).run();
}

}  // namespace quartier::metrics
