#include "study/columns.h"

#include <algorithm>

#include "base/error.h"

namespace quartier::study {
namespace {

ColumnSpec metric_spec(const Study& study, const metrics::MetricEntry& entry) {
  ColumnSpec spec;
  spec.column = entry.id;
  spec.kind = ColumnKind::metric;
  spec.label = entry.label;
  spec.unit = metrics::unit_of(entry, shown_unit(study.means.unit()));
  spec.family = entry.family;
  spec.meaning = entry.meaning;
  spec.source = entry.source;
  spec.composition = is_composition(entry);
  spec.on_request = entry.on_request;
  spec.diverging = is_defined(entry.neutral);
  spec.middle = spec.diverging ? entry.neutral : 0.0;
  for (const std::string_view category : entry.categories) spec.categories.emplace_back(category);
  spec.categorical = !spec.categories.empty();
  return spec;
}

void add_metrics(const Study& study, std::uint32_t e, std::vector<ColumnSpec>& specs) {
  const StudyEdition& edition = study.editions[e];
  const GroupIndex reference = reference_group(study);
  const std::string reference_id =
      reference == no_index ? "rest" : study.groups.nodes[reference].id;
  const std::vector<GroupIndex> groups = analysed_groups(study);
  for (const metrics::MetricEntry& entry : metrics::metric_table()) {
    if (entry.scope != metrics::Scope::district || edition.counts.empty()) continue;
    ColumnSpec spec = metric_spec(study, entry);
    spec.edition = e;
    if (entry.needs.service) {
      spec.date = edition.counts.back().date;
      if (!missing_for(entry, study, edition, edition.counts.size() - 1).empty()) continue;
      if (entry.needs.services) {
        specs.push_back(spec);
        continue;
      }
      for (const Services& services : study.services) {
        if (!missing_for(entry, services).empty()) continue;
        spec.service = services.id;
        specs.push_back(spec);
      }
      continue;
    }
    for (std::size_t d = 0; d < edition.counts.size(); ++d) {
      if (!missing_for(entry, study, edition, d).empty()) continue;
      spec.date = edition.counts[d].date;
      if (!entry.needs.group) {
        specs.push_back(spec);
        continue;
      }
      for (const GroupIndex group : groups) {
        if (entry.needs.reference && group == reference) continue;
        spec.group = study.groups.nodes[group].id;
        spec.reference = entry.needs.reference ? reference_id : "";
        specs.push_back(spec);
      }
    }
  }
}

void add_counts(const Study& study, std::uint32_t e, std::vector<ColumnSpec>& specs) {
  ColumnSpec spec;
  spec.column = "residents";
  spec.kind = ColumnKind::count;
  spec.label = "Residents";
  spec.unit = "persons";
  spec.family = "population";
  spec.meaning = "Persons of the group who live in the district.";
  spec.edition = e;
  spec.composition = true;
  for (const CountTable& counts : study.editions[e].counts) {
    spec.date = counts.date;
    for (const Group& group : study.groups.nodes) {
      spec.group = group.id;
      specs.push_back(spec);
    }
  }
}

void add_indicators(const Study& study, std::uint32_t e, std::vector<ColumnSpec>& specs) {
  for (const Indicator& indicator : study.editions[e].indicators) {
    ColumnSpec spec;
    spec.column = indicator.id;
    spec.kind = ColumnKind::indicator;
    spec.label = indicator.label;
    spec.unit = indicator.unit;
    spec.family = "indicator";
    spec.meaning = std::string(label_of(indicator.domain)) + " indicator, as published.";
    spec.group = indicator.group;
    spec.date = indicator.date;
    spec.edition = e;
    spec.composition = indicator.composition;
    specs.push_back(std::move(spec));
  }
}

}  // namespace

std::size_t date_position(const StudyEdition& edition, std::string_view date) {
  for (std::size_t d = 0; d < edition.counts.size(); ++d) {
    if (edition.counts[d].date == date) return d;
  }
  expects(false, "date_position: a date of the edition");
  return 0;
}

std::uint32_t service_position(const Study& study, std::string_view id) {
  for (std::size_t s = 0; s < study.services.size(); ++s) {
    if (study.services[s].id == id) return static_cast<std::uint32_t>(s);
  }
  return no_index;
}

std::vector<ColumnSpec> catalogue_of(const Study& study) {
  std::vector<ColumnSpec> specs;
  for (std::uint32_t e = 0; e < study.editions.size(); ++e) {
    if (!study.groups.nodes.empty()) {
      add_metrics(study, e, specs);
      add_counts(study, e, specs);
    }
    add_indicators(study, e, specs);
  }
  return specs;
}

const Indicator& indicator_of(const Study& study, const ColumnSpec& spec) {
  const auto& indicators = study.editions[spec.edition].indicators;
  const auto found =
      std::find_if(indicators.begin(), indicators.end(), [&](const Indicator& indicator) {
        return indicator.id == spec.column && indicator.date == spec.date &&
               indicator.group == spec.group;
      });
  expects(found != indicators.end(), "indicator_of: an indicator of the catalogue");
  return *found;
}

metrics::DistrictValues full_values(const Study& study, const std::vector<EditionWeights>& weights,
                                    const ColumnSpec& spec, disclosure::Fill fill) {
  const StudyEdition& edition = study.editions[spec.edition];
  metrics::DistrictValues values;
  if (spec.kind == ColumnKind::indicator) {
    values.values = indicator_of(study, spec).values;
    return values;
  }
  const std::size_t date = date_position(edition, spec.date);
  const GroupIndex group = spec.group.empty() ? no_index : study.groups.find(spec.group);
  if (spec.kind == ColumnKind::count) {
    const auto persons = edition.counts[date].group(group);
    values.values.assign(persons.begin(), persons.end());
    return values;
  }
  const metrics::MetricEntry* entry = metrics::find_metric(spec.column);
  expects(entry != nullptr && entry->districts != nullptr, "full_values: a metric per district");
  GroupIndex reference = no_index;
  if (spec.reference.empty()) {
    reference = reference_group(study);
  } else if (spec.reference != "rest") {
    reference = study.groups.find(spec.reference);
  }
  metrics::MetricInput input =
      metric_input(study, edition, date, weights[spec.edition], group, reference,
                   service_position(study, spec.service), 0, no_index,
                   entry->needs.service ? std::optional<disclosure::Fill>(fill) : std::nullopt);
  if (entry->needs.services) add_services(study, edition, no_index, input);
  return entry->districts(input);
}

}  // namespace quartier::study
