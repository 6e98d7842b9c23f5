#include "study/compute.h"

#include <functional>
#include <utility>

#include "base/parallel.h"
#include "metrics/registry.h"
#include "study/inputs.h"
#include "study/rank.h"

namespace quartier::study {
namespace {

/// One row to compute.
struct Job {
  const metrics::MetricEntry* entry = nullptr;
  std::size_t edition = 0;
  std::size_t date = 0;
  GroupIndex group = no_index;
  std::uint32_t service = no_index;
};

std::string with_districts(const Study& study, std::size_t edition, const std::string& text) {
  if (study.editions.size() == 1) return text;
  const std::string districts = "districts=" + study.editions[edition].area.id;
  return text.empty() ? districts : districts + "; " + text;
}

metrics::ResultRow row_of(const Study& study, const std::vector<EditionWeights>& weights,
                          const Job& job, GroupIndex reference) {
  const StudyEdition& edition = study.editions[job.edition];
  const metrics::MetricInput input = metric_input(study, edition, job.date, weights[job.edition],
                                                  job.group, reference, job.service);
  const metrics::CityValue city = job.entry->city(input);
  metrics::ResultRow row;
  row.date = edition.counts[job.date].date;
  row.metric = job.entry->id;
  row.family = job.entry->family;
  if (job.group != no_index) row.group = study.groups.nodes[job.group].label;
  if (job.entry->needs.reference) row.reference = reference_label(study, reference);
  if (job.service != no_index) row.service = study.services[job.service].id;
  row.parameters = with_districts(study, job.edition, city.parameters);
  row.value = city.value;
  row.lower = city.lower;
  row.upper = city.upper;
  row.p_value = city.p_value;
  row.expected = city.expected;
  row.status = city.status;
  return row;
}

/// The rows of one table, edition by edition, date by date, in the order of the registry.
std::vector<Job> jobs_of(const Study& study, const std::vector<GroupIndex>& groups,
                         GroupIndex reference, bool access) {
  std::vector<Job> jobs;
  for (std::size_t e = 0; e < study.editions.size(); ++e) {
    const std::size_t date_count = study.editions[e].counts.size();
    const std::size_t first_date = access && date_count > 0 ? date_count - 1 : 0;
    for (std::size_t d = first_date; d < date_count; ++d) {
      for (const metrics::MetricEntry& entry : metrics::metric_table()) {
        if (entry.scope != metrics::Scope::city || entry.needs.service != access) continue;
        const std::size_t service_count = access ? study.services.size() : 1;
        for (std::size_t s = 0; s < service_count; ++s) {
          const std::uint32_t service = access ? static_cast<std::uint32_t>(s) : no_index;
          if (!entry.needs.group) {
            jobs.push_back({&entry, e, d, no_index, service});
            continue;
          }
          for (const GroupIndex group : groups) {
            if (entry.needs.reference && group == reference) continue;
            jobs.push_back({&entry, e, d, group, service});
          }
        }
      }
    }
  }
  return jobs;
}

std::vector<metrics::ResultRow> rows_of(const Study& study,
                                        const std::vector<EditionWeights>& weights,
                                        const std::vector<Job>& jobs, GroupIndex reference,
                                        const Progress& progress) {
  std::vector<metrics::ResultRow> rows(jobs.size());
  for_chunks(jobs.size(), 1, [&](std::size_t job, std::size_t, std::size_t) {
    progress.check();
    rows[job] = row_of(study, weights, jobs[job], reference);
  });
  return rows;
}

}  // namespace

Results compute(const Study& study, Progress& progress) {
  Results results;
  std::vector<EditionWeights> weights;
  for (const StudyEdition& edition : study.editions) {
    weights.push_back(weights_of(edition, study.settings.analysis));
  }
  if (!study.groups.nodes.empty()) {
    const std::vector<GroupIndex> groups = analysed_groups(study);
    const GroupIndex reference = reference_group(study);
    progress.step("Segregation indices", 0.8);
    results.indices =
        rows_of(study, weights, jobs_of(study, groups, reference, false), reference, progress);
    progress.step("Access of every group", 0.85);
    results.access =
        rows_of(study, weights, jobs_of(study, groups, reference, true), reference, progress);
  }
  progress.step("Priorities", 0.9);
  for (const io::StudyProfile& profile : study.settings.priorities) {
    results.rankings.push_back(ranked(study, weights, profile));
  }
  return results;
}

}  // namespace quartier::study
