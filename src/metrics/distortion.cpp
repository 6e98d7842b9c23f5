#include "metrics/distortion.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "metrics/environment_order.h"
#include "metrics/kernel_lanes.h"
#include "metrics/lanes.h"
#include "metrics/logarithm.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

/// Districts per chunk of the sweep.
constexpr std::size_t centre_grain = 16;

struct Step {
  double square = 0.0;  // of the distance, m²; −1 for the district itself
  std::uint32_t position = 0;
};

/// What the districts have in common.
struct City {
  CellOrder order;
  std::vector<double> log_share;  // ln P_k [padded]; 0 for groups that nobody belongs to
  TieRule ties = TieRule::ring_atomic;
  bool peopled = false;
};

/// Memory of one thread.
struct Scratch {
  std::vector<Step> steps;         // [m] by distance
  std::vector<double> persons;     // [m] everybody so far
  std::vector<double> divergence;  // [m] of everybody so far
};

QUARTIER_HOT void measure(const CellOrder& order, std::size_t centre, Step* steps) {
  const double x = order.x[centre];
  const double y = order.y[centre];
  for (std::size_t j = 0; j < order.size(); ++j) {
    const double dx = order.x[j] - x;
    const double dy = order.y[j] - y;
    steps[j] = {dx * dx + dy * dy, static_cast<std::uint32_t>(j)};
  }
  steps[centre].square = -1.0;
}

/// Persons and divergence of the first districts of the steps, for each number of them:
/// Σ_k q_k ln(q_k / P_k) = Σ_k c_k (ln c_k − ln P_k) / c − ln c.
QUARTIER_HOT void measure_prefixes(const City& city, Scratch& scratch) {
  const std::size_t m = scratch.steps.size();
  const std::size_t blocks = city.order.blocks;
  constexpr std::size_t batch = 64;
  double count[batch * 8];
  double sum[batch];
  std::fill(scratch.persons.begin(), scratch.persons.end(), 0.0);
  std::fill(scratch.divergence.begin(), scratch.divergence.end(), 0.0);
  for (std::size_t block = 0; block < blocks; ++block) {
    Eight running{};
    const double* log_share = city.log_share.data() + block * 8;
    for (std::size_t first = 0; first < m; first += batch) {
      const std::size_t size = std::min(batch, m - first);
      for (std::size_t s = 0; s < size; ++s) {
        Eight row;
        std::memcpy(&row, city.order.counts_of(scratch.steps[first + s].position) + block * 8,
                    sizeof(Eight));
        running += row;
        std::memcpy(count + s * 8, &running, sizeof(Eight));
      }
      for (std::size_t s = 0; s < size; ++s) {
        const double* c = count + s * 8;
        sum[s] = ((c[0] + c[4]) + (c[2] + c[6])) + ((c[1] + c[5]) + (c[3] + c[7]));
      }
      for (std::size_t c = 0; c < size * 8; ++c) {
        count[c] *= logarithm(count[c]) - log_share[c % 8];
      }
      for (std::size_t s = 0; s < size; ++s) {
        const double* c = count + s * 8;
        scratch.persons[first + s] += sum[s];
        scratch.divergence[first + s] +=
            ((c[0] + c[4]) + (c[2] + c[6])) + ((c[1] + c[5]) + (c[3] + c[7]));
      }
    }
  }
  for (std::size_t s = 0; s < m; ++s) {
    const double persons = scratch.persons[s];
    const double mean = scratch.divergence[s] / (persons > 0.0 ? persons : 1.0);
    const double divergence = mean - logarithm(persons > 0.0 ? persons : 1.0);
    scratch.divergence[s] = persons > 0.0 && divergence > 0.0 ? divergence : 0.0;
  }
}

City city_of(GroupColumns groups, std::span<const Point> places, TieRule ties) {
  City city;
  city.ties = ties;
  city.order = cell_order(groups, places, unreachable, 0.0);
  std::vector<double> totals(city.order.groups_padded(), 0.0);
  double everybody = 0.0;
  for (std::size_t p = 0; p < city.order.size(); ++p) {
    for (std::size_t k = 0; k < totals.size(); ++k) totals[k] += city.order.counts_of(p)[k];
    everybody += city.order.residents[p];
  }
  city.peopled = everybody > 0.0;
  for (const double total : totals) {
    city.log_share.push_back(total > 0.0 ? std::log(total / everybody) : 0.0);
  }
  return city;
}

