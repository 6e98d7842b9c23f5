#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/number.h"
#include "metrics/boundaries.h"
#include "metrics/centralization.h"
#include "metrics/concentration.h"
#include "metrics/evenness.h"
#include "metrics/space_tables.h"
#include "support/catch.h"

using namespace quartier;
using namespace quartier::metrics;

namespace {

constexpr double tolerance = 1e-10;

/// A city of random districts: counts, areas, places and neighbours.
struct City {
  std::vector<double> group, reference, total, area, perimeter;
  std::vector<Point> centroids;
  std::vector<test::Contact> contacts;
  [[nodiscard]] std::size_t size() const { return group.size(); }
  [[nodiscard]] Contiguity contiguity() const { return test::contiguity_of(size(), contacts); }
};

City any_city() {
  City city;
  const int n = *rc::gen::inRange(2, 40);
  const auto below = [](int limit) { return static_cast<double>(*rc::gen::inRange(0, limit)); };
  for (int i = 0; i < n; ++i) {
    const bool empty = *rc::gen::inRange(0, 5) == 0;
    city.group.push_back(empty ? 0.0 : below(200));
    city.reference.push_back(empty ? 0.0 : below(200));
    city.area.push_back(1.0 + below(1000));
    city.perimeter.push_back(1.0 + below(1000));
    city.centroids.push_back({below(5000), below(5000)});
  }
  city.group[static_cast<std::size_t>(*rc::gen::inRange(0, n))] += 1.0;
  city.reference[static_cast<std::size_t>(*rc::gen::inRange(0, n))] += 1.0;
  for (std::size_t i = 0; i < city.size(); ++i) {
    city.total.push_back(city.group[i] + city.reference[i]);
  }
  const int links = *rc::gen::inRange(0, 3 * n);
  for (int l = 0; l < links; ++l) {
    const auto i = static_cast<std::size_t>(*rc::gen::inRange(0, n));
    const auto j = static_cast<std::size_t>(*rc::gen::inRange(0, n));
    if (i != j) city.contacts.push_back({std::min(i, j), std::max(i, j), below(4) * 25.0});
  }
  return city;
}

City reversed(City city) {
  for (std::vector<double>* column :
       {&city.group, &city.reference, &city.total, &city.area, &city.perimeter}) {
    std::reverse(column->begin(), column->end());
  }
  std::reverse(city.centroids.begin(), city.centroids.end());
  const std::size_t last = city.size() - 1;
  for (test::Contact& contact : city.contacts) {
    contact = {last - contact.j, last - contact.i, contact.shared_m};
  }
  return city;
}

/// `city` with so many times the people, in a unit so many times smaller.
City scaled(City city, double people, double metres) {
  for (std::vector<double>* column : {&city.group, &city.reference, &city.total}) {
    for (double& count : *column) count *= people;
  }
  for (double& area : city.area) area *= metres * metres;
  for (double& perimeter : city.perimeter) perimeter *= metres;
  for (Point& centroid : city.centroids) centroid = {centroid.x * metres, centroid.y * metres};
  for (test::Contact& contact : city.contacts) contact.shared_m *= metres;
  return city;
}

bool near(double a, double b) {
  if (!is_defined(a) || !is_defined(b)) return is_defined(a) == is_defined(b);
  return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(a));
}

bool within(double value, double lowest, double highest) {
  return !is_defined(value) || (value >= lowest - tolerance && value <= highest + tolerance);
}

std::vector<double> from_first(const City& city) {
  return distances_to_nearest(city.centroids, std::span(city.centroids).first(1));
}

constexpr auto rook = ContiguityRule::rook;
constexpr auto queen = ContiguityRule::queen;

/// Every index of a city, with one convention of empty districts.
std::vector<double> all_indices(const City& city, EmptyDistricts empty) {
  const Contiguity contiguity = city.contiguity();
  const Point centre = mean_centre(city.centroids, city.total, empty);
  const std::vector<double> distance = distances_to_nearest(city.centroids, {&centre, 1});
  return {
      contiguity_adjusted_dissimilarity(city.group, city.reference, contiguity, rook, empty),
      contiguity_adjusted_dissimilarity(city.group, city.reference, contiguity, queen, empty),
      order_adjusted_dissimilarity(city.group, city.reference, contiguity, queen, {3}, empty),
      boundary_adjusted_dissimilarity(city.group, city.reference, contiguity, empty),
      shape_adjusted_dissimilarity(city.group, city.reference, contiguity, city.area,
                                   city.perimeter, empty),
      delta_index(city.group, city.total, city.area, empty),
      absolute_centralization(city.group, city.total, city.area, distance, empty, Ties::together),
      relative_centralization(city.group, city.reference, distance, Ties::together)};
}

}  // namespace

