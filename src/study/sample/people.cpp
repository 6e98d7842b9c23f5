#include "study/sample/people.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "base/parallel.h"
#include "study/sample/noise.h"

namespace quartier::study::sample {
namespace {

constexpr std::size_t group_count = 8;
constexpr std::size_t grain = 4096;
constexpr int balancing_rounds = 8;

/// How a group settles. Shares of the city's residents in 2015 and 2025; between them they change
/// evenly. `hold_2025` is what is left of its pull to its places: below 1 it disperses.
struct Settlement {
  std::string_view id;
  std::string_view label;
  double share_2015;
  double share_2025;
  double hold_2025;
  double unevenness;  ///< standard deviation of its own noise, on the log scale
};

constexpr std::array<Settlement, group_count> settlements{{
    {"residence_country", "Country of residence", 0.735, 0.650, 1.0, 0.04},
    {"southern_europe", "Southern Europe", 0.055, 0.052, 0.6, 0.16},
    {"western_northern_europe", "Western and Northern Europe", 0.036, 0.048, 1.0, 0.20},
    {"eastern_europe", "Eastern Europe", 0.050, 0.078, 0.9, 0.22},
    {"turkiye", "Türkiye", 0.058, 0.056, 0.8, 0.25},
    {"arab_countries", "Arab countries", 0.022, 0.046, 0.85, 0.30},
    {"southern_asia", "Southern Asia", 0.020, 0.034, 0.95, 0.28},
    {"sub_saharan_africa", "Sub-Saharan Africa", 0.024, 0.036, 0.95, 0.28},
}};

/// Pull of a group to its places, on the log scale: 0 is the city's average.
double pull(std::size_t group, PlanPoint p, std::uint64_t seed) {
  namespace at = landmark;
  const double core = bell(p, {0.0, 0.0}, 0.25);
  const double estates = std::max({bell(p, at::north_estate, 0.17), bell(p, at::south_estate, 0.17),
                                   bell(p, at::west_estate, 0.15)});
  const double tram =
      std::exp(-0.5 * std::pow(distance_to_segment(p, at::tram_start, at::tram_end) / 0.1, 2.0));
  switch (group) {
    case 0:
      return 0.25 * length(p);
    case 1:
      return 0.35 * bell(p, at::old_quarter, 0.5);
    case 2:
      return 1.7 * core + 1.3 * bell(p, at::university, 0.15);
    case 3:
      return 1.6 * bell(p, at::works, 0.28) + 0.6 * estates;
    case 4:
      return 3.0 * bell(p, at::old_quarter, 0.2) + 0.8 * estates;
    case 5:
      return 3.0 * bell(p, at::station, 0.15) + 1.7 * bell(p, at::south_estate, 0.17);
    case 6:
      return 3.0 * tram;
    default:
      return 2.6 * estates + 0.3 * smooth_noise(mix64(seed + 77), 4.0 * p.u, 4.0 * p.v);
  }
}

double years_since_2015(const std::string& date) {
  return std::strtod(date.c_str(), nullptr) - 2015.0;
}

/// How much of its size a neighbourhood has reached: a few are thinly settled for good, a few are
/// built during the ten years, a few grow by half, most stay.
double settled_by(double elapsed, double lot) {
  if (lot < 0.015) return 0.02;
  if (lot < 0.045) return 0.015 + 0.985 * elapsed * elapsed;
  if (lot < 0.1) return 0.7 + 0.3 * elapsed;
  return 1.0;
}

/// Residents wanted in every neighbourhood at one date, before they are rounded.
std::vector<double> wanted_residents(const Neighbourhoods& neighbourhoods,
                                     std::span<const double> area_m2, double total, double years,
                                     std::uint64_t seed) {
  std::vector<double> wanted(neighbourhoods.size(), 0.0);
  double sum = 0.0;
  for (std::size_t n = 0; n < wanted.size(); ++n) {
    if (neighbourhoods.land_use[n] != LandUse::residential) continue;
    RandomStream stream = stream_of(seed, Purpose::population, n);
    const PlanPoint p = neighbourhoods.middle[n];
    const double dense = std::exp(-1.5 * length(p)) + 0.5 * bell(p, landmark::south_estate, 0.14) +
                         0.4 * bell(p, landmark::north_estate, 0.14);
    wanted[n] = std::pow(area_m2[n], 0.75) * dense * std::exp(0.32 * normal(stream));
    sum += wanted[n];
    wanted[n] *= settled_by(years / 10.0, stream.uniform());
  }
  const double growth = std::pow(1.009, years - 10.0);
  for (double& residents : wanted) residents *= sum > 0.0 ? total * growth / sum : 0.0;
  return wanted;
}

/// Weights [group * n + neighbourhood] of the groups, so that each has its share of the city.
std::vector<double> balanced_weights(const Neighbourhoods& neighbourhoods,
                                     std::span<const double> wanted, double years,
                                     std::uint64_t seed) {
  const std::size_t n_count = neighbourhoods.size();
  const double elapsed = years / 10.0;
  std::vector<double> weights(group_count * n_count);
  std::array<double, group_count> share{};
  for (std::size_t g = 0; g < group_count; ++g) {
    const Settlement& settlement = settlements[g];
    share[g] = settlement.share_2015 + (settlement.share_2025 - settlement.share_2015) * elapsed;
    const double hold = 1.0 + (settlement.hold_2025 - 1.0) * elapsed;
    for_chunks(n_count, grain, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t n = begin; n < end; ++n) {
        RandomStream stream = stream_of(seed, Purpose::settlement, n * group_count + g);
        const PlanPoint p = neighbourhoods.middle[n];
        const double around = smooth_noise(mix64(seed * 31 + g), 5.0 * p.u, 5.0 * p.v);
        const double noise = settlement.unevenness * (0.8 * normal(stream) + 0.9 * around);
        weights[g * n_count + n] = share[g] * std::exp(hold * pull(g, p, seed) + noise);
      }
    });
  }
  const double everyone = sum_chunks(n_count, grain, 0.0, [&](std::size_t begin, std::size_t end) {
    double sum = 0.0;
    for (std::size_t n = begin; n < end; ++n) sum += wanted[n];
    return sum;
  });
  struct Sums : std::array<double, group_count> {
    Sums& operator+=(const Sums& other) {
      for (std::size_t g = 0; g < group_count; ++g) (*this)[g] += other[g];
      return *this;
    }
  };
  for (int round = 0; round < balancing_rounds; ++round) {
    const Sums reached =
        sum_chunks(n_count, grain, Sums{}, [&](std::size_t begin, std::size_t end) {
          Sums sums{};
          for (std::size_t n = begin; n < end; ++n) {
            double all = 0.0;
            for (std::size_t g = 0; g < group_count; ++g) all += weights[g * n_count + n];
            for (std::size_t g = 0; g < group_count; ++g) {
              sums[g] += wanted[n] * weights[g * n_count + n] / all;
            }
          }
          return sums;
        });
    for (std::size_t g = 0; g < group_count; ++g) {
      const double factor = reached[g] > 0.0 ? share[g] * everyone / reached[g] : 1.0;
      for (std::size_t n = 0; n < n_count; ++n) weights[g * n_count + n] *= factor;
    }
  }
  return weights;
}

}  // namespace

