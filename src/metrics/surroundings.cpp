#include "metrics/surroundings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>

#include "base/error.h"
#include "base/number.h"
#include "metrics/lanes.h"
#include "metrics/logarithm.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr std::size_t block = 512;

/// Sums of one group over a chunk of districts.
struct GroupSums {
  double residents = 0.0;
  double deviation = 0.0;
  double squares = 0.0;
  double diversity = 0.0;
  double information = 0.0;
  double rest_information = 0.0;
  double mean = 0.0;

  GroupSums& operator+=(const GroupSums& other) {
    residents += other.residents;
    deviation += other.deviation;
    squares += other.squares;
    diversity += other.diversity;
    information += other.information;
    rest_information += other.rest_information;
    mean += other.mean;
    return *this;
  }
};

QUARTIER_HOT GroupSums sums_of(const double* residents, const double* shares, double in_city,
                               std::size_t count) {
  Lanes all;
  Lanes deviation;
  Lanes squares;
  Lanes diversity;
  Lanes information;
  Lanes rest_information;
  Lanes mean;
  std::array<std::array<double, block>, 7> terms;
  for (std::size_t first = 0; first < count; first += block) {
    const std::size_t size = std::min(block, count - first);
    for (std::size_t i = 0; i < size; ++i) {
      const double given = shares[first + i];
      const bool defined = given == given;
      const double t = defined ? residents[first + i] : 0.0;
      const double q = defined ? given : 0.0;
      const double rest = 1.0 - q;
      const double apart = q - in_city;
      terms[0][i] = t;
      terms[1][i] = t * std::abs(apart);
      terms[2][i] = t * (apart * apart);
      terms[3][i] = t * (q * rest);
      terms[4][i] = t * (q * logarithm(q));
      terms[5][i] = t * (rest * logarithm(rest));
      terms[6][i] = t * q;
    }
    all.add(terms[0].data(), size);
    deviation.add(terms[1].data(), size);
    squares.add(terms[2].data(), size);
    diversity.add(terms[3].data(), size);
    information.add(terms[4].data(), size);
    rest_information.add(terms[5].data(), size);
    mean.add(terms[6].data(), size);
  }
  return {all.value(),          deviation.value(),         squares.value(), diversity.value(),
          -information.value(), -rest_information.value(), mean.value()};
}

void expect_same_districts(const Surroundings& s) {
  expects(s.shares.size() == s.composition.size(), "surroundings: as many groups as in the city");
  for (const auto& shares : s.shares) {
    expects(shares.size() == s.residents.size(), "surroundings: the same districts in each group");
  }
}

/// I of the city; `undefined` where fewer than two groups have members.
double city_diversity(std::span<const double> composition) {
  double diversity = 0.0;
  for (const double share : composition) diversity += share * (1.0 - share);
  return diversity > 0.0 ? diversity : undefined;
}

double sum_of(std::span<const double> terms) {
  double sum = 0.0;
  for (const double term : terms) sum += term;
  return sum;
}

/// part / whole; `undefined` where the whole is not above 0.
double over(double part, double whole) { return whole > 0.0 ? part / whole : undefined; }

/// T P (1 − P), what an index of one group is divided by.
double group_scale(const SurroundingsSums& s, std::size_t group) {
  expects(group < s.composition.size(), "surroundings: a group of the composition");
  return s.residents * s.composition[group] * (1.0 - s.composition[group]);
}

double entropy_of_two(double share) { return information(share) + information(1.0 - share); }

}  // namespace

Surroundings own_districts(GroupColumns groups) {
  Surroundings s;
  s.residents = district_totals(groups);
  s.composition = city_composition(groups);
  for (const auto& group : groups) {
    s.shares.push_back(per_district(group.size(), [&](std::size_t i) {
      return s.residents[i] > 0.0 ? group[i] / s.residents[i] : undefined;
    }));
  }
  return s;
}

