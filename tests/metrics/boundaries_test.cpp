#include "metrics/boundaries.h"

#include <array>
#include <cmath>

#include "base/parallel.h"
#include "metrics/evenness.h"
#include "metrics/space_tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;
constexpr auto rook = ContiguityRule::rook;
constexpr auto queen = ContiguityRule::queen;
constexpr auto kept = EmptyDistricts::kept;
constexpr auto dropped = EmptyDistricts::dropped;

/// Four districts in a row, the group in the first two.
const std::vector<double> group{10.0, 10.0, 0.0, 0.0};
const std::vector<double> others{0.0, 0.0, 10.0, 10.0};
const Contiguity row = test::contiguity_of(4, {{0, 1, 100.0}, {1, 2, 50.0}, {2, 3, 50.0}});

}  // namespace

TEST_CASE("Morrill's D(adj)", "[metrics][contiguity]") {
  SECTION("worked example: of three pairs one differs, by 1: 1 - 1/3") {
    CHECK_THAT(contiguity_adjusted_dissimilarity(group, others, row, rook, dropped),
               WithinAbs(2.0 / 3.0, tolerance));
  }
  SECTION("a chequerboard has the same D and nothing left of it") {
    const std::vector<double> first{10.0, 0.0, 10.0, 0.0};
    const std::vector<double> second{0.0, 10.0, 0.0, 10.0};
    CHECK_THAT(dissimilarity_index(first, second), WithinAbs(1.0, tolerance));
    CHECK_THAT(contiguity_adjusted_dissimilarity(first, second, row, rook, dropped),
               WithinAbs(0.0, tolerance));
  }
  SECTION("corners count for the queen only: 2 x 2, the group in one half") {
    const Contiguity square = test::lattice_contiguity(2, 2);
    CHECK_THAT(contiguity_adjusted_dissimilarity(group, others, square, rook, dropped),
               WithinAbs(1.0 - 2.0 / 4.0, tolerance));
    CHECK_THAT(contiguity_adjusted_dissimilarity(group, others, square, queen, dropped),
               WithinAbs(1.0 - 4.0 / 6.0, tolerance));
  }
  SECTION("an empty district between the halves is a share of 0, or no pair") {
    const std::vector<double> x{10.0, 10.0, 0.0, 0.0, 0.0};
    const std::vector<double> y{0.0, 0.0, 0.0, 10.0, 10.0};
    const Contiguity five =
        test::contiguity_of(5, {{0, 1, 1.0}, {1, 2, 1.0}, {2, 3, 1.0}, {3, 4, 1.0}});
    CHECK_THAT(contiguity_adjusted_dissimilarity(x, y, five, rook, kept),
               WithinAbs(0.75, tolerance));
    CHECK_THAT(contiguity_adjusted_dissimilarity(x, y, five, rook, dropped),
               WithinAbs(1.0, tolerance));
  }
  SECTION("an island stays in D and belongs to no pair") {
    const std::vector<double> x{10.0, 10.0, 0.0, 0.0, 0.0};
    const std::vector<double> y{0.0, 0.0, 10.0, 10.0, 20.0};
    const Contiguity with_island = test::contiguity_of(5, {{0, 1, 1.0}, {1, 2, 1.0}, {2, 3, 1.0}});
    CHECK_THAT(contiguity_adjusted_dissimilarity(x, y, with_island, rook, dropped),
               WithinAbs(2.0 / 3.0, tolerance));
  }
  SECTION("is undefined without neighbours, without a group, and for a single district") {
    const Contiguity islands = test::contiguity_of(4, {});
    CHECK(std::isnan(contiguity_adjusted_dissimilarity(group, others, islands, queen, dropped)));
    CHECK(std::isnan(boundary_adjusted_dissimilarity(group, others, islands, dropped)));
    const std::vector<double> nobody(4, 0.0);
    CHECK(std::isnan(contiguity_adjusted_dissimilarity(nobody, others, row, queen, dropped)));
    const std::vector<double> one{3.0};
    const Contiguity single = test::contiguity_of(1, {});
    CHECK(std::isnan(contiguity_adjusted_dissimilarity(one, one, single, queen, dropped)));
    CHECK(std::isnan(order_adjusted_dissimilarity(one, one, single, queen, {}, dropped)));
    CHECK_THROWS_AS(contiguity_adjusted_dissimilarity(one, one, row, queen, dropped),
                    std::logic_error);
  }
}

