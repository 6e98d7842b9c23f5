#include "metrics/nearest_places.h"

#include <rapidcheck.h>

#include <algorithm>
#include <limits>

#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

std::vector<NearPlace> all_by_distance(std::span<const Point> places, Point from) {
  std::vector<NearPlace> all;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const double dx = places[i].x - from.x;
    const double dy = places[i].y - from.y;
    all.push_back({dx * dx + dy * dy, static_cast<std::uint32_t>(i)});
  }
  std::sort(all.begin(), all.end());
  return all;
}

bool same(std::span<const NearPlace> a, std::span<const NearPlace> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const NearPlace& left, const NearPlace& right) {
                      return left.place == right.place && left.squared_m2 == right.squared_m2;
                    });
}

}  // namespace

TEST_CASE("the nearest places are those of a full sort", "[metrics][property]") {
  CHECK(rc::check([] {
    const int side = *rc::gen::inRange(1, 12);  // small: many equal distances and repeated places
    std::vector<Point> places;
    const int n = *rc::gen::inRange(1, 120);
    for (int i = 0; i < n; ++i) {
      places.push_back({static_cast<double>(*rc::gen::inRange(0, side)),
                        static_cast<double>(*rc::gen::inRange(0, side))});
    }
    const NearestPlaces index(places);
    const Point from = places[static_cast<std::size_t>(*rc::gen::inRange(0, n))];
    const auto count = static_cast<std::size_t>(*rc::gen::inRange(1, n + 3));
    const std::vector<NearPlace> all = all_by_distance(places, from);
    std::vector<NearPlace> found;
    index.nearest(from, count, found);
    RC_ASSERT(same(found, std::span(all).first(std::min(count, all.size()))));
    const double limit = *rc::gen::inRange(0, 30);
    const auto end = std::find_if(all.begin(), all.end(),
                                  [&](const NearPlace& near) { return near.squared_m2 > limit; });
    index.within(from, limit, found);
    RC_ASSERT(same(found, std::span(all).first(static_cast<std::size_t>(end - all.begin()))));
  }));
}

TEST_CASE("places that are nowhere are not found", "[metrics]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<Point> places{{0.0, 0.0}, {nan, 1.0}, {3.0, 0.0}};
  const NearestPlaces index(places);
  std::vector<NearPlace> found;
  index.nearest({1.0, 0.0}, 9, found);
  REQUIRE(found.size() == 2);
  CHECK(found[0].place == 0);
  index.nearest({nan, 0.0}, 9, found);
  CHECK(found.empty());
  NearestPlaces({}).nearest({0.0, 0.0}, 2, found);
  CHECK(found.empty());
}
