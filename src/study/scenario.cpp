#include "study/scenario.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "domain/timetable_edits.h"
#include "geo/locate.h"
#include "network/edits.h"
#include "study/ways.h"

namespace quartier::study {
namespace {

constexpr double seconds_per_minute = 60.0;

[[noreturn]] void fail(const Study& study, const io::StudyScenario& settings,
                       const std::string& message, std::string_view word,
                       const std::vector<std::string>& known) {
  const std::string near = nearest_word(word, known);
  throw InputError(
      study.settings.file, "[[scenarios]] '" + settings.id + "': " + message,
      near.empty() ? "there is: " + joined(known, ", ") : "did you mean '" + near + "'?");
}

std::size_t service_named(const Study& study, const io::StudyScenario& settings,
                          const std::string& id) {
  std::vector<std::string> known;
  for (std::size_t s = 0; s < study.services.size(); ++s) {
    if (study.services[s].id == id) return s;
    known.push_back(study.services[s].id);
  }
  fail(study, settings, "there is no service '" + id + "'", id, known);
}

/// A site by its id, or by its name where that is the only one.
std::size_t site_named(const Study& study, const io::StudyScenario& settings,
                       const Services& services, const std::string& word) {
  const auto by_id = std::find(services.ids.begin(), services.ids.end(), word);
  if (by_id != services.ids.end()) {
    return static_cast<std::size_t>(by_id - services.ids.begin());
  }
  const auto by_name = std::find(services.names.begin(), services.names.end(), word);
  if (by_name == services.names.end()) {
    std::vector<std::string> known = services.names;
    known.insert(known.end(), services.ids.begin(), services.ids.end());
    known.resize(std::min<std::size_t>(known.size(), 2000));
    fail(study, settings, "service '" + services.id + "' has no site '" + word + "'", word, known);
  }
  if (std::count(services.names.begin(), services.names.end(), word) > 1) {
    throw InputError(study.settings.file,
                     "[[scenarios]] '" + settings.id + "': several sites are called '" + word + "'",
                     "name the site by its id");
  }
  return static_cast<std::size_t>(by_name - services.names.begin());
}

/// What may be wrong with a place outside: degrees, or x and y the wrong way round.
std::string way_back(const Box& districts, Point place, const std::string& crs) {
  const auto range = [](double low, double high) {
    return exact_text(std::floor(low)) + " to " + exact_text(std::ceil(high));
  };
  const std::string inside = "districts span x from " + range(districts.min_x, districts.max_x) +
                             " and y from " + range(districts.min_y, districts.max_y) + " in " +
                             crs;
  const bool swapped = place.y >= districts.min_x && place.y <= districts.max_x &&
                       place.x >= districts.min_y && place.x <= districts.max_y;
  if (swapped) return "exchange x and y: " + inside;
  if (std::abs(place.x) <= 180.0 && std::abs(place.y) <= 180.0) {
    return "these look like degrees; " + inside;
  }
  return inside + "; sites count only in a district, so choose the nearest place inside";
}

void refuse_outside(const Study& study, const io::StudyScenario& settings, Point place) {
  Box districts;
  for (const StudyEdition& edition : study.editions) {
    const Polygons& shapes = edition.area.districts.shapes;
    if (geo::located(std::span(&place, 1), shapes).front() != no_index) return;
    for (const Point vertex : shapes.vertices) districts.extend(vertex);
  }
  throw InputError(study.settings.file,
                   "[[scenarios]] '" + settings.id + "': " + exact_text(place.x) + ", " +
                       exact_text(place.y) + " lies in no district",
                   way_back(districts, place, study.crs.name));
}

void add_site(const io::StudySiteChange& change, Services& services, std::vector<double>& offered) {
  services.ids.push_back(change.site.empty() ? "new-" + std::to_string(services.size() + 1)
                                             : change.site);
  services.names.push_back(change.name);
  services.places.push_back({change.x, change.y});
  services.supply.push_back(change.supply);
  if (!services.languages.empty()) services.languages.emplace_back();
  if (!services.opening_hours.empty()) services.opening_hours.emplace_back();
  if (!services.eligibility.empty()) services.eligibility.emplace_back();
  if (!services.fee.empty()) services.fee.push_back(undefined);
  offered.push_back(change.supply);
}

std::int32_t seconds_of_clock(const std::string& clock) {
  const auto digit = [&](std::size_t k) { return clock[k] - '0'; };
  return ((digit(0) * 10 + digit(1)) * 60 + digit(3) * 10 + digit(4)) * 60;
}

void tell_idle(const io::StudyScenario& settings, const std::string& message,
               const std::string& way_out, Study& study) {
  Finding finding{.kind = "edit_without_effect"};
  finding.layer = "scenario " + settings.id;
  finding.message = message;
  finding.way_out = way_out;
  study.findings.push_back(std::move(finding));
}

/// Changes of sites that do not serve, and of headways when nobody travels.
void tell_idle_changes(const io::StudyScenario& settings, Study& study) {
  using Kind = io::StudySiteChange::Kind;
  for (const io::StudySiteChange& change : settings.sites) {
    if (change.kind == Kind::add) continue;
    const std::size_t s = service_named(study, settings, change.service);
    const std::size_t j =
        site_named(study, settings, study.scenarios.back().services[s], change.site);
    const std::vector<SiteState>& states = study.site_states[s];
    if (j >= states.size() || states[j] == SiteState::serves) continue;
    if (states[j] == SiteState::without_places && change.kind == Kind::resize) continue;
    tell_idle(settings,
              "Site '" + change.site + "' of '" + change.service + "' does not serve today (" +
                  std::string(text_of(states[j])) + "), so its change changes nothing",
              "change the terms of the service, or another site", study);
  }
  const io::StudyTimetable& window = study.settings.timetable;
  for (const io::StudyHeadwayChange& change : settings.headways) {
    const double last = seconds_of_clock(window.until) + window.limit_min * seconds_per_minute;
    if (seconds_of_clock(change.from) < last) continue;
    tell_idle(settings,
              "The headway of '" + change.route + "' from " + change.from +
                  " begins after everybody who leaves by " + window.until + " has arrived",
              "choose an earlier from, or a later window in [timetable]", study);
  }
}

Timetable timetable_with(const Timetable& today, const io::StudyScenario& settings) {
  Timetable timetable = today;
  for (const io::StudyHeadwayChange& change : settings.headways) {
    timetable = with_headway(timetable, find_route(timetable, change.route),
                             static_cast<std::int32_t>(change.headway_min * seconds_per_minute),
                             seconds_of_clock(change.from), seconds_of_clock(change.until));
  }
  return timetable;
}

}  // namespace

StreetEdits street_edits_of(const io::StudyScenario& settings) {
  StreetEdits edits;
  for (const io::StudyStreetChange& change : settings.streets) {
    std::vector<Point> line;
    for (const auto& point : change.line) line.push_back({point.first, point.second});
    if (change.kind == io::StudyStreetChange::Kind::add) {
      AddedStreet street;
      street.line = std::move(line);
      edits.added.push_back(std::move(street));
    } else {
      StreetClosure closure;
      closure.line = std::move(line);
      closure.street = change.name;
      edits.closures.push_back(std::move(closure));
    }
  }
  return edits;
}

ScenarioServices services_with(const Study& study, const io::StudyScenario& settings) {
  using Kind = io::StudySiteChange::Kind;
  ScenarioServices result{study.services, study.offered};
  for (const io::StudySiteChange& change : settings.sites) {
    const std::size_t s = service_named(study, settings, change.service);
    Services& services = result.services[s];
    std::vector<double>& offered = result.offered[s];
    if (change.kind == Kind::add || change.kind == Kind::move) {
      refuse_outside(study, settings, {change.x, change.y});
    }
    if (change.kind == Kind::add) {
      add_site(change, services, offered);
      continue;
    }
    const std::size_t j = site_named(study, settings, services, change.site);
    switch (change.kind) {
      case Kind::add:
        break;
      case Kind::close:
        offered[j] = 0.0;
        break;
      case Kind::move:
        services.places[j] = {change.x, change.y};
        break;
      case Kind::resize:
        services.supply[j] = change.supply;
        offered[j] = offered_supply(services, site_states(services, study.terms[s]))[j];
        break;
    }
  }
  return result;
}

void find_scenario_ways(Study& study, Progress& progress) {
  for (const io::StudyScenario& settings : study.settings.scenarios) {
    progress.step("Ways of scenario: " + settings.label, 0.75);
    study.scenarios.push_back(services_with(study, settings));
    tell_idle_changes(settings, study);
    const StreetEdits edits = street_edits_of(settings);
    if (!edits.empty() && !study.means.has_streets) {
      throw InputError(study.settings.file,
                       "[[scenarios]] '" + settings.id + "' changes streets, but there are none",
                       "name a layer of kind \"streets\" in [streets]");
    }
    if (!edits.empty()) {
      for (Finding& finding : network::changes_of(study.means.streets, edits).findings) {
        finding.layer = "scenario " + settings.id;
        study.findings.push_back(std::move(finding));
      }
    }
    Means changed;
    const Means* means = &study.means;
    const std::vector<std::string>& options = study.settings.options;
    const bool switched = !study.means.by_timetable() &&
                          std::find(options.begin(), options.end(), "--mode") != options.end();
    if (!settings.headways.empty() && switched) {
      tell_idle(settings, "Headways change nothing, since --mode has nobody travel by timetable",
                "leave --mode out", study);
    } else if (!settings.headways.empty()) {
      if (!study.means.by_timetable()) {
        throw InputError(study.settings.file,
                         "[[scenarios]] '" + settings.id +
                             "' changes a headway, but nobody travels by timetable",
                         "choose [travel] mode = \"transit\"");
      }
      changed = study.means;
      changed.timetable = timetable_with(study.means.timetable, settings);
      means = &changed;
    }
    const bool other_ways = !edits.empty() || (!settings.headways.empty() && !switched);
    FoundWays ways = find_ways(*means, edits, study.scenarios.back(), other_ways, study, progress);
    for (std::size_t e = 0; e < study.editions.size(); ++e) {
      StudyEdition& edition = study.editions[e];
      edition.scenario_impedance.push_back(std::move(ways.to_services[e]));
      edition.scenario_to_districts.push_back(other_ways ? std::move(ways.to_districts[e])
                                                         : Impedance{});
    }
  }
}

}  // namespace quartier::study
