#include "metrics/bootstrap.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/parallel.h"
#include "base/random.h"
#include "metrics/count_draws.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

void resample_districts(GroupColumns groups, std::uint64_t seed, std::uint32_t draw,
                        std::vector<std::vector<double>>& columns) {
  for (std::size_t i = 0; i < groups.front().size(); ++i) {
    double left = 0.0;
    for (const auto& group : groups) left += group[i];
    double open = left;
    RandomStream random(seed, draw, i);
    for (std::size_t k = 0; k < groups.size(); ++k) {
      const double members = groups[k][i];
      columns[k][i] = members > 0.0 ? binomial_draw(random, left, members / open) : 0.0;
      left -= columns[k][i];
      open -= members;
    }
  }
}

void resample_groups(GroupColumns groups, std::uint64_t seed, std::uint32_t draw,
                     std::vector<std::vector<double>>& columns) {
  for (std::size_t k = 0; k < groups.size(); ++k) {
    double left = total_of(groups[k]);
    double open = left;
    RandomStream random(seed, draw, k);
    for (std::size_t i = 0; i < groups[k].size(); ++i) {
      const double members = groups[k][i];
      columns[k][i] = members > 0.0 ? binomial_draw(random, left, members / open) : 0.0;
      left -= columns[k][i];
      open -= members;
    }
  }
}

}  // namespace

std::string_view id_of(Resampling resampling) {
  return resampling == Resampling::within_groups ? "within_groups" : "within_districts";
}

BootstrapResult bootstrap_of(double observed, std::vector<double> draws, std::uint64_t seed,
                             double level) {
  expects(level > 0.0 && level < 1.0, "bootstrap: a level between 0 and 1");
  BootstrapResult result;
  result.observed = observed;
  result.level = level;
  result.seed = seed;
  std::vector<double> known;
  for (const double draw : draws) {
    if (is_defined(draw)) known.push_back(draw);
  }
  result.draws = std::move(draws);
  result.draw_count = static_cast<std::uint32_t>(known.size());
  if (!is_defined(observed) || known.empty()) return result;

  const auto count = static_cast<double>(known.size());
  result.mean = compensated_sum(known) / count;
  result.corrected = 2.0 * observed - result.mean;
  CompensatedSum squares;
  for (const double draw : known) squares.add((draw - result.mean) * (draw - result.mean));
  if (known.size() > 1) result.standard_error = std::sqrt(squares.value() / (count - 1.0));
  std::sort(known.begin(), known.end());
  result.lower = quantile(known, (1.0 - level) / 2.0);
  result.upper = quantile(known, (1.0 + level) / 2.0);
  result.basic_lower = 2.0 * observed - result.upper;
  result.basic_upper = 2.0 * observed - result.lower;
  return result;
}

void resample(GroupColumns groups, Resampling resampling, std::uint64_t seed, std::uint32_t draw,
              std::vector<std::vector<double>>& columns) {
  columns.resize(groups.size());
  for (auto& column : columns) column.resize(district_count(groups));
  if (groups.empty()) return;
  if (resampling == Resampling::within_districts) {
    resample_districts(groups, seed, draw, columns);
  } else {
    resample_groups(groups, seed, draw, columns);
  }
}

BootstrapResult bootstrap(GroupColumns groups, Resampling resampling, std::uint32_t draws,
                          std::uint64_t seed, double level, const CountIndex& index) {
  static_cast<void>(district_count(groups));
  for (const auto& group : groups) {
    for (const double count : group) {
      expects(count >= 0.0 && count == std::floor(count), "bootstrap: whole numbers of persons");
    }
  }
  std::vector<double> values(draws);
  for_chunks(draws, 8, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::vector<std::vector<double>> columns;
    for (std::size_t d = begin; d < end; ++d) {
      resample(groups, resampling, seed, static_cast<std::uint32_t>(d), columns);
      values[d] = index(std::vector<std::span<const double>>(columns.begin(), columns.end()));
    }
  });
  return bootstrap_of(index(groups), std::move(values), seed, level);
}

}  // namespace quartier::metrics
