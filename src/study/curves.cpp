#include "study/curves.h"

#include <algorithm>
#include <cmath>

#include "metrics/curves.h"
#include "metrics/exposure.h"

namespace quartier::study {
namespace {

constexpr std::size_t curve_points = 101;
constexpr double steps_per_unit = 1000.0;

bool has_secrets(const Gate& gate, std::uint32_t edition, std::size_t date,
                 const CountTable& counts, std::span<const GroupIndex> groups) {
  const disclosure::Protection& table = gate.table(edition, date);
  for (const GroupIndex group : groups) {
    for (std::size_t i = 0; i < table.district_count; ++i) {
      if (is_secret(table, counts, group, i)) return true;
    }
  }
  return false;
}

void round_to_steps(std::vector<double>& values) {
  for (double& value : values) value = std::round(value * steps_per_unit) / steps_per_unit;
}

}  // namespace

std::vector<SegregationCurve> gated_curves(const Study& study, const Gate& gate,
                                           std::uint32_t edition, std::size_t date,
                                           std::span<const GroupIndex> groups) {
  const CountTable& counts = study.editions[edition].counts[date];
  const GroupIndex reference = reference_group(study);
  std::vector<SegregationCurve> curves;
  for (const GroupIndex group : groups) {
    if (group == reference) continue;
    const std::span<const double> persons = counts.group(group);
    std::vector<double> others(counts.everyone().begin(), counts.everyone().end());
    if (reference == no_index) {
      for (std::size_t i = 0; i < others.size(); ++i)
        others[i] = std::max(0.0, others[i] - persons[i]);
    } else {
      others.assign(counts.group(reference).begin(), counts.group(reference).end());
    }
    SegregationCurve curve{study.groups.nodes[group].label, reference_label(study, reference),
                           metrics::segregation_curve(persons, others, curve_points)};
    const std::vector<GroupIndex> read{group, reference == no_index ? GroupIndex{0} : reference};
    if (has_secrets(gate, edition, date, counts, read)) round_to_steps(curve.of_group);
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
    const bool shown =
        disclosure::may_show(protection.city(leaf)) && disclosure::may_show(protection.city(0));
    table.city.push_back(shown && residents > 0.0 ? compensated_sum(counts.group(leaf)) / residents
                                                  : undefined);
  }
  table.exposure = metrics::exposure_matrix(columns, counts.everyone());
  if (has_secrets(gate, edition, date, counts, leaves)) round_to_steps(table.exposure);
  return table;
}

}  // namespace quartier::study
