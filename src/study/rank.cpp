#include "study/rank.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"

namespace quartier::study {
namespace {

template <typename Value, std::size_t N>
Value value_of(const std::array<Value, N>& all, std::string_view id) {
  for (const Value value : all) {
    if (id_of(value) == id) return value;
  }
  expects(false, "value_of: ids are checked when the study file is read");
  return all.front();
}

constexpr std::array domains{Domain::labour, Domain::education,       Domain::housing,
                             Domain::health, Domain::legal_political, Domain::cultural_religious};
constexpr std::array directions{Direction::high_is_urgent, Direction::low_is_urgent};
constexpr std::array levers{Lever::city, Lever::region, Lever::nation};

std::uint32_t ranked_edition(const Study& study, const io::StudyProfile& profile) {
  if (profile.districts.empty()) return static_cast<std::uint32_t>(study.editions.size() - 1);
  for (std::uint32_t e = 0; e < study.editions.size(); ++e) {
    if (study.editions[e].area.id == profile.districts) return e;
  }
  throw InputError(study.settings.file, "[[priorities]] '" + profile.id +
                                            "': there are no [[districts]] '" + profile.districts +
                                            "'");
}

/// The latest column of the edition that an item means.
const ColumnSpec& column_of(const Study& study, const std::vector<ColumnSpec>& catalogue,
                            std::uint32_t edition, const io::StudyProfile& profile,
                            const io::StudyPriorityItem& item) {
  const std::string group =
      item.group.empty()
          ? ""
          : study.groups.nodes[group_named(study, item.group, "[[priorities.item]] group")].id;
  const ColumnSpec* found = nullptr;
  std::vector<std::string> known;
  for (const ColumnSpec& spec : catalogue) {
    if (spec.edition != edition || spec.categorical) continue;
    if (std::find(known.begin(), known.end(), spec.column) == known.end()) {
      known.push_back(spec.column);
    }
    if (spec.column == item.column && spec.group == group && spec.service == item.service &&
        (found == nullptr || spec.date >= found->date)) {
      found = &spec;
    }
  }
  if (found != nullptr) return *found;
  const std::string where = "[[priorities]] '" + profile.id + "': ";
  if (std::find(known.begin(), known.end(), item.column) != known.end()) {
    throw InputError(study.settings.file,
                     where + "column '" + item.column + "' does not exist with group '" +
                         item.group + "' and service '" + item.service + "'",
                     "name the group or service that the column needs, and no other");
  }
  const std::string near = nearest_word(item.column, known);
  throw InputError(
      study.settings.file, where + "there is no column '" + item.column + "'",
      near.empty() ? "columns there are: " + joined(known, ", ") : "did you mean '" + near + "'?");
}

}  // namespace

StudyRanking ranked(const Study& study, const std::vector<EditionWeights>& weights,
                    const io::StudyProfile& profile) {
  StudyRanking result;
  result.edition = ranked_edition(study, profile);
  result.profile.id = profile.id;
  result.profile.label = profile.label;
  result.profile.normalisation = priority::normalisation_from(profile.normalisation);
  const std::vector<ColumnSpec> catalogue = catalogue_of(study);
  std::vector<std::vector<double>> values;
  for (const io::StudyPriorityItem& item : profile.items) {
    const ColumnSpec& spec = column_of(study, catalogue, result.edition, profile, item);
    if (spec.composition && item.reason.empty()) {
      throw InputError(study.settings.file,
                       "[[priorities]] '" + profile.id + "': '" + item.column +
                           "' says who lives in a district and may not enter a ranking without a "
                           "written reason",
                       "leave it out, or write reason = \"...\"; it is printed first in every "
                       "report (see docs/priorities.md)");
    }
    priority::PriorityItem entry;
    entry.indicator = spec.column;
    if (!spec.group.empty()) entry.indicator += ":" + spec.group;
    if (!spec.service.empty()) entry.indicator += ":" + spec.service;
    entry.label = spec.label;
    if (!spec.service.empty()) {
      entry.label += ", " + study.services[service_position(study, spec.service)].label;
    }
    if (!spec.group.empty()) {
      entry.label += ", " + study.groups.nodes[study.groups.find(spec.group)].label;
    }
    entry.direction = value_of(directions, item.direction);
    entry.domain = value_of(domains, item.domain);
    entry.lever = value_of(levers, item.lever);
    entry.weight = item.weight;
    entry.composition = spec.composition;
    entry.reason = item.reason;
    result.profile.items.push_back(std::move(entry));
    values.push_back(full_values(study, weights, spec).values);
    for (double& value : values.back()) {
      if (std::isinf(value)) value = undefined;
    }
    result.date = std::max(result.date, spec.date);
    result.columns.push_back(spec);
  }
  const std::vector<std::span<const double>> spans(values.begin(), values.end());
  result.ranking = priority::rank_districts(result.profile, spans);
  return result;
}

}  // namespace quartier::study
