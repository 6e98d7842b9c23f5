#include "metrics/neighbour_draws.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/number.h"
#include "base/random.h"

namespace quartier::metrics {
namespace {

/// What a draw needs to know of its district.
struct Site {
  std::uint32_t self;        // own position, never drawn
  std::uint32_t others;      // how many can be drawn
  std::uint32_t neighbours;  // how many are
  std::uint32_t key_low;
  std::uint32_t key_high;
};

/// 32 random bits from a counter and two key words (the mixing constants are triple32 of Wellons
/// 2018, with the second key word added after the first round).
inline std::uint32_t mixed(std::uint32_t counter, std::uint32_t key_low, std::uint32_t key_high) {
  std::uint32_t x = counter + key_low;
  x = (x ^ (x >> 17U)) * 0xED5AD4BBU;
  x = ((x ^ (x >> 11U)) + key_high) * 0xAC4C1B51U;
  x = (x ^ (x >> 15U)) * 0x31848BABU;
  return x ^ (x >> 14U);
}

/// Positions in 0 .. others-1 for each lane and neighbour, from `self` on moved up by one.
/// @returns true where a lane drew one twice
QUARTIER_HOT bool pick(const Site& site, std::uint32_t first_draw, std::uint32_t* picks) {
  for (std::uint32_t r = 0; r < site.neighbours; ++r) {
    std::uint32_t* line = picks + std::size_t{r} * draw_lanes;
    for (std::uint32_t lane = 0; lane < draw_lanes; ++lane) {
      const std::uint32_t counter = (first_draw + lane) * most_lined_neighbours + r;
      const std::uint64_t bits = mixed(counter, site.key_low, site.key_high);
      const auto position = static_cast<std::uint32_t>((bits * site.others) >> 32U);
      line[lane] = position + (position >= site.self ? 1U : 0U);
    }
  }
  std::uint32_t repeated = 0;
  for (std::uint32_t r = 1; r < site.neighbours; ++r) {
    for (std::uint32_t s = 0; s < r; ++s) {
      const std::uint32_t* a = picks + std::size_t{r} * draw_lanes;
      const std::uint32_t* b = picks + std::size_t{s} * draw_lanes;
      for (std::uint32_t lane = 0; lane < draw_lanes; ++lane) {
        repeated |= a[lane] == b[lane] ? 1U : 0U;
      }
    }
  }
  return repeated != 0;
}

/// Redraws every repeated position until it differs from those before it.
void redraw_repeated(const Site& site, std::uint32_t first_draw, std::uint32_t* picks) {
  const std::uint64_t key = (std::uint64_t{site.key_high} << 32U) | site.key_low;
  for (std::uint32_t lane = 0; lane < draw_lanes; ++lane) {
    RandomStream stream(key, first_draw + lane);
    for (std::uint32_t r = 1; r < site.neighbours; ++r) {
      for (std::uint32_t s = 0; s < r;) {
        if (picks[r * draw_lanes + lane] == picks[s * draw_lanes + lane]) {
          const std::uint32_t position = stream.below(site.others);
          picks[r * draw_lanes + lane] = position + (position >= site.self ? 1U : 0U);
          s = 0;
        } else {
          ++s;
        }
      }
    }
  }
}

}  // namespace

std::span<const std::uint32_t> NeighbourDraws::draw(std::size_t row, std::uint32_t first) {
  const std::uint32_t degree = hoods_.degree(row);
  const auto others = static_cast<std::uint32_t>(hoods_.size() - 1);
  picks_.resize(std::max<std::size_t>(picks_.size(), std::size_t{degree} * draw_lanes));
  if (degree > most_lined_neighbours || 2 * degree > others) {
    draw_one_by_one(row, first);
  } else {
    const std::uint64_t key = mix64(mix64(seed_) ^ hoods_.district[row]);
    const Site site{static_cast<std::uint32_t>(row), others, degree,
                    static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32U)};
    if (pick(site, first, picks_.data())) redraw_repeated(site, first, picks_.data());
  }
  return std::span(picks_).first(std::size_t{degree} * draw_lanes);
}

/// The first steps of a Fisher-Yates shuffle of all others, undone after each draw.
void NeighbourDraws::draw_one_by_one(std::size_t row, std::uint32_t first) {
  const std::uint32_t degree = hoods_.degree(row);
  const auto others = static_cast<std::uint32_t>(hoods_.size() - 1);
  if (order_.empty()) {
    order_.resize(others);
    std::iota(order_.begin(), order_.end(), 0U);
  }
  swapped_.resize(degree);
  const std::uint64_t key = mix64(mix64(seed_) ^ hoods_.district[row]);
  for (std::uint32_t lane = 0; lane < draw_lanes; ++lane) {
    RandomStream stream(key, first + lane, 1);
    for (std::uint32_t r = 0; r < degree; ++r) {
      swapped_[r] = r + stream.below(others - r);
      std::swap(order_[r], order_[swapped_[r]]);
      picks_[r * draw_lanes + lane] = order_[r] + (order_[r] >= row ? 1U : 0U);
    }
    for (std::uint32_t r = degree; r-- > 0;) std::swap(order_[r], order_[swapped_[r]]);
  }
}

}  // namespace quartier::metrics
