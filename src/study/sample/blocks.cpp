#include "study/sample/blocks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "base/error.h"
#include "base/units.h"
#include "study/sample/noise.h"

namespace quartier::study::sample {
namespace {

constexpr double jitter = 0.36;  // of the spacing; from 0.5 on, corners may change places
const double row_height = std::sqrt(3.0) / 2.0;

double farthest_limit(const Ground& ground) {
  double farthest = 0.0;
  for (int k = 0; k < 720; ++k) {
    const double angle = std::numbers::pi * k / 360.0;
    farthest = std::max(farthest, ground.limit_towards({std::cos(angle), std::sin(angle)}));
  }
  return farthest;
}

}  // namespace

Blocks::Blocks(const Ground& ground, std::size_t count, std::uint64_t seed) : seed_(seed) {
  expects(count > 0, "Blocks: at least one");
  spacing_ = std::sqrt(ground.plan_area() / (static_cast<double>(count) * row_height));
  const double half = 1.1 * farthest_limit(ground) + 3.0 * spacing_;
  const auto half_rows =
      static_cast<std::size_t>(std::ceil((half + 0.2) / (spacing_ * row_height)));
  river_row_ = half_rows;
  rows_ = 2 * half_rows;
  columns_ = 2 * static_cast<std::size_t>(std::ceil(half / spacing_));
  expects(2 * columns_ * rows_ < 0xFFFFFFFFu, "Blocks: too many for 32-bit positions");

  std::vector<std::pair<double, Block>> by_reach(columns_ * rows_);
  for (std::size_t b = 0; b < by_reach.size(); ++b) {
    const auto block = static_cast<Block>(b);
    by_reach[b] = {ground.reach(seat(block)), block};
  }
  const auto last = by_reach.begin() + static_cast<std::ptrdiff_t>(count);
  std::nth_element(by_reach.begin(), last - 1, by_reach.end());
  chosen_.reserve(count);
  for (auto entry = by_reach.begin(); entry != last; ++entry) chosen_.push_back(entry->second);
  std::sort(chosen_.begin(), chosen_.end());
}

PlanPoint Blocks::seat(Block block) const {
  const std::size_t row = block / columns_;
  const std::size_t column = block % columns_;
  const std::size_t middle = columns_ / 2;
  RandomStream stream = stream_of(seed_, Purpose::jitter, block);
  const double east = static_cast<double>(column) - static_cast<double>(middle) +
                      (row % 2 == 1 ? 0.5 : 0.0) + between(stream, -jitter, jitter);
  const double north =
      (static_cast<double>(row) - static_cast<double>(river_row_) + 0.5) * row_height +
      between(stream, -jitter, jitter);
  return {east * spacing_, Ground::river_v + north * spacing_};
}

Block Blocks::at(PlanPoint place) const {
  const double row = std::floor((place.v - Ground::river_v) / (spacing_ * row_height)) +
                     static_cast<double>(river_row_);
  const std::size_t middle = columns_ / 2;
  const double column = std::floor(place.u / spacing_) + static_cast<double>(middle);
  if (row < 1.0 || column < 1.0 || row + 2.0 > static_cast<double>(rows_) ||
      column + 2.0 > static_cast<double>(columns_)) {
    return no_index;
  }
  const auto home = static_cast<std::size_t>(row) * columns_ + static_cast<std::size_t>(column);
  const bool north = place.v >= Ground::river_v;
  Block best = no_index;
  double nearest = 0.0;
  for (const std::size_t row_start : {home - columns_, home, home + columns_}) {
    for (std::size_t b = row_start - 1; b <= row_start + 1; ++b) {
      const auto block = static_cast<Block>(b);
      if (north_bank(block) != north) continue;
      const double distance = length(seat(block) - place);
      if (best == no_index || distance < nearest) {
        best = block;
        nearest = distance;
      }
    }
  }
  return best;
}

Block Blocks::neighbour(Block block, int side) const {
  const auto columns = static_cast<std::int64_t>(columns_);
  const bool shifted =
      block / columns_ % 2 == 1;  // every other row stands half a step further east
  const std::int64_t west = shifted ? 0 : -1;
  const std::array<std::int64_t, side_count> step{1,  columns + west + 1, columns + west,
                                                  -1, -columns + west,    -columns + west + 1};
  return static_cast<Block>(block + step[static_cast<std::size_t>(side)]);
}

Corner Blocks::corner(Block block, int side) const {
  // The strip above `block` starts its triangles at the block's row, the strip below one row down.
  const bool shifted = block / columns_ % 2 == 1;
  const Corner above = 2 * block;
  const Corner below = 2 * static_cast<Corner>(block - columns_);
  switch (side) {
    case 0:
      return shifted ? above + 1 : above;
    case 1:
      return shifted ? above : above - 1;
    case 2:
      return shifted ? above - 1 : above - 2;
    case 3:
      return shifted ? below - 1 : below - 2;
    case 4:
      return shifted ? below : below - 1;
    default:
      return shifted ? below + 1 : below;
  }
}

PlanPoint Blocks::place(Corner corner) const {
  const Block a = corner / 2;
  const bool first = corner % 2 == 0;
  const bool shifted = a / columns_ % 2 == 1;
  const auto above = static_cast<Block>(a + columns_);
  std::array<Block, 3> around{};
  if (shifted) {
    around = first ? std::array{a, above + 1, above} : std::array{a, a + 1, above + 1};
  } else {
    around = first ? std::array{a, a + 1, above} : std::array{a + 1, above + 1, above};
  }
  PlanPoint sum;
  for (const Block block : around) sum = sum + seat(block);
  PlanPoint place = (1.0 / 3.0) * sum;
  if (on_river(corner)) place.v = Ground::river_v;
  return place;
}

}  // namespace quartier::study::sample
