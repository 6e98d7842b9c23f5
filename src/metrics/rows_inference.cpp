#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "metrics/difference_test.h"
#include "metrics/evenness.h"
#include "metrics/expected.h"
#include "metrics/null_test.h"
#include "metrics/rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr NullModel model = NullModel::permutation;

double pair_dissimilarity(GroupColumns c) { return dissimilarity_index(c[0], c[1]); }
double pair_theil_h(GroupColumns c) { return theil_entropy_index(c[0], c[1]); }

bool countable(GroupColumns columns) {
  for (const auto& column : columns) {
    for (const double count : column) {
      if (count != std::floor(count)) return false;
    }
  }
  return true;
}

void describe(const MetricInput& in, std::string_view name, std::string_view value,
              CityValue& result) {
  add_parameter(result.parameters, std::string(name), value);
  add_parameter(result.parameters, "draws", std::to_string(in.permutations));
  add_parameter(result.parameters, "seed", std::to_string(in.seed));
}

void add_range(const NullDistribution& test, CityValue& result) {
  if (!is_defined(test.lower)) return;
  add_reason(result.status, "by chance " + display_text(test.lower, 3) + " to " +
                                display_text(test.upper, 3) + " in 95 % of draws");
}

/// An index with its exact mean and its p-value under permutation.
CityValue tested(const MetricInput& in, const std::vector<ColumnRef>& columns,
                 double (*index)(GroupColumns), double (*mean)(GroupColumns),
                 NullDistribution (*pick)(const NullTests&)) {
  CityValue result = city_index(in, columns, index);
  describe(in, "null", id_of(model), result);
  if (!is_defined(result.value) || in.permutations == 0) return result;
  with_readable(in, columns, [&](GroupColumns c) {
    result.expected = mean(c);
    if (!countable(c)) return;
    const NullDistribution test = pick(null_tests(c, model, in.permutations, in.seed));
    result.p_value = test.p_greater;
    add_range(test, result);
  });
  return result;
}

CityValue dissimilarity_test(const MetricInput& in) {
  return tested(
      in, group_and_reference(in), pair_dissimilarity,
      [](GroupColumns c) { return expected_dissimilarity(c[0], c[1], model); },
      [](const NullTests& tests) { return tests.dissimilarity[0]; });
}

CityValue theil_h_test(const MetricInput& in) {
  return tested(
      in, group_and_reference(in), pair_theil_h,
      [](GroupColumns c) { return expected_pair(c[0], c[1], model).theil_h; },
      [](const NullTests& tests) { return tests.theil_h[0]; });
}

CityValue multigroup_dissimilarity_test(const MetricInput& in) {
  return tested(
      in, whole_partition(in), multigroup_dissimilarity,
      [](GroupColumns c) { return expected_indices(c, model).dissimilarity; },
      [](const NullTests& tests) { return tests.multigroup_dissimilarity; });
}

CityValue multigroup_theil_h_test(const MetricInput& in) {
  return tested(
      in, whole_partition(in), multigroup_theil_entropy,
      [](GroupColumns c) { return expected_indices(c, model).theil_h; },
      [](const NullTests& tests) { return tests.multigroup_theil_h; });
}

std::vector<std::vector<double>> readable(const MetricInput& in,
                                          const std::vector<ColumnRef>& columns) {
  std::vector<std::vector<double>> copies;
  with_readable(in, columns, [&](GroupColumns c) {
    for (const auto& column : c) copies.emplace_back(column.begin(), column.end());
  });
  return copies;
}

/// The change of an index since the earlier date, and its p-value where each district exchanges its
/// dates at random.
/// `counts` with every cell marked as unknown that is unknown at the `other` date.
CountTable with_unknowns_of(const CountTable& other, CountTable counts) {
  for (std::size_t g = 0; g < counts.groups.size(); ++g) {
    CountColumn& column = counts.groups[g];
    if (other.groups[g].all_known()) continue;
    if (column.hidden.empty()) {
      column.hidden.assign(column.readable.size(), 0);
      column.least = column.readable;
      column.greatest = column.readable;
    }
    for (std::size_t i = 0; i < column.hidden.size(); ++i) {
      if (!other.groups[g].known(i) && column.hidden[i] == 0) column.hidden[i] = 1;
    }
  }
  return counts;
}

