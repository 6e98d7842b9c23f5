#include "study/analysis.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/text.h"
#include "metrics/decay.h"
#include "metrics/profile.h"

namespace quartier::study {
namespace {

constexpr std::array<double, 3> default_reach_m{500.0, 1000.0, 2000.0};
constexpr double default_neighbours = 1000.0;

template <typename Choice>
std::string_view word_of(Choice choice) {
  return metrics::text_of(choice);
}
std::string_view word_of(metrics::EnvironmentKind kind) { return metrics::id_of(kind); }
std::string_view word_of(metrics::KernelShape shape) { return metrics::id_of(shape); }

/// The choice whose text is `word`.
template <typename Choice>
Choice choice_of(const Study& study, const std::string& key, const std::string& word,
                 std::initializer_list<Choice> choices) {
  std::vector<std::string> known;
  for (const Choice choice : choices) {
    known.emplace_back(word_of(choice));
    if (word == known.back()) return choice;
  }
  const std::string near = nearest_word(word, known);
  throw InputError(study.settings.file, "[analysis] " + key + ": '" + word + "' is no choice",
                   near.empty() ? "one of " + joined(known, ", ") : "did you mean '" + near + "'?");
}

}  // namespace

metrics::Conventions conventions_of(const Study& study) {
  using metrics::Correction;
  using metrics::EmptyDistricts;
  using metrics::SelfDistance;
  const io::StudyAnalysis& analysis = study.settings.analysis;
  metrics::Conventions conventions;
  conventions.contiguity =
      analysis.contiguity == "rook" ? ContiguityRule::rook : ContiguityRule::queen;
  conventions.empty_districts = choice_of(study, "empty_districts", analysis.empty_districts,
                                          {EmptyDistricts::dropped, EmptyDistricts::kept});
  conventions.self_distance =
      choice_of(study, "self_distance", analysis.self_distance,
                {SelfDistance::root_of_area, SelfDistance::root_of_part, SelfDistance::zero});
  conventions.correction =
      choice_of(study, "correction", analysis.correction,
                {Correction::none, Correction::false_discovery, Correction::bonferroni});
  conventions.perimeter = choice_of(study, "perimeter", analysis.perimeter,
                                    {metrics::Perimeter::full, metrics::Perimeter::interior});
  conventions.large_end = choice_of(study, "large_end", analysis.large_end,
                                    {metrics::LargeEnd::group, metrics::LargeEnd::reference});
  conventions.ties =
      choice_of(study, "ties", analysis.ties, {metrics::Ties::row_order, metrics::Ties::together});
  conventions.islands = choice_of(study, "islands", analysis.islands,
                                  {metrics::Islands::kept, metrics::Islands::dropped});
  conventions.weighing =
      choice_of(study, "weighing", analysis.weighing,
                {metrics::Weighing::own_residents, metrics::Weighing::smoothed_population});
  conventions.decay_per_km = analysis.decay_per_km;
  conventions.atkinson_b = analysis.atkinson_b;
  return conventions;
}

std::vector<metrics::EnvironmentSpec> environments_of(const Study& study,
                                                      const metrics::StreetReach* reach) {
  using metrics::EnvironmentKind;
  using metrics::KernelShape;
  const io::StudyAnalysis& analysis = study.settings.analysis;
  metrics::EnvironmentSpec spec;
  spec.kind =
      choice_of(study, "environment", analysis.environment,
                {EnvironmentKind::own, EnvironmentKind::kernel, EnvironmentKind::nearest_people,
                 EnvironmentKind::nearest_districts, EnvironmentKind::street});
  spec.kernel.shape =
      choice_of(study, "kernel", analysis.kernel,
                {KernelShape::uniform, KernelShape::triangular, KernelShape::epanechnikov,
                 KernelShape::biweight, KernelShape::gaussian, KernelShape::exponential});
  spec.reach = reach;
  const bool by_number = spec.kind == EnvironmentKind::nearest_people ||
                         spec.kind == EnvironmentKind::nearest_districts;
  std::vector<double> sizes = by_number ? analysis.neighbours : analysis.bandwidths_m;
  if (sizes.empty() && by_number) sizes = {default_neighbours};
  if (sizes.empty()) sizes.assign(default_reach_m.begin(), default_reach_m.end());
  if (spec.kind == EnvironmentKind::own) sizes.resize(1);
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  std::vector<metrics::EnvironmentSpec> specs;
  for (const double size : sizes) {
    specs.push_back(metrics::at_scale(spec, size));
    if (spec.kind != EnvironmentKind::street) metrics::check_environment(specs.back(), 1);
  }
  return specs;
}

double street_reach_m(const Study& study) {
  const io::StudyAnalysis& analysis = study.settings.analysis;
  if (analysis.environment != metrics::id_of(metrics::EnvironmentKind::street)) return 0.0;
  if (study.settings.streets.layer.empty()) {
    throw InputError(study.settings.file, "environments along streets need a street graph",
                     "name one in [streets], or choose environment = \"kernel\"");
  }
  double reach_m = 0.0;
  for (const metrics::EnvironmentSpec& spec : environments_of(study, nullptr)) {
    reach_m = std::max(reach_m, spec.kernel.bandwidth_m);
  }
  return reach_m;
}

metrics::AccessSettings access_settings_of(const Study& study, std::uint32_t service) {
  const io::StudyAccess& given = study.settings.access;
  const io::StudyService& of_service = study.settings.services[service];
  metrics::AccessSettings settings;
  settings.cutoff = study.means.counts_minutes() ? of_service.cutoff_min : of_service.cutoff_m;
  const double decay_cutoff = given.decay_cutoff > 0.0 ? given.decay_cutoff : settings.cutoff;
  settings.decay = metrics::decay_of(given.decay, decay_cutoff);
  settings.nearest = given.nearest;
  settings.opportunities = given.opportunities;
  settings.interval_from = given.interval_from;
  settings.interval_step = given.interval_step;
  settings.demand_exponent = given.demand_exponent;
  settings.balance_step = given.balance_step;
  settings.congestion_scale = given.congestion_scale;
  settings.equilibrium_gap = given.equilibrium_gap;
  settings.all_sites_share = given.all_sites_share;
  if (!given.choices.empty()) settings.choices = given.choices;
  settings.scale_places = given.scale_places;
  settings.poverty_line = given.poverty_line;
  return settings;
}

std::vector<DistrictIndex> centres_of(const Study& study, const StudyEdition& edition) {
  std::vector<DistrictIndex> centres;
  for (const std::string& id : study.settings.analysis.centres) {
    centres.push_back(edition.area.districts.find(id));
    if (centres.back() != no_index) continue;
    const std::string near = nearest_word(id, edition.area.districts.ids);
    throw InputError(study.settings.file,
                     "[analysis] centres: districts '" + edition.area.id + "' have no '" + id + "'",
                     near.empty() ? "name ids of districts" : "did you mean '" + near + "'?");
  }
  return centres;
}

std::uint32_t level_of(const Study& study, const StudyEdition& edition) {
  const std::vector<ParentLevel>& levels = edition.area.districts.levels;
  const std::string& wanted = study.settings.analysis.level;
  if (wanted.empty()) return levels.empty() ? no_index : 0;
  std::vector<std::string> known;
  for (std::size_t l = 0; l < levels.size(); ++l) {
    known.push_back(levels[l].id);
    if (levels[l].id == wanted) return static_cast<std::uint32_t>(l);
  }
  throw InputError(study.settings.file,
                   "districts '" + edition.area.id + "' have no larger areas '" + wanted + "'",
                   known.empty() ? "leave level out" : "there is: " + joined(known, ", "));
}

}  // namespace quartier::study
