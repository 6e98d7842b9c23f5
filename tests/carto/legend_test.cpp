#include "carto/legend.h"

#include "support/catch.h"

using namespace quartier::carto;
using Labels = std::vector<std::string>;

TEST_CASE("labels of classes", "[carto][legend]") {
  SECTION("as few decimals as tell the edges apart") {
    CHECK(class_labels({{0.0, 10.0, 20.0}}) == Labels{"0–10", "10–20"});
    CHECK(class_labels({{0.1234, 0.2345, 0.4567}}) == Labels{"0.12–0.23", "0.23–0.46"});
    CHECK(class_labels({{1.0001, 1.0002, 1.0004}}) == Labels{"1.0001–1.0002", "1.0002–1.0004"});
  }
  SECTION("shares as per cent") {
    CHECK(class_labels({{0.0, 0.051, 0.2}}, {100.0, false}) == Labels{"0–5", "5–20"});
  }
  SECTION("thousands are grouped") {
    CHECK(class_labels({{0.0, 12000.0, 250000.0}}) ==
          Labels{"0–12\u202f000", "12\u202f000–250\u202f000"});
  }
  SECTION("negative numbers have a real minus and no dash") {
    CHECK(class_labels({{-3.0, -1.0, 1.0}}) == Labels{"−3 to −1", "−1 to 1"});
  }
  SECTION("whole numbers do not overlap") {
    CHECK(class_labels({{0.0, 3.0, 4.0, 12.0}}, {1.0, true}) == Labels{"0–3", "4", "5–12"});
  }
  SECTION("a single value is that value") {
    CHECK(class_labels({{0.0, 0.0, 2.5}}) == Labels{"0.0", "0.0–2.5"});
    CHECK(class_labels({{7.0, 7.0}}) == Labels{"7"});
  }
  SECTION("nothing") { CHECK(class_labels({}).empty()); }
}
