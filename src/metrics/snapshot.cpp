#include "metrics/snapshot.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "metrics/lanes.h"
#include "metrics/logarithm.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr std::size_t block = 512;

/// The table a_i b_k x_ik of shares with its margins, for the hot loop.
struct Shares {
  const std::span<const double>* counts;
  std::size_t group_count;
  const double* unit_factor;   ///< a_i
  const double* group_factor;  ///< b_k, so that all cells add up to 1
  const double* unit_share;
  const double* group_share;
  double scale;  ///< 1, or E
};

/// For districts [begin, end) the sum of their cells' s ln(s / (r c)) / scale, and the same added
/// to `group_parts` [K]. An empty cell holds nothing.
QUARTIER_HOT void add_parts(const Shares& table, std::size_t begin, std::size_t end,
                            double* unit_parts, double* group_parts) {
  for (std::size_t from = begin; from < end; from += block) {
    const std::size_t count = std::min(block, end - from);
    double* parts = unit_parts + from;
    const double* factor = table.unit_factor + from;
    const double* margin = table.unit_share + from;
    std::array<double, block> part;
    for (std::size_t k = 0; k < table.group_count; ++k) {
      const double* x = table.counts[k].data() + from;
      const double group_factor = table.group_factor[k];
      const double group_share = table.group_share[k];
      for (std::size_t i = 0; i < count; ++i) {
        const double share = factor[i] * group_factor * x[i];
        const double chance = margin[i] * group_share;
        const double ratio = share > 0.0 ? share / chance : 1.0;
        part[i] = share * logarithm(ratio) / table.scale;
        parts[i] += part[i];
      }
      Lanes sum;
      sum.add(part.data(), count);
      group_parts[k] += sum.value();
    }
  }
}

}  // namespace

Snapshot snapshot(GroupColumns counts, std::span<const double> unit_factor,
                  std::span<const double> group_factor, ChangeOf of) {
  const std::size_t n = district_count(counts);
  expects(unit_factor.size() == n && group_factor.size() == counts.size(),
          "snapshot: a factor for each district and group");
  const std::size_t group_count = counts.size();
  Snapshot made;
  made.unit_part.assign(n, undefined);
  made.group_part.assign(group_count, undefined);
  std::vector<double> factors(group_factor.begin(), group_factor.end());
  double everyone = 0.0;
  for (std::size_t k = 0; k < group_count; ++k) {
    const double persons =
        factors[k] * sum_over(n, [&](std::size_t i) { return unit_factor[i] * counts[k][i]; });
    made.group_share.push_back(persons);
    everyone += persons;
  }
  if (everyone <= 0.0) {
    made.unit_share.assign(n, 0.0);
    return made;
  }
  double entropy = 0.0;
  for (std::size_t k = 0; k < group_count; ++k) {
    factors[k] /= everyone;
    made.group_share[k] /= everyone;
    entropy += information(made.group_share[k]);
  }
  made.unit_share = per_district(n, [&](std::size_t i) {
    double sum = 0.0;
    for (std::size_t k = 0; k < group_count; ++k) sum += factors[k] * counts[k][i];
    return unit_factor[i] * sum;
  });
  const double scale = of == ChangeOf::mutual_information ? 1.0 : entropy;
  if (scale <= 0.0) return made;

  const Shares table{counts.data(),
                     group_count,
                     unit_factor.data(),
                     factors.data(),
                     made.unit_share.data(),
                     made.group_share.data(),
                     scale};
  const std::size_t chunk_count = (n + sum_grain - 1) / sum_grain;
  std::vector<double> partials(chunk_count * group_count, 0.0);
  std::fill(made.unit_part.begin(), made.unit_part.end(), 0.0);
  for_chunks(n, sum_grain, [&](std::size_t chunk, std::size_t begin, std::size_t end) {
    add_parts(table, begin, end, made.unit_part.data(), partials.data() + chunk * group_count);
  });
  std::fill(made.group_part.begin(), made.group_part.end(), 0.0);
  for (std::size_t chunk = 0; chunk < chunk_count; ++chunk) {
    for (std::size_t k = 0; k < group_count; ++k) {
      made.group_part[k] += partials[chunk * group_count + k];
    }
  }
  made.index = total_of(made.unit_part);
  return made;
}

}  // namespace quartier::metrics
