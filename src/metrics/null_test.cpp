#include "metrics/null_test.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/parallel.h"
#include "base/random.h"
#include "metrics/null_draws.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

/// Draws of one task; a task keeps its memory from draw to draw.
constexpr std::size_t draw_grain = 8;

/// c ln c of whole numbers, from a table where they are small.
class CountLogs {
 public:
  explicit CountLogs(std::uint32_t largest) : values_(std::min(largest, limit) + 1, 0.0) {
    for (std::size_t c = 1; c < values_.size(); ++c) {
      values_[c] = static_cast<double>(c) * std::log(static_cast<double>(c));
    }
  }
  [[nodiscard]] double of(std::uint32_t count) const {
    if (count < values_.size()) return values_[count];
    return static_cast<double>(count) * std::log(static_cast<double>(count));
  }

 private:
  static constexpr std::uint32_t limit = 65535;
  std::vector<double> values_;
};

/// Sums over the districts for one group.
struct GroupSums {
  double deviation = 0.0;  ///< Σ |x T − t X|, whole numbers where they fit
  double own = 0.0;        ///< Σ x ln x
  double others = 0.0;     ///< Σ (t − x) ln(t − x)
};

/// In four lanes, added in a fixed order.
GroupSums group_sums(std::span<const std::uint32_t> column, std::span<const std::uint32_t> totals,
                     double members, double everyone, const CountLogs& logs) {
  constexpr std::size_t lanes = 4;
  std::array<GroupSums, lanes> part{};
  const auto add = [&](std::size_t i, GroupSums& sums) {
    const auto x = static_cast<double>(column[i]);
    const auto t = static_cast<double>(totals[i]);
    sums.deviation += std::abs(x * everyone - t * members);
    sums.own += logs.of(column[i]);
    sums.others += logs.of(totals[i] - column[i]);
  };
  std::size_t i = 0;
  for (; i + lanes <= column.size(); i += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) add(i + lane, part[lane]);
  }
  for (; i < column.size(); ++i) add(i, part[0]);
  return {(part[0].deviation + part[1].deviation) + (part[2].deviation + part[3].deviation),
          (part[0].own + part[1].own) + (part[2].own + part[3].own),
          (part[0].others + part[1].others) + (part[2].others + part[3].others)};
}

double times_log(double count) { return count > 0.0 ? count * std::log(count) : 0.0; }

/// D and H of every group against the rest, then D, H and M of all groups [2 K + 3]. With
/// L(c) = c ln c: T E H = Σ_i [L(x_i) + L(y_i) − L(t_i)] − L(X) − L(Y) + L(T), and T M likewise.
void indices_of(const DrawnCity& city, std::size_t group_count, const CountLogs& logs,
                std::span<double> indices) {
  const std::size_t n = city.totals.size();
  double everyone = 0.0;
  double in_districts = 0.0;
  for (const std::uint32_t total : city.totals) {
    everyone += total;
    in_districts += logs.of(total);
  }
  const double in_city = times_log(everyone);
  double deviation = 0.0;
  double shared = in_city - in_districts;
  double entropy = 0.0;
  double diversity = 0.0;
  std::fill(indices.begin(), indices.end(), undefined);
  for (std::size_t k = 0; k < group_count; ++k) {
    const auto column = std::span<const std::uint32_t>(city.counts).subspan(k * n, n);
    double members = 0.0;
    for (const std::uint32_t count : column) members += count;
    if (members <= 0.0) continue;
    const double rest = everyone - members;
    const GroupSums sums = group_sums(column, city.totals, members, everyone, logs);
    deviation += sums.deviation;
    shared += sums.own - times_log(members);
    entropy += information(members / everyone);
    diversity += members / everyone * (rest / everyone);
    if (rest <= 0.0) continue;
    const double alone = times_log(members) + times_log(rest);
    indices[2 * k] = within_unit(sums.deviation / (2.0 * members * rest));
    indices[2 * k + 1] =
        within_unit((sums.own + sums.others - in_districts - alone + in_city) / (in_city - alone));
  }
  if (everyone <= 0.0) return;
  const std::span<double> multigroup = indices.subspan(2 * group_count);
  multigroup[2] = std::max(0.0, shared / everyone);
  if (diversity <= 0.0) return;
  multigroup[0] = within_unit(deviation / (2.0 * everyone * everyone * diversity));
  multigroup[1] = within_unit(shared / everyone / entropy);
}

