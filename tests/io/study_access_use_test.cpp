// Every key of [travel], [timetable], [origins], [access], [streets] and services has a use as
// people travel, or is told.

#include "io/study_access_use.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::io;

namespace {

/// A study as its file says it; `words` follow the districts.
StudyFile study_of(const std::string& words) {
  const test::ScratchFolder scratch;
  const auto file = scratch.path() / "study.toml";
  std::ofstream(file) << "format = 1\nid = \"s\"\n[[districts]]\nid = \"d\"\nlayer = \"l\"\n"
                      << words;
  return read_study_file(file, {}, {});
}

const std::string service = "[[services]]\nid = \"library\"\nlayer = \"l\"\n";
const std::string streets = "[streets]\nlayer = \"s\"\n";
const std::string timetable =
    "[timetable]\nlayer = \"t\"\ndate = \"2025-03-11\"\nfrom = \"08:00\"\nuntil = \"09:00\"\n";

std::vector<Finding> found(const std::string& words) {
  const StudyFile study = study_of(words + service);
  return check_use_of_settings(study, study);
}

/// The places of what is told, in order.
std::vector<std::string> idle(const std::string& words) {
  std::vector<std::string> places;
  for (const Finding& finding : found(words)) {
    CHECK(finding.kind == "setting_without_effect");
    CHECK_FALSE(finding.message.empty());
    CHECK_FALSE(finding.way_out.empty());
    places.push_back(finding.layer);
  }
  return places;
}

using Places = std::vector<std::string>;

/// The message of the error; empty where there is none.
std::string refusal(const StudyFile& own, const StudyFile& study) {
  try {
    check_use_of_settings(own, study);
  } catch (const InputError& error) {
    CHECK_FALSE(error.way_out().empty());
    return error.what();
  }
  return {};
}
std::string refusal(const std::string& words) {
  const StudyFile study = study_of(words);
  return refusal(study, study);
}

bool says(const std::string& text, const std::string& words) {
  INFO(text);
  return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("keys that change nothing are told", "[io][study]") {
  SECTION("speed has a use wherever ways take time") {
    const std::string speed = "[travel]\nspeed_kmh = 5\n";
    CHECK(idle(speed + streets) == Places{"[travel] speed_kmh"});
    CHECK(idle(speed) == Places{"[travel] speed_kmh"});
    CHECK(idle(speed + "cost = \"time\"\n" + streets).empty());
    CHECK(idle(speed + "mode = \"cycle\"\n" + streets).empty());
    CHECK(idle(speed + "mode = \"drive\"\n" + streets).empty());
    CHECK(idle(speed + "mode = \"transit\"\n" + timetable).empty());
  }
  SECTION("heights: times on foot and by bicycle, and wheelchairs") {
    const std::string heights = "[travel]\nelevation = \"dem.tif\"\n";
    const Places told{"[travel] elevation"};
    CHECK(idle(heights + streets) == told);
    CHECK(idle(heights + "mode = \"drive\"\n" + streets) == told);
    CHECK(idle(heights + "mode = \"cycle\"\ncost = \"distance\"\n" + streets) == told);
    CHECK(idle(heights + "mode = \"transit\"\n" + streets + timetable) == told);
    CHECK(idle(heights + "cost = \"time\"\n" + streets).empty());
    CHECK(idle(heights + "mode = \"cycle\"\n" + streets).empty());
    CHECK(idle(heights + "wheelchair = true\n" + streets).empty());
    CHECK(idle(heights + "mode = \"transit\"\nwheelchair = true\n" + streets + timetable).empty());
  }
  SECTION("entering streets needs streets") {
    const std::string snap = "[travel]\nsnap = \"nearest node\"\nsnap_leg = false\n";
    CHECK(idle(snap) == Places{"[travel] snap", "[travel] snap_leg"});
    CHECK(idle(snap + streets).empty());
    CHECK(idle(snap + "mode = \"transit\"\n" + timetable) ==
          Places{"[travel] snap", "[travel] snap_leg"});
    CHECK(idle(snap + "mode = \"transit\"\n" + streets + timetable).empty());
  }
  SECTION("the detour factor is of straight lines") {
    const std::string factor = "[streets]\ndetour_factor = 1.4\n";
    CHECK(idle(factor).empty());
    CHECK(idle(factor + "layer = \"s\"\n") == Places{"[streets] detour_factor"});
    CHECK(idle("[travel]\nmode = \"transit\"\n" + timetable + factor).empty());
  }
  SECTION("a timetable that waits for its mode is a note") {
    const auto findings = found(timetable);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].layer == "[timetable]");
    CHECK(findings[0].severity == Severity::note);
    CHECK(idle("[travel]\nmode = \"transit\"\n" + timetable).empty());
  }
  SECTION("keys of a timetable that others make idle") {
    const std::string transit = "[travel]\nmode = \"transit\"\n" + timetable;
    CHECK(idle(transit + "percentile = 90\n").empty());
    CHECK(idle(transit + "percentile = 90\nstep_s = 3600\n") == Places{"[timetable] percentile"});
    CHECK(idle(transit + "rides = 1\nchange_s = 60\n") == Places{"[timetable] change_s"});
    CHECK(idle(transit + "rides = 2\nchange_s = 60\n").empty());
    CHECK(idle(transit + "wheelchair_unknown = \"usable\"\n") ==
          Places{"[timetable] wheelchair_unknown"});
    CHECK(idle("[travel]\nmode = \"transit\"\nwheelchair = true\n" + timetable +
               "wheelchair_unknown = \"usable\"\n")
              .empty());
    CHECK(idle(transit + "walk_m = 500\nchange_walk_m = 100\ndirect_walk_m = 900\nlimit_min = 90\n")
              .empty());
  }
  SECTION("origins") {
    CHECK(idle("[origins]\ngrid_m = 100\n") == Places{"[origins] grid_m"});
    CHECK(idle("[origins]\nfrom = \"grid\"\ngrid_m = 100\n").empty());
    CHECK(idle("[origins]\nfrom = \"streets\"\ngrid_m = 100\nlayer = \"p\"\n" + streets) ==
          Places{"[origins] grid_m", "[origins] layer"});
    CHECK(idle("[origins]\nfrom = \"points\"\nlayer = \"p\"\n").empty());
  }
  SECTION("conventions of measures hold for every mode") {
    const std::string access =
        "[access]\ndecay = \"binary\"\nnearest = 2\nopportunities = 10\ndemand_exponent = 0.5\n"
        "equilibrium_gap = 1e-10\nall_sites_share = false\npoverty_line = 5\n";
    CHECK(idle(access).empty());
    CHECK(idle(access + streets).empty());
    CHECK(idle(access + "[travel]\nmode = \"transit\"\n" + timetable).empty());
  }
  SECTION("without services nothing of access has a use") {
    const StudyFile study = study_of("[access]\nnearest = 2\n");
    const auto findings = check_use_of_settings(study, study);
    REQUIRE(findings.size() == 1);
    CHECK(says(findings[0].message, "no services"));
    const StudyFile bare = study_of(streets);
    CHECK(check_use_of_settings(bare, bare).empty());
  }
}

