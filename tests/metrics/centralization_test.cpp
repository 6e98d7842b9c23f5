#include "metrics/centralization.h"

#include <cmath>

#include "base/number.h"
#include "base/parallel.h"
#include "metrics/space_tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-12;
constexpr auto dropped = EmptyDistricts::dropped;

/// Three districts at 0, 1 and 2 from the centre.
const std::vector<double> group{6.0, 4.0, 0.0};
const std::vector<double> others{2.0, 3.0, 5.0};
const std::vector<double> total{8.0, 7.0, 5.0};
const std::vector<double> area{1.0, 1.0, 2.0};
const std::vector<double> distance{0.0, 1.0, 2.0};

}  // namespace

TEST_CASE("absolute and relative centralization", "[metrics][centralization]") {
  SECTION("worked example: .6 x .5 - 1 x .25 + 1 x 1 - 1 x .5 = .55; .6 x .5 - 1 x .2 + .5 = .6") {
    CHECK_THAT(absolute_centralization(group, total, area, distance, dropped),
               WithinAbs(0.55, tolerance));
    CHECK_THAT(relative_centralization(group, others, distance), WithinAbs(0.6, tolerance));
  }
  SECTION("relative centralization turns its sign with the groups") {
    CHECK_THAT(relative_centralization(others, group, distance), WithinAbs(-0.6, tolerance));
    CHECK_THAT(relative_centralization(group, group, distance), WithinAbs(0.0, tolerance));
  }
  SECTION("a group in the innermost district alone: 1 less its share of the land") {
    const std::vector<double> inner{5.0, 0.0, 0.0};
    const std::vector<double> outer{0.0, 0.0, 5.0};
    CHECK_THAT(absolute_centralization(inner, total, area, distance, dropped),
               WithinAbs(0.75, tolerance));
    CHECK_THAT(absolute_centralization(outer, total, area, distance, dropped),
               WithinAbs(-0.5, tolerance));
  }
  SECTION("empty land at the edge counts only where it is kept") {
    const std::vector<double> x{6.0, 4.0, 0.0, 0.0};
    const std::vector<double> t{8.0, 7.0, 5.0, 0.0};
    const std::vector<double> a{1.0, 1.0, 2.0, 4.0};
    const std::vector<double> d{0.0, 1.0, 2.0, 3.0};
    CHECK_THAT(absolute_centralization(x, t, a, d, dropped), WithinAbs(0.55, tolerance));
    // (.55 x 4 + 1 x 4) / 8
    CHECK_THAT(absolute_centralization(x, t, a, d, EmptyDistricts::kept),
               WithinAbs(0.775, tolerance));
  }
  SECTION("equally far: the order of districts decides, or nothing does") {
    const std::vector<double> x{4.0, 0.0};
    const std::vector<double> y{0.0, 4.0};
    const std::vector<double> same{1.0, 1.0 + 1e-12};
    const std::vector<double> equal{1.0, 1.0};
    CHECK(relative_centralization(x, y, equal) == 1.0);
    CHECK(relative_centralization(y, x, equal) == -1.0);
    CHECK(relative_centralization(x, y, same, Ties::together) == 0.0);
  }
  SECTION("undefined without people or land; districts without distance take no part") {
    const std::vector<double> nobody(3, 0.0);
    CHECK(std::isnan(absolute_centralization(nobody, total, area, distance, dropped)));
    CHECK(std::isnan(absolute_centralization(group, total, nobody, distance, dropped)));
    CHECK(std::isnan(relative_centralization(group, nobody, distance)));
    const std::vector<double> near{0.0, 1.0, undefined};
    CHECK_THAT(relative_centralization(group, others, near),
               WithinAbs(0.6 * 1.0 - 1.0 * 0.4, tolerance));
    const std::vector<double> one{3.0};
    CHECK(std::isnan(absolute_centralization(one, one, one, one, dropped)));
    CHECK_THROWS_AS(relative_centralization(group, others, std::vector<double>{1.0}),
                    std::logic_error);
  }
}

TEST_CASE("one centre, several, and none", "[metrics][centralization]") {
  const std::vector<Point> row{{0.0, 0.0}, {100.0, 0.0}, {200.0, 0.0}, {300.0, 0.0}};
  const std::vector<double> people{1.0, 1.0, 0.0, 1.0};

  SECTION("the mean of all centroids, or of the inhabited ones") {
    CHECK(mean_centre(row, people, EmptyDistricts::kept) == Point{150.0, 0.0});
    CHECK_THAT(mean_centre(row, people, dropped).x, WithinAbs(400.0 / 3.0, 1e-9));
    CHECK(std::isnan(mean_centre({}, {}, dropped).x));
  }
  SECTION("several centres: each district belongs to the nearest") {
    const std::vector<Point> ends{row[0], row[3]};
    CHECK(distances_to_nearest(row, ends) == std::vector<double>{0.0, 100.0, 100.0, 0.0});
    CHECK(std::isnan(distances_to_nearest(row, {})[0]));
    const std::vector<Point> lost{{undefined, 0.0}};
    CHECK(std::isnan(distances_to_nearest(lost, ends)[0]));
  }
  SECTION("worked example: a group at both ends is at the edge of one centre, at the core of two") {
    const std::vector<double> x{5.0, 0.0, 0.0, 5.0};
    const std::vector<double> y{0.0, 5.0, 5.0, 0.0};
    const std::vector<Point> middle{{150.0, 0.0}};
    const std::vector<Point> ends{row[0], row[3]};
    CHECK(relative_centralization(x, y, distances_to_nearest(row, middle), Ties::together) == -1.0);
    CHECK(relative_centralization(x, y, distances_to_nearest(row, ends), Ties::together) == 1.0);
  }
  SECTION("only the surroundings of the centres") {
    const std::vector<double> near = within_distance(std::vector<double>{0.0, 5.0, 7.0}, Metres{5});
    CHECK(near[1] == 5.0);
    CHECK(std::isnan(near[2]));
  }
}

