#pragma once
/// A study as its TOML file says it: what to load, how to analyse it, what may be shown. Only the
/// grammar is checked here; whether groups, layers and columns exist is checked when it is loaded.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "io/study_access.h"

namespace quartier::io {

/// A set of district boundaries and the dates it is valid for.
struct StudyDistricts {
  std::string id;
  std::string label;
  std::string layer;                    ///< id of a layer definition of kind "districts"
  std::vector<std::string> dates;       ///< ISO 8601; empty: every date of its population layers
  double contiguity_tolerance_m = 1.0;  ///< boundaries this near count as shared
  std::string background;               ///< layer definition drawn under the districts (water)
};

/// Population counts from one layer definition.
struct StudyPopulation {
  std::string layer;
  std::string districts;  ///< id of the district set its ids belong to; empty: the only one
  std::string links;      ///< layer definition of a link table from older ids; empty: none
};

/// Which groups are shown first; the tree is that of the population layers.
struct StudyGroups {
  std::string first;      ///< the group shown first
  std::string reference;  ///< "rest", or a group; empty: the rest
};

struct StudyStreets {
  std::string layer;           ///< empty: straight lines
  double detour_factor = 1.3;  ///< way along streets / straight line, where there are no streets
  GivenKeys given;
};

/// One indicator to load.
struct StudyIndicator {
  std::string layer;
  std::vector<std::string> indicators;  ///< ids inside the layer definition; empty: all of them
  std::string districts;                ///< id of the district set; empty: the only one
  std::string per;    ///< "residents": turned into a rate of the residents; empty: as it is
  std::string from;   ///< only dates from here on; empty: all
  std::string until;  ///< only dates up to here; empty: all
};

/// One row of a priority profile.
struct StudyPriorityItem {
  std::string column;  ///< an indicator's id or a per-district metric
  std::string group;
  std::string service;
  std::string direction;
  std::string domain;
  std::string lever;
  double weight = 1.0;
  std::string reason;  ///< written reason without which composition may not enter
};

struct StudyProfile {
  std::string id;
  std::string label;
  std::string districts;  ///< district set that is ranked; empty: the latest
  std::string normalisation = "min-max";
  std::vector<StudyPriorityItem> items;
};

/// What is asked of the analysis.
struct StudyAnalysis {
  std::vector<std::string> groups;                 ///< ids; empty: every node but the root
  std::string unknown_cells = "left_out_of_sums";  ///< or district_left_out, undefined
  std::string contiguity = "queen";                ///< rook | queen
  std::uint32_t permutations = 999;
  std::uint64_t seed = 1;
  std::uint32_t stop_after = 0;             ///< exceedances that end a local test early; 0: none
  std::string correction = "none";          ///< of many tests: | false_discovery | bonferroni
  std::string empty_districts = "dropped";  ///< | kept
  std::string self_distance = "0.6*sqrt(area)";  ///< | sqrt(0.6*area) | 0
  double decay_per_km = 1.0;                     ///< of proximity
  double atkinson_b = 0.5;
  std::string perimeter = "full";          ///< | interior
  std::string large_end = "group";         ///< | reference
  std::string ties = "row order";          ///< | together
  std::string islands = "kept";            ///< | dropped
  std::string weighing = "own residents";  ///< | smoothed population
  std::vector<std::string> centres;        ///< ids of districts; empty: the mean of all centroids
  std::string level;                       ///< parents of decompositions; empty: the nearest ones
  std::string environment = "kernel";      ///< | own | nearest_people | nearest_districts | street
  std::string kernel = "triangular";       ///< how nearness weighs
  std::vector<double> bandwidths_m;        ///< of kernels and streets; empty: 500, 1000, 2000
  std::vector<double> neighbours;          ///< of the nearest people or districts; empty: 1000
};

struct StudyDisclosure {
  std::uint32_t threshold = 0;  ///< counts of 1 .. threshold-1 are hidden; 0: nothing is hidden
  bool hide_zeros = false;
};

/// The whole study.
struct StudyFile {
  std::filesystem::path file;
  std::filesystem::path data_folder;                 ///< absolute; every layer file lies in it
  std::vector<std::filesystem::path> layer_folders;  ///< where definitions are looked for, in order
  std::string id;
  std::string title;
  bool synthetic = false;
  std::string crs;   ///< "EPSG:25831"; empty: that of the first districts, if projected
  std::string note;  ///< printed in the report below the title
  std::vector<StudyDistricts> districts;
  std::vector<StudyPopulation> population;
  StudyGroups groups;
  StudyStreets streets;
  std::vector<StudyService> services;
  StudyTravel travel;
  StudyTimetable timetable;
  StudyOrigins origins;
  StudyAccess access;
  std::vector<StudyScenario> scenarios;
  std::vector<StudyIndicator> indicators;
  std::vector<StudyProfile> priorities;
  StudyAnalysis analysis;
  StudyDisclosure disclosure;
  std::vector<std::string> options;  ///< of the command line, put in place of keys: "--mode"
};

/// Reads a study. `data_folder`, where given, replaces the study's own `data` key.
/// @throws InputError naming file, line and key: unknown keys (with the nearest known one), wrong
///         types, numbers out of range, paths that leave the study's folder, a newer format
StudyFile read_study_file(const std::filesystem::path& file,
                          const std::optional<std::filesystem::path>& data_folder,
                          const std::vector<std::filesystem::path>& layer_folders);

/// What the tables about access must agree on, whether they come from the file or from options.
/// @throws InputError where a timetable or its date is missing, a time is none, or points have no
///         layer
void check_access(const StudyFile& study);

}  // namespace quartier::io
