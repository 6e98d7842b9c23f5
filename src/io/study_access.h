#pragma once
/// What a study file says about access: by which means people travel, from where, how measures are
/// computed, and which changes of services and streets are tried out.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace quartier::io {

/// Keys of a table that its file names; all else has its default.
using GivenKeys = std::vector<std::string>;

/// One kind of service.
struct StudyService {
  std::string id;
  std::string label;
  std::string layer;
  std::string kind;                 ///< of the layer's kinds of service; empty: the only one
  double cutoff_m = 800.0;          ///< within reach, where ways are counted in metres
  double cutoff_min = 15.0;         ///< within reach, where ways are counted in minutes
  std::string demand;               ///< group whose members need it; empty: everyone
  std::string open_at;              ///< "Tu 19:00": only sites open then; empty: whenever
  std::string language;             ///< ISO 639 code: only sites that offer it; empty: any
  std::string eligible;             ///< word of the sites' eligibility column; empty: anyone
  std::optional<double> fee_up_to;  ///< only sites that cost no more; absent: whatever they cost
  GivenKeys given;
  double weight = 1.0;  ///< in composites of several services; 0 leaves it out
};

/// By which means people travel.
struct StudyTravel {
  std::string mode = "walk";  ///< walk | cycle | drive | transit
  std::string cost;           ///< distance | time; empty: distance on foot, else time
  double speed_kmh = 0.0;     ///< 0: the mode's own
  bool wheelchair = false;    ///< only what can be passed in a wheelchair
  std::string elevation;      ///< GeoTIFF below the data folder, for slopes; empty: flat
  std::string snap = "largest component";  ///< | nearest node
  bool snap_leg = true;                    ///< the way to the street counts
  GivenKeys given;
};

/// Whether people count their ways in time where there are streets; else in metres.
bool counts_time(const StudyTravel& travel);

/// Public transport.
struct StudyTimetable {
  std::string layer;            ///< empty: none
  std::string date;             ///< ISO 8601, the day of travel
  std::string from = "08:00";   ///< departures from here ...
  std::string until = "09:00";  ///< ... to before here
  std::uint32_t step_s = 60;
  double percentile = 50.0;       ///< of the travel times over the window
  double walk_m = 800.0;          ///< longest walk to the first stop and from the last
  double change_walk_m = 300.0;   ///< longest walk between two rides
  double direct_walk_m = 2000.0;  ///< longest walk all the way
  std::uint32_t rides = 0;        ///< most rides; 0: no limit
  std::uint32_t change_s = 0;     ///< least time to change
  double limit_min = 120.0;       ///< longer is not reached
  /// Whether a wheelchair may use stops and trips of which nobody says so.
  std::string wheelchair_unknown = "unusable";  ///< | usable
  GivenKeys given;
};

/// Where in the districts people set out.
struct StudyOrigins {
  std::string from = "centroids";  ///< | grid | streets | points
  double grid_m = 250.0;           ///< side of the cells of a grid
  std::string layer;               ///< of kind "services": points with people
  GivenKeys given;
};

/// How measures are computed, in the unit of the ways. 0: the default of the measure.
struct StudyAccess {
  std::string decay = "gaussian";  ///< words of metrics/decay.h; a bare shape takes its width from
                                   ///< the cutoff
  double decay_cutoff = 0.0;       ///< 0: the cutoff of the service
  std::uint32_t nearest = 1;
  double opportunities = 1.0;
  double interval_from = 0.0;
  double interval_step = 0.0;
  double demand_exponent = 1.0;
  double balance_step = 0.0;
  double congestion_scale = 0.0;
  double equilibrium_gap = 1e-9;
  bool all_sites_share = true;
  std::vector<double> choices;  ///< weights of the nearest, the second nearest ...; empty: default
  bool scale_places = false;
  double poverty_line = 0.0;
  std::string ranking;  ///< id of an indicator that ranks people (income); empty: none
  GivenKeys given;
};

/// A change of one site.
struct StudySiteChange {
  enum class Kind : std::uint8_t { add, close, move, resize };
  Kind kind = Kind::add;
  std::string service;
  std::string site;  ///< id of an existing site, or of the new one
  std::string name;
  double x = 0.0, y = 0.0;  ///< in the study's CRS
  double supply = 1.0;
};

/// A change of the streets.
struct StudyStreetChange {
  enum class Kind : std::uint8_t { close, add };
  Kind kind = Kind::close;
  std::string name;                             ///< of a street that is closed
  std::vector<std::pair<double, double>> line;  ///< a barrier, or the new street
};

struct StudyHeadwayChange {
  std::string route;
  double headway_min = 10.0;
  std::string from = "06:00";
  std::string until = "22:00";
};

/// A plan that is tried out against today.
struct StudyScenario {
  std::string id;
  std::string label;
  std::vector<StudySiteChange> sites;
  std::vector<StudyStreetChange> streets;
  std::vector<StudyHeadwayChange> headways;
};

}  // namespace quartier::io
