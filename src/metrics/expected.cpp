#include "metrics/expected.h"

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "metrics/expected_mass.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

/// Distinct sizes per chunk of the loops.
constexpr std::size_t class_grain = 8;

void check_model(NullModel model) {
  expects(model != NullModel::systematic, "expected value: of evenness or permutation");
}

bool whole(std::span<const double> counts) {
  bool all = true;
  for (const double count : counts) all = all && count == std::floor(count);
  return all;
}

/// What the indices need to know of a city.
struct Margins {
  std::vector<SizeClass> classes;
  std::vector<double> groups;  ///< X_k
  double total = 0.0;
  double districts = 0.0;  ///< with people
  bool usable = false;     ///< whole numbers, somebody counted
};

Margins margins_of(GroupColumns groups) {
  Margins margins;
  const std::vector<double> totals = district_totals(groups);
  margins.groups = group_totals(groups);
  margins.usable = true;
  for (const auto& group : groups) margins.usable = margins.usable && whole(group);
  for (const double persons : margins.groups) margins.total += persons;
  margins.usable = margins.usable && margins.total > 0.0;
  if (!margins.usable) return margins;
  margins.classes = size_classes(totals);
  for (const SizeClass& sizes : margins.classes) margins.districts += sizes.districts;
  return margins;
}

Margins margins_of(std::span<const double> group, std::span<const double> reference) {
  return margins_of(std::array<std::span<const double>, 2>{group, reference});
}

bool mixed(const Margins& margins, std::size_t k) {
  return margins.usable && margins.groups[k] > 0.0 && margins.groups[k] < margins.total;
}

/// Σ over the districts of term(size) for each distinct size, in the order of sizes.
template <typename Term>
double sum_over_sizes(const Margins& margins, const Term& term) {
  std::vector<double> terms(margins.classes.size());
  for_chunks(terms.size(), class_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t c = begin; c < end; ++c) {
      terms[c] = margins.classes[c].districts * term(margins.classes[c].size);
    }
  });
  return compensated_sum(terms);
}

/// Means over chance of what the indices are made of, summed over districts.
struct GroupMeans {
  double deviation = 0.0;         ///< Σ E|x − t P|
  double information = 0.0;       ///< Σ E[x ln(p / P)]
  double rest_information = 0.0;  ///< Σ E[(t − x) ln((1 − p) / (1 − P))]
};

GroupMeans means_of(const ChanceCount& count, MassTable& table) {
  fill_mass(count, table);
  const double mean = count.mean();
  const double rest_mean = count.size * ((count.total - count.group) / count.total);
  CompensatedSum information;
  CompensatedSum rest;
  double x = table.first;
  for (const double mass : table.mass) {
    information.add(mass * deviance(x, mean));
    rest.add(mass * deviance(count.size - x, rest_mean));
    x += 1.0;
  }
  return {mean_deviation(count), information.value(), rest.value()};
}

/// For each group; the last of two is the rest of the first.
std::vector<GroupMeans> group_means(const Margins& margins, std::size_t count, NullModel model) {
  std::vector<std::vector<GroupMeans>> means(count,
                                             std::vector<GroupMeans>(margins.classes.size()));
  for_chunks(
      margins.classes.size(), class_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
        MassTable table;
        for (std::size_t c = begin; c < end; ++c) {
          for (std::size_t k = 0; k < count; ++k) {
            if (!mixed(margins, k)) continue;
            means[k][c] =
                means_of({margins.total, margins.groups[k], margins.classes[c].size, model}, table);
          }
        }
      });
  std::vector<GroupMeans> sums(count);
  for (std::size_t k = 0; k < count; ++k) {
    std::array<CompensatedSum, 3> sum;
    for (std::size_t c = 0; c < margins.classes.size(); ++c) {
      const double districts = margins.classes[c].districts;
      sum[0].add(districts * means[k][c].deviation);
      sum[1].add(districts * means[k][c].information);
      sum[2].add(districts * means[k][c].rest_information);
    }
    sums[k] = {sum[0].value(), sum[1].value(), sum[2].value()};
  }
  return sums;
}