CityValue changed(const MetricInput& both_dates, const std::vector<ColumnRef>& columns,
                  double (*index)(GroupColumns)) {
  expects(both_dates.earlier != nullptr, "metric: counts of an earlier date");
  MetricInput in = both_dates;
  MetricInput before = in;
  before.counts = in.earlier;
  // A district that is left out is left out at both dates.
  CountTable later_counts;
  CountTable earlier_counts;
  if (in.unknown == UnknownPolicy::district_left_out) {
    later_counts = with_unknowns_of(*both_dates.earlier, *both_dates.counts);
    earlier_counts = with_unknowns_of(*both_dates.counts, *both_dates.earlier);
    in.counts = &later_counts;
    before.counts = &earlier_counts;
  }
  CityValue result = city_index(in, columns, index);
  const CityValue earlier = city_index(before, columns, index);
  result.value -= earlier.value;
  result.lower = undefined;  // the scenarios of two dates do not go together
  result.upper = undefined;
  if (!earlier.status.empty()) add_reason(result.status, "earlier date: " + earlier.status);
  add_parameter(result.parameters, "since", in.earlier->date);
  describe(in, "null", id_of(Exchange::swap_dates), result);
  if (!is_defined(result.value) || in.permutations == 0) return result;
  const auto first = readable(before, columns);
  const auto second = readable(in, columns);
  const std::vector<std::span<const double>> a(first.begin(), first.end());
  const std::vector<std::span<const double>> b(second.begin(), second.end());
  const NullDistribution test =
      difference_test(a, b, Exchange::swap_dates, in.permutations, in.seed, index);
  result.expected = 0.0;
  result.p_value = test.p_two_sided;
  add_range(test, result);
  return result;
}

CityValue dissimilarity_change_test(const MetricInput& in) {
  return changed(in, group_and_reference(in), pair_dissimilarity);
}

CityValue theil_h_change_test(const MetricInput& in) {
  return changed(in, group_and_reference(in), pair_theil_h);
}

CityValue multigroup_theil_h_change_test(const MetricInput& in) {
  return changed(in, whole_partition(in), multigroup_theil_entropy);
}

constexpr Needs pair_at_two_dates{.group = true, .reference = true, .earlier = true};
constexpr Needs groups_at_two_dates{.partition = true, .earlier = true};

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "dissimilarity_test",
     .label = "Dissimilarity, tested against chance",
     .symbol = "D",
     .family = "inference",
     .unit = "share",
     .needs = pair,
     .on_request = true,
     .source = "Cortes et al. 2020",
     .meaning = "D with the chance that relabelled residents would show as much.",
     .city = dissimilarity_test},
    {.id = "theil_h_test",
     .label = "Theil entropy index, tested against chance",
     .symbol = "H",
     .family = "inference",
     .unit = "index",
     .needs = pair,
     .on_request = true,
     .source = "Cortes et al. 2020",
     .meaning = "H with the chance that relabelled residents would show as much.",
     .city = theil_h_test},
    {.id = "multigroup_dissimilarity_test",
     .label = "Dissimilarity of all groups, tested against chance",
     .symbol = "D*",
     .family = "inference",
     .unit = "share",
     .needs = all_groups,
     .on_request = true,
     .source = "Cortes et al. 2020",
     .meaning = "D of all groups with the chance that relabelled residents would show as much.",
     .city = multigroup_dissimilarity_test},
    {.id = "multigroup_theil_h_test",
     .label = "Theil entropy index of all groups, tested against chance",
     .symbol = "H*",
     .family = "inference",
     .unit = "index",
     .needs = all_groups,
     .on_request = true,
     .source = "Cortes et al. 2020",
     .meaning = "H of all groups with the chance that relabelled residents would show as much.",
     .city = multigroup_theil_h_test},
    {.id = "dissimilarity_change_test",
     .label = "Change of dissimilarity, tested",
     .symbol = "ΔD",
     .family = "inference",
     .unit = "share",
     .needs = pair_at_two_dates,
     .lowest = -1.0,
     .neutral = 0.0,
     .on_request = true,
     .source = "Good 2005",
     .meaning = "D less D of the earlier date, tested by exchanging the dates of districts.",
     .city = dissimilarity_change_test},
    {.id = "theil_h_change_test",
     .label = "Change of the Theil entropy index, tested",
     .symbol = "ΔH",
     .family = "inference",
     .unit = "index",
     .needs = pair_at_two_dates,
     .lowest = -1.0,
     .neutral = 0.0,
     .on_request = true,
     .source = "Good 2005",
     .meaning = "H less H of the earlier date, tested by exchanging the dates of districts.",
     .city = theil_h_change_test},
    {.id = "multigroup_theil_h_change_test",
     .label = "Change of the Theil entropy index of all groups, tested",
     .symbol = "ΔH*",
     .family = "inference",
     .unit = "index",
     .needs = groups_at_two_dates,
     .lowest = -1.0,
     .neutral = 0.0,
     .on_request = true,
     .source = "Good 2005",
     .meaning = "H of all groups less that of the earlier date, tested by exchanging the dates of "
                "districts.",
     .city = multigroup_theil_h_change_test},
});

}  // namespace

std::span<const MetricEntry> inference() { return table; }

}  // namespace quartier::metrics::rows
