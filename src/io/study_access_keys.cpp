#include "io/study_access_keys.h"

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "base/text.h"
#include "io/study_file.h"

namespace quartier::io {
namespace {

constexpr double any_size = std::numeric_limits<double>::max();
constexpr double longest_m = 200'000.0;
constexpr double longest_min = 1'440.0;

/// "08:30", from 00:00 to 30:59 (a day's timetable runs on after midnight).
bool is_clock(const std::string& value) {
  const bool shaped = value.size() == 5 && value[2] == ':' &&
                      std::all_of(value.begin(), value.end(),
                                  [](char c) { return c == ':' || (c >= '0' && c <= '9'); });
  return shaped && value[3] <= '5' && value.substr(0, 2) <= "30";
}

std::string clock(TomlSection& section, std::string_view key, const std::string& fallback) {
  std::string value = section.text(key, fallback);
  if (!is_clock(value)) section.fail(key, "'" + value + "' is not a time such as 08:30");
  return value;
}

/// Pairs of coordinates: [x, y, x, y, ...].
std::vector<std::pair<double, double>> line(TomlSection& section, std::string_view key) {
  const std::vector<double> flat = section.numbers(key);
  if (flat.size() % 2 != 0 || flat.size() == 2) {
    section.fail(key, "is not a line: give at least two points as [x, y, x, y]");
  }
  std::vector<std::pair<double, double>> points;
  for (std::size_t k = 0; k + 1 < flat.size(); k += 2) points.emplace_back(flat[k], flat[k + 1]);
  return points;
}

/// Weights of first, second, third choices: 0 or more, the first above 0, none above the one
/// before.
std::vector<double> choices(TomlSection& section) {
  std::vector<double> weights = section.numbers("choices");
  for (std::size_t k = 0; k < weights.size(); ++k) {
    const bool falls = k == 0 ? weights[k] > 0.0 : weights[k] <= weights[k - 1];
    if (weights[k] < 0.0 || !falls) {
      section.fail("choices", "must be weights that do not rise", "write them like [1, 0.5, 0.25]");
    }
  }
  return weights;
}

StudySiteChange read_site_change(TomlSection section, StudySiteChange::Kind kind) {
  using Kind = StudySiteChange::Kind;
  StudySiteChange change;
  change.kind = kind;
  change.service = section.required_text("service");
  change.site = kind == Kind::add ? section.text("site") : section.required_text("site");
  if (kind == Kind::add || kind == Kind::move) {
    if (!section.has("x") || !section.has("y")) {
      section.fail("x", "a site needs a place", "give x and y in the study's reference system");
    }
    change.x = section.number("x", 0.0, -any_size, any_size);
    change.y = section.number("y", 0.0, -any_size, any_size);
  }
  if (kind == Kind::add) change.name = section.text("name", "New site");
  if (kind == Kind::add || kind == Kind::resize) {
    if (kind == Kind::resize && !section.has("supply")) section.fail("supply", "is missing");
    change.supply = section.number("supply", 1.0, 0.0, any_size);
  }
  section.finish();
  return change;
}

StudyStreetChange read_street_change(TomlSection section, StudyStreetChange::Kind kind) {
  StudyStreetChange change;
  change.kind = kind;
  if (kind == StudyStreetChange::Kind::close) change.name = section.text("name");
  change.line = line(section, "line");
  if (change.name.empty() && change.line.empty()) {
    section.fail("line", "is missing", "give line = [x, y, x, y], or the name of a street");
  }
  section.finish();
  return change;
}

}  // namespace

bool counts_time(const StudyTravel& travel) {
  return travel.cost.empty() ? travel.mode != "walk" : travel.cost == "time";
}

StudyService read_service(TomlSection section) {
  StudyService service;
  service.id = section.required_text("id");
  service.label = section.text("label", service.id);
  service.layer = section.required_text("layer");
  service.kind = section.text("kind");
  service.cutoff_m = section.number("cutoff_m", service.cutoff_m, 1.0, longest_m);
  service.cutoff_min = section.number("cutoff_min", service.cutoff_min, 0.1, longest_min);
  service.demand = section.text("demand");
  service.open_at = section.text("open_at");
  service.language = section.text("language");
  service.eligible = section.text("eligible");
  if (section.has("fee_up_to")) service.fee_up_to = section.number("fee_up_to", 0.0, 0.0, any_size);
  service.weight = section.number("weight", service.weight, 0.0, any_size);
  service.given = section.keys();
  section.finish();
  return service;
}

StudyTravel read_travel(TomlSection section) {
  StudyTravel travel;
  travel.mode = section.choice("mode", {"walk", "cycle", "drive", "transit"});
  if (section.has("cost")) travel.cost = section.choice("cost", {"distance", "time"});
  travel.speed_kmh = section.number("speed_kmh", 0.0, 0.0, 200.0);
  travel.wheelchair = section.flag("wheelchair", false);
  travel.elevation = section.text("elevation");
  travel.snap = section.choice("snap", {"largest component", "nearest node"});
  travel.snap_leg = section.flag("snap_leg", true);
  travel.given = section.keys();
  section.finish();
  return travel;
}

StudyTimetable read_study_timetable(TomlSection section) {
  StudyTimetable timetable;
  timetable.layer = section.required_text("layer");
  timetable.date = section.required_text("date");
  timetable.from = clock(section, "from", timetable.from);
  timetable.until = clock(section, "until", timetable.until);
  timetable.step_s = static_cast<std::uint32_t>(section.whole("step_s", 60, 1, 3600));
  timetable.percentile = section.number("percentile", 50.0, 1.0, 100.0);
  timetable.walk_m = section.number("walk_m", timetable.walk_m, 0.0, 10'000.0);
  timetable.change_walk_m = section.number("change_walk_m", timetable.change_walk_m, 0.0, 5'000.0);
  timetable.direct_walk_m = section.number("direct_walk_m", timetable.direct_walk_m, 0.0, 20'000.0);
  timetable.rides = static_cast<std::uint32_t>(section.whole("rides", 0, 0, 20));
  timetable.change_s = static_cast<std::uint32_t>(section.whole("change_s", 0, 0, 3600));
  timetable.limit_min = section.number("limit_min", timetable.limit_min, 1.0, 600.0);
  timetable.wheelchair_unknown = section.choice("wheelchair_unknown", {"unusable", "usable"});
  timetable.given = section.keys();
  section.finish();
  return timetable;
}

StudyOrigins read_origins(TomlSection section) {
  StudyOrigins origins;
  origins.from = section.choice("from", {"centroids", "grid", "streets", "points"});
  origins.grid_m = section.number("grid_m", origins.grid_m, 10.0, 10'000.0);
  origins.layer = section.text("layer");
  origins.given = section.keys();
  section.finish();
  return origins;
}

StudyAccess read_access(TomlSection section) {
  StudyAccess access;
  access.decay = section.text("decay", access.decay);
  access.decay_cutoff = section.number("decay_cutoff", 0.0, 0.0, longest_m);
  access.nearest = static_cast<std::uint32_t>(section.whole("nearest", 1, 1, 100));
  access.opportunities = section.number("opportunities", 1.0, 1e-9, any_size);
  access.interval_from = section.number("interval_from", 0.0, 0.0, longest_m);
  access.interval_step = section.number("interval_step", 0.0, 0.0, longest_m);
  access.demand_exponent = section.number("demand_exponent", 1.0, 0.0, 10.0);
  access.balance_step = section.number("balance_step", 0.0, 0.0, longest_m);
  access.congestion_scale = section.number("congestion_scale", 0.0, 0.0, longest_m);
  access.equilibrium_gap = section.number("equilibrium_gap", 1e-9, 1e-15, 1e-2);
  access.all_sites_share = section.flag("all_sites_share", true);
  access.choices = choices(section);
  access.scale_places = section.flag("scale_places", false);
  access.poverty_line = section.number("poverty_line", 0.0, 0.0, any_size);
  access.ranking = section.text("ranking");
  access.given = section.keys();
  section.finish();
  return access;
}

StudyScenario read_scenario(TomlSection section) {
  using Site = StudySiteChange::Kind;
  using Street = StudyStreetChange::Kind;
  StudyScenario scenario;
  scenario.id = section.required_text("id");
  scenario.label = section.text("label", scenario.id);
  const auto sites = [&](const char* key, Site kind) {
    for (TomlSection& item : section.sections(key)) {
      scenario.sites.push_back(read_site_change(item, kind));
    }
  };
  sites("add_site", Site::add);
  sites("close_site", Site::close);
  sites("move_site", Site::move);
  sites("resize_site", Site::resize);
  for (TomlSection& item : section.sections("close_street")) {
    scenario.streets.push_back(read_street_change(item, Street::close));
  }
  for (TomlSection& item : section.sections("add_street")) {
    scenario.streets.push_back(read_street_change(item, Street::add));
  }
  for (TomlSection& item : section.sections("headway")) {
    StudyHeadwayChange change;
    change.route = item.required_text("route");
    change.headway_min = item.number("headway_min", 10.0, 0.5, 240.0);
    change.from = clock(item, "from", change.from);
    change.until = clock(item, "until", change.until);
    item.finish();
    scenario.headways.push_back(std::move(change));
  }
  if (scenario.sites.empty() && scenario.streets.empty() && scenario.headways.empty()) {
    section.fail("id", "changes nothing",
                 "add [[scenarios.add_site]], [[scenarios.close_site]], [[scenarios.move_site]], "
                 "[[scenarios.resize_site]], [[scenarios.close_street]], [[scenarios.add_street]] "
                 "or [[scenarios.headway]]");
  }
  section.finish();
  return scenario;
}

void check_access(const StudyFile& study) {
  const StudyTimetable& timetable = study.timetable;
  if (study.travel.mode == "transit" && timetable.layer.empty()) {
    throw InputError(study.file, "travel by timetable needs a timetable",
                     "add [timetable] with layer and date");
  }
  const StudyTravel& travel = study.travel;
  const bool asks_streets = travel.mode == "cycle" || travel.mode == "drive" ||
                            travel.cost == "time" || travel.wheelchair || !travel.elevation.empty();
  if (study.streets.layer.empty() && travel.mode != "transit" && asks_streets) {
    throw InputError(study.file,
                     "without streets ways are straight lines in metres: mode, time, wheelchair "
                     "and elevation mean nothing there",
                     "name a layer of kind \"streets\" in [streets]");
  }
  for (const std::string& time : {timetable.from, timetable.until}) {
    if (!is_clock(time)) {
      throw InputError(study.file,
                       "window of departures: '" + time + "' is not a time such as 08:30");
    }
  }
  if (timetable.until <= timetable.from) {
    throw InputError(study.file, "window of departures: it ends at " + timetable.until +
                                     ", before it begins at " + timetable.from);
  }
  if (study.origins.from == "points" && study.origins.layer.empty()) {
    throw InputError(study.file, "origins from points need a layer of points with people",
                     "add [origins] layer, a layer of kind \"services\" whose supply is people");
  }
}

}  // namespace quartier::io