std::uint32_t largest_total(const NullDraws& source) {
  const auto& totals = source.observed().totals;
  const std::uint32_t largest = totals.empty() ? 0 : totals.back();
  return largest + static_cast<std::uint32_t>(16.0 * std::sqrt(static_cast<double>(largest))) + 64;
}

}  // namespace

double quantile(std::span<const double> ascending, double q) {
  if (ascending.empty()) return undefined;
  const double place = q * static_cast<double>(ascending.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, ascending.size() - 1);
  return ascending[below] +
         (place - static_cast<double>(below)) * (ascending[above] - ascending[below]);
}

NullDistribution distribution_of(double observed, std::vector<double> draws, std::uint64_t seed) {
  NullDistribution result;
  result.observed = observed;
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
  CompensatedSum squares;
  const double margin = std::max(1e-12, 1e-11 * std::abs(observed));
  double greater = 0.0;
  double less = 0.0;
  for (const double draw : known) {
    squares.add((draw - result.mean) * (draw - result.mean));
    if (draw >= observed - margin) greater += 1.0;
    if (draw <= observed + margin) less += 1.0;
  }
  if (known.size() > 1) result.standard_deviation = std::sqrt(squares.value() / (count - 1.0));
  result.p_greater = (greater + 1.0) / (count + 1.0);
  result.p_two_sided =
      std::min(1.0, 2.0 * std::min(result.p_greater, (less + 1.0) / (count + 1.0)));
  std::sort(known.begin(), known.end());
  result.lower = quantile(known, 0.025);
  result.upper = quantile(known, 0.975);
  return result;
}

NullTests null_tests(GroupColumns groups, NullModel model, std::uint32_t draws,
                     std::uint64_t seed) {
  const NullDraws source(groups, model, seed);
  const CountLogs logs(largest_total(source));
  const std::size_t width = 2 * groups.size() + 3;
  std::vector<double> seen(width);
  indices_of(source.observed(), groups.size(), logs, seen);
  std::vector<double> drawn(width * draws);
  for_chunks(draws, draw_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    DrawnCity city;
    for (std::size_t d = begin; d < end; ++d) {
      source.draw(static_cast<std::uint32_t>(d), city);
      indices_of(city, groups.size(), logs, std::span(drawn).subspan(d * width, width));
    }
  });
  const auto of = [&](std::size_t index) {
    std::vector<double> values(draws);
    for (std::size_t d = 0; d < draws; ++d) values[d] = drawn[d * width + index];
    return distribution_of(seen[index], std::move(values), seed);
  };
  NullTests tests;
  for (std::size_t k = 0; k < groups.size(); ++k) {
    tests.dissimilarity.push_back(of(2 * k));
    tests.theil_h.push_back(of(2 * k + 1));
  }
  tests.multigroup_dissimilarity = of(2 * groups.size());
  tests.multigroup_theil_h = of(2 * groups.size() + 1);
  tests.mutual_information = of(2 * groups.size() + 2);
  return tests;
}

NullDistribution null_test(GroupColumns groups, NullModel model, std::uint32_t draws,
                           std::uint64_t seed, const CountIndex& index) {
  const NullDraws source(groups, model, seed);
  std::vector<double> values(draws);
  for_chunks(draws, draw_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    DrawnCity city;
    std::vector<std::vector<double>> columns;
    for (std::size_t d = begin; d < end; ++d) {
      source.draw(static_cast<std::uint32_t>(d), city);
      source.unpack(city, columns);
      values[d] = index(std::vector<std::span<const double>>(columns.begin(), columns.end()));
    }
  });
  return distribution_of(index(groups), std::move(values), seed);
}

NullDistribution geographic_permutation_test(
    std::size_t place_count, std::uint32_t draws, std::uint64_t seed,
    const std::function<double(std::span<const DistrictIndex>)>& index) {
  std::vector<DistrictIndex> in_place(place_count);
  std::iota(in_place.begin(), in_place.end(), DistrictIndex{0});
  std::vector<double> values(draws);
  for_chunks(draws, draw_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    std::vector<DistrictIndex> from;
    for (std::size_t d = begin; d < end; ++d) {
      from = in_place;
      RandomStream random(seed, d);
      for (std::size_t left = place_count; left > 1; --left) {
        std::swap(from[left - 1], from[random.below(static_cast<std::uint32_t>(left))]);
      }
      values[d] = index(from);
    }
  });
  return distribution_of(index(in_place), std::move(values), seed);
}

}  // namespace quartier::metrics
