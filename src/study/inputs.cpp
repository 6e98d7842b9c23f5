#include "study/inputs.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "study/analysis.h"

namespace quartier::study {

EditionWeights weights_of(const Study& study, const StudyEdition& edition) {
  const metrics::Conventions conventions = conventions_of(study);
  return {contiguity_weights(edition.contiguity, conventions.contiguity, true),
          study.settings.analysis.contiguity + ", row-standardised",
          environments_of(study, &edition.street_reach),
          centres_of(study, edition),
          conventions,
          level_of(study, edition)};
}

std::string missing_for(const metrics::MetricEntry& entry, const Study& study,
                        const StudyEdition& edition, std::size_t date) {
  const metrics::Needs& needs = entry.needs;
  const bool shapes = !edition.area.districts.shapes.vertices.empty();
  if ((needs.weights || needs.contiguity || needs.districts || needs.environment) && !shapes) {
    return "the districts have no shapes";
  }
  if (needs.parents && level_of(study, edition) == no_index) {
    return "the districts lie in no larger areas";
  }
  if (needs.earlier && date == 0) return "there is no earlier date of the same districts";
  if (needs.service && study.services.empty()) return "the study has no services";
  if (needs.services && std::all_of(study.settings.services.begin(), study.settings.services.end(),
                                    [](const io::StudyService& s) { return s.weight == 0.0; })) {
    return "every service weighs 0 ([[services]] weight)";
  }
  if (needs.window && !study.means.by_timetable()) {
    return "ways are not by timetable ([travel] mode)";
  }
  if (needs.scenario && study.scenarios.empty()) return "the study has no scenarios";
  if (needs.ranking && study.settings.access.ranking.empty()) {
    return "the study names no indicator that ranks people ([access] ranking)";
  }
  return {};
}

std::string missing_for(const metrics::MetricEntry& entry, const Services& services) {
  if (entry.needs.fees && services.fee.empty()) return "its sites publish no fees";
  return {};
}

namespace {

/// The indicator that ranks people, of the date nearest to that of the counts.
void find_ranking(const Study& study, const StudyEdition& edition, std::size_t date,
                  metrics::MetricInput& input) {
  const std::string& wanted = study.settings.access.ranking;
  if (wanted.empty()) return;
  const Indicator* nearest = nullptr;
  for (const Indicator& indicator : edition.indicators) {
    if (indicator.id != wanted) continue;
    if (nearest == nullptr || indicator.date <= edition.counts[date].date) nearest = &indicator;
  }
  if (nearest == nullptr) {
    throw InputError(
        study.settings.file,
        "[access] ranking: districts '" + edition.area.id + "' have no indicator '" + wanted + "'",
        "name the id of an indicator of [[indicators]]");
  }
  input.ranking = nearest->values;
  input.ranking_label = nearest->id;
}

}  // namespace

metrics::MetricInput metric_input(const Study& study, const StudyEdition& edition, std::size_t date,
                                  const EditionWeights& weights, GroupIndex group,
                                  GroupIndex reference, std::uint32_t service,
                                  std::size_t environment, std::uint32_t scenario,
                                  std::optional<disclosure::Fill> fill) {
  metrics::MetricInput input;
  if (!edition.counts.empty()) input.counts = &edition.counts[date];
  input.groups = &study.groups;
  input.group = group;
  input.reference = reference;
  input.weights = &weights.weights;
  input.weights_label = weights.label;
  input.districts = &edition.area.districts;
  input.contiguity = &edition.contiguity;
  if (weights.level != no_index) {
    input.parents = &edition.area.districts.levels[weights.level];
    input.parents_label = input.parents->id;
  }
  if (date > 0) input.earlier = &edition.counts[date - 1];
  if (!weights.environments.empty()) input.environment = &weights.environments[environment];
  input.centres = weights.centres;
  input.conventions = weights.conventions;
  input.permutations = study.settings.analysis.permutations;
  input.stop_after = study.settings.analysis.stop_after;
  input.seed = study.settings.analysis.seed;
  input.unknown = metrics::unknown_policy_of(study.settings.analysis.unknown_cells)
                      .value_or(metrics::UnknownPolicy::left_out_of_sums);
  expects(service == no_index || fill.has_value(), "metric_input: access reads what is shown");
  if (fill) {
    expects(edition.seen.size() == edition.counts.size(), "metric_input: a study that is guarded");
    if (input.counts != nullptr) input.counts = &edition.seen[date].as(*fill);
    if (date > 0) input.earlier = &edition.seen[date - 1].as(*fill);
  }
  if (service != no_index) {
    const io::StudyService& settings = study.settings.services[service];
    input.impedance = &edition.impedance[service];
    input.impedance_label = study.travel_parameters[service];
    input.supply = study.offered[service];
    if (scenario != no_index) {
      input.earlier_impedance = input.impedance;
      input.earlier_supply = input.supply;
      input.impedance = &edition.scenario_impedance[scenario][service];
      input.supply = study.scenarios[scenario].offered[service];
    }
    input.fees = scenario == no_index ? study.services[service].fee
                                      : study.scenarios[scenario].services[service].fee;
    find_ranking(study, edition, date, input);
    // A table of costs to sites says nothing of ways to the districts.
    input.to_districts = study.means.table.empty() ? &edition.to_districts : nullptr;
    if (scenario != no_index && input.to_districts != nullptr &&
        edition.scenario_to_districts[scenario].costs.site_count > 0) {
      input.to_districts = &edition.scenario_to_districts[scenario];
    }
    input.origins = edition.origins.points.empty() ? nullptr : &edition.origins.points;
    input.access = access_settings_of(study, service);
    if (!settings.demand.empty() && input.counts != nullptr) {
      input.demand = input.counts->group(
          group_named(study, settings.demand, "[[services]] '" + settings.id + "' demand"));
    }
  }
  return input;
}

void add_services(const Study& study, const StudyEdition& edition, std::uint32_t scenario,
                  metrics::MetricInput& input) {
  const bool today = scenario == no_index;
  input.impedance_label = study.means_label;
  input.origins = edition.origins.points.empty() ? nullptr : &edition.origins.points;
  for (std::uint32_t s = 0; s < study.services.size(); ++s) {
    metrics::ServiceInput service;
    service.id = study.services[s].id;
    service.impedance = today ? &edition.impedance[s] : &edition.scenario_impedance[scenario][s];
    service.supply = today ? study.offered[s] : study.scenarios[scenario].offered[s];
    service.access = access_settings_of(study, s);
    service.weight = study.settings.services[s].weight;
    input.services.push_back(std::move(service));
  }
}

std::vector<GroupIndex> groups_read(const metrics::MetricEntry& entry, const Study& study,
                                    GroupIndex group, GroupIndex reference, std::uint32_t service) {
  std::vector<GroupIndex> read{0};
  if (group != no_index) read.push_back(group);
  if (reference != no_index) read.push_back(reference);
  if (service != no_index && !study.settings.services[service].demand.empty()) {
    read.push_back(
        group_named(study, study.settings.services[service].demand, "[[services]] demand"));
  }
  if (entry.needs.partition) {
    const std::vector<GroupIndex> leaves = study.groups.leaves();
    read.insert(read.end(), leaves.begin(), leaves.end());
  }
  return read;
}

bool reads_hidden(const StudyEdition& edition, std::size_t date,
                  std::span<const GroupIndex> groups) {
  return std::any_of(groups.begin(), groups.end(),
                     [&](GroupIndex group) { return edition.seen[date].hides[group] != 0; });
}

GroupIndex group_named(const Study& study, std::string_view name, std::string_view wanted_by) {
  const GroupIndex found = study.groups.find(name);
  if (found != no_index) return found;
  std::vector<std::string> known;
  for (const Group& group : study.groups.nodes) {
    known.push_back(group.id);
    known.push_back(group.label);
  }
  const std::string near = nearest_word(name, known);
  throw InputError(
      study.settings.file,
      std::string(wanted_by) + ": there is no group '" + std::string(name) + "'",
      near.empty() ? "groups there are: " + joined(known, ", ") : "did you mean '" + near + "'?");
}

GroupIndex first_group(const Study& study) {
  if (!study.settings.groups.first.empty()) {
    return group_named(study, study.settings.groups.first, "[groups] first");
  }
  return study.groups.size() > 1 ? 1 : 0;
}

GroupIndex reference_group(const Study& study) {
  const std::string& name = study.settings.groups.reference;
  if (name.empty() || name == "rest") return no_index;
  return group_named(study, name, "[groups] reference");
}

std::vector<GroupIndex> analysed_groups(const Study& study) {
  std::vector<GroupIndex> groups;
  for (const std::string& name : study.settings.analysis.groups) {
    groups.push_back(group_named(study, name, "[analysis] groups"));
  }
  if (!groups.empty()) return groups;
  for (std::size_t g = 1; g < study.groups.size(); ++g) {
    groups.push_back(static_cast<GroupIndex>(g));
  }
  return groups;
}

std::string reference_label(const Study& study, GroupIndex reference) {
  return reference == no_index ? "rest" : study.groups.nodes[reference].label;
}

bool is_composition(const metrics::MetricEntry& entry) {
  return !entry.needs.service && (entry.needs.group || entry.needs.partition);
}

}  // namespace quartier::study