SurroundingsSums surroundings_sums(const Surroundings& s) {
  expect_same_districts(s);
  SurroundingsSums sums;
  sums.composition = s.composition;
  for (std::size_t k = 0; k < s.shares.size(); ++k) {
    const GroupSums group = sum_chunks(
        s.residents.size(), sum_grain, GroupSums{}, [&](std::size_t begin, std::size_t end) {
          return sums_of(s.residents.data() + begin, s.shares[k].data() + begin, s.composition[k],
                         end - begin);
        });
    sums.residents = group.residents;
    sums.deviation.push_back(group.deviation);
    sums.squares.push_back(group.squares);
    sums.diversity.push_back(group.diversity);
    sums.information.push_back(group.information);
    sums.rest_information.push_back(group.rest_information);
    sums.mean.push_back(group.mean);
  }
  return sums;
}

double spatial_dissimilarity(const SurroundingsSums& s) {
  return over(sum_of(s.deviation), 2.0 * s.residents * city_diversity(s.composition));
}

double spatial_theil_entropy(const SurroundingsSums& s) {
  double entropy = 0.0;
  for (const double share : s.composition) entropy += information(share);
  return 1.0 - over(sum_of(s.information), s.residents * entropy);
}

double spatial_relative_diversity(const SurroundingsSums& s) {
  return 1.0 - over(sum_of(s.diversity), s.residents * city_diversity(s.composition));
}

double spatial_squared_variation(const SurroundingsSums& s) {
  if (!is_defined(city_diversity(s.composition))) return undefined;
  double sum = 0.0;
  for (std::size_t k = 0; k < s.composition.size(); ++k) {
    if (s.composition[k] > 0.0) sum += s.squares[k] / s.composition[k];
  }
  return over(sum, s.residents * static_cast<double>(s.composition.size() - 1));
}

double spatial_divergence(const SurroundingsSums& s) {
  double sum = 0.0;
  for (std::size_t k = 0; k < s.composition.size(); ++k) {
    if (s.composition[k] > 0.0) sum -= s.information[k] + s.mean[k] * std::log(s.composition[k]);
  }
  const double mean = over(sum, s.residents);
  return is_defined(mean) ? std::max(0.0, mean) : undefined;
}

double spatial_dissimilarity(const SurroundingsSums& s, std::size_t group) {
  const double scale = group_scale(s, group);
  return over(s.deviation[group], 2.0 * scale);
}

double spatial_theil_entropy(const SurroundingsSums& s, std::size_t group) {
  if (!(group_scale(s, group) > 0.0)) return undefined;
  return 1.0 - over(s.information[group] + s.rest_information[group],
                    s.residents * entropy_of_two(s.composition[group]));
}

double spatial_relative_diversity(const SurroundingsSums& s, std::size_t group) {
  const double scale = group_scale(s, group);
  return 1.0 - over(s.diversity[group], scale);
}

double spatial_divergence(const SurroundingsSums& s, std::size_t group) {
  if (!(group_scale(s, group) > 0.0)) return undefined;
  const double share = s.composition[group];
  const double sum = s.information[group] + s.rest_information[group] +
                     s.mean[group] * std::log(share) +
                     (s.residents - s.mean[group]) * std::log(1.0 - share);
  return std::max(0.0, -sum / s.residents);
}

double spatial_gini(const Surroundings& s, std::size_t group) {
  expect_same_districts(s);
  expects(group < s.shares.size(), "surroundings: a group of the composition");
  struct Ranked {
    double share;
    double residents;
  };
  std::vector<Ranked> order;
  order.reserve(s.residents.size());
  for (std::size_t i = 0; i < s.residents.size(); ++i) {
    if (s.residents[i] > 0.0 && is_defined(s.shares[group][i])) {
      order.push_back({s.shares[group][i], s.residents[i]});
    }
  }
  std::sort(order.begin(), order.end(), [](const Ranked& a, const Ranked& b) {
    return a.share != b.share ? a.share < b.share : a.residents < b.residents;
  });
  double area = 0.0;
  double group_below = 0.0;
  double rest_below = 0.0;
  for (const Ranked& ranked : order) {
    const double x = ranked.residents * ranked.share;
    const double y = ranked.residents * (1.0 - ranked.share);
    area += x * rest_below - y * group_below;
    group_below += x;
    rest_below += y;
  }
  const double all = group_below + rest_below;
  const double in_city = s.composition[group];
  return over(area, all * all * in_city * (1.0 - in_city));
}