TEST_CASE("what would be read in another unit is refused", "[io][study]") {
  const std::string in_metres = service + "cutoff_m = 600\n";
  const std::string in_minutes = service + "cutoff_min = 10\n";
  const std::string transit = "[travel]\nmode = \"transit\"\n" + timetable;
  const std::string walk_time = "[travel]\ncost = \"time\"\n" + streets;

  SECTION("cutoffs of a file that contradicts itself") {
    CHECK(refusal(in_metres).empty());
    CHECK(refusal(streets + in_metres).empty());
    CHECK(says(refusal(transit + in_metres), "cutoff_m says nothing here"));
    CHECK(says(refusal(walk_time + in_metres), "cutoff_m says nothing here"));
    CHECK(says(refusal(in_minutes), "cutoff_min says nothing here"));
    CHECK(says(refusal(streets + in_minutes), "cutoff_min says nothing here"));
    CHECK(refusal(transit + in_minutes).empty());
    CHECK(refusal(walk_time + in_minutes).empty());
    CHECK(refusal(walk_time + in_minutes + "cutoff_m = 600\n").empty());
    CHECK(refusal(transit + service).empty());
  }
  SECTION("an option that switches the unit") {
    const StudyFile own = study_of(streets + timetable + in_metres);
    StudyFile switched = own;
    switched.travel.mode = "transit";
    switched.options = {"--mode"};
    const auto findings = check_use_of_settings(own, switched);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].kind == "cutoff_by_default");
    CHECK(says(findings[0].message, "15 minutes"));
    CHECK(findings[0].rows == Places{"library"});
    switched.options = {"--mode", "--cutoff"};
    CHECK(check_use_of_settings(own, switched).empty());
  }
  SECTION("conventions in units, one by one") {
    for (const char* key :
         {"decay_cutoff = 5", "interval_from = 5", "interval_step = 5", "balance_step = 5",
          "congestion_scale = 5", "decay = \"gaussian:5\"", "decay = \"exponential:0.1\"",
          "decay = \"step:5=1,10=0.5\"", "decay = \"logistic:5,2\""}) {
      INFO(key);
      const StudyFile own = study_of(streets + service + "[access]\n" + key + "\n");
      StudyFile switched = own;
      switched.travel.cost = "time";
      switched.options = {"--cost"};
      CHECK(says(refusal(own, switched), "in metres, and --cost makes ways count in minutes"));
      CHECK(refusal(own, own).empty());
    }
    for (const char* key : {"decay = \"power:2\"", "decay = \"linear\"", "decay = \"gaussian\"",
                            "poverty_line = 5", "demand_exponent = 2"}) {
      INFO(key);
      const StudyFile own = study_of(streets + service + "[access]\n" + key + "\n");
      StudyFile switched = own;
      switched.travel.cost = "time";
      switched.options = {"--cost"};
      CHECK(refusal(own, switched).empty());
    }
    const StudyFile own = study_of(streets + service + "[access]\ndecay = \"gaussian:5\"\n");
    StudyFile switched = own;
    switched.travel.cost = "time";
    switched.options = {"--cost", "--decay"};
    CHECK(refusal(own, switched).empty());
  }
  SECTION("limits that would cut in silence") {
    CHECK(says(refusal(transit + "limit_min = 30\n" + service + "cutoff_min = 45\n"), "limit_min"));
    CHECK(says(refusal(transit + "limit_min = 30\n" + in_minutes + "[access]\ndecay_cutoff = 40\n"),
               "limit_min"));
    CHECK(refusal(transit + "limit_min = 45\n" + service + "cutoff_min = 45\n").empty());
    CHECK(says(refusal(in_metres + "[access]\ninterval_from = 700\n"), "interval_from = 700"));
    CHECK(refusal(in_metres + "[access]\ninterval_from = 600\n").empty());
  }
}

