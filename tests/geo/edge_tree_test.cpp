#include "geo/edge_tree.h"

#include <set>
#include <utility>

#include "geo/build_shapes.h"
#include "geo/predicates.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::geo;
using namespace quartier::test;

namespace {

EdgeTree tree_of(const Polygons& shapes) {
  EdgeTree tree;
  for (std::uint32_t r = 0; r < shapes.ring_count(); ++r) tree.add_ring(shapes, r);
  tree.build();
  return tree;
}

}  // namespace

TEST_CASE("the edge tree finds each pair of edges whose boxes meet, once", "[geo]") {
  RandomStream random(3);
  for (const std::size_t size : {3U, 8U, 9U, 48U, 64U, 65U, 700U}) {
    const Polygons shapes = polygons({{{star(random, {0, 0}, 100, size, 0.1)}}});
    const EdgeTree tree = tree_of(shapes);
    std::set<std::pair<std::size_t, std::size_t>> found;
    tree.any_own_pair([&](std::size_t i, std::size_t j) {
      CHECK(found.emplace(i, j).second);
      return false;
    });
    std::size_t expected = 0;
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = i + 1; j < size; ++j) {
        const Edge& a = tree.edges()[i];
        const Edge& b = tree.edges()[j];
        if (!boxes_meet(a.a, a.b, b.a, b.b)) continue;
        ++expected;
        CHECK(found.count({i, j}) == 1);
      }
    }
    CHECK(found.size() == expected);
  }
}

TEST_CASE("the edge tree finds each pair of edges of two shapes within reach, once", "[geo]") {
  RandomStream random(4);
  const Polygons one = polygons({{{star(random, {0, 0}, 100, 300, 0.2)}}});
  const Polygons two = polygons({{{star(random, {130, 20}, 100, 40, 0.2)}}});
  const EdgeTree a = tree_of(one);
  const EdgeTree b = tree_of(two);
  for (const double reach : {0.0, 2.5}) {
    std::set<std::pair<std::size_t, std::size_t>> found;
    a.for_pairs(b, reach, [&](std::size_t i, std::size_t j) { CHECK(found.emplace(i, j).second); });
    std::size_t expected = 0;
    for (const Edge& e : a.edges()) {
      for (const Edge& f : b.edges()) {
        if (boxes_meet(e.a, e.b, f.a, f.b, reach)) ++expected;
      }
    }
    CHECK(expected > 0);
    CHECK(found.size() == expected);
  }
}
