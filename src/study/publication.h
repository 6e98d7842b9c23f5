#pragma once
/// What may be seen: a study's results behind the disclosure gate. The command line, the report and
/// the window read this and nothing else, so no protected number can reach a tooltip, a legend, a
/// table, a picture or a file.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "base/units.h"
#include "domain/districts.h"
#include "domain/groups.h"
#include "domain/indicators.h"
#include "domain/mesh.h"
#include "metrics/result.h"
#include "study/isochrones.h"
#include "study/unreached.h"

namespace quartier::study {

struct Study;
struct Results;

/// What a cell of a published column is.
enum class ValueState : std::uint8_t {
  shown,       ///< the value may be seen
  undefined,   ///< the quantity does not exist there (a share of nobody)
  no_data,     ///< the sources say nothing
  suppressed,  ///< the gate hides it
};

/// Where a column comes from.
enum class ColumnKind : std::uint8_t { metric, indicator, count, score, rank, contribution };

/// A per-district column that can be asked for: the catalogue of maps and tables.
struct ColumnSpec {
  std::string column;  ///< "share", an indicator's id, "priority_score": the COLUMN of --show
  ColumnKind kind = ColumnKind::metric;
  std::string label;      ///< "Share of residents"
  std::string unit;       ///< "share", "%", "m", "" ...
  std::string family;     ///< "composition", "access", "indicator", "priority"
  std::string meaning;    ///< one plain sentence
  std::string source;     ///< of the formula or of the data
  std::string group;      ///< id; empty where there is none
  std::string reference;  ///< id, or "rest"; empty where there is none
  std::string service;    ///< id; empty where there is none
  std::string date;       ///< ISO 8601
  std::uint32_t edition = 0;
  bool on_request = false;   ///< left out of whole tables and layers; drawn and written by name
  bool composition = false;  ///< who lives there: drawn in neutral colours, never as good or bad
  bool diverging = false;    ///< read from a middle value outwards (location quotient: 1)
  double middle = 0.0;
  bool categorical = false;  ///< values are positions in `categories` (local Moran)
  std::vector<std::string> categories;
};

/// A published column.
struct Column {
  ColumnSpec spec;
  std::vector<double> values;      ///< [district count]; NaN wherever the state is not `shown`
  std::vector<ValueState> states;  ///< [district count]
  std::vector<double> p_values;    ///< [district count]; empty where there are none
  std::vector<std::uint8_t>
      at_least;            ///< [district count] 1 where finer cells are hidden at the
                           ///< source, so that the true count may be larger; empty: none
  std::string parameters;  ///< conventions and settings, for the reader
};

/// One edition of district boundaries, with the dates it is valid for. Geometry is not protected.
struct Edition {
  std::string id;
  std::string label;
  Districts districts;
  Mesh mesh;                       ///< triangles of every district
  Mesh background;                 ///< water, drawn over the districts; empty where there is none
  std::vector<std::string> dates;  ///< of population counts, ascending
};

/// Sites of a service that may be drawn.
struct ServicePoints {
  std::string id;
  std::string label;
  std::uint32_t edition = 0;  ///< coordinates are in this edition's CRS
  std::vector<Point> places;
  std::vector<std::string> names;
  std::vector<double> supply;
  bool supply_published = false;
};

/// One share in a tooltip or a district's page.
struct GroupShare {
  GroupIndex group = 0;
  ValueState state = ValueState::shown;
  double persons = 0.0;   ///< NaN unless shown
  double share = 0.0;     ///< NaN unless shown
  bool at_least = false;  ///< finer cells are hidden at the source: the true count may be larger
};

/// A count rolled up to a larger area: the exact sum over its districts.
struct LevelCount {
  std::string level;   ///< id of the level: "borough"
  std::string parent;  ///< id of the larger area
  std::string name;
  GroupIndex group = 0;
  ValueState state = ValueState::shown;
  double persons = 0.0;  ///< NaN unless shown
};

/// One indicator of a priority profile, as ranked.
struct RankedItem {
  std::string indicator;  ///< id
  std::string label;
  std::string unit;
  std::string date;
  Domain domain = Domain::labour;
  Lever lever = Lever::city;
  Direction direction = Direction::high_is_urgent;
  double weight = 0.0;  ///< share of the sum of weights
  bool composition = false;
  std::string reason;  ///< the written reason, where composition enters
  bool ranked = true;  ///< false: on the ask list, because only a higher level holds the lever
  std::vector<double> values;         ///< [district count] as published, NaN unless shown
  std::vector<double> contributions;  ///< [district count] part of the score; NaN unless shown
  std::vector<ValueState> states;     ///< [district count] of both
};

/// A ranking of the districts of one edition by a priority profile; rank 1 is the most urgent.
struct PublishedRanking {
  std::string id;
  std::string label;
  std::string method;  ///< normalisation and aggregation, in words
  std::uint32_t edition = 0;
  std::string date;  ///< the latest date among its indicators
  std::vector<RankedItem> items;
  std::vector<double> score;        ///< [district count]; NaN where undefined
  std::vector<std::uint32_t> rank;  ///< [district count]; 0 where there is no score
  std::vector<double> coverage;     ///< [district count] share of the weight that has data
};

/// The segregation curve of a group against a reference: the share of the group that lives where
/// the given share of the reference lives, districts with the lowest share of the group first.
struct SegregationCurve {
  std::string group;             ///< label
  std::string reference;         ///< label, "rest" for everyone else
  std::vector<double> of_group;  ///< at equally spaced shares of the reference, both ends
                                 ///< included; rounded where counts are hidden
};

/// Whom members of a group meet: the mean composition of their districts.
struct ExposureTable {
  std::vector<std::string> groups;  ///< labels [K]
  std::vector<double> exposure;  ///< [K · K] P*_kl at k · K + l; to three decimals where counts
                                 ///< are hidden
  std::vector<double> city;      ///< [K] shares of the city; NaN where hidden
};

/// A plan tried out against today.
struct ScenarioName {
  std::string id;
  std::string label;
};

/// A file that was read.
struct InputFile {
  std::string name;   ///< relative to the study's data folder
  std::string layer;  ///< the layer definition it was read by
  std::string sha256;
  std::uint64_t bytes = 0;
};

/// Where data come from, for source lines and the report.
struct Source {
  std::string title;
  std::string publisher;
  std::string licence;
  std::string attribution;
};

/// A setting that decided a result, as text.
struct Parameter {
  std::string name;
  std::string value;
};

/// A study's results behind the gate. Cheap to move; safe to read from several threads.
class Publication {
 public:
  Publication(Study study, Results results);
  ~Publication();
  Publication(Publication&&) noexcept;
  Publication& operator=(Publication&&) noexcept;