double ratio_of_variances(const Margins& margins, NullModel model) {
  if (model == NullModel::evenness) return margins.districts / margins.total;
  return (margins.districts - 1.0) / (margins.total - 1.0);
}

ExpectedPair pair_of(const Margins& margins, std::size_t k, const GroupMeans& means,
                     NullModel model) {
  if (!mixed(margins, k)) return {undefined, undefined, undefined, undefined};
  const double share = margins.groups[k] / margins.total;
  const double rest = (margins.total - margins.groups[k]) / margins.total;
  const double entropy = information(share) + information(rest);
  const double ratio = ratio_of_variances(margins, model);
  return {within_unit(means.deviation / (2.0 * margins.total * share * rest)),
          within_unit((means.information + means.rest_information) / (margins.total * entropy)),
          ratio, share + rest * ratio};
}

}  // namespace

double expected_dissimilarity(std::span<const double> group, std::span<const double> reference,
                              NullModel model) {
  check_model(model);
  const Margins margins = margins_of(group, reference);
  if (!mixed(margins, 0)) return undefined;
  const double deviation = sum_over_sizes(margins, [&](double size) {
    return mean_deviation({margins.total, margins.groups[0], size, model});
  });
  return within_unit(deviation / (2.0 * margins.groups[0] * (margins.groups[1] / margins.total)));
}

ExpectedPair expected_pair(std::span<const double> group, std::span<const double> reference,
                           NullModel model) {
  check_model(model);
  const Margins margins = margins_of(group, reference);
  if (!mixed(margins, 0)) return pair_of(margins, 0, {}, model);
  return pair_of(margins, 0, group_means(margins, 1, model).front(), model);
}

ExpectedIndices expected_indices(GroupColumns groups, NullModel model) {
  check_model(model);
  const Margins margins = margins_of(groups);
  const std::vector<GroupMeans> means = group_means(margins, groups.size(), model);
  ExpectedIndices expected{{}, undefined, undefined, undefined, undefined, undefined, undefined};
  double deviation = 0.0;
  double divergence = 0.0;
  double entropy = 0.0;
  double diversity = 0.0;
  double members = 0.0;
  for (std::size_t k = 0; k < groups.size(); ++k) {
    expected.groups.push_back(pair_of(margins, k, means[k], model));
    if (!margins.usable || margins.groups[k] <= 0.0) continue;
    const double share = margins.groups[k] / margins.total;
    deviation += means[k].deviation;
    divergence += means[k].information;
    entropy += information(share);
    diversity += share * ((margins.total - margins.groups[k]) / margins.total);
    members += 1.0;
  }
  if (!margins.usable) return expected;
  expected.mutual_information = divergence / margins.total;
  if (members < 2.0) return expected;
  expected.dissimilarity = within_unit(deviation / (2.0 * margins.total * diversity));
  expected.theil_h = within_unit(expected.mutual_information / entropy);
  expected.relative_diversity = ratio_of_variances(margins, model);
  expected.normalised_exposure = expected.relative_diversity;
  expected.squared_variation =
      expected.relative_diversity * (members - 1.0) / (static_cast<double>(groups.size()) - 1.0);
  return expected;
}

double expected_atkinson(std::span<const double> group, std::span<const double> reference,
                         double shape, NullModel model) {
  check_model(model);
  expects(shape > 0.0 && shape < 1.0, "expected_atkinson: a shape between 0 and 1");
  const Margins margins = margins_of(group, reference);
  if (!mixed(margins, 0)) return undefined;
  const double sum = sum_over_sizes(margins, [&](double size) {
    MassTable table;
    fill_mass({margins.total, margins.groups[0], size, model}, table);
    CompensatedSum mean;
    double x = table.first;
    for (const double mass : table.mass) {
      mean.add(mass * std::pow(size - x, 1.0 - shape) * std::pow(x, shape));
      x += 1.0;
    }
    return mean.value();
  });
  return within_unit(1.0 - margins.groups[0] / margins.groups[1] *
                               std::pow(sum / margins.groups[0], 1.0 / (1.0 - shape)));
}

}  // namespace quartier::metrics