TEST_CASE("local relative centralization", "[metrics][centralization]") {
  const std::vector<Point> row{{0.0, 0.0}, {100.0, 0.0}, {210.0, 0.0}, {330.0, 0.0}};
  const std::vector<double> x{6.0, 0.0, 4.0, 0.0};
  const std::vector<double> y{2.0, 3.0, 5.0, 0.0};

  SECTION("worked example: the first district and its two neighbours, x .6 .6 1, y .2 .5 1") {
    const std::vector<double> local = local_relative_centralization(x, y, row, 2);
    CHECK_THAT(local[0], WithinAbs(0.6 * 0.5 - 0.6 * 0.2 + 0.6 * 1.0 - 1.0 * 0.5, tolerance));
  }
  SECTION("the whole city around each district, with more neighbours than there are") {
    const std::vector<double> local = local_relative_centralization(x, y, row, 99);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::vector<double> distance = distances_to_nearest(row, std::span(row).subspan(i, 1));
      CHECK_THAT(local[i], WithinAbs(relative_centralization(x, y, distance), tolerance));
    }
  }
  SECTION("undefined where one of both has nobody around, or without centroid") {
    const std::vector<double> alone{0.0, 0.0, 0.0, 7.0};
    CHECK(std::isnan(local_relative_centralization(alone, y, row, 1)[0]));
    std::vector<Point> lost = row;
    lost[2].x = undefined;
    CHECK(std::isnan(local_relative_centralization(x, y, lost, 2)[2]));
  }
  SECTION("a lattice has no favoured direction: equally far districts are together") {
    const std::vector<Point> lattice = test::lattice_centroids(3, 3);
    std::vector<double> east(9, 1.0);
    std::vector<double> west(9, 1.0);
    east[5] = 5.0;
    west[3] = 5.0;
    const std::vector<double> rest(9, 2.0);
    CHECK(local_relative_centralization(east, rest, lattice, 3)[4] ==
          local_relative_centralization(west, rest, lattice, 3)[4]);
  }
  SECTION("a district comes first among those at its very place") {
    const std::vector<Point> heap(12, Point{5.0, 5.0});
    std::vector<double> here(12, 1.0);
    here[11] = 9.0;
    const std::vector<double> even(12, 1.0);
    const std::vector<double> local =
        local_relative_centralization(here, even, heap, 3, Ties::row_order);
    CHECK(local[11] > 0.0);
    CHECK(local_relative_centralization(here, even, heap, 3)[11] == 0.0);
  }
  SECTION("over contiguity; inputs stay as they are") {
    const Contiguity contiguity =
        test::contiguity_of(4, {{0, 1, 100.0}, {1, 2, 0.0}, {0, 2, 10.0}});
    const Contiguity before = contiguity;
    const auto local = [&](ContiguityRule rule) {
      return local_relative_centralization(x, y, row, contiguity, rule);
    };
    CHECK_THAT(local(ContiguityRule::rook)[0],
               WithinAbs(local_relative_centralization(x, y, row, 2)[0], tolerance));
    CHECK_THAT(local(ContiguityRule::rook)[1], WithinAbs(-0.6, tolerance));
    CHECK(std::isnan(local(ContiguityRule::queen)[3]));  // an island
    CHECK(contiguity.neighbour == before.neighbour);
    CHECK(contiguity.start == before.start);
  }
}

TEST_CASE("centralization gives the same bits for any number of threads",
          "[metrics][centralization]") {
  const std::size_t side = 60;
  const std::vector<Point> lattice = test::lattice_centroids(side, side);
  std::vector<double> x;
  std::vector<double> y;
  for (std::size_t i = 0; i < side * side; ++i) {
    x.push_back(static_cast<double>(i * 7919 % 101));
    y.push_back(static_cast<double>(i * 104'729 % 211) + 1.0);
  }
  std::vector<std::vector<double>> results;
  for (const std::size_t threads : {1, 2, 7}) {
    set_thread_count(threads);
    results.push_back(local_relative_centralization(x, y, lattice, 8));
    set_thread_count(0);
  }
  CHECK(results[0] == results[1]);
  CHECK(results[0] == results[2]);
}
