#pragma once
/// A small town with every kind of street, at random, for the tests of profiles and edits.

#include <cmath>
#include <cstdint>
#include <vector>

#include "base/random.h"
#include "domain/street_network.h"

namespace quartier::test {

/// A grid of `side` by `side` junctions 100 m apart, a tenth of its streets missing; one-way
/// streets, streets for some only, steps, streets barred to wheelchairs, and hills.
inline StreetNetwork random_town(std::uint64_t seed, std::uint32_t side) {
  RandomStream random(seed, 23);
  StreetNetwork town;
  for (std::uint32_t v = 0; v < side * side; ++v) {
    town.nodes.push_back({100.0 * (v % side), 100.0 * (v / side)});
    town.height_m.push_back(4.0 * random.uniform());
  }
  town.names = {"High Street", "Side Street"};
  const auto add = [&](std::uint32_t from, std::uint32_t to) {
    if (random.below(10) == 0) return;
    StreetSegment segment;
    segment.from = from;
    segment.to = to;
    segment.length_mm = 100'000 + random.below(30'000);
    const std::uint8_t uses[] = {street_use::everything, street_use::everything,
                                 street_use::walk_forward | street_use::walk_backward,
                                 street_use::walk_forward | street_use::walk_backward |
                                     street_use::cycle_forward | street_use::drive_forward,
                                 street_use::drive_forward | street_use::drive_backward};
    segment.use = uses[random.below(5)];
    segment.drive_kmh = random.below(3) == 0 ? 0 : static_cast<std::uint8_t>(20 + random.below(60));
    segment.steps = random.below(8) == 0;
    segment.wheelchair = random.below(8) != 0;
    segment.street = random.below(2);
    segment.source = static_cast<std::uint32_t>(town.sources.size());
    town.sources.push_back("s" + std::to_string(town.sources.size()));
    town.segments.push_back(segment);
  };
  for (std::uint32_t v = 0; v < side * side; ++v) {
    if (v % side + 1 < side) add(v, v + 1);
    if (v / side + 1 < side) add(v, v + side);
  }
  return town;
}

}  // namespace quartier::test
