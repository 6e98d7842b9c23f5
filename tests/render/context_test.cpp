#include "render/context.h"

#include <utility>

#include "pictures.h"
#include "support/catch.h"

using namespace quartier;

TEST_CASE("a context without a display", "[render][context]") {
  const render::Context& shared = test::context();
  CHECK_FALSE(shared.description().empty());
  CHECK(shared.largest_texture() >= 1024);
  CHECK(shared.largest_table() >= 65536);

  SECTION("a second one can live beside the first, and be moved") {
    {
      render::Context other = render::Context::off_screen();
      const render::Context moved = std::move(other);
      moved.make_current();
      CHECK(moved.description() == shared.description());
    }
    shared.make_current();
    CHECK(render::Context::adopt_current().description() == shared.description());
  }
  SECTION("who draws") {
    const bool named = shared.description().find("llvmpipe") != std::string::npos;
    if (named) CHECK(shared.software());
  }
}
