#include "base/parallel.h"

#include <numeric>
#include <stdexcept>
#include <vector>

#include "support/catch.h"

using namespace quartier;

TEST_CASE("chunks cover every position once", "[base]") {
  std::vector<int> seen(1001, 0);
  for_chunks(seen.size(), 10, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) ++seen[i];
  });
  CHECK(seen == std::vector<int>(1001, 1));
}

TEST_CASE("a chunked sum has the same bits for any number of threads", "[base]") {
  const auto sum = [] {
    return sum_chunks(100000, 64, 0.0, [](std::size_t begin, std::size_t end) {
      double part = 0.0;
      for (std::size_t i = begin; i < end; ++i) part += 1.0 / static_cast<double>(i + 1);
      return part;
    });
  };
  set_thread_count(1);
  const double one = sum();
  set_thread_count(2);
  const double two = sum();
  set_thread_count(7);
  const double seven = sum();
  set_thread_count(0);
  CHECK(one == two);
  CHECK(one == seven);
}

TEST_CASE("an exception of a chunk reaches the caller", "[base]") {
  CHECK_THROWS_AS(for_chunks(100, 1,
                             [](std::size_t chunk, std::size_t, std::size_t) {
                               if (chunk == 57) throw std::runtime_error("57");
                             }),
                  std::runtime_error);
  CHECK_THROWS_AS(for_chunks(1, 0, [](std::size_t, std::size_t, std::size_t) {}), std::logic_error);
}
