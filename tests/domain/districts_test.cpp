#include "domain/districts.h"

#include <array>

#include "support/catch.h"

using namespace quartier;

TEST_CASE("counts roll up to their parents exactly", "[domain]") {
  ParentLevel level{"borough", "Borough", {"A", "B"}, {"A", "B"}, {0, 1, 0, no_index}};
  const auto totals = rolled_up(level, std::array{1.0, 2.0, 4.0, 8.0});
  CHECK(totals == std::vector{5.0, 2.0});
  CHECK_THROWS_AS(rolled_up(level, std::array{1.0}), std::logic_error);
}

TEST_CASE("rook keeps shared boundaries, queen any contact", "[domain]") {
  // 0 and 1 share a boundary, 0 and 2 a corner, 3 is an island.
  Contiguity contiguity;
  contiguity.start = {0, 2, 3, 4, 4};
  contiguity.neighbour = {1, 2, 0, 0};
  contiguity.shared_m = {10.0, 0.0, 10.0, 0.0};
  const SpatialWeights rook = contiguity_weights(contiguity, ContiguityRule::rook, false);
  CHECK(rook.neighbour == std::vector<DistrictIndex>{1, 0});
  const SpatialWeights queen = contiguity_weights(contiguity, ContiguityRule::queen, true);
  CHECK(queen.weight == std::vector{0.5, 0.5, 1.0, 1.0});
  CHECK(queen.start == std::vector<std::uint32_t>{0, 2, 3, 4, 4});
}
