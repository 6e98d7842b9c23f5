#include "metrics/neighbour_draws.h"

#include <cmath>
#include <numeric>
#include <utility>

#include "base/number.h"
#include "base/random.h"

namespace quartier::metrics {
namespace {

/// Draws that are made side by side, so that the compiler can use wide registers.
constexpr std::uint32_t lanes = 64;
/// More neighbours than this, or more than half of all districts, are drawn one by one.
constexpr std::uint32_t most_neighbours = 32;

/// What a draw needs to know of its district.
struct Site {
  std::uint32_t self;        // own position, never drawn
  std::uint32_t others;      // how many can be drawn
  std::uint32_t neighbours;  // how many are
  std::uint32_t key_low;
  std::uint32_t key_high;
};

using Picks = std::uint32_t[most_neighbours][lanes];

/// 32 random bits from a counter and two key words (the mixing constants are triple32 of Wellons
/// 2018, with the second key word added after the first round).
inline std::uint32_t mixed(std::uint32_t counter, std::uint32_t key_low, std::uint32_t key_high) {
  std::uint32_t x = counter + key_low;
  x = (x ^ (x >> 17U)) * 0xED5AD4BBU;
  x = ((x ^ (x >> 11U)) + key_high) * 0xAC4C1B51U;
  x = (x ^ (x >> 15U)) * 0x31848BABU;
  return x ^ (x >> 14U);
}

/// Positions in 0 .. others-1 for each lane and neighbour. @returns true where a lane drew one
/// twice
QUARTIER_HOT bool pick(const Site& site, std::uint32_t first_draw, Picks& picks) {
  for (std::uint32_t r = 0; r < site.neighbours; ++r) {
    for (std::uint32_t lane = 0; lane < lanes; ++lane) {
      const std::uint32_t counter = (first_draw + lane) * most_neighbours + r;
      const std::uint64_t bits = mixed(counter, site.key_low, site.key_high);
      picks[r][lane] = static_cast<std::uint32_t>((bits * site.others) >> 32U);
    }
  }
  std::uint32_t repeated = 0;
  for (std::uint32_t r = 1; r < site.neighbours; ++r) {
    for (std::uint32_t s = 0; s < r; ++s) {
      for (std::uint32_t lane = 0; lane < lanes; ++lane) {
        repeated |= picks[r][lane] == picks[s][lane] ? 1U : 0U;
      }
    }
  }
  return repeated != 0;
}

/// Redraws every repeated position until it differs from those before it.
void redraw_repeated(const Site& site, std::uint32_t first_draw, Picks& picks) {
  const std::uint64_t key = (std::uint64_t{site.key_high} << 32U) | site.key_low;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    RandomStream stream(key, first_draw + lane);
    for (std::uint32_t r = 1; r < site.neighbours; ++r) {
      for (std::uint32_t s = 0; s < r;) {
        if (picks[r][lane] == picks[s][lane]) {
          picks[r][lane] = stream.below(site.others);
          s = 0;
        } else {
          ++s;
        }
      }
    }
  }
}

/// Sums of the picked steps, lane by lane; positions from `self` on stand for the next district.
QUARTIER_HOT void add_up(const Site& site, const std::int32_t* step, const Picks& picks,
                         std::int32_t (&sums)[lanes]) {
  for (std::uint32_t lane = 0; lane < lanes; ++lane) sums[lane] = 0;
  for (std::uint32_t r = 0; r < site.neighbours; ++r) {
    for (std::uint32_t lane = 0; lane < lanes; ++lane) {
      const auto position = static_cast<std::int32_t>(picks[r][lane]);
      const auto self = static_cast<std::int32_t>(site.self);
      sums[lane] += step[position + (position >= self ? 1 : 0)];
    }
  }
}

}  // namespace

NeighbourDraws::Counts NeighbourDraws::compare(std::size_t row, std::uint32_t permutations,
                                               std::uint64_t seed) {
  const std::uint32_t degree = z_.degree(row);
  const auto others = static_cast<std::uint32_t>(z_.size() - 1);
  if (!is_defined(z_.row_weight[row]) || degree > most_neighbours || 2 * degree > others) {
    return compare_any(row, permutations, seed);
  }
  const std::uint64_t key = mix64(mix64(seed) ^ z_.district[row]);
  const Site site{static_cast<std::uint32_t>(row), others, degree, static_cast<std::uint32_t>(key),
                  static_cast<std::uint32_t>(key >> 32U)};
  std::int32_t seen = 0;
  for (std::uint32_t l = z_.weights.start[row]; l < z_.weights.start[row + 1]; ++l) {
    seen += z_.step[z_.weights.neighbour[l]];
  }
  // Each step is rounded by at most a half, in the sum seen and in the one drawn: sums that are
  // equal before rounding differ by at most one step per neighbour.
  const auto slack = static_cast<std::int32_t>(degree);
  Counts counts;
  Picks picks;
  std::int32_t sums[lanes];
  for (std::uint32_t first = 0; first < permutations; first += lanes) {
    if (pick(site, first, picks)) redraw_repeated(site, first, picks);
    add_up(site, z_.step.data(), picks, sums);
    const std::uint32_t count = permutations - first < lanes ? permutations - first : lanes;
    for (std::uint32_t lane = 0; lane < count; ++lane) {
      counts.at_least += sums[lane] >= seen - slack ? 1U : 0U;
      counts.at_most += sums[lane] <= seen + slack ? 1U : 0U;
    }
  }
  return counts;
}

NeighbourDraws::Counts NeighbourDraws::compare_any(std::size_t row, std::uint32_t permutations,
                                                   std::uint64_t seed) {
  const std::uint32_t begin = z_.weights.start[row];
  const std::uint32_t degree = z_.degree(row);
  const auto others = static_cast<std::uint32_t>(z_.size() - 1);
  if (order_.empty()) {
    order_.resize(others);
    std::iota(order_.begin(), order_.end(), 0U);
  }
  const double* weight = z_.weights.weight.data() + begin;
  const auto sum_of = [&](const auto& position_of) {
    double sum = 0.0;
    for (std::uint32_t r = 0; r < degree; ++r) sum += weight[r] * z_.step[position_of(r)];
    return sum;
  };
  const double seen = sum_of([&](std::uint32_t r) { return z_.weights.neighbour[begin + r]; });
  double slack = 0.0;
  for (std::uint32_t r = 0; r < degree; ++r) slack += std::abs(weight[r]);
  RandomStream stream(seed, z_.district[row], 1);
  Counts counts;
  swapped_.resize(degree);
  for (std::uint32_t draw = 0; draw < permutations; ++draw) {
    for (std::uint32_t r = 0; r < degree; ++r) {
      swapped_[r] = r + stream.below(others - r);
      std::swap(order_[r], order_[swapped_[r]]);
    }
    const double drawn = sum_of([&](std::uint32_t r) {
      return order_[r] + (order_[r] >= static_cast<std::uint32_t>(row) ? 1U : 0U);
    });
    for (std::uint32_t r = degree; r-- > 0;) std::swap(order_[r], order_[swapped_[r]]);
    counts.at_least += drawn >= seen - slack ? 1U : 0U;
    counts.at_most += drawn <= seen + slack ? 1U : 0U;
  }
  return counts;
}

}  // namespace quartier::metrics
