#include "study/gated.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/error.h"
#include "disclosure/derived.h"
#include "study/analysis.h"
#include "study/coarse.h"
#include "study/reach.h"
#include "study/rounding.h"

namespace quartier::study {
namespace {

/// The state of a value that may be seen or not, and exists or not.
ValueState state_of(bool may_show, double value, bool absent, bool needs_counts) {
  if (absent && needs_counts) return ValueState::no_data;
  if (!may_show) return ValueState::suppressed;
  return is_defined(value) ? ValueState::shown : ValueState::undefined;
}

/// Everything the rules below look at.
struct Sight {
  const Study& study;
  const Gate& gate;
  const ColumnSpec& spec;
  const metrics::MetricEntry* entry = nullptr;
  const disclosure::Protection* table = nullptr;
  const CountTable* counts = nullptr;
  GroupIndex group = no_index;
  GroupIndex reference = no_index;
  std::vector<GroupIndex> leaves{};
  std::vector<double> city_shares{};  ///< of the leaves, for measures of all groups
  Reach reach = Reach::district;
  std::vector<std::uint8_t> made_from_hidden{};  ///< [n]; empty: none, or by the rules of `reach`
};

/// The groups whose counts a metric reads.
std::vector<GroupIndex> composition_read(const Sight& sight) {
  if (sight.entry->needs.partition) return sight.leaves;
  std::vector<GroupIndex> groups{0, sight.group};
  if (sight.reference != no_index) groups.push_back(sight.reference);
  return groups;
}

void look_around(Sight& sight) {
  sight.reach = reach_of(*sight.entry);
  std::vector<std::size_t> dates{
      date_position(sight.study.editions[sight.spec.edition], sight.spec.date)};
  if (sight.entry->needs.earlier) dates.push_back(dates.front() - 1);
  sight.made_from_hidden = made_from_hidden(sight.study, sight.gate, sight.spec.edition, dates,
                                            composition_read(sight), sight.reach);
}

Sight sight_of(const Study& study, const Gate& gate, const ColumnSpec& spec) {
  Sight sight{study, gate, spec};
  const StudyEdition& edition = study.editions[spec.edition];
  if (spec.kind == ColumnKind::metric) sight.entry = metrics::find_metric(spec.column);
  if (spec.kind == ColumnKind::metric || spec.kind == ColumnKind::count) {
    const std::size_t date = date_position(edition, spec.date);
    sight.table = &gate.table(spec.edition, date);
    sight.counts = &edition.counts[date];
  }
  if (spec.kind == ColumnKind::indicator) {
    for (std::size_t d = 0; d < edition.counts.size(); ++d) {
      if (edition.counts[d].date == spec.date) sight.table = &gate.table(spec.edition, d);
    }
  }
  if (!spec.group.empty()) sight.group = study.groups.find(spec.group);
  if (!spec.reference.empty() && spec.reference != "rest") {
    sight.reference = study.groups.find(spec.reference);
  }
  sight.leaves = study.groups.leaves();
  if (sight.entry != nullptr && sight.entry->needs.partition) {
    const double residents = compensated_sum(sight.counts->everyone());
    for (const GroupIndex leaf : sight.leaves) {
      sight.city_shares.push_back(compensated_sum(sight.counts->group(leaf)) / residents);
    }
  }
  if (sight.entry != nullptr && sight.spec.composition) look_around(sight);
  return sight;
}

bool may_show_group_value(const Sight& sight, GroupIndex group, std::size_t i) {
  const double residents = sight.counts->everyone()[i];
  // All but shares are made with city totals: with the counts of the district they give these away.
  if (sight.entry->id != "share") {
    return disclosure::may_show_location_quotient(*sight.table, sight.gate.policy, group, 0, i,
                                                  residents);
  }
  return disclosure::may_show_share(*sight.table, sight.gate.policy, group, 0, i, residents);
}

bool may_show_group_values(const Sight& sight, std::size_t i) {
  return may_show_group_value(sight, sight.group, i) &&
         (sight.reference == no_index || !sight.entry->needs.reference ||
          may_show_group_value(sight, sight.reference, i));
}

/// A rate of a group is a fraction of its members, often of all of them: where their number is
/// hidden the fraction would tell it, and that there is one whether the number is small.
bool may_show_indicator(const Sight& sight, std::size_t i) {
  const Indicator& indicator = indicator_of(sight.study, sight.spec);
  const bool of_persons = !indicator.base.empty() || sight.group != no_index;
  if (of_persons && sight.table != nullptr) {
    const GroupIndex group = sight.group == no_index ? 0 : sight.group;
    if (!disclosure::may_show(sight.table->at(group, i))) return false;
  }
  return indicator.base.empty() || disclosure::may_show_rate(sight.gate.policy, indicator.base[i]);
}

bool may_show(const Sight& sight, std::size_t i) {
  switch (sight.spec.kind) {
    case ColumnKind::count:
      return disclosure::may_show(sight.table->at(sight.group, i));
    case ColumnKind::indicator:
      return may_show_indicator(sight, i);
    case ColumnKind::metric:
      if (!sight.spec.composition) return true;
      if (!sight.made_from_hidden.empty() && sight.made_from_hidden[i] != 0) return false;
      return sight.entry->needs.partition || may_show_group_values(sight, i);
    case ColumnKind::score:
    case ColumnKind::rank:
    case ColumnKind::contribution:
      break;
  }
  return true;
}

/// True where no term of a measure that compares with the city holds a hidden city total.
bool may_show_divergence(const Sight& sight, std::size_t i) {
  for (const GroupIndex leaf : sight.leaves) {
    const bool counts =
        !disclosure::may_show(sight.table->at(leaf, i)) || sight.counts->group(leaf)[i] > 0.0;
    if (counts && !disclosure::may_show(sight.table->city(leaf))) return false;
  }
  return true;
}

/// Values of several groups at once: whole, coarsened or not at all.
double coarsened(const Sight& sight, std::size_t i, double value, bool& may) {
  const bool own_cells = sight.entry->id == "entropy" || sight.entry->id == "entropy_normalised" ||
                         sight.entry->id == "simpson_diversity";
  may = own_cells || may_show_divergence(sight, i);
  if (!may) return undefined;
  if (disclosure::may_show_composition(*sight.table, sight.leaves, i)) return value;
  std::vector<double> shown;
  std::vector<double> shown_city;
  std::vector<double> hidden_city;
  double hidden_persons = sight.counts->everyone()[i];
  for (std::size_t k = 0; k < sight.leaves.size(); ++k) {
    if (disclosure::may_show(sight.table->at(sight.leaves[k], i))) {
      shown.push_back(sight.counts->group(sight.leaves[k])[i]);
      shown_city.push_back(sight.city_shares[k]);
      hidden_persons -= shown.back();
    } else {
      hidden_city.push_back(sight.city_shares[k]);
    }
  }
  may = disclosure::may_show(sight.table->at(0, i)) && hidden_persons >= 0.0;
  const std::optional<double> coarse =
      may ? coarse_value(sight.entry->id, {shown, shown_city, hidden_persons, hidden_city})
          : std::nullopt;
  may = coarse.has_value();
  return coarse.value_or(undefined);
}

/// How far other ways to fill in hidden counts move each district's value of access; empty where
/// nothing hidden is read.
std::vector<double> moves_of(const Sight& sight, const std::vector<EditionWeights>& weights,
                             std::span<const double> values) {
  const Study& study = sight.study;
  const ColumnSpec& spec = sight.spec;
  if (sight.entry == nullptr || !sight.entry->needs.service) return {};
  const StudyEdition& edition = study.editions[spec.edition];
  const std::vector<GroupIndex> read = groups_read(
      *sight.entry, study, sight.group, sight.reference, service_position(study, spec.service));
  if (!reads_hidden(edition, date_position(edition, spec.date), read)) return {};
  std::vector<double> moves(values.size(), 0.0);
  for (const disclosure::Fill fill : disclosure::other_fills) {
    const std::vector<double> other = full_values(study, weights, spec, fill).values;
    for (std::size_t i = 0; i < moves.size(); ++i) moves[i] = wider(moves[i], values[i], other[i]);
  }
  return moves;
}

}  // namespace

bool is_secret(const disclosure::Protection& table, const CountTable& counts, GroupIndex group,
               std::size_t district) {
  const disclosure::CellState state = table.at(group, district);
  if (disclosure::may_show(state)) return false;
  return state != disclosure::CellState::publisher || counts.group(group)[district] > 0.0;
}

bool any_secret(const disclosure::Protection& table, const CountTable& counts,
                std::span<const GroupIndex> groups) {
  for (const GroupIndex group : groups) {
    for (std::size_t i = 0; i < table.district_count; ++i) {
      if (is_secret(table, counts, group, i)) return true;
    }
  }
  return false;
}

void guard(Study& study) {
  Gate& gate = study.gate;
  gate.policy.threshold = study.settings.disclosure.threshold;
  gate.policy.zeros = study.settings.disclosure.hide_zeros ? disclosure::ZeroRule::hide
                                                           : disclosure::ZeroRule::show;
  disclosure::check(gate.policy);
  gate.tables.clear();
  for (StudyEdition& edition : study.editions) {
    std::vector<disclosure::Protection>& tables = gate.tables.emplace_back();
    edition.seen.clear();
    for (const CountTable& counts : edition.counts) {
      tables.push_back(
          disclosure::protect(counts, study.groups, edition.area.districts.levels, gate.policy));
      edition.seen.push_back(disclosure::seen_counts(counts, study.groups, tables.back()));
    }
  }
}

Column gated(const Study& study, const std::vector<EditionWeights>& weights,
             const ColumnSpec& spec) {
  const Sight sight = sight_of(study, study.gate, spec);
  const metrics::DistrictValues values = full_values(study, weights, spec);
  const std::vector<double> moves = moves_of(sight, weights, values.values);
  const std::size_t n = study.editions[spec.edition].area.districts.size();
  Column column;
  column.spec = spec;
  column.parameters = values.parameters;
  column.values.assign(n, undefined);
  column.states.assign(n, ValueState::undefined);
  if (!values.p_values.empty()) column.p_values.assign(n, undefined);
  const bool of_all_groups =
      sight.entry != nullptr && sight.entry->needs.partition && sight.reach == Reach::district;
  for (std::size_t i = 0; i < n; ++i) {
    double value =
        spec.categorical
            ? (values.categories.empty() ? undefined : static_cast<double>(values.categories[i]))
            : values.values[i];
    const bool exists = values.values.empty() || is_defined(values.values[i]);
    if (!exists) value = undefined;
    bool may = may_show(sight, i);
    if (!moves.empty() && is_defined(value)) {
      const std::optional<double> told = told_value(value, moves[i], std::abs(value));
      may = may && told.has_value();
      value = told.value_or(undefined);
    }
    if (of_all_groups && is_defined(value)) value = coarsened(sight, i, value, may);
    const bool absent =
        sight.counts != nullptr && !sight.counts->absent.empty() && sight.counts->absent[i] != 0;
    ValueState state = state_of(may, value, absent, spec.composition);
    if (spec.kind == ColumnKind::indicator && state == ValueState::undefined) {
      state = ValueState::no_data;
    }
    column.states[i] = state;
    if (state != ValueState::shown) continue;
    column.values[i] = value;
    if (spec.kind == ColumnKind::count &&
        sight.table->at(sight.group, i) == disclosure::CellState::at_least) {
      column.at_least.resize(n, 0);
      column.at_least[i] = 1;
    }
    if (!values.p_values.empty()) column.p_values[i] = values.p_values[i];
  }
  return column;
}

PublishedRanking gated(const Study& study, const std::vector<EditionWeights>& weights,
                       const StudyRanking& ranking) {
  PublishedRanking published;
  published.id = ranking.profile.id;
  published.label = ranking.profile.label;
  published.edition = ranking.edition;
  published.date = ranking.date;
  published.score = ranking.ranking.score;
  published.rank = ranking.ranking.rank;
  published.coverage = ranking.ranking.coverage;
  const auto& table = priority::normalisation_table;
  for (const priority::NormalisationEntry& entry : table) {
    if (entry.normalisation != ranking.profile.normalisation) continue;
    published.method = "Weighted mean of normalised indicators (" + std::string(entry.label) +
                       ": " + std::string(entry.formula) + "); rank 1 is the most urgent";
  }
  double total_weight = 0.0;
  for (const priority::PriorityItem& item : ranking.profile.items) {
    if (ranking.profile.levers.includes(item.lever)) total_weight += item.weight;
  }
  for (std::size_t k = 0; k < ranking.profile.items.size(); ++k) {
    const priority::PriorityItem& item = ranking.profile.items[k];
    const ColumnSpec& spec = ranking.columns[k];
    const Column column = gated(study, weights, spec);
    RankedItem entry;
    entry.indicator = item.indicator;
    entry.label = item.label;
    entry.unit = spec.unit;
    entry.date = spec.date;
    entry.domain = item.domain;
    entry.lever = item.lever;
    entry.direction = item.direction;
    entry.composition = item.composition;
    entry.reason = item.reason;
    entry.ranked = ranking.profile.levers.includes(item.lever);
    entry.weight = entry.ranked && total_weight > 0.0 ? item.weight / total_weight : 0.0;
    entry.values = column.values;
    entry.states = column.states;
    entry.contributions = ranking.ranking.contribution[k];
    for (std::size_t i = 0; i < entry.states.size(); ++i) {
      if (entry.states[i] == ValueState::suppressed) {
        entry.contributions[i] = undefined;
        if (entry.ranked) published.score[i] = undefined;
      }
    }
    published.items.push_back(std::move(entry));
  }
  return published;
}

}  // namespace quartier::study
