#include "metrics/gap_decomposition.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "base/error.h"

namespace quartier::metrics {
namespace {

constexpr std::size_t most_factors = 16;

double persons_of(std::span<const double> group) { return compensated_sum(group); }

/// Persons of a group in districts that take part.
std::vector<double> persons_where(std::span<const double> group, const std::vector<bool>& part) {
  std::vector<double> persons(group.begin(), group.end());
  for (std::size_t i = 0; i < persons.size(); ++i) {
    if (!part[i]) persons[i] = 0.0;
  }
  return persons;
}

/// p_i − q_i; 0 where neither lives.
std::vector<double> share_differences(std::span<const double> group,
                                      std::span<const double> reference) {
  const double all = persons_of(group);
  const double all_reference = persons_of(reference);
  std::vector<double> difference(group.size());
  for (std::size_t i = 0; i < difference.size(); ++i) {
    difference[i] = group[i] / all - reference[i] / all_reference;
  }
  return difference;
}

/// Σ_i (p_i − q_i) A_i over districts that take part. Access is taken from its middle first: the
/// differences add up to 0 but for rounding, and a large mean would multiply that.
double gap_of(std::span<const double> difference, std::span<const double> access,
              const std::vector<bool>& part) {
  CompensatedSum mean;
  double count = 0.0;
  for (std::size_t i = 0; i < access.size(); ++i) {
    if (!part[i]) continue;
    mean.add(access[i]);
    count += 1.0;
  }
  const double middle = count > 0.0 ? mean.value() / count : 0.0;
  CompensatedSum sum;
  for (std::size_t i = 0; i < access.size(); ++i) {
    if (part[i]) sum.add(difference[i] * (access[i] - middle));
  }
  return sum.value();
}

std::vector<bool> finite_in(std::span<const double> access) {
  std::vector<bool> part(access.size());
  for (std::size_t i = 0; i < access.size(); ++i) part[i] = std::isfinite(access[i]);
  return part;
}

}  // namespace

std::vector<double> shapley_values(std::span<const double> value) {
  std::size_t factors = 0;
  while (factors < most_factors && (std::size_t{1} << factors) < value.size()) ++factors;
  expects(value.size() == std::size_t{1} << factors, "shapley_values: a value for every set");
  // weight[s] = s! (k − s − 1)! / k!, from weight[0] = 1 / k by s / (k − s)
  std::vector<double> weight(factors);
  for (std::size_t s = 0; s < factors; ++s) {
    weight[s] = s == 0 ? 1.0 / static_cast<double>(factors)
                       : weight[s - 1] * static_cast<double>(s) / static_cast<double>(factors - s);
  }
  std::vector<double> result(factors);
  for (std::size_t f = 0; f < factors; ++f) {
    const std::size_t bit = std::size_t{1} << f;
    CompensatedSum sum;
    for (std::size_t set = 0; set < value.size(); ++set) {
      if ((set & bit) != 0) continue;
      std::size_t size = 0;
      for (std::size_t rest = set; rest != 0; rest &= rest - 1) ++size;
      sum.add(weight[size] * (value[set | bit] - value[set]));
    }
    result[f] = sum.value();
  }
  return result;
}

std::vector<double> scaled_to_total(std::span<const double> access, std::span<const double> people,
                                    double total) {
  expects(access.size() == people.size(), "scaled_to_total: the same districts twice");
  CompensatedSum handed_out;
  for (std::size_t i = 0; i < access.size(); ++i) handed_out.add(people[i] * access[i]);
  std::vector<double> scaled(access.size(), 0.0);
  if (handed_out.value() == 0.0) return scaled;
  const double factor = total / handed_out.value();
  for (std::size_t i = 0; i < access.size(); ++i) scaled[i] = access[i] * factor;
  return scaled;
}

GapParts gap_decomposition(std::span<const double> group, std::span<const double> reference,
                           const AccessWorlds& worlds, LocationRole role) {
  const std::array<std::span<const double>, 4> access{
      worlds.even_uncrowded, worlds.actual_uncrowded, worlds.even_crowded, worlds.actual};
  std::vector<bool> part(group.size(), true);
  expects(reference.size() == group.size(), "gap_decomposition: the same districts throughout");
  for (const auto& world : access) {
    expects(world.size() == group.size(), "gap_decomposition: the same districts throughout");
    for (std::size_t i = 0; i < world.size(); ++i) part[i] = part[i] && std::isfinite(world[i]);
  }
  const std::vector<double> own = persons_where(group, part);
  const std::vector<double> others = persons_where(reference, part);
  GapParts result;
  if (persons_of(own) == 0.0 || persons_of(others) == 0.0) return result;
  const std::vector<double> difference = share_differences(own, others);

  // bit 0: services lie where they are; bit 1: places are shared by those in reach
  std::array<double, 4> gaps{};
  for (std::size_t w = 0; w < 4; ++w) gaps[w] = gap_of(difference, access[w], part);
  result.gap_if_even_uncrowded = gaps[0];
  result.gap_if_actual_uncrowded = gaps[1];
  result.gap_if_even_crowded = gaps[2];
  result.gap = gaps[3];
  if (role == LocationRole::given) {
    const std::vector<double> parts = shapley_values(gaps);
    result.where_people_live = gaps[0];
    result.where_services_are = parts[0];
    result.how_full = parts[1];
  } else {
    // bit 2: the group lives where it lives; without it there is no gap
    std::array<double, 8> all{};
    std::copy(gaps.begin(), gaps.end(), all.begin() + 4);
    const std::vector<double> parts = shapley_values(all);
    result.where_services_are = parts[0];
    result.how_full = parts[1];
    result.where_people_live = parts[2];
  }
  return result;
}

KitagawaParts kitagawa_decomposition(std::span<const double> group,
                                     std::span<const double> reference,
                                     std::span<const double> group_rate,
                                     std::span<const double> reference_rate) {
  const std::size_t strata = group.size();
  expects(
      reference.size() == strata && group_rate.size() == strata && reference_rate.size() == strata,
      "kitagawa_decomposition: the same strata throughout");
  KitagawaParts result;
  const double all = persons_of(group);
  const double all_reference = persons_of(reference);
  if (all == 0.0 || all_reference == 0.0) return result;
  CompensatedSum gap;
  CompensatedSum composition;
  CompensatedSum rates;
  for (std::size_t s = 0; s < strata; ++s) {
    const double p = group[s] / all;
    const double q = reference[s] / all_reference;
    if (p == 0.0 && q == 0.0) continue;
    const double a = p > 0.0 ? group_rate[s] : reference_rate[s];
    const double b = q > 0.0 ? reference_rate[s] : group_rate[s];
    expects(std::isfinite(a) && std::isfinite(b), "kitagawa_decomposition: finite rates");
    gap.add(p * a - q * b);
    composition.add((p - q) * (a + b) / 2.0);
    rates.add((p + q) / 2.0 * (a - b));
  }
  result.gap = gap.value();
  result.composition = composition.value();
  result.rates = rates.value();
  return result;
}

KitagawaParts nested_gap(std::span<const double> group, std::span<const double> reference,
                         std::span<const double> access, std::span<const std::uint32_t> area) {
  expects(reference.size() == group.size() && access.size() == group.size() &&
              area.size() == group.size(),
          "nested_gap: the same districts throughout");
  struct Sums {
    CompensatedSum persons;
    CompensatedSum weighted;
  };
  std::map<std::uint32_t, std::array<Sums, 2>> areas;
  for (std::size_t i = 0; i < access.size(); ++i) {
    if (!std::isfinite(access[i])) continue;
    std::array<Sums, 2>& sums = areas[area[i]];
    for (std::size_t side = 0; side < 2; ++side) {
      const double persons = side == 0 ? group[i] : reference[i];
      sums[side].persons.add(persons);
      sums[side].weighted.add(persons * access[i]);
    }
  }
  std::array<std::vector<double>, 2> persons;
  std::array<std::vector<double>, 2> rate;
  for (const auto& entry : areas) {
    for (std::size_t side = 0; side < 2; ++side) {
      const Sums& sums = entry.second[side];
      const double count = sums.persons.value();
      persons[side].push_back(count);
      rate[side].push_back(count > 0.0 ? sums.weighted.value() / count : undefined);
    }
  }
  return kitagawa_decomposition(persons[0], persons[1], rate[0], rate[1]);
}

std::vector<double> gap_contributions(std::span<const double> group,
                                      std::span<const double> reference,
                                      std::span<const double> access) {
  expects(reference.size() == group.size() && access.size() == group.size(),
          "gap_contributions: the same districts throughout");
  const std::vector<bool> part = finite_in(access);
  const std::vector<double> own = persons_where(group, part);
  const std::vector<double> others = persons_where(reference, part);
  std::vector<double> result(access.size(), undefined);
  const double all = persons_of(own);
  const double all_reference = persons_of(others);
  if (all == 0.0 || all_reference == 0.0) return result;
  CompensatedSum means;
  for (std::size_t i = 0; i < access.size(); ++i) {
    if (part[i]) means.add((own[i] / all + others[i] / all_reference) * access[i]);
  }
  const double middle = means.value() / 2.0;
  const std::vector<double> difference = share_differences(own, others);
  for (std::size_t i = 0; i < access.size(); ++i) {
    if (part[i]) result[i] = difference[i] * (access[i] - middle);
  }
  return result;
}

}  // namespace quartier::metrics
