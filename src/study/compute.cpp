#include "study/compute.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "metrics/access_cache.h"
#include "metrics/registry.h"
#include "study/inputs.h"
#include "study/rank.h"
#include "study/rounding.h"

namespace quartier::study {
namespace {

/// One row to compute.
struct Job {
  const metrics::MetricEntry* entry = nullptr;
  std::size_t edition = 0;
  std::size_t date = 0;
  GroupIndex group = no_index;
  GroupIndex reference = no_index;  ///< no_index: the rest
  std::uint32_t service = no_index;
  std::size_t environment = 0;
  std::uint32_t scenario = no_index;  ///< no_index: today
};

std::string with_districts(const Study& study, std::size_t edition, const std::string& text) {
  if (study.editions.size() == 1) return text;
  const std::string districts = "districts=" + study.editions[edition].area.id;
  return text.empty() ? districts : districts + "; " + text;
}

std::string with_scenario(const Study& study, const Job& job, const std::string& text) {
  if (job.scenario == no_index) return text;
  const std::string scenario = "scenario=" + study.settings.scenarios[job.scenario].id;
  return text.empty() ? scenario : scenario + "; " + text;
}

metrics::CityValue value_of(const Study& study, const std::vector<EditionWeights>& weights,
                            const Job& job, disclosure::Fill fill, metrics::AccessCache& cache) {
  const StudyEdition& edition = study.editions[job.edition];
  metrics::MetricInput input =
      metric_input(study, edition, job.date, weights[job.edition], job.group, job.reference,
                   job.service, job.environment, job.scenario,
                   job.entry->needs.service ? std::optional<disclosure::Fill>(fill) : std::nullopt);
  if (job.entry->needs.services) add_services(study, edition, job.scenario, input);
  input.cache = &cache;
  return job.entry->city(input);
}

/// How far other ways to fill in hidden counts move the value of a row of access.
double move_of(const Study& study, const std::vector<EditionWeights>& weights, const Job& job,
               double value, metrics::AccessCache& cache) {
  const std::vector<GroupIndex> read =
      groups_read(*job.entry, study, job.group, job.reference, job.service);
  if (!reads_hidden(study.editions[job.edition], job.date, read)) return 0.0;
  double move = 0.0;
  for (const disclosure::Fill fill : disclosure::other_fills) {
    move = wider(move, value, value_of(study, weights, job, fill, cache).value);
  }
  return move;
}

metrics::ResultRow row_of(const Study& study, const std::vector<EditionWeights>& weights,
                          const Job& job, metrics::AccessCache& cache) {
  const StudyEdition& edition = study.editions[job.edition];
  const metrics::CityValue city = value_of(study, weights, job, disclosure::Fill::middle, cache);
  metrics::ResultRow row;
  row.date = edition.counts[job.date].date;
  row.metric = job.entry->id;
  row.family = job.entry->family;
  if (job.group != no_index) row.group = study.groups.nodes[job.group].label;
  if (job.entry->needs.reference) row.reference = reference_label(study, job.reference);
  if (job.service != no_index) row.service = study.services[job.service].id;
  row.parameters = with_districts(study, job.edition, with_scenario(study, job, city.parameters));
  row.value = city.value;
  row.lower = city.lower;
  row.upper = city.upper;
  row.p_value = city.p_value;
  row.expected = city.expected;
  row.status = city.status;
  return row;
}

/// What is computed: metrics by choice, for these groups.
struct Plan {
  const Study& study;
  const std::vector<EditionWeights>& weights;
  const MetricChoice& choice;
  std::vector<GroupIndex> groups;
  std::vector<GroupIndex> references;
};

void refuse_unknown_date(const Study& study, const std::string& date) {
  if (date.empty()) return;
  std::vector<std::string> known;
  for (const StudyEdition& edition : study.editions) {
    for (const std::string& one : edition.area.dates) {
      if (one == date) return;
      known.push_back(one);
    }
  }
  throw InputError("there are no counts of " + date, "dates there are: " + joined(known, ", "));
}

/// Services and scenarios that do not exist are named with what there is.
void refuse_unknown_words(const Study& study, const MetricChoice& choice) {
  const auto refuse = [](const std::vector<std::string>& wanted, const auto& settings,
                         const std::string& what) {
    std::vector<std::string> known;
    for (const auto& one : settings) known.push_back(one.id);
    for (const std::string& id : wanted) {
      if (std::find(known.begin(), known.end(), id) != known.end()) continue;
      const std::string near = nearest_word(id, known);
      throw InputError("the study has no " + what + " '" + id + "'",
                       known.empty()  ? "it has none"
                       : near.empty() ? "there is: " + joined(known, ", ")
                                      : "did you mean '" + near + "'?");
    }
  };
  refuse(choice.services, study.settings.services, "service");
  refuse(choice.scenarios, study.settings.scenarios, "scenario");
}

Plan plan_of(const Study& study, const std::vector<EditionWeights>& weights,
             const MetricChoice& choice) {
  Plan plan{study, weights, choice, {}, {}};
  refuse_unknown_date(study, choice.date);
  refuse_unknown_words(study, choice);
  for (const std::string& name : choice.groups) {
    plan.groups.push_back(group_named(study, name, "--group"));
  }
  if (plan.groups.empty()) plan.groups = analysed_groups(study);
  plan.references =
      choice.every_pair ? analysed_groups(study) : std::vector<GroupIndex>{reference_group(study)};
  return plan;
}

/// The jobs of one metric at one date, service by service and group by group.
void add_jobs(const Plan& plan, Job job, std::vector<Job>& jobs) {
  const metrics::Needs& needs = job.entry->needs;
  const bool one_service = needs.service && !needs.services;
  const std::size_t service_count = one_service ? plan.study.services.size() : 1;
  for (std::size_t s = 0; s < service_count; ++s) {
    if (one_service && !plan.choice.wants_service(plan.study.services[s].id)) continue;
    job.service = one_service ? static_cast<std::uint32_t>(s) : no_index;
    if (!needs.group) {
      jobs.push_back(job);
      continue;
    }
    for (const GroupIndex group : plan.groups) {
      job.group = group;
      for (const GroupIndex reference : plan.references) {
        if (needs.reference && group == reference) continue;
        job.reference = needs.reference ? reference : no_index;
        jobs.push_back(job);
        if (!needs.reference) break;
      }
    }
    job.group = no_index;
  }
}

/// A metric that was asked for by name and can be computed nowhere is an error.
void refuse_impossible(const Plan& plan, const std::vector<Job>& jobs, bool access) {
  if (plan.choice.none) return;
  for (const std::string& id : plan.choice.metrics) {
    const metrics::MetricEntry* entry = metrics::find_metric(id);
    if (entry == nullptr || entry->needs.service != access) continue;
    const bool found =
        std::any_of(jobs.begin(), jobs.end(), [&](const Job& job) { return job.entry == entry; });
    if (found) continue;
    std::string reason;
    for (const StudyEdition& edition : plan.study.editions) {
      for (std::size_t d = 0; d < edition.counts.size() && reason.empty(); ++d) {
        reason = missing_for(*entry, plan.study, edition, d);
      }
    }
    throw InputError(
        "'" + id + "' cannot be computed here" + (reason.empty() ? std::string() : ": " + reason),
        "leave it out; `quartier list metrics` says what each metric needs");
  }
}

/// The rows of one table, edition by edition, date by date, in the order of the registry.
std::vector<Job> jobs_of(const Plan& plan, bool access) {
  std::vector<Job> jobs;
  for (std::size_t e = 0; e < plan.study.editions.size(); ++e) {
    const StudyEdition& edition = plan.study.editions[e];
    const std::size_t date_count = edition.counts.size();
    const bool latest_only = access && plan.choice.date.empty() && date_count > 0;
    const std::size_t first_date = latest_only ? date_count - 1 : 0;
    for (std::size_t d = first_date; d < date_count; ++d) {
      if (!plan.choice.date.empty() && edition.counts[d].date != plan.choice.date) continue;
      for (const metrics::MetricEntry& entry : metrics::metric_table()) {
        if (entry.scope != metrics::Scope::city || entry.needs.service != access) continue;
        if (!plan.choice.wants(entry)) continue;
        if (!missing_for(entry, plan.study, edition, d).empty()) continue;
        const std::size_t sizes = entry.needs.environment ? plan.weights[e].environments.size() : 1;
        for (std::size_t size = 0; size < sizes; ++size) {
          Job job{.entry = &entry, .edition = e, .date = d, .environment = size};
          if (!entry.needs.scenario) add_jobs(plan, job, jobs);
          if (!access) continue;
          for (std::uint32_t s = 0; s < plan.study.scenarios.size(); ++s) {
            const std::string& id = plan.study.settings.scenarios[s].id;
            if (!entry.needs.scenario && !plan.choice.names_scenario(id)) continue;
            job.scenario = s;
            add_jobs(plan, job, jobs);
          }
        }
      }
    }
  }
  refuse_impossible(plan, jobs, access);
  return jobs;
}

/// @param moves  filled with how far hidden counts can move each row; nullptr: not asked
std::vector<metrics::ResultRow> rows_of(const Plan& plan, const std::vector<Job>& jobs,
                                        const Progress& progress, std::vector<double>* moves) {
  std::vector<metrics::ResultRow> rows(jobs.size());
  if (moves != nullptr) moves->assign(jobs.size(), 0.0);
  metrics::AccessCache cache;
  for_chunks(jobs.size(), 1, [&](std::size_t job, std::size_t, std::size_t) {
    progress.check();
    rows[job] = row_of(plan.study, plan.weights, jobs[job], cache);
    if (moves == nullptr) return;
    (*moves)[job] = move_of(plan.study, plan.weights, jobs[job], rows[job].value, cache);
  });
  return rows;
}

}  // namespace

Results compute(const Study& study, Progress& progress, const MetricChoice& choice) {
  Results results;
  std::vector<EditionWeights> weights;
  for (const StudyEdition& edition : study.editions) {
    weights.push_back(weights_of(study, edition));
  }
  if (!study.groups.nodes.empty()) {
    const Plan plan = plan_of(study, weights, choice);
    if (!choice.only_access) {
      progress.step("Segregation indices", 0.8);
      results.indices = rows_of(plan, jobs_of(plan, false), progress, nullptr);
    }
    progress.step("Access of every group", 0.85);
    results.access = rows_of(plan, jobs_of(plan, true), progress, &results.access_moves);
  }
  progress.step("Priorities", 0.9);
  for (const io::StudyProfile& profile : study.settings.priorities) {
    results.rankings.push_back(ranked(study, weights, profile));
  }
  return results;
}

}  // namespace quartier::study
