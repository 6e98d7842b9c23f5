// The plan that the sample study tries out.

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/number.h"
#include "base/text.h"
#include "study/sample/definitions.h"
#include "study/sample/services.h"

namespace quartier::study::sample {
namespace {

constexpr const char* planned = "language_courses";
constexpr std::size_t new_sites = 2;
/// Larger cities are made to measure times: their study asks for nothing twice.
constexpr std::size_t most_districts = 2'000;

double nearest_m(const Point& from, const std::vector<Point>& sites) {
  double nearest = undefined;
  for (const Point& site : sites) {
    const double way = std::hypot(site.x - from.x, site.y - from.y);
    if (!(nearest <= way)) nearest = way;
  }
  return nearest;
}

/// The district from which most people together are farthest from a site; no_index where nobody is
/// away from one.
DistrictIndex most_in_need(const SampleCity& city, const std::vector<Point>& sites) {
  const auto residents = city.counts.back().group(0);
  DistrictIndex found = no_index;
  double most = 0.0;
  for (std::size_t i = 0; i < city.districts.size(); ++i) {
    const double need = residents[i] * nearest_m(city.districts.centroids[i], sites);
    if (!(need > most)) continue;
    most = need;
    found = static_cast<DistrictIndex>(i);
  }
  return found;
}

}  // namespace

std::string plan_text(const SampleCity& city) {
  if (city.districts.size() > most_districts || city.counts.empty()) return {};
  const auto services = std::find_if(city.services.begin(), city.services.end(),
                                     [](const Services& one) { return one.id == planned; });
  const auto sorts = service_sorts();
  const auto sort = std::find_if(sorts.begin(), sorts.end(),
                                 [](const ServiceSort& one) { return one.id == planned; });
  if (services == city.services.end() || sort == sorts.end()) return {};
  std::vector<Point> sites = services->places;
  std::string added;
  for (std::size_t n = 0; n < new_sites; ++n) {
    const DistrictIndex district = most_in_need(city, sites);
    if (district == no_index) break;
    const Point at = city.districts.centroids[district];
    sites.push_back(at);
    added +=
        "\n[[scenarios.add_site]]\nservice = \"" + std::string(planned) +
        "\"\nname = \"New course " + std::to_string(n + 1) +
        "\"\nx = " + exact_text(std::round(at.x)) + "\ny = " + exact_text(std::round(at.y)) +
        "\nsupply = " + exact_text(std::round((sort->least_capacity + sort->most_capacity) / 2.0)) +
        "\n";
  }
  if (added.empty()) return {};
  return "\n# A plan tried out against today: courses where most people are farthest from one.\n"
         "[[scenarios]]\nid = \"new_courses\"\nlabel = \"Language courses in two more places\"\n" +
         added;
}

}  // namespace quartier::study::sample