  [[nodiscard]] const std::string& title() const;
  [[nodiscard]] const std::string& note() const;  ///< of the study's author, for the report
  [[nodiscard]] bool synthetic() const;  ///< invented data: every picture and page must say so
  [[nodiscard]] const std::vector<Source>& sources() const;
  [[nodiscard]] std::string source_line() const;  ///< attributions joined, for maps
  [[nodiscard]] const Groups& groups() const;
  [[nodiscard]] GroupIndex default_group() const;
  [[nodiscard]] GroupIndex default_reference() const;  ///< no_index: the rest
  [[nodiscard]] std::size_t edition_count() const;
  [[nodiscard]] const Edition& edition(std::size_t position) const;
  [[nodiscard]] const std::vector<ServicePoints>& services() const;

  /// Every column that can be asked for, in the order of menus: metrics, access, indicators,
  /// priorities.
  [[nodiscard]] const std::vector<ColumnSpec>& catalogue() const;
  /// The column, computed, with the gate applied.
  [[nodiscard]] Column column(const ColumnSpec& spec) const;
  /// Shares of the partition of one district at one date of its edition, largest first; hidden
  /// last.
  [[nodiscard]] std::vector<GroupShare> shares(std::uint32_t edition, std::string_view date,
                                               DistrictIndex district) const;
  /// Residents of one district; NaN where hidden.
  [[nodiscard]] double residents(std::uint32_t edition, std::string_view date,
                                 DistrictIndex district) const;
  /// Counts of every group in every larger area of an edition at one of its dates, level by level.
  [[nodiscard]] std::vector<LevelCount> level_counts(std::uint32_t edition,
                                                     std::string_view date) const;
  /// City-wide residents at one date, and of one group; computed from full counts.
  [[nodiscard]] double city_total(std::uint32_t edition, std::string_view date,
                                  GroupIndex group) const;

  /// Segregation curves of these groups against the study's reference at one date.
  [[nodiscard]] std::vector<SegregationCurve> segregation_curves(
      std::uint32_t edition, std::string_view date, std::span<const GroupIndex> groups) const;
  /// Exposure of the groups of the partition to each other at one date.
  [[nodiscard]] ExposureTable exposures(std::uint32_t edition, std::string_view date) const;
  /// Where services are within reach, as isochrones_of has it: services none for all of them,
  /// cutoffs none for each service's own and half of it.
  [[nodiscard]] std::vector<Isochrone> isochrones(std::uint32_t edition,
                                                  std::span<const std::string> services = {},
                                                  std::span<const double> cutoffs = {}) const;

  /// Every pair of a district and a service without full access, and why; not made from counts.
  [[nodiscard]] std::vector<Unreached> unreached(std::uint32_t edition) const;
  /// The plans that the study tries out.
  [[nodiscard]] std::vector<ScenarioName> scenarios() const;
  /// Whether isochrones can be drawn: ways lead over ground, not by timetable or a table.
  [[nodiscard]] bool has_isochrones() const;
  /// What ways to services are counted in: "m" or "min".
  [[nodiscard]] std::string_view way_unit() const;

  [[nodiscard]] const std::vector<metrics::ResultRow>& indices() const;  ///< segregation.csv
  [[nodiscard]] const std::vector<metrics::ResultRow>& access() const;   ///< access gaps by group
  [[nodiscard]] const std::vector<PublishedRanking>& rankings() const;
  [[nodiscard]] const std::vector<Finding>& findings() const;
  [[nodiscard]] const std::vector<Ledger>& ledgers() const;
  [[nodiscard]] const std::vector<InputFile>& inputs() const;
  [[nodiscard]] const std::vector<Parameter>& parameters() const;
  [[nodiscard]] std::string disclosure_note() const;  ///< the policy in one sentence

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace quartier::study