double spatial_gini(const Surroundings& s) {
  const double diversity = city_diversity(s.composition);
  if (!is_defined(diversity)) return undefined;
  std::vector<double> weighted(s.composition.size(), 0.0);
  for_chunks(weighted.size(), 1, [&](std::size_t k, std::size_t, std::size_t) {
    const double weight = s.composition[k] * (1.0 - s.composition[k]);
    if (weight > 0.0) weighted[k] = weight * spatial_gini(s, k);
  });
  return sum_of(weighted) / diversity;
}

double spatial_atkinson(const Surroundings& s, std::size_t group, double b) {
  expect_same_districts(s);
  expects(group < s.shares.size(), "surroundings: a group of the composition");
  expects(b > 0.0 && b < 1.0, "Atkinson index: b between 0 and 1");
  const auto& shares = s.shares[group];
  const auto counts = [&](std::size_t i) { return s.residents[i] > 0.0 && is_defined(shares[i]); };
  const double persons =
      sum_over(shares.size(), [&](std::size_t i) { return counts(i) ? s.residents[i] : 0.0; });
  const double sum = sum_over(shares.size(), [&](std::size_t i) {
    if (!counts(i) || shares[i] <= 0.0 || shares[i] >= 1.0) return 0.0;
    if (b == 0.5) return s.residents[i] * std::sqrt(shares[i] * (1.0 - shares[i]));
    return s.residents[i] * std::pow(1.0 - shares[i], 1.0 - b) * std::pow(shares[i], b);
  });
  const double in_city = s.composition[group];
  if (!(in_city > 0.0) || !(in_city < 1.0) || !(persons > 0.0)) return undefined;
  return 1.0 - in_city / (1.0 - in_city) * std::pow(sum / (in_city * persons), 1.0 / (1.0 - b));
}

std::vector<double> spatial_exposures(GroupColumns groups, const Surroundings& s) {
  expect_same_districts(s);
  expects(groups.size() == s.shares.size() && district_count(groups) == s.residents.size(),
          "spatial_exposures: the counts that the surroundings were made from");
  const std::size_t group_count = groups.size();
  std::vector<double> exposures(group_count * group_count, undefined);
  for_chunks(group_count, 1, [&](std::size_t k, std::size_t, std::size_t) {
    const auto& own = s.shares[k];
    const double persons = sum_over(
        own.size(), [&](std::size_t i) { return is_defined(own[i]) ? groups[k][i] : 0.0; });
    for (std::size_t l = 0; l < group_count; ++l) {
      const auto& other = s.shares[l];
      const double met = sum_over(other.size(), [&](std::size_t i) {
        return is_defined(other[i]) ? groups[k][i] * other[i] : 0.0;
      });
      exposures[k * group_count + l] = over(met, persons);
    }
  });
  return exposures;
}

double spatial_correlation_ratio(std::span<const double> exposures,
                                 std::span<const double> composition, std::size_t group) {
  expects(group < composition.size() && exposures.size() == composition.size() * composition.size(),
          "spatial_correlation_ratio: the exposures of these groups");
  const double in_city = composition[group];
  return over(exposures[group * composition.size() + group] - in_city, 1.0 - in_city);
}

double spatial_normalised_exposure(std::span<const double> exposures,
                                   std::span<const double> composition) {
  if (!is_defined(city_diversity(composition))) return undefined;
  double sum = 0.0;
  for (std::size_t k = 0; k < composition.size(); ++k) {
    if (composition[k] > 0.0) {
      sum += composition[k] * spatial_correlation_ratio(exposures, composition, k);
    }
  }
  return sum;
}

}  // namespace quartier::metrics
