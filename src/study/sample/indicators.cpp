#include "study/sample/indicators.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "base/number.h"
#include "base/parallel.h"
#include "study/sample/noise.h"
#include "study/sample/people.h"

namespace quartier::study::sample {
namespace {

constexpr std::size_t grain = 4096;
constexpr double missing_share = 0.02;

constexpr auto high = Direction::high_is_urgent;
constexpr auto low = Direction::low_is_urgent;

constexpr std::array<IndicatorSort, 10> sorts{{
    {"unemployment_rate", "Unemployment rate", "%", Domain::labour, high, Lever::region, 100, 7.5,
     0.55, -0.02, 0.52, 1.0, true, false},
    {"early_leaving_rate", "Early school leaving (18 to 24 years)", "%", Domain::education, high,
     Lever::region, 100, 10.0, 0.5, -0.03, 0.08, 1.0, false, true},
    {"language_support_need", "Pupils who need language support", "%", Domain::education, high,
     Lever::city, 100, 14.0, 0.6, 0.02, 0.11, 1.0, true, false},
    {"overcrowding_rate", "Residents of overcrowded homes", "%", Domain::housing, high, Lever::city,
     100, 11.0, 0.5, 0.01, 1.0, 1.0, true, false},
    {"rent_burden_rate", "Households with rent above 40 % of income", "%", Domain::housing, high,
     Lever::nation, 100, 19.0, 0.3, 0.03, 0.46, 1.0, false, true},
    {"avoidable_admissions", "Avoidable hospital admissions", "per 1,000", Domain::health, high,
     Lever::region, 1000, 11.0, 0.35, 0.0, 1.0, 1.0, false, false},
    {"local_voting_share", "Adults with the right to vote in local elections", "%",
     Domain::legal_political, low, Lever::nation, 100, 84.0, -0.35, -0.01, 0.8, 1.0, false, false},
    {"naturalisation_rate", "Naturalisations among those eligible, in a year", "%",
     Domain::legal_political, low, Lever::nation, 100, 4.2, -0.25, 0.01, 0.16, 0.0, true, false},
    {"association_membership", "Adults who are members of an association", "%",
     Domain::cultural_religious, low, Lever::city, 100, 31.0, -0.3, -0.01, 0.8, 0.5, true, true},
    {"interreligious_places", "Interreligious meeting places", "per 10,000",
     Domain::cultural_religious, low, Lever::city, 10000, 2.4, -0.2, 0.01, 1.0, 0.5, false, false},
}};

/// Log odds of a group less those of everyone: the same for every sort, invented.
constexpr std::array<double, 9> group_offset{0.0, -0.15, 0.1, -0.1, 0.1, 0.35, 0.5, 0.25, 0.4};

double odds_to_share(double log_odds) { return 1.0 / (1.0 + std::exp(-log_odds)); }

struct Cell {
  double value = undefined;
  double base = 0.0;
};

/// A count with that mean: Poisson by inversion where it is small, else rounded from a normal.
double count_of(double mean, double spread, RandomStream& stream) {
  constexpr double small = 12.0;
  if (mean >= small) return std::floor(mean + spread * normal(stream) + 0.5);
  const double lot = stream.uniform();
  double probability = std::exp(-mean);
  double below = probability;
  double count = 0.0;
  while (lot >= below && count < 10.0 * small) {
    count += 1.0;
    probability *= mean / count;
    below += probability;
  }
  return count;
}

Cell measured(const IndicatorSort& sort, double persons, double log_odds, RandomStream& stream) {
  Cell cell;
  cell.base = std::floor(persons * sort.base_share + 0.5);
  const double noise = 0.1 * normal(stream);
  const bool missing = stream.uniform() < missing_share;
  if ((sort.gaps && missing) || cell.base < 1.0) return cell;
  const double share = odds_to_share(log_odds + noise);
  const double mean = cell.base * share;
  const double cases = count_of(mean, std::sqrt(mean * (1.0 - share)), stream);
  cell.value = sort.per * std::clamp(cases, 0.0, cell.base) / cell.base;
  return cell;
}

}  // namespace

std::span<const IndicatorSort> indicator_sorts() { return sorts; }

double disadvantage(PlanPoint place, std::uint64_t seed, std::uint32_t neighbourhood) {
  namespace at = landmark;
  RandomStream stream = stream_of(seed, Purpose::disadvantage, neighbourhood);
  const double estates =
      std::max({bell(place, at::north_estate, 0.2), bell(place, at::south_estate, 0.2),
                bell(place, at::west_estate, 0.18)});
  return 1.1 * estates + 0.6 * bell(place, at::station, 0.15) + 0.7 * bell(place, at::works, 0.25) +
         0.4 * bell(place, at::old_quarter, 0.2) - 1.0 * bell(place, at::western_heights, 0.25) -
         0.3 + 0.4 * smooth_noise(mix64(seed ^ 0xD15), 4.0 * place.u, 4.0 * place.v) +
         0.2 * normal(stream);
}

std::vector<Indicator> measure_indicators(const Neighbourhoods& neighbourhoods,
                                          std::span<const std::uint32_t> order,
                                          const Groups& groups, std::span<const CountTable> counts,
                                          bool by_group, std::uint64_t seed) {
  std::vector<double> hardship(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    hardship[i] = disadvantage(neighbourhoods.middle[order[i]], seed, order[i]);
  }
  std::vector<Indicator> indicators;
  for (const CountTable& table : counts) {
    const double years = std::strtod(table.date.c_str(), nullptr) - 2025.0;
    for (std::size_t s = 0; s < sorts.size(); ++s) {
      const IndicatorSort& sort = sorts[s];
      const std::size_t group_count = sort.by_group && by_group ? groups.size() : 1;
      for (std::size_t g = 0; g < group_count; ++g) {
        if (g == 1 && sort.domain == Domain::legal_political) continue;  // they have the passport
        Indicator indicator{.id = std::string(sort.id),
                            .label = std::string(sort.label),
                            .unit = std::string(sort.unit),
                            .date = table.date,
                            .group = g == 0 ? "" : groups.nodes[g].id,
                            .domain = sort.domain,
                            .composition = false,
                            .values = {},
                            .base = {}};
        indicator.values.resize(order.size());
        indicator.base.resize(order.size());
        const double share = sort.mean / sort.per;
        const double middle = std::log(share / (1.0 - share)) + sort.yearly * years +
                              (g == 0 ? 0.0 : group_offset[g] * (sort.slope < 0.0 ? -1.0 : 1.0));
        const auto persons = table.group(static_cast<GroupIndex>(g));
        for_chunks(order.size(), grain, [&](std::size_t, std::size_t begin, std::size_t end) {
          for (std::size_t i = begin; i < end; ++i) {
            const std::uint64_t item = (std::uint64_t{order[i]} * sorts.size() + s) * 16 + g;
            RandomStream stream(seed ^ static_cast<std::uint64_t>(2025.0 + years),
                                static_cast<std::uint64_t>(Purpose::indicators), item);
            const Cell cell = measured(sort, persons[i], middle + sort.slope * hardship[i], stream);
            indicator.values[i] = cell.value;
            indicator.base[i] = cell.base;
          }
        });
        indicators.push_back(std::move(indicator));
      }
    }
  }
  return indicators;
}

}  // namespace quartier::study::sample