TEST_CASE("what can only be ignored is refused", "[io][study]") {
  const std::string transit = "[travel]\nmode = \"transit\"\n";
  CHECK(says(refusal(transit + "cost = \"distance\"\n" + timetable + service), "minutes"));
  CHECK(refusal(transit + "cost = \"time\"\n" + timetable + service).empty());
  CHECK(says(refusal("[travel]\nmode = \"drive\"\nwheelchair = true\n" + streets + service),
             "by car"));
  CHECK(says(refusal("[travel]\nmode = \"cycle\"\nwheelchair = true\n" + streets + service),
             "by bicycle"));
  CHECK(refusal("[travel]\nwheelchair = true\n" + streets + service).empty());
  CHECK(refusal(transit + "wheelchair = true\n" + timetable + service).empty());

  const StudyFile walking = study_of(streets + timetable + service);
  for (const char* option : {"--window", "--travel-date", "--percentile", "--speed"}) {
    INFO(option);
    StudyFile asked = walking;
    asked.options = {option};
    CHECK(says(refusal(walking, asked), std::string(option) + " would change nothing"));
    asked.travel.mode = "transit";
    asked.options = {"--mode", option};
    CHECK(refusal(walking, asked).empty());
  }
}

TEST_CASE("numbers and words out of range are named for people", "[io][study]") {
  const auto refused = [](const std::string& words) {
    try {
      study_of(words);
    } catch (const InputError& error) {
      return std::string(error.what()) + " | " + error.way_out();
    }
    return std::string();
  };
  CHECK(says(refused("[access]\npoverty_line = -1\n"), "must be a number of 0 or more"));
  CHECK(says(refused("[[scenarios]]\nid = \"a\"\n[[scenarios.add_site]]\nservice = \"s\"\n"
                     "x = inf\ny = 0\n"),
             "must be a finite number"));
  CHECK(says(refused("[travel]\nspeed_kmh = 300\n"), "a number from 0 to 200"));
  CHECK(says(refused("[travel]\nmode = \"tranist\"\n"), "walk, cycle, drive, transit"));
  CHECK(says(refused("[travel]\nmode = \"tranist\"\n"), "did you mean 'transit'"));
}