TEST_CASE("D adjusted for neighbours of order K", "[metrics][contiguity]") {
  SECTION("worked example: two steps, both pairs differ by 1; weights 1 and 1/e, or 1 and 1/2") {
    CHECK_THAT(order_adjusted_dissimilarity(group, others, row, rook, {}, dropped),
               WithinAbs(1.0 - 1.0 / 3.0 - std::exp(-1.0), tolerance));
    const NeighbourOrders half{2, OrderDecay::reciprocal, 1.0};
    CHECK_THAT(order_adjusted_dissimilarity(group, others, row, rook, half, dropped),
               WithinAbs(1.0 - 1.0 / 3.0 - 0.5, tolerance));
  }
  SECTION("order 1 is D(adj)") {
    const NeighbourOrders one{1, OrderDecay::exponential, 5.0};
    CHECK_THAT(
        order_adjusted_dissimilarity(group, others, row, rook, one, dropped),
        WithinAbs(contiguity_adjusted_dissimilarity(group, others, row, rook, dropped), tolerance));
  }
  SECTION("orders beyond the city add nothing") {
    const NeighbourOrders three{3, OrderDecay::reciprocal, 2.0};
    const NeighbourOrders many{4'000'000'000, OrderDecay::reciprocal, 2.0};
    CHECK(order_adjusted_dissimilarity(group, others, row, rook, three, dropped) ==
          order_adjusted_dissimilarity(group, others, row, rook, many, dropped));
  }
  SECTION("a way leads through an empty district that is dropped") {
    const std::vector<double> x{10.0, 0.0, 0.0, 5.0};
    const std::vector<double> y{0.0, 0.0, 10.0, 5.0};
    // pairs: one step 2-3 |0 - .5|; two steps 0-2 |1 - 0|
    CHECK_THAT(order_adjusted_dissimilarity(x, y, row, rook, {}, dropped),
               WithinAbs(2.0 / 3.0 - 0.5 - std::exp(-1.0), tolerance));
  }
  CHECK_THROWS_AS(order_adjusted_dissimilarity(group, others, row, rook,
                                               {0, OrderDecay::reciprocal, 1.0}, dropped),
                  std::logic_error);
}

TEST_CASE("Wong's D(w) and D(s)", "[metrics][contiguity]") {
  const std::vector<double> area{10'000.0, 10'000.0, 40'000.0, 40'000.0};
  const std::vector<double> perimeter{400.0, 400.0, 800.0, 800.0};

  SECTION("worked example: a quarter of all boundary differs, by 1; shapes .04 and .02 of .04") {
    CHECK_THAT(boundary_adjusted_dissimilarity(group, others, row, dropped),
               WithinAbs(0.75, tolerance));
    CHECK_THAT(shape_adjusted_dissimilarity(group, others, row, area, perimeter, dropped),
               WithinAbs(1.0 - 0.25 * 0.75, tolerance));
  }
  SECTION("interior perimeters: what is shared, whoever lives beyond") {
    CHECK(interior_perimeters(row) == std::vector<double>{100.0, 150.0, 100.0, 50.0});
  }
  SECTION("the largest ratio is that of the districts that take part") {
    const std::vector<double> x{10.0, 10.0, 0.0, 0.0, 0.0};
    const std::vector<double> y{0.0, 0.0, 10.0, 10.0, 0.0};
    const std::vector<double> area5{10'000.0, 10'000.0, 40'000.0, 40'000.0, 100.0};
    const std::vector<double> perimeter5{400.0, 400.0, 800.0, 800.0, 40.0};
    const Contiguity five =
        test::contiguity_of(5, {{0, 1, 100.0}, {1, 2, 50.0}, {2, 3, 50.0}, {3, 4, 0.0}});
    CHECK_THAT(shape_adjusted_dissimilarity(x, y, five, area5, perimeter5, dropped),
               WithinAbs(1.0 - 0.25 * 0.75, tolerance));
    CHECK_THAT(shape_adjusted_dissimilarity(x, y, five, area5, perimeter5, kept),
               WithinAbs(1.0 - 0.25 * (0.06 / 0.8), tolerance));
  }
  SECTION("a district with a boundary and no area leaves D(s) undefined") {
    const std::vector<double> no_area{10'000.0, 0.0, 40'000.0, 40'000.0};
    CHECK(std::isnan(shape_adjusted_dissimilarity(group, others, row, no_area, perimeter, kept)));
  }
}

TEST_CASE("contiguity gives the same bits for any number of threads", "[metrics][contiguity]") {
  const std::size_t side = 160;  // several chunks
  std::vector<double> x;
  std::vector<double> y;
  for (std::size_t i = 0; i < side * side; ++i) {
    x.push_back(static_cast<double>(i * 7919 % 101));
    y.push_back(static_cast<double>(i * 104'729 % 211));
  }
  const Contiguity lattice = test::lattice_contiguity(side, side);
  const std::vector<double> area(side * side, 10'000.0);
  const std::vector<double> perimeter = interior_perimeters(lattice);
  std::vector<std::vector<double>> results;
  for (const std::size_t threads : {1, 2, 7}) {
    set_thread_count(threads);
    results.push_back({contiguity_adjusted_dissimilarity(x, y, lattice, queen, dropped),
                       order_adjusted_dissimilarity(x, y, lattice, rook, {3}, dropped),
                       boundary_adjusted_dissimilarity(x, y, lattice, dropped),
                       shape_adjusted_dissimilarity(x, y, lattice, area, perimeter, dropped)});
    set_thread_count(0);
  }
  CHECK(results[0] == results[1]);
  CHECK(results[0] == results[2]);
}