Scratch scratch_for(const City& city) {
  const std::size_t m = city.order.size();
  return {std::vector<Step>(m), std::vector<double>(m), std::vector<double>(m)};
}

/// Fills scratch.divergence with the path of the district at `centre`.
void walk(const City& city, std::size_t centre, Scratch& scratch) {
  std::vector<Step>& steps = scratch.steps;
  measure(city.order, centre, steps.data());
  // With one cell the order is that of the districts: equal distances come in row order.
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) {
    return a.square < b.square || (a.square == b.square && a.position < b.position);
  });
  const auto by_row = [](const Step& a, const Step& b) { return a.position < b.position; };
  const auto each_ring = [&](const auto& use) {
    for (std::size_t first = 1; first < steps.size();) {
      const double reach = std::sqrt(steps[first].square) + same_distance_m;
      std::size_t end = first + 1;
      while (end < steps.size() && steps[end].square <= reach * reach) ++end;
      if (end - first > 1) use(first, end);
      first = end;
    }
  };
  if (city.ties == TieRule::row_order) {
    each_ring([&](std::size_t first, std::size_t end) {
      std::sort(steps.begin() + first, steps.begin() + end, by_row);
    });
  }
  measure_prefixes(city, scratch);
  if (city.ties == TieRule::ring_atomic) {
    each_ring([&](std::size_t first, std::size_t end) {
      std::fill(scratch.divergence.begin() + first, scratch.divergence.begin() + end,
                scratch.divergence[end - 1]);
    });
  }
}

}  // namespace

std::vector<double> distortions(GroupColumns groups, std::span<const Point> places, TieRule ties) {
  std::vector<double> values(district_count(groups), undefined);
  const City city = city_of(groups, places, ties);
  if (!city.peopled) return values;
  for_chunks(city.order.size(), centre_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    Scratch scratch = scratch_for(city);
    for (std::size_t centre = begin; centre < end; ++centre) {
      walk(city, centre, scratch);
      Lanes sum;
      sum.add(scratch.divergence.data(), scratch.divergence.size());
      values[city.order.district[centre]] = sum.value();
    }
  });
  return values;
}

double greatest_distortion(GroupColumns groups, std::size_t district_count) {
  std::vector<double> totals = group_totals(groups);
  std::sort(totals.begin(), totals.end());
  double everybody = 0.0;
  for (const double total : totals) everybody += total;
  if (!(everybody > 0.0)) return undefined;
  double sum = 0.0;
  double complete = 0.0;  // persons of the groups that lie wholly within
  std::size_t group = 0;
  for (std::size_t m = 1; m < district_count; ++m) {
    const double within = everybody * static_cast<double>(m) / static_cast<double>(district_count);
    while (group + 1 < totals.size() && complete + totals[group] <= within) {
      complete += totals[group];
      ++group;
    }
    const double rest = within - complete;
    // A group that lies within has the share X_k / s, against X_k / T in the city.
    sum += complete / within * std::log(everybody / within);
    if (rest > 0.0 && totals[group] > 0.0) {
      sum += rest / within * std::log(rest / within * (everybody / totals[group]));
    }
  }
  return std::max(0.0, sum);
}

std::vector<double> normalised_distortions(GroupColumns groups, std::span<const Point> places,
                                           TieRule ties) {
  std::size_t peopled_groups = 0;
  for (const double total : group_totals(groups)) peopled_groups += total > 0.0 ? 1U : 0U;
  std::vector<double> values = distortions(groups, places, ties);
  std::size_t taking_part = 0;
  for (const double value : values) taking_part += is_defined(value) ? 1U : 0U;
  const double greatest = peopled_groups > 1 ? greatest_distortion(groups, taking_part) : undefined;
  for (double& value : values) value = greatest > 0.0 ? value / greatest : undefined;
  return values;
}

std::vector<double> distortion_profile(GroupColumns groups, std::span<const Point> places,
                                       std::size_t district, TieRule ties) {
  expects(district < district_count(groups), "distortion_profile: one of the districts");
  const City city = city_of(groups, places, ties);
  if (!city.peopled) return {};
  for (std::size_t p = 0; p < city.order.size(); ++p) {
    if (city.order.district[p] != district) continue;
    Scratch scratch = scratch_for(city);
    walk(city, p, scratch);
    return scratch.divergence;
  }
  return {};
}

}  // namespace quartier::metrics
