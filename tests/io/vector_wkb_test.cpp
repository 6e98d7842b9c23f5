#include <bit>
#include <cstring>
#include <limits>
#include <vector>

#include "io/vector_shape.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::io;

namespace {

/// Well-known binary put together by hand, in either byte order.
class Wkb {
 public:
  explicit Wkb(bool little = true) : little_(little) {}
  Wkb& header(std::uint32_t type) {
    bytes_.push_back(static_cast<std::byte>(little_ ? 1 : 0));
    return number(type);
  }
  Wkb& number(std::uint32_t value) {
    add(value, 4);
    return *this;
  }
  Wkb& reals(const std::vector<double>& values) {
    for (const double value : values) add(std::bit_cast<std::uint64_t>(value), 8);
    return *this;
  }
  [[nodiscard]] const std::vector<std::byte>& bytes() const { return bytes_; }

 private:
  void add(std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) {
      const int shift = 8 * (little_ ? i : size - 1 - i);
      bytes_.push_back(static_cast<std::byte>(value >> shift & 0xFFU));
    }
  }
  bool little_;
  std::vector<std::byte> bytes_;
};

ShapeProblem added(ShapeSink& sink, const std::vector<std::byte>& bytes) {
  sink.begin();
  const ShapeProblem problem = sink.add_wkb(bytes);
  problem == ShapeProblem::none ? sink.keep() : sink.drop();
  return problem;
}

Wkb triangle(bool little, std::uint32_t type = 3) {
  return Wkb(little).header(type).number(1).number(4).reals({0, 0, 1, 0, 0, 1, 0, 0});
}

}  // namespace

TEST_CASE("well-known binary in both byte orders and all dimensions", "[io][wkb]") {
  for (const bool little : {true, false}) {
    ShapeSink sink(ShapeKind::polygons);
    CHECK(added(sink, triangle(little).bytes()) == ShapeProblem::none);
    // With Z (ISO), with M (ISO), with Z by the older flag.
    for (const std::uint32_t type : {1003U, 2003U, 0x80000003U}) {
      const Wkb wkb =
          Wkb(little).header(type).number(1).number(4).reals({0, 0, 9, 1, 0, 9, 0, 1, 9, 0, 0, 9});
      CHECK(added(sink, wkb.bytes()) == ShapeProblem::none);
    }
    REQUIRE(sink.polygons.district_count() == 4);
    CHECK(sink.polygons.vertices.size() == 12);
    CHECK(sink.polygons.ring(3)[1] == Point{1, 0});
  }
}

TEST_CASE("every truncation of a geometry is damage, never a crash", "[io][wkb]") {
  Wkb wkb = Wkb().header(6).number(2);
  wkb.header(3).number(1).number(4).reals({0, 0, 1, 0, 0, 1, 0, 0});
  wkb.header(3).number(1).number(4).reals({5, 0, 6, 0, 5, 1, 5, 0});
  ShapeSink whole(ShapeKind::polygons);
  CHECK(added(whole, wkb.bytes()) == ShapeProblem::none);
  for (std::size_t size = 0; size < wkb.bytes().size(); ++size) {
    CAPTURE(size);
    ShapeSink sink(ShapeKind::polygons);
    const std::vector<std::byte> cut(wkb.bytes().begin(),
                                     wkb.bytes().begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(added(sink, cut) == ShapeProblem::damaged);
    CHECK(sink.polygons.vertices.empty());
  }
}

TEST_CASE("counts that cannot be true are refused before memory is taken", "[io][wkb]") {
  ShapeSink sink(ShapeKind::polygons);
  CHECK(added(sink, Wkb().header(3).number(0xFFFFFFFFU).bytes()) == ShapeProblem::damaged);
  CHECK(added(sink, Wkb().header(3).number(1).number(0xFFFFFFF0U).bytes()) ==
        ShapeProblem::damaged);
  CHECK(added(sink, Wkb().header(6).number(0x7FFFFFFFU).bytes()) == ShapeProblem::damaged);
}

TEST_CASE("unusable geometry leaves nothing behind", "[io][wkb]") {
  ShapeSink sink(ShapeKind::polygons);
  CHECK(added(sink, triangle(true).bytes()) == ShapeProblem::none);
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(added(sink,
              Wkb().header(3).number(1).number(4).reals({0, 0, 1, infinity, 0, 1, 0, 0}).bytes()) ==
        ShapeProblem::not_finite);
  CHECK(added(sink, Wkb().header(3).number(1).number(4).reals({0, 0, 1, 1, 0, 0, 0, 0}).bytes()) ==
        ShapeProblem::degenerate);
  CHECK(added(sink, Wkb().header(1).reals({0, 0}).bytes()) == ShapeProblem::wrong_type);
  CHECK(added(sink, Wkb().header(10).number(0).bytes()) == ShapeProblem::wrong_type);
  CHECK(sink.polygons.district_count() == 1);
  CHECK(sink.polygons.vertices.size() == 3);
  CHECK(added(sink, Wkb().header(3).number(0).bytes()) == ShapeProblem::none);
  CHECK_FALSE(sink.polygons.has_shape(1));
  CHECK(added(sink, Wkb().header(7).number(0).bytes()) == ShapeProblem::none);
  sink.remove({true, false, false});
  CHECK(sink.polygons.vertices.empty());
  CHECK(sink.polygons.district_count() == 2);
}

TEST_CASE("an empty point is no place", "[io][wkb]") {
  ShapeSink sink(ShapeKind::points);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(added(sink, Wkb().header(1).reals({nan, nan}).bytes()) == ShapeProblem::none);
  CHECK(added(sink, Wkb().header(1).reals({1, nan}).bytes()) == ShapeProblem::not_finite);
  CHECK(added(sink, Wkb(false).header(1).reals({1, 2}).bytes()) == ShapeProblem::none);
  REQUIRE(sink.places.size() == 2);
  CHECK(sink.places[1] == Point{1, 2});
}
