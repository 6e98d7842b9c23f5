#include "metrics/access_comparison.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace quartier::metrics {
namespace {

/// What becomes of the people of one origin.
enum class Outcome : std::uint8_t { gain, lose, keep, unknown };

Outcome outcome_of(double before, double after, Better better, double tolerance) {
  if (!is_defined(before) || !is_defined(after)) return Outcome::unknown;
  if (before == after) return Outcome::keep;
  if (std::isfinite(before) && std::isfinite(after)) {
    const double larger = std::max(std::abs(before), std::abs(after));
    if (std::abs(after - before) <= tolerance * larger) return Outcome::keep;
  }
  const bool is_better = better == Better::higher ? after > before : after < before;
  return is_better ? Outcome::gain : Outcome::lose;
}

GroupChange change_of(std::span<const double> people, const ScenarioMeasure& measure,
                      double tolerance) {
  GroupChange change;
  CompensatedSum persons;
  CompensatedSum compared;
  CompensatedSum before;
  CompensatedSum after;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const double g = people[i];
    if (!(g > 0.0)) continue;
    persons.add(g);
    const double was = measure.before[i];
    const double is = measure.after[i];
    switch (outcome_of(was, is, measure.better, tolerance)) {
      case Outcome::gain:
        change.gain += g;
        break;
      case Outcome::lose:
        change.lose += g;
        break;
      case Outcome::keep:
        change.keep += g;
        break;
      case Outcome::unknown:
        change.unknown += g;
        continue;
    }
    if (was == unreachable && is == unreachable) {
      change.unreachable += g;
    } else if (was == unreachable) {
      change.newly_reached += g;
    } else if (is == unreachable) {
      change.cut_off += g;
    } else {
      compared.add(g);
      before.add(g * was);
      after.add(g * is);
    }
  }
  change.persons = persons.value();
  change.compared = compared.value();
  change.total_before = before.value();
  change.total_after = after.value();
  if (change.compared > 0.0) {
    change.mean_before = change.total_before / change.compared;
    change.mean_after = change.total_after / change.compared;
    change.difference = change.mean_after - change.mean_before;
  }
  return change;
}

}  // namespace

AccessComparison compare_access(const ScenarioMeasure& measure,
                                std::span<const std::span<const double>> columns,
                                std::size_t reference, double tolerance) {
  const std::size_t count = measure.before.size();
  expects(measure.after.size() == count, "compare_access: the same origins before and after");
  expects(reference < columns.size(), "compare_access: a reference among the columns");
  AccessComparison comparison;
  comparison.id = measure.id;
  comparison.unit = measure.unit;
  comparison.better = measure.better;
  comparison.difference.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const bool same = measure.before[i] == measure.after[i];
    comparison.difference[i] = same ? 0.0 : measure.after[i] - measure.before[i];
  }
  for (const std::span<const double> people : columns) {
    expects(people.size() == count, "compare_access: people of each origin");
    comparison.groups.push_back(change_of(people, measure, tolerance));
  }
  const GroupChange& others = comparison.groups[reference];
  for (const GroupChange& group : comparison.groups) {
    GapChange gap;
    gap.before = group.mean_before - others.mean_before;
    gap.after = group.mean_after - others.mean_after;
    gap.difference = gap.after - gap.before;
    comparison.gaps.push_back(gap);
  }
  return comparison;
}

std::vector<AccessComparison> compare_scenarios(std::span<const ScenarioMeasure> measures,
                                                std::span<const std::span<const double>> columns,
                                                std::size_t reference, double tolerance) {
  std::vector<AccessComparison> comparisons;
  comparisons.reserve(measures.size());
  for (const ScenarioMeasure& measure : measures) {
    comparisons.push_back(compare_access(measure, columns, reference, tolerance));
  }
  return comparisons;
}

}  // namespace quartier::metrics
