#include "io/study_access_use.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace quartier::io {
namespace {

constexpr int seconds_per_minute = 60;

bool is_among(std::string_view word, const std::vector<std::string>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool by_timetable(const StudyFile& study) { return study.travel.mode == "transit"; }
bool has_streets(const StudyFile& study) { return !study.streets.layer.empty(); }

std::string unit_of(const StudyFile& study) { return counts_minutes(study) ? "minutes" : "metres"; }

/// "on foot", "by timetable": for messages.
std::string manner(const StudyFile& study) {
  if (by_timetable(study)) return "by timetable";
  if (study.travel.mode == "cycle") return "by bicycle";
  return study.travel.mode == "drive" ? "by car" : "on foot";
}

bool ignores_heights(const StudyFile& study) {
  if (study.travel.mode == "drive") return true;
  const bool slopes_count = counts_minutes(study) && !by_timetable(study);
  return !slopes_count && !study.travel.wheelchair;
}

int seconds_of(const std::string& clock) {
  const auto digit = [&](std::size_t k) { return clock[k] - '0'; };
  return ((digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4)) * seconds_per_minute;
}

/// Percentiles of a single departure are all that departure.
bool leaves_once(const StudyFile& study) {
  const StudyTimetable& timetable = study.timetable;
  return by_timetable(study) && seconds_of(timetable.until) - seconds_of(timetable.from) <=
                                    static_cast<int>(timetable.step_s);
}

/// A key that some ways of travelling have no use for.
struct Setting {
  const char* table;
  const char* key;
  GivenKeys (*given)(const StudyFile&);
  bool (*idle)(const StudyFile&);
  const char* because;
  const char* way_out;
  Severity severity = Severity::warning;
};

GivenKeys of_travel(const StudyFile& study) { return study.travel.given; }
GivenKeys of_streets(const StudyFile& study) { return study.streets.given; }
GivenKeys of_timetable(const StudyFile& study) { return study.timetable.given; }
GivenKeys of_origins(const StudyFile& study) { return study.origins.given; }

bool without_streets(const StudyFile& study) { return !has_streets(study); }
bool not_by_timetable(const StudyFile& study) { return !by_timetable(study); }

constexpr const char* no_streets_to_enter = "there are no streets that places would have to enter";
constexpr const char* name_streets = "name a layer of kind \"streets\" in [streets]";

const Setting settings_table[] = {
    {"[travel]", "speed_kmh", of_travel,
     [](const StudyFile& study) { return !counts_minutes(study); },
     "ways are counted in metres, which no speed changes",
     "choose cost = \"time\", which needs [streets]"},
    {"[travel]", "elevation", of_travel, ignores_heights,
     "slopes change times on foot and by bicycle along streets, and bar wheelchairs; here neither "
     "is asked for",
     "choose cost = \"time\" or wheelchair = true"},
    {"[travel]", "snap", of_travel, without_streets, no_streets_to_enter, name_streets},
    {"[travel]", "snap_leg", of_travel, without_streets, no_streets_to_enter, name_streets},
    {"[streets]", "detour_factor", of_streets, has_streets, "ways follow the streets",
     "leave it out", Severity::note},
    {"[timetable]", "layer", of_timetable, not_by_timetable, "nobody travels by timetable",
     "choose [travel] mode = \"transit\"", Severity::note},
    {"[timetable]", "percentile", of_timetable, leaves_once,
     "the window holds one departure, so that all percentiles are the same",
     "widen the window, or choose a shorter step_s"},
    {"[timetable]", "change_s", of_timetable,
     [](const StudyFile& study) { return by_timetable(study) && study.timetable.rides == 1; },
     "rides = 1 leaves nobody to change", "raise rides"},
    {"[timetable]", "wheelchair_unknown", of_timetable,
     [](const StudyFile& study) { return by_timetable(study) && !study.travel.wheelchair; },
     "nobody travels in a wheelchair", "choose [travel] wheelchair = true", Severity::note},
    {"[origins]", "grid_m", of_origins,
     [](const StudyFile& study) { return study.origins.from != "grid"; },
     "people do not set out from a grid", "choose from = \"grid\""},
    {"[origins]", "layer", of_origins,
     [](const StudyFile& study) { return study.origins.from != "points"; },
     "people do not set out from points", "choose from = \"points\""},
};

Finding idle_finding(const std::string& place, const std::string& because,
                     const std::string& way_out, Severity severity) {
  Finding finding{.kind = "setting_without_effect", .severity = severity};
  finding.layer = place;
  finding.message = place + " changes nothing here: " + because;
  finding.way_out = way_out;
  return finding;
}

/// An option that could only be ignored.
void refuse_idle_options(const StudyFile& study) {
  const auto refuse = [&](const char* option, const std::string& because,
                          const std::string& way_out) {
    if (is_among(option, study.options)) {
      throw InputError(study.file, std::string(option) + " would change nothing: " + because,
                       way_out);
    }
  };
  if (!by_timetable(study)) {
    for (const char* option : {"--window", "--travel-date", "--percentile"}) {
      refuse(option, "people travel " + manner(study) + ", not by timetable",
             "add --mode transit, or leave " + std::string(option) + " out");
    }
  }
  if (!counts_minutes(study)) {
    refuse(
        "--speed", "ways are counted in metres",
        has_streets(study) ? "add --cost time" : "name streets in [streets] and add --cost time");
  }
  if (leaves_once(study)) {
    refuse("--percentile", "the window holds one departure", "widen the window with --window");
  }
}

void refuse_contradictions(const StudyFile& study) {
  const StudyTravel& travel = study.travel;
  if (by_timetable(study) && travel.cost == "distance") {
    throw InputError(study.file, "travel by timetable is counted in minutes, never in metres",
                     "leave cost = \"distance\" out, or choose another mode");
  }
  if (travel.wheelchair && (travel.mode == "cycle" || travel.mode == "drive")) {
    throw InputError(study.file,
                     "wheelchair = true says nothing of travel " + manner(study) +
                         ": steps and kerbs are known for walking only",
                     "choose mode = \"walk\" or \"transit\", or leave wheelchair out");
  }
}

/// Keys of [access] that are written in metres or minutes.
std::vector<std::string> keys_in_units(const StudyFile& study) {
  const StudyAccess& access = study.access;
  std::vector<std::string> keys;
  for (const char* key :
       {"decay_cutoff", "interval_from", "interval_step", "balance_step", "congestion_scale"}) {
    if (is_among(key, access.given)) keys.emplace_back(key);
  }
  const std::string decay = lower_ascii(trimmed(access.decay));
  const bool of_file = is_among("decay", access.given) && !is_among("--decay", study.options);
  if (of_file && decay.find(':') != std::string::npos && !decay.starts_with("power")) {
    keys.push_back("decay = \"" + access.decay + "\"");
  }
  return keys;
}

/// "--mode and --cost": the options that may switch the unit.
std::string switching_options(const StudyFile& study) {
  std::vector<std::string> options;
  for (const char* option : {"--mode", "--cost"}) {
    if (is_among(option, study.options)) options.emplace_back(option);
  }
  return joined(options, " and ");
}

void refuse_other_unit(const StudyFile& own, const StudyFile& study) {
  const std::vector<std::string> keys = keys_in_units(study);
  if (keys.empty() || counts_minutes(own) == counts_minutes(study)) return;
  const bool decay = keys.back().starts_with("decay =");
  throw InputError(study.file,
                   "[access] " + joined(keys, ", ") + (keys.size() == 1 ? " is" : " are") + " in " +
                       unit_of(own) + ", and " + switching_options(study) +
                       " makes ways count in " + unit_of(study),
                   decay && keys.size() == 1
                       ? "give --decay in " + unit_of(study)
                       : "write a study for this way of travelling, or leave the keys out");
}

/// Services whose cutoff is in the unit that ways are not counted in.
void check_cutoffs(const StudyFile& own, const StudyFile& study, std::vector<Finding>& findings) {
  if (is_among("--cutoff", study.options)) return;
  const bool minutes = counts_minutes(study);
  const char* wanted = minutes ? "cutoff_min" : "cutoff_m";
  const char* other = minutes ? "cutoff_m" : "cutoff_min";
  Finding finding{.kind = "cutoff_by_default", .count = 0};
  double taken = 0.0;
  for (const StudyService& service : study.services) {
    if (is_among(wanted, service.given) || !is_among(other, service.given)) continue;
    if (counts_minutes(own) == minutes) {
      throw InputError(study.file,
                       "[[services]] '" + service.id + "': " + other +
                           " says nothing here, because ways are counted in " + unit_of(study),
                       std::string("write ") + wanted + " = NUMBER, beside it or in its place");
    }
    taken = minutes ? service.cutoff_min : service.cutoff_m;
    ++finding.count;
    if (finding.rows.size() < named_rows_limit) finding.rows.push_back(service.id);
  }
  if (finding.count == 0) return;
  finding.layer = "[[services]]";
  finding.message = switching_options(study) + " makes ways count in " + unit_of(study) +
                    ", and services have only " + other + ": " + exact_text(taken) + " " +
                    unit_of(study) + ", the default, are taken as within reach";
  finding.way_out = std::string("give --cutoff NUMBER, or write ") + wanted + " beside " + other;
  findings.push_back(std::move(finding));
}

void check_limits(const StudyFile& study) {
  const StudyAccess& access = study.access;
  const bool minutes = counts_minutes(study);
  for (const StudyService& service : study.services) {
    const double cutoff = minutes ? service.cutoff_min : service.cutoff_m;
    if (by_timetable(study) && std::max(cutoff, access.decay_cutoff) > study.timetable.limit_min) {
      throw InputError(study.file,
                       "[[services]] '" + service.id + "' reaches to " +
                           exact_text(std::max(cutoff, access.decay_cutoff)) +
                           " minutes, but [timetable] limit_min ends travel at " +
                           exact_text(study.timetable.limit_min),
                       "raise limit_min, or lower the cutoff");
    }
    if (access.interval_from > cutoff) {
      throw InputError(study.file,
                       "[access] interval_from = " + exact_text(access.interval_from) +
                           " lies beyond the cutoff of service '" + service.id + "', " +
                           exact_text(cutoff) + " " + unit_of(study),
                       "lower interval_from, or leave it out: it is half of each cutoff then");
    }
  }
}

}  // namespace

bool counts_minutes(const StudyFile& study) {
  return by_timetable(study) || (has_streets(study) && counts_time(study.travel));
}

std::vector<Finding> check_use_of_settings(const StudyFile& own, const StudyFile& study) {
  refuse_contradictions(study);
  refuse_idle_options(study);
  refuse_other_unit(own, study);
  check_limits(study);
  std::vector<Finding> findings;
  check_cutoffs(own, study, findings);
  for (const Setting& setting : settings_table) {
    const bool given = is_among(setting.key, setting.given(study));
    if (!given || !setting.idle(own) || !setting.idle(study)) continue;
    const bool whole = std::string_view(setting.key) == "layer" && setting.idle == not_by_timetable;
    findings.push_back(
        idle_finding(whole ? setting.table : std::string(setting.table) + " " + setting.key,
                     setting.because, setting.way_out, setting.severity));
  }
  if (study.services.empty()) {
    const bool any = !study.travel.given.empty() || !study.timetable.given.empty() ||
                     !study.origins.given.empty() || !study.access.given.empty() ||
                     !study.scenarios.empty();
    if (any) {
      findings.push_back(idle_finding("[travel], [timetable], [origins], [access] or [[scenarios]]",
                                      "the study names no services",
                                      "name what people travel to in [[services]]",
                                      Severity::warning));
    }
  }
  return findings;
}

}  // namespace quartier::io
