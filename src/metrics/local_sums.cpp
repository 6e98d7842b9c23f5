#include "metrics/local_sums.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/parallel.h"

namespace quartier::metrics {
namespace {

constexpr std::size_t district_grain = 256;
constexpr double rounding_of_sum = 1e-12;

using Steps = std::array<std::int32_t, draw_lanes>;

/// Σ_r a of the picked positions, lane by lane, in whole steps.
QUARTIER_HOT void add_steps(const std::int32_t* step, const std::uint32_t* picks,
                            std::uint32_t degree, DrawnSums& sums) {
  Steps whole{};
  for (std::uint32_t r = 0; r < degree; ++r) {
    const std::uint32_t* line = picks + std::size_t{r} * draw_lanes;
    for (std::uint32_t lane = 0; lane < draw_lanes; ++lane) {
      whole[lane] += step[static_cast<std::int32_t>(line[lane])];
    }
  }
  for (std::uint32_t lane = 0; lane < draw_lanes; ++lane) sums[lane] = whole[lane];
}

/// Σ_r w_r a of the picked positions, lane by lane.
QUARTIER_HOT void add_weighted(const std::int32_t* step, const std::uint32_t* picks,
                               const double* weight, std::uint32_t degree, DrawnSums& sums) {
  sums.fill(0.0);
  for (std::uint32_t r = 0; r < degree; ++r) {
    const std::uint32_t* line = picks + std::size_t{r} * draw_lanes;
    const double w = weight[r];
    for (std::uint32_t lane = 0; lane < draw_lanes; ++lane) {
      sums[lane] += w * static_cast<double>(step[static_cast<std::int32_t>(line[lane])]);
    }
  }
}

/// Adds scale · Σ_r w_r (own − a)² of the picked positions, lane by lane.
QUARTIER_HOT void add_squares(const std::int32_t* step, std::int32_t own,
                              const std::uint32_t* picks, const double* weight,
                              std::uint32_t degree, double scale, DrawnSums& sums) {
  DrawnSums squares{};
  for (std::uint32_t r = 0; r < degree; ++r) {
    const std::uint32_t* line = picks + std::size_t{r} * draw_lanes;
    const double w = weight[r];
    for (std::uint32_t lane = 0; lane < draw_lanes; ++lane) {
      const std::int32_t apart = step[static_cast<std::int32_t>(line[lane])] - own;
      const auto difference = static_cast<double>(apart);
      squares[lane] += w * (difference * difference);
    }
  }
  for (std::uint32_t lane = 0; lane < draw_lanes; ++lane) sums[lane] += scale * squares[lane];
}

struct Counts {
  std::uint32_t at_least = 0;
  std::uint32_t at_most = 0;
};

QUARTIER_HOT Counts count_beyond(const DrawnSums& sums, std::uint32_t count, double least,
                                 double most) {
  Counts counts;
  for (std::uint32_t lane = 0; lane < count; ++lane) {
    counts.at_least += sums[lane] >= least ? 1U : 0U;
    counts.at_most += sums[lane] <= most ? 1U : 0U;
  }
  return counts;
}

/// How many draws are as far out as what is seen, in the sense of `tail`.
std::uint32_t beyond(const Counts& counts, Tail tail) {
  if (tail == Tail::upper) return counts.at_least;
  if (tail == Tail::lower) return counts.at_most;
  return std::min(counts.at_least, counts.at_most);
}

/// The tail of the sum that belongs to a tail of the statistic.
Tail tail_of_sum(Tail tail, RowTest test) {
  if (test != RowTest::negative) return tail;
  if (tail == Tail::upper) return Tail::lower;
  return tail == Tail::lower ? Tail::upper : tail;
}

double p_of_row(const LocalSum& sum, NeighbourDraws& draws, std::size_t row, Tail tail,
                const AssociationSettings& settings) {
  const SeenSum seen = sum.seen(row);
  const double least = seen.value - seen.slack;
  const double most = seen.value + seen.slack;
  const std::uint32_t enough = settings.stop_after;
  const double sides = tail == Tail::two_sided ? 2.0 : 1.0;
  Counts counts;
  DrawnSums sums;
  for (std::uint32_t first = 0; first < settings.permutations; first += draw_lanes) {
    sum.drawn(row, draws.draw(row, first), sums);
    const std::uint32_t count = std::min(settings.permutations - first, draw_lanes);
    const Counts more = count_beyond(sums, count, least, most);
    const Counts after{counts.at_least + more.at_least, counts.at_most + more.at_most};
    if (enough == 0 || beyond(after, tail) < enough) {
      counts = after;
      continue;
    }
    for (std::uint32_t lane = 0; lane < count; ++lane) {
      counts.at_least += sums[lane] >= least ? 1U : 0U;
      counts.at_most += sums[lane] <= most ? 1U : 0U;
      if (beyond(counts, tail) < enough) continue;
      return std::min(1.0, sides * static_cast<double>(enough) / (first + lane + 1.0));
    }
  }
  return permutation_p(counts.at_least, counts.at_most, settings.permutations, tail);
}

}  // namespace

// Each step is rounded by at most a half, in the sum seen and in the one drawn: sums that are equal
// before rounding differ by at most one step per unit of weight.
SeenSum LinearSum::seen(std::size_t row) const {
  const std::uint32_t begin = hoods_.weights.start[row];
  const std::uint32_t end = hoods_.weights.start[row + 1];
  SeenSum seen;
  if (is_defined(hoods_.row_weight[row]) && end - begin <= most_lined_neighbours) {
    for (std::uint32_t l = begin; l < end; ++l) {
      seen.value += a_.step[hoods_.weights.neighbour[l]];
    }
    seen.slack = end - begin;
    return seen;
  }
  for (std::uint32_t l = begin; l < end; ++l) {
    seen.value += hoods_.weights.weight[l] * a_.step[hoods_.weights.neighbour[l]];
    seen.slack += std::abs(hoods_.weights.weight[l]);
  }
  return seen;
}

void LinearSum::drawn(std::size_t row, std::span<const std::uint32_t> picks,
                      DrawnSums& sums) const {
  const std::uint32_t degree = hoods_.degree(row);
  if (is_defined(hoods_.row_weight[row]) && degree <= most_lined_neighbours) {
    add_steps(a_.step.data(), picks.data(), degree, sums);
  } else {
    add_weighted(a_.step.data(), picks.data(),
                 hoods_.weights.weight.data() + hoods_.weights.start[row], degree, sums);
  }
}

// A difference of two steps is off by at most 1, its square by 2 |d| + 1; by Cauchy and Schwarz the
// weighted squares by 2 √(W S) + W, in the sum seen and in the one drawn.
SeenSum SquaredDifferences::seen(std::size_t row) const {
  SeenSum seen;
  for (const Deviations& a : a_) {
    double squares = 0.0;
    double weight = 0.0;
    for (std::uint32_t l = hoods_.weights.start[row]; l < hoods_.weights.start[row + 1]; ++l) {
      const double difference = a.step[hoods_.weights.neighbour[l]] - a.step[row];
      squares += hoods_.weights.weight[l] * (difference * difference);
      weight += std::abs(hoods_.weights.weight[l]);
    }
    const double scale = a.unit * a.unit / a.square_sum;
    seen.value += scale * squares;
    seen.slack += scale * 2.0 * (2.0 * std::sqrt(weight * std::abs(squares)) + weight);
  }
  seen.slack += rounding_of_sum * std::abs(seen.value);
  return seen;
}

void SquaredDifferences::drawn(std::size_t row, std::span<const std::uint32_t> picks,
                               DrawnSums& sums) const {
  sums.fill(0.0);
  for (const Deviations& a : a_) {
    add_squares(a.step.data(), a.step[row], picks.data(),
                hoods_.weights.weight.data() + hoods_.weights.start[row], hoods_.degree(row),
                a.unit * a.unit / a.square_sum, sums);
  }
}

SeenSum ProductOfSums::seen(std::size_t row) const {
  const SeenSum a = first_.seen(row);
  const SeenSum b = second_.seen(row);
  return {a.value * b.value,
          a.slack * std::abs(b.value) + b.slack * std::abs(a.value) + a.slack * b.slack};
}

void ProductOfSums::drawn(std::size_t row, std::span<const std::uint32_t> picks,
                          DrawnSums& sums) const {
  DrawnSums second;
  first_.drawn(row, picks, sums);
  second_.drawn(row, picks, second);
  for (std::uint32_t lane = 0; lane < draw_lanes; ++lane) sums[lane] *= second[lane];
}

std::vector<double> conditional_p_values(const Neighbourhoods& hoods, const LocalSum& sum,
                                         std::span<const RowTest> tests,
                                         const AssociationSettings& settings) {
  std::vector<double> p_values(hoods.district_count, undefined);
  if (settings.permutations == 0 || hoods.size() < 2) return p_values;
  for_chunks(hoods.size(), district_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    NeighbourDraws draws(hoods, settings.seed);
    for (std::size_t row = begin; row < end; ++row) {
      const RowTest test = tests.empty() ? RowTest::sum : tests[row];
      if (hoods.degree(row) == 0 || test == RowTest::none) continue;
      double& p = p_values[hoods.district[row]];
      p = test == RowTest::unaffected
              ? 1.0
              : p_of_row(sum, draws, row, tail_of_sum(settings.tail, test), settings);
    }
  });
  return p_values;
}

}  // namespace quartier::metrics
