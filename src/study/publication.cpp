#include "study/publication.h"

#include <algorithm>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "disclosure/derived.h"
#include "study/analysis.h"
#include "study/compute.h"
#include "study/curves.h"
#include "study/gated.h"

namespace quartier::study {

struct Publication::Impl {
  Study study;
  Results results;
  std::vector<EditionWeights> weights;
  std::vector<ServicePoints> services;
  std::vector<ColumnSpec> catalogue;
  std::vector<PublishedRanking> rankings;
  std::vector<Finding> findings;
  std::vector<Parameter> parameters;
};

namespace {

ServicePoints points_of(const Services& services) {
  ServicePoints points;
  points.id = services.id;
  points.label = services.label;
  points.places = services.places;
  points.names = services.names;
  points.supply = services.supply;
  points.supply_published = services.supply_published;
  return points;
}

/// Columns of a ranking: its score and its rank.
void add_ranking_columns(const StudyRanking& ranking, std::vector<ColumnSpec>& catalogue) {
  ColumnSpec spec;
  spec.family = "priority";
  spec.edition = ranking.edition;
  spec.date = ranking.date;
  spec.source = ranking.profile.label;
  spec.column = "priority_score:" + ranking.profile.id;
  spec.kind = ColumnKind::score;
  spec.label = "Priority score, " + ranking.profile.label;
  spec.unit = "index";
  spec.meaning = "Weighted mean of the profile's normalised indicators; high is urgent.";
  catalogue.push_back(spec);
  spec.column = "priority_rank:" + ranking.profile.id;
  spec.kind = ColumnKind::rank;
  spec.label = "Priority rank, " + ranking.profile.label;
  spec.unit = "rank";
  spec.meaning = "Position in the ranking; 1 is the most urgent.";
  catalogue.push_back(spec);
}

std::vector<Parameter> parameters_of(const Study& study) {
  const io::StudyAnalysis& analysis = study.settings.analysis;
  const io::StudyDisclosure& disclosure = study.settings.disclosure;
  std::vector<Parameter> parameters{
      {"reference system", study.crs.name},
      {"unknown cells", analysis.unknown_cells},
      {"contiguity", analysis.contiguity},
      {"permutations", std::to_string(analysis.permutations)},
      {"seed", std::to_string(analysis.seed)},
      {"disclosure threshold", std::to_string(disclosure.threshold)},
      {"zeros", disclosure.hide_zeros ? "hidden" : "shown"},
      {"ways", !study.means.table.empty() ? study.means_label
               : study.means.has_streets || study.means.by_timetable()
                   ? study.means_label + " (" + study.settings.streets.layer + ")"
                   : "straight line times " + exact_text(study.means.detour_factor)}};
  for (const io::StudyDistricts& districts : study.settings.districts) {
    parameters.push_back({"contiguity tolerance, " + districts.id,
                          exact_text(districts.contiguity_tolerance_m) + " m"});
  }
  if (!study.travel_parameters.empty()) {
    // Behind the first stand the settings of travel; terms of a service are told with it.
    const std::string& pairs = study.travel_parameters.front();
    for (std::size_t at = pairs.find("; "); at != std::string::npos; at = pairs.find("; ", at)) {
      at += 2;
      const std::string pair = pairs.substr(at, pairs.find("; ", at) - at);
      const std::string name = pair.substr(0, pair.find('='));
      if (name == "open_at" || name == "language" || name == "eligible" || name == "fee_up_to") {
        continue;
      }
      parameters.push_back({name, pair.substr(name.size() + 1)});
    }
  }
  const CostUnit unit = study.means.unit();
  for (std::size_t s = 0; s < study.settings.services.size(); ++s) {
    const std::string& id = study.settings.services[s].id;
    const metrics::AccessSettings access = access_settings_of(study, static_cast<std::uint32_t>(s));
    parameters.push_back(
        {"cutoff, " + id, exact_text(access.cutoff) + " " + std::string(shown_unit(unit))});
    parameters.push_back({"decay, " + id, text_of(access.decay, unit)});
  }
  return parameters;
}

}  // namespace

Publication::Publication(Study study, Results results) {
  auto impl = std::make_unique<Impl>();
  impl->study = std::move(study);
  impl->results = std::move(results);
  Study& own = impl->study;
  for (const StudyEdition& edition : own.editions) {
    impl->weights.push_back(weights_of(own, edition));
  }
  if (own.gate.tables.size() != own.editions.size()) guard(own);
  gate_rows(own, impl->weights, impl->results.indices, {});
  gate_rows(own, impl->weights, impl->results.access, impl->results.access_moves);
  impl->catalogue = catalogue_of(own);
  for (const StudyRanking& ranking : impl->results.rankings) {
    add_ranking_columns(ranking, impl->catalogue);
    impl->rankings.push_back(gated(own, impl->weights, ranking));
  }
  for (const Services& services : own.services) impl->services.push_back(points_of(services));
  impl->findings = own.findings;
  append(impl->findings, impl->results.findings);
  impl->parameters = parameters_of(own);
  impl_ = std::move(impl);
}

Publication::~Publication() = default;
Publication::Publication(Publication&&) noexcept = default;
Publication& Publication::operator=(Publication&&) noexcept = default;

const std::string& Publication::title() const { return impl_->study.settings.title; }
const std::string& Publication::note() const { return impl_->study.settings.note; }
bool Publication::synthetic() const { return impl_->study.settings.synthetic; }
const std::vector<Source>& Publication::sources() const { return impl_->study.sources; }

std::string Publication::source_line() const {
  std::vector<std::string> attributions;
  for (const Source& source : impl_->study.sources) {
    const std::string& text = source.attribution.empty() ? source.publisher : source.attribution;
    if (!text.empty() &&
        std::find(attributions.begin(), attributions.end(), text) == attributions.end()) {
      attributions.push_back(text);
    }
  }
  return joined(attributions, "; ");
}

const Groups& Publication::groups() const { return impl_->study.groups; }
GroupIndex Publication::default_group() const { return first_group(impl_->study); }
GroupIndex Publication::default_reference() const { return reference_group(impl_->study); }
std::size_t Publication::edition_count() const { return impl_->study.editions.size(); }
const Edition& Publication::edition(std::size_t position) const {
  return impl_->study.editions[position].area;
}
std::vector<Unreached> Publication::unreached(std::uint32_t edition) const {
  return study::unreached(impl_->study, edition);
}
std::vector<ScenarioName> Publication::scenarios() const {
  std::vector<ScenarioName> names;
  for (const io::StudyScenario& scenario : impl_->study.settings.scenarios) {
    names.push_back({scenario.id, scenario.label});
  }
  return names;
}
bool Publication::has_isochrones() const {
  const Means& means = impl_->study.means;
  return !means.by_timetable() && means.table.empty() && !impl_->study.services.empty();
}
std::string_view Publication::way_unit() const { return shown_unit(impl_->study.means.unit()); }
const std::vector<ServicePoints>& Publication::services() const { return impl_->services; }
const std::vector<ColumnSpec>& Publication::catalogue() const { return impl_->catalogue; }

Column Publication::column(const ColumnSpec& spec) const {
  if (spec.kind != ColumnKind::score && spec.kind != ColumnKind::rank) {
    return gated(impl_->study, impl_->weights, spec);
  }
  const std::string id = spec.column.substr(spec.column.find(':') + 1);
  Column column;
  column.spec = spec;
  for (const PublishedRanking& ranking : impl_->rankings) {
    if (ranking.id != id) continue;
    column.parameters = ranking.method;
    for (std::size_t i = 0; i < ranking.score.size(); ++i) {
      const bool has_rank = ranking.rank[i] != priority::unranked;
      const double value = spec.kind == ColumnKind::rank
                               ? (has_rank ? static_cast<double>(ranking.rank[i]) : undefined)
                               : ranking.score[i];
      column.values.push_back(value);
      column.states.push_back(is_defined(value) ? ValueState::shown
                              : has_rank        ? ValueState::suppressed
                                                : ValueState::no_data);
    }
  }
  return column;
}

std::vector<GroupShare> Publication::shares(std::uint32_t edition, std::string_view date,
                                            DistrictIndex district) const {
  const StudyEdition& area = impl_->study.editions[edition];
  const std::size_t d = date_position(area, date);
  const CountTable& counts = area.counts[d];
  const disclosure::Protection& table = impl_->study.gate.table(edition, d);
  const double everyone = counts.everyone()[district];
  const bool absent = !counts.absent.empty() && counts.absent[district] != 0;
  std::vector<GroupShare> shares;
  for (const GroupIndex group : impl_->study.groups.leaves()) {
    GroupShare share{group, ValueState::shown, undefined, undefined};
    if (absent) {
      share.state = ValueState::no_data;
    } else if (!disclosure::may_show(table.at(group, district))) {
      share.state = ValueState::suppressed;
    } else {
      share.persons = counts.group(group)[district];
      share.at_least = table.at(group, district) == disclosure::CellState::at_least;
      const bool may_show =
          disclosure::may_show_share(table, impl_->study.gate.policy, group, 0, district, everyone);
      if (may_show && everyone > 0.0) share.share = share.persons / everyone;
    }
    shares.push_back(share);
  }
  std::stable_sort(shares.begin(), shares.end(), [](const GroupShare& a, const GroupShare& b) {
    const bool a_shown = a.state == ValueState::shown;
    const bool b_shown = b.state == ValueState::shown;
    return a_shown != b_shown ? a_shown : a_shown && a.persons > b.persons;
  });
  return shares;
}

double Publication::residents(std::uint32_t edition, std::string_view date,
                              DistrictIndex district) const {
  const StudyEdition& area = impl_->study.editions[edition];
  const std::size_t d = date_position(area, date);
  const CountTable& counts = area.counts[d];
  const bool absent = !counts.absent.empty() && counts.absent[district] != 0;
  const bool may_show =
      disclosure::may_show(impl_->study.gate.table(edition, d).at(0, district)) && !absent;
  return may_show ? counts.everyone()[district] : undefined;
}

std::vector<LevelCount> Publication::level_counts(std::uint32_t edition,
                                                  std::string_view date) const {
  const StudyEdition& area = impl_->study.editions[edition];
  const std::size_t d = date_position(area, date);
  const disclosure::Protection& table = impl_->study.gate.table(edition, d);
  std::vector<LevelCount> counts;
  for (std::size_t l = 0; l < area.area.districts.levels.size(); ++l) {
    const ParentLevel& level = area.area.districts.levels[l];
    for (GroupIndex group = 0; group < impl_->study.groups.size(); ++group) {
      const std::vector<double> totals = rolled_up(level, area.counts[d].group(group));
      for (std::size_t p = 0; p < totals.size(); ++p) {
        const bool may_show = disclosure::may_show(table.parent(l, group, p));
        counts.push_back({level.id, level.ids[p], level.names[p], group,
                          may_show ? ValueState::shown : ValueState::suppressed,
                          may_show ? totals[p] : undefined});
      }
    }
  }
  return counts;
}

double Publication::city_total(std::uint32_t edition, std::string_view date,
                               GroupIndex group) const {
  const StudyEdition& area = impl_->study.editions[edition];
  const std::size_t d = date_position(area, date);
  if (!disclosure::may_show(impl_->study.gate.table(edition, d).city(group))) return undefined;
  return compensated_sum(area.counts[d].group(group));
}

std::vector<SegregationCurve> Publication::segregation_curves(
    std::uint32_t edition, std::string_view date, std::span<const GroupIndex> groups) const {
  return gated_curves(impl_->study, impl_->study.gate, edition,
                      date_position(impl_->study.editions[edition], date), groups);
}

ExposureTable Publication::exposures(std::uint32_t edition, std::string_view date) const {
  return gated_exposures(impl_->study, impl_->study.gate, edition,
                         date_position(impl_->study.editions[edition], date));
}

std::vector<Isochrone> Publication::isochrones(std::uint32_t edition,
                                               std::span<const std::string> services,
                                               std::span<const double> cutoffs) const {
  return isochrones_of(impl_->study, impl_->study.gate, edition, services, cutoffs);
}

const std::vector<metrics::ResultRow>& Publication::indices() const {
  return impl_->results.indices;
}
const std::vector<metrics::ResultRow>& Publication::access() const { return impl_->results.access; }
const std::vector<PublishedRanking>& Publication::rankings() const { return impl_->rankings; }
const std::vector<Finding>& Publication::findings() const { return impl_->findings; }
const std::vector<Ledger>& Publication::ledgers() const { return impl_->study.ledgers; }
const std::vector<InputFile>& Publication::inputs() const { return impl_->study.inputs; }
const std::vector<Parameter>& Publication::parameters() const { return impl_->parameters; }

std::string Publication::disclosure_note() const {
  const io::StudyDisclosure& disclosure = impl_->study.settings.disclosure;
  if (disclosure.threshold <= 1) {
    return "The study hides no counts beyond what its publishers hide.";
  }
  return "Counts of fewer than " + std::to_string(disclosure.threshold) +
         " persons are suppressed, with as many more as are needed so that none can be worked out; "
         "shares, quotients and contributions made from them are suppressed or coarsened with "
         "them. "
         "City-wide indices and ranks are computed from the full counts; indices that read a "
         "suppressed count are rounded. Access is computed from what is shown, and rounded to what "
         "that tells.";
}

}  // namespace quartier::study
