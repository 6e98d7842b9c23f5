#include "study/curves.h"

#include <algorithm>
#include <cmath>

#include "metrics/curves.h"
#include "metrics/exposure.h"
#include "study/rounding.h"

namespace quartier::study {
namespace {

constexpr std::size_t curve_points = 101;
constexpr double widest_step = 0.1;

/// The step that shares of so many persons are told to where counts are hidden.
double step_for(const Gate& gate, double persons) {
  return std::max(index_step, step_of(step_factor * gate.policy.width() / persons));
}

bool total_shown(const disclosure::Protection& table, GroupIndex group) {
  return disclosure::may_show(table.city(group)) && disclosure::may_show(table.city(0));
}

}  // namespace

std::vector<SegregationCurve> gated_curves(const Study& study, const Gate& gate,
                                           std::uint32_t edition, std::size_t date,
                                           std::span<const GroupIndex> groups) {
  const CountTable& counts = study.editions[edition].counts[date];
  const disclosure::Protection& table = gate.table(edition, date);
  const GroupIndex reference = reference_group(study);
  std::vector<SegregationCurve> curves;
  for (const GroupIndex group : groups) {
    if (group == reference) continue;
    const std::span<const double> persons = counts.group(group);
    std::vector<double> others(counts.everyone().begin(), counts.everyone().end());
    if (reference == no_index) {
      for (std::size_t i = 0; i < others.size(); ++i) {
        others[i] = std::max(0.0, others[i] - persons[i]);
      }
    } else {
      others.assign(counts.group(reference).begin(), counts.group(reference).end());
    }
    SegregationCurve curve{study.groups.nodes[group].label, reference_label(study, reference),
                           metrics::segregation_curve(persons, others, curve_points)};
    const std::vector<GroupIndex> read{group, reference == no_index ? GroupIndex{0} : reference};
    if (any_secret(table, counts, read)) {
      const double step =
          step_for(gate, std::min(compensated_sum(persons), compensated_sum(others)));
      const bool may = total_shown(table, group) && total_shown(table, read.back());
      if (!may || !(step <= widest_step)) continue;
      for (double& share : curve.of_group) share = rounded(share, step);
    }
    curves.push_back(std::move(curve));
  }
  return curves;
}

ExposureTable gated_exposures(const Study& study, const Gate& gate, std::uint32_t edition,
                              std::size_t date) {
  const CountTable& counts = study.editions[edition].counts[date];
  const std::vector<GroupIndex> leaves = study.groups.leaves();
  ExposureTable table;
  std::vector<std::span<const double>> columns;
  const double residents = compensated_sum(counts.everyone());
  const disclosure::Protection& protection = gate.table(edition, date);
  for (const GroupIndex leaf : leaves) {
    table.groups.push_back(study.groups.nodes[leaf].label);
    columns.push_back(counts.group(leaf));
    const bool shown = total_shown(protection, leaf);
    table.city.push_back(shown && residents > 0.0 ? compensated_sum(counts.group(leaf)) / residents
                                                  : undefined);
  }
  table.exposure = metrics::exposure_matrix(columns, counts.everyone());
  if (!any_secret(protection, counts, leaves)) return table;
  for (std::size_t k = 0; k < leaves.size(); ++k) {
    const double step = step_for(gate, compensated_sum(columns[k]));
    for (std::size_t l = 0; l < leaves.size(); ++l) {
      double& met = table.exposure[k * leaves.size() + l];
      const bool may = is_defined(table.city[k]) && is_defined(table.city[l]);
      met = may && step <= widest_step ? rounded(met, step) : undefined;
    }
  }
  return table;
}

}  // namespace quartier::study
