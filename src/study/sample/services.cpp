#include "study/sample/services.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "study/sample/noise.h"

namespace quartier::study::sample {
namespace {

constexpr std::array<ServiceSort, 10> sorts{{
    {"language_courses", "Language courses", "Language course", 16000, 40, 180, 1.5, 3.0, true,
     "Mo-Fr 09:00-20:00", "Mo-Th 17:00-21:00", 1500},
    {"nurseries", "Nurseries", "Nursery", 4200, 24, 90, 0.0, 0.0, false, "Mo-Fr 07:00-17:30",
     "Mo-Fr 07:30-16:30", 600},
    {"primary_schools", "Primary schools", "Primary school", 5200, 150, 420, 0.0, 0.0, false,
     "Mo-Fr 08:00-16:00", "Mo-Fr 08:00-13:30", 800},
    {"secondary_schools", "Secondary schools", "Secondary school", 14000, 350, 1100, 0.2, 0.0,
     false, "Mo-Fr 08:00-16:30", "Mo-Fr 08:00-15:00", 2000},
    {"libraries", "Libraries", "Library", 19000, 40, 260, 0.8, 0.0, true,
     "Tu-Fr 10:00-19:00; Sa 10:00-14:00", "Mo-Sa 10:00-18:00", 1200},
    {"clinics", "Clinics", "Clinic", 9000, 3, 16, 0.6, 0.0, true, "Mo-Fr 08:00-18:00",
     "Mo-Fr 08:00-12:00", 1000},
    {"job_centres", "Job centres", "Job centre", 60000, 12, 60, 0.5, 0.5, false,
     "Mo-Fr 08:00-12:30", "Mo-Th 08:00-16:00", 3000},
    {"migrant_advice", "Advice for migrants", "Advice centre", 32000, 4, 18, 1.0, 3.0, true,
     "Mo-We 09:00-13:00; Th 14:00-19:00", "Tu,Th 10:00-17:00", 2000},
    {"youth_clubs", "Youth clubs", "Youth club", 15000, 20, 90, 0.0, 0.4, false,
     "Mo-Fr 14:00-20:00", "Mo-Sa 15:00-21:00", 1000},
    {"community_halls", "Places of worship and community halls", "Community hall", 8000, 60, 400,
     0.4, 1.0, false, "Mo-Su 09:00-21:00", "Sa-Su 09:00-18:00", 1000},
}};

/// Languages that somebody of each group speaks, by position in the tree of groups (ISO 639).
constexpr std::array<std::string_view, 9> languages{"",   "en", "es it pt", "fr de",   "pl ro uk",
                                                    "tr", "ar", "ur bn hi", "so sw fr"};

double abroad_share(const CountTable& counts, std::size_t district) {
  const double everyone = counts.everyone()[district];
  return everyone > 0.0 ? 1.0 - counts.group(1)[district] / everyone : 0.0;
}

/// `en`, and at multilingual services the languages of the groups with more than 6 % nearby.
std::string languages_near(const CountTable& counts, std::size_t district, bool multilingual,
                           RandomStream& stream) {
  std::string offered = "en";
  if (!multilingual) return offered;
  for (std::size_t g = 2; g < languages.size(); ++g) {
    const double share = counts.group(static_cast<GroupIndex>(g))[district] /
                         std::max(1.0, counts.everyone()[district]);
    if (share > 0.06 || stream.uniform() < 0.12) offered += " " + std::string(languages[g]);
  }
  return offered;
}

/// A place well inside a block of the neighbourhood: part of the way from its seat to a corner.
Point place_in(const ServiceGround& city, std::uint32_t neighbourhood, RandomStream& stream) {
  const auto own = city.neighbourhoods.blocks_of(neighbourhood);
  const Block block = own[stream.below(static_cast<std::uint32_t>(own.size()))];
  const PlanPoint seat = city.blocks.seat(block);
  const auto side = static_cast<int>(stream.below(side_count));
  const PlanPoint corner = city.blocks.place(city.blocks.corner(block, side));
  return city.ground.place(seat + between(stream, 0.0, 0.6) * (corner - seat));
}

/// Districts for `count` sites: evenly along the running sum of weights, in study order, so that
/// sites spread over the city; a district may get several.
std::vector<std::uint32_t> chosen_districts(const std::vector<double>& weights, std::size_t count,
                                            RandomStream& stream) {
  double total = 0.0;
  for (const double weight : weights) total += weight;
  expects(total > 0.0, "place_services: somebody lives in the city");
  const double step = total / static_cast<double>(count);
  double next = step * stream.uniform();
  double running = 0.0;
  std::vector<std::uint32_t> chosen;
  chosen.reserve(count);
  for (std::uint32_t i = 0; i < weights.size(); ++i) {
    running += weights[i];
    while (next < running && chosen.size() < count) {
      chosen.push_back(i);
      next += step;
    }
  }
  return chosen;
}

void repeat_row(Services& services, std::size_t row) {
  services.ids.push_back(services.ids[row]);
  services.names.push_back(services.names[row]);
  services.places.push_back(services.places[row]);
  services.supply.push_back(services.supply[row]);
  services.languages.push_back(services.languages[row]);
  services.opening_hours.push_back(services.opening_hours[row]);
}

void add_oddities(const ServiceGround& city, std::vector<Services>& services) {
  for (Services& kind : services) {
    if (kind.id == "libraries" || kind.id == "primary_schools") repeat_row(kind, kind.size() / 2);
    if (kind.id == "youth_clubs") {
      repeat_row(kind, 0);
      const PlanPoint north{0.1, 1.0};
      const double beyond = 1.0 + 2000.0 / city.ground.radius_m();
      kind.ids.back() = "youth_clubs-outside";
      kind.names.back() = "Youth club holiday camp (outside the city)";
      kind.places.back() = city.ground.place(beyond * city.ground.limit_towards(north) * north);
    }
  }
}

Services sites_of(const ServiceSort& sort, std::uint64_t key, const ServiceGround& city) {
  const std::size_t district_count = city.order.size();
  std::vector<double> weights(district_count);
  double residents = 0.0;
  for (std::size_t i = 0; i < district_count; ++i) {
    const double core = bell(city.neighbourhoods.middle[city.order[i]], {0.0, 0.0}, 0.25);
    weights[i] = city.latest.everyone()[i] *
                 (1.0 + sort.core_pull * core + sort.arrival_pull * abroad_share(city.earliest, i));
    residents += city.latest.everyone()[i];
  }
  RandomStream start(key);
  const double wanted = std::max(3.0, std::round(residents / sort.residents_per_site));
  Services services;
  services.id = sort.id;
  services.label = sort.label;
  services.supply_published = true;
  std::vector<std::uint32_t> in_district(district_count, 0);
  for (const std::uint32_t i : chosen_districts(weights, static_cast<std::size_t>(wanted), start)) {
    RandomStream stream(key, 1, services.size());
    const std::string number = std::to_string(services.size() + 1);
    services.ids.push_back(services.id + "-" +
                           std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number);
    const std::uint32_t nth = ++in_district[i];
    services.names.push_back(std::string(sort.place_name) + " " + city.names[i] +
                             (nth > 1 ? " " + std::to_string(nth) : ""));
    services.places.push_back(place_in(city, city.order[i], stream));
    // Squared: many small sites, few large ones.
    const double size = stream.uniform();
    services.supply.push_back(
        std::round(sort.least_capacity + (sort.most_capacity - sort.least_capacity) * size * size));
    services.opening_hours.emplace_back(stream.uniform() < 0.7 ? sort.hours : sort.other_hours);
    services.languages.push_back(languages_near(city.earliest, i, sort.multilingual, stream));
  }
  return services;
}

}  // namespace

std::span<const ServiceSort> service_sorts() { return sorts; }

std::vector<Services> place_services(const ServiceGround& city, std::uint64_t seed) {
  std::vector<Services> services;
  for (std::size_t k = 0; k < sorts.size(); ++k) {
    const std::uint64_t key = stream_of(seed, Purpose::services, k).next();
    services.push_back(sites_of(sorts[k], key, city));
  }
  add_oddities(city, services);
  return services;
}

}  // namespace quartier::study::sample