Groups sample_groups() {
  Groups groups;
  groups.nodes.push_back({"everyone", "Everyone", no_index, false});
  for (const Settlement& settlement : settlements) {
    groups.nodes.push_back({std::string(settlement.id), std::string(settlement.label), 0, false});
  }
  return groups;
}

std::vector<std::string> sample_dates() {
  return {"2015-01-01", "2017-01-01", "2019-01-01", "2021-01-01", "2023-01-01", "2025-01-01"};
}

std::vector<CountTable> settle(const Neighbourhoods& neighbourhoods,
                               std::span<const double> area_m2, double total,
                               const std::vector<std::string>& dates, std::uint64_t seed) {
  expects(area_m2.size() == neighbourhoods.size(), "settle: one area per neighbourhood");
  const std::size_t n_count = neighbourhoods.size();
  std::vector<CountTable> tables;
  for (const std::string& date : dates) {
    const double years = years_since_2015(date);
    const auto wanted = wanted_residents(neighbourhoods, area_m2, total, years, seed);
    const auto weights = balanced_weights(neighbourhoods, wanted, years, seed);
    CountTable table;
    table.date = date;
    table.groups.assign(group_count + 1, CountColumn::of(std::vector<double>(n_count, 0.0)));
    for_chunks(n_count, grain, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t n = begin; n < end; ++n) {
        double all = 0.0;
        for (std::size_t g = 0; g < group_count; ++g) all += weights[g * n_count + n];
        for (std::size_t g = 0; g < group_count; ++g) {
          // One draw stays with the neighbourhood, a smaller one is new at every date; the last
          // rounds up or down so that sums come out right.
          RandomStream lasting = stream_of(seed, Purpose::counts, n * group_count + g);
          RandomStream fresh(seed ^ static_cast<std::uint64_t>(2015.0 + years),
                             static_cast<std::uint64_t>(Purpose::counts), n * group_count + g);
          const double expected = wanted[n] * weights[g * n_count + n] / all;
          const double spread = std::sqrt(expected);
          const double drawn = expected + spread * (0.8 * normal(lasting) + 0.3 * normal(fresh));
          const double persons = std::max(0.0, std::floor(drawn + fresh.uniform()));
          table.groups[g + 1].readable[n] = persons;
          table.groups[0].readable[n] += persons;
        }
      }
    });
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace quartier::study::sample