TEST_CASE("indices adjusted for boundaries lie in [-1, 1] and below D", "[metrics][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    const Contiguity contiguity = city.contiguity();
    const double d = dissimilarity_index(city.group, city.reference);
    for (const EmptyDistricts empty : {EmptyDistricts::kept, EmptyDistricts::dropped}) {
      for (const ContiguityRule rule : {rook, queen}) {
        RC_ASSERT(within(
            contiguity_adjusted_dissimilarity(city.group, city.reference, contiguity, rule, empty),
            -1.0, d));
      }
      const double w =
          boundary_adjusted_dissimilarity(city.group, city.reference, contiguity, empty);
      const double s = shape_adjusted_dissimilarity(city.group, city.reference, contiguity,
                                                    city.area, city.perimeter, empty);
      RC_ASSERT(within(w, -1.0, d));
      RC_ASSERT(within(s, is_defined(w) ? w : -1.0, d));
    }
  }));
}

TEST_CASE("a further order of neighbours only takes away", "[metrics][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    const Contiguity contiguity = city.contiguity();
    double before = dissimilarity_index(city.group, city.reference);
    for (std::uint32_t k = 1; k <= 4; ++k) {
      const double now =
          order_adjusted_dissimilarity(city.group, city.reference, contiguity, queen,
                                       {k, OrderDecay::reciprocal, 1.0}, EmptyDistricts::dropped);
      if (!is_defined(now)) return;
      RC_ASSERT(now <= before + tolerance);
      before = now;
    }
  }));
}

TEST_CASE("concentration and centralization lie within their limits", "[metrics][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    const std::vector<double> distance = from_first(city);
    for (const EmptyDistricts empty : {EmptyDistricts::kept, EmptyDistricts::dropped}) {
      const double delta = delta_index(city.group, city.total, city.area, empty);
      RC_ASSERT(delta >= 0.0 && delta <= 1.0);
      const double ace =
          absolute_centralization(city.group, city.total, city.area, distance, empty);
      RC_ASSERT(within(ace, -1.0, 1.0));
    }
    const double rce = relative_centralization(city.group, city.reference, distance);
    RC_ASSERT(within(rce, -1.0, 1.0));
    RC_ASSERT(near(rce, -relative_centralization(city.reference, city.group, distance)));
    for (const double local :
         local_relative_centralization(city.group, city.reference, city.centroids, 4)) {
      RC_ASSERT(within(local, -1.0, 1.0));
    }
  }));
}

TEST_CASE("relative concentration has the sign of the difference in land", "[metrics][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    const double rco =
        relative_concentration(city.group, city.reference, city.total, city.area, LargeEnd::group);
    if (!is_defined(rco)) return;
    const auto land = [&](const std::vector<double>& counts) {
      return std::inner_product(counts.begin(), counts.end(), city.area.begin(), 0.0) /
             std::accumulate(counts.begin(), counts.end(), 0.0);
    };
    const double less = land(city.reference) - land(city.group);
    RC_ASSERT(std::abs(less) < 1e-6 || std::signbit(rco) == std::signbit(less));
  }));
}

TEST_CASE("a group in the innermost district has all the land outside it around it",
          "[metrics][property]") {
  CHECK(rc::check([] {
    City city = any_city();
    const std::vector<double> distance = from_first(city);
    const auto inner = static_cast<std::size_t>(std::min_element(distance.begin(), distance.end()) -
                                                distance.begin());
    std::fill(city.group.begin(), city.group.end(), 0.0);
    city.group[inner] = 7.0;
    const double land = std::accumulate(city.area.begin(), city.area.end(), 0.0);
    RC_ASSERT(near(
        absolute_centralization(city.group, city.total, city.area, distance, EmptyDistricts::kept),
        1.0 - city.area[inner] / land));
  }));
}

TEST_CASE("spatial indices do not depend on the order of districts, persons or units",
          "[metrics][property]") {
  CHECK(rc::check([] {
    const City city = any_city();
    const City turned = reversed(city);
    const City larger = scaled(city, 3.0, 0.25);
    for (const EmptyDistricts empty : {EmptyDistricts::kept, EmptyDistricts::dropped}) {
      const std::vector<double> values = all_indices(city, empty);
      const std::vector<double> of_turned = all_indices(turned, empty);
      const std::vector<double> of_larger = all_indices(larger, empty);
      for (std::size_t v = 0; v < values.size(); ++v) {
        RC_ASSERT(near(values[v], of_turned[v]));
        RC_ASSERT(near(values[v], of_larger[v]));
      }
    }
    RC_ASSERT(near(absolute_concentration(city.group, city.total, city.area),
                   absolute_concentration(larger.group, larger.total, larger.area)));
    RC_ASSERT(near(relative_concentration(city.group, city.reference, city.total, city.area,
                                          LargeEnd::reference),
                   relative_concentration(larger.group, larger.reference, larger.total, larger.area,
                                          LargeEnd::reference)));
    std::vector<double> local =
        local_relative_centralization(city.group, city.reference, city.centroids, 3);
    std::vector<double> of_turned =
        local_relative_centralization(turned.group, turned.reference, turned.centroids, 3);
    for (std::size_t i = 0; i < local.size(); ++i) {
      RC_ASSERT(near(local[i], of_turned[local.size() - 1 - i]));
    }
  }));
}
