#pragma once
/// Layer definitions: how a public source is laid out, said once in `layers/*.toml` and used by
/// name in a study. docs/layers.md describes every key.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "domain/indicators.h"

namespace quartier::io {

enum class LayerKind : std::uint8_t {
  districts,
  counts,
  indicators,
  services,
  streets,
  links,  ///< old district ids to new ones
  codes,  ///< code lists with labels
  timetable,
};

enum class LayerFormat : std::uint8_t {
  csv,     ///< delimited text, read by the table readers
  vector,  ///< anything GDAL reads under the driver list, also inside a zip archive
  gtfs,    ///< a public transport feed, zip archive or folder
  osm,     ///< OpenStreetMap extracts (.osm, .osm.pbf), streets only
};

enum class TextEncoding : std::uint8_t { detect, utf8, utf16, windows_1252 };

std::string_view name_of(LayerKind kind);

/// A place where the files of a layer lie. Captures in braces take digits (`{year}`: four) and may
/// be used in `date`, also with an offset: "{year-1}-12-31".
struct FilePattern {
  std::string part;     ///< name of this table within the layer; empty where there is only one
  std::string pattern;  ///< relative to the data folder, with `/`
  std::string date;     ///< ISO 8601 template; empty where the date stands in the rows
  std::string from;     ///< only files of this date or later; empty: all
  std::string until;    ///< only files of this date or earlier; empty: all
};

/// How text becomes cells, and cells numbers.
struct TextLayout {
  TextEncoding encoding = TextEncoding::detect;
  char delimiter = ',';       ///< 0: the commonest of , ; and TAB in the header
  char decimal = '.';         ///< decimal mark
  std::string thousands;      ///< mark between groups of three digits; empty: none is accepted
  std::size_t skip = 0;       ///< title lines before the header
  bool unpack_twice = false;  ///< files that went through a second, wrong CSV export are recovered
};

/// The column that names the district of a row.
struct KeyColumn {
  std::string column;
  std::size_t width = 0;  ///< ids shorter than this are filled up on the left
  char fill = '0';
  std::string name;      ///< column with the district's name; empty: none
  bool by_name = false;  ///< the key is a name, to be matched with names
};

/// Where the date of a row stands.
struct DateColumns {
  std::string column;  ///< an ISO date; empty: none
  std::string fixed;   ///< "{Year}-{Month}-last" from columns, or one date for all rows
};

/// Rows that are left out on purpose, and why.
struct RowRule {
  std::string column;
  std::vector<std::string> keep;     ///< only rows with one of these are used; empty: any
  std::vector<std::string> exclude;  ///< rows with one of these are left out
  std::string reason;
};

/// A mark that stands for a number that is not told.
struct CellMark {
  std::string text;         ///< "..", "-" or "" for an empty cell
  std::string reason = {};  ///< "fewer than 5 persons"
  double least = 0.0;       ///< the number lies in [least, greatest]
  double greatest = std::numeric_limits<double>::infinity();
  bool suppressed = false;  ///< withheld for confidentiality, rather than not collected
  std::vector<std::string> columns = {};  ///< only in these; empty: in every value column
};

/// Where a group's persons stand during a time.
struct GroupSource {
  std::string part;                  ///< of the layer's files; empty: the first
  std::vector<std::string> columns;  ///< wide tables: columns that are added
  std::vector<std::string> less;     ///< wide tables: columns that are taken away
  std::vector<std::string> codes;    ///< long tables: codes that are added
  std::string from;                  ///< dates, inclusive; empty: open
  std::string until;
};

/// A node of the layer's tree of groups; the first one is everyone.
struct LayerGroup {
  std::string id;
  std::string label;  ///< empty: from the code list
  std::string parent;
  bool remainder = false;            ///< computed: its parent less its siblings
  bool overlapping = false;          ///< published across the tree; measured, part of no partition
  std::vector<GroupSource> sources;  ///< none: the sum of its children
};

struct CountsLayout {
  std::string value;                  ///< long tables: the column with the count; empty: wide
  std::string code;                   ///< long tables: the column with the group's code
  std::vector<std::string> sum_over;  ///< long tables: columns whose values are added up
  std::string labels;                 ///< id of the layer with the code list; empty: none
  std::string dimension;              ///< of that code list
  bool absent_is_zero = true;         ///< a group without a row in a district present is zero
  bool estimated = false;             ///< fractional counts are accepted
  bool flow = false;                  ///< moves during a year, not residents at a date
  double tolerance = 0.0;  ///< persons by which the parts of a node may miss it, per district
  std::vector<LayerGroup> groups;
};

/// Codes of one column, as a condition on long rows.
struct CodeFilter {
  std::string column;
  std::vector<std::string> values;
};

struct IndicatorColumn {
  std::string id;
  std::string label;
  std::string unit;
  std::string group;  ///< id of the group it is about; empty: everyone
  Domain domain = Domain::labour;
  Direction direction = Direction::high_is_urgent;
  Lever lever = Lever::city;
  bool composition = false;
  std::string column;              ///< wide tables
  std::string base;                ///< wide tables: persons it is a rate of; empty: unknown
  std::vector<CodeFilter> where;   ///< long tables: rows that are added up
  std::vector<CodeFilter> out_of;  ///< long tables: rows it is a share of; empty: a plain sum
  /// Values written as text: "+" = 1. Empty: numbers.
  std::vector<std::pair<std::string, double>> values;
};

struct IndicatorsLayout {
  std::string value;             ///< long tables
  bool columns_by_date = false;  ///< the columns are years: one indicator, one column per date
  std::string column_date;       ///< "{year}-12-31", of columns called by a year
  bool row_of_zeros_is_suppressed = false;
  std::vector<IndicatorColumn> indicators;
};

/// One kind of service among the rows of a table or the features of a layer.
struct ServiceKind {
  std::string id;
  std::string label;
  std::string column;                 ///< with the category; empty: every row
  std::vector<std::string> values;    ///< categories, whole
  std::vector<std::string> contains;  ///< or pieces of text, upper and lower case alike
};

struct ServicesLayout {
  std::string id;  ///< column; empty: rows have none and are numbered
  std::string name;
  std::string x;  ///< columns; empty in vector layers
  std::string y;
  std::string crs;     ///< "EPSG:25831"
  std::string supply;  ///< places offered; empty: not published
  std::string languages;
  std::string hours;
  std::string eligibility;
  std::string fee;
  std::string district;              ///< column with the publisher's own district
  std::vector<std::string> outside;  ///< values of it that mean: outside the city
  bool one_row_each = true;  ///< false: several rows per facility, the first of each id is used
  bool no_place_excluded = false;  ///< rows without coordinates are known and left out
  std::vector<ServiceKind> kinds;
};

/// Segments that serve only some, by the value of a column.
struct StreetRule {
  std::string column;
  std::vector<std::string> values;
  std::uint8_t use = 63;  ///< bits of street_use that remain
  bool steps = false;
  bool wheelchair = true;
  bool cycle_track = false;
  bool off_ground = false;  ///< bridges and tunnels
};

struct StreetsLayout {
  std::string node_id, x, y, crs;
  std::string from, to, length_m;
  std::string segment;                ///< column with the id of the segment; empty: none
  std::string name;                   ///< of the street
  std::string speed_kmh;              ///< of cars; empty or zero cells: not known
  std::string one_way;                ///< column that says the direction; empty: both everywhere
  std::vector<std::string> forward;   ///< values that mean: from the first node to the last only
  std::vector<std::string> backward;  ///< and the other way round
  bool cycle_both = false;            ///< bicycles may go against it
  std::vector<StreetRule> rules;      ///< each takes away from what the others leave
};

/// How the calls of a trip without a time are given one.
enum class BlankTimes : std::uint8_t {
  by_stop,      ///< the same time from each stop to the next
  by_distance,  ///< by shape_dist_traveled, where it is there
};

struct TimetableLayout {
  BlankTimes blank_times = BlankTimes::by_stop;
  std::uint32_t days_before = 1;  ///< earlier service days whose trips run on past midnight
  std::uint32_t hours_after = 0;  ///< hours of the next service day that are added, at most 24
};

struct LinkCorrection {
  std::string from, to, reason;
};

struct LinksLayout {
  std::string level, from, to;
  std::vector<LinkCorrection> corrections;  ///< right where the file says several things
};

struct CodesLayout {
  std::string dimension, code, label;
};

/// A larger area that districts nest in.
struct ParentField {
  std::string id, label;
  std::string field;       ///< with the parent's id; empty: the first `prefix` characters
  std::size_t prefix = 0;  ///< of the district's id
  std::string name;        ///< field with the parent's name; empty: none
};

struct VectorLayout {
  std::string layer;         ///< empty: the only one
  std::string member;        ///< file inside a zip archive; empty: none. Of streets: the nodes
  std::string edges_member;  ///< of streets: the edges
  std::string id;            ///< field
  std::string name;          ///< field; empty: none
  std::string crs;           ///< only where the file says none
  std::vector<ParentField> parents;  ///< nearest first
};

/// A fact about some dates that the reader of a result must know.
struct LayerNotice {
  std::string kind;  ///< of finding
  std::string from, until;
  std::string message;
};

/// How many rows an edition should have, to tell one that was cut off.
struct ExpectedRows {
  std::string date;
  std::size_t rows = 0;
};

/// One public source. Plain data; which members are filled depends on `kind` and `format`.
struct LayerDefinition {
  std::filesystem::path file;  ///< the definition itself
  std::string id, title, publisher, licence, attribution, note;
  LayerKind kind = LayerKind::counts;
  LayerFormat format = LayerFormat::csv;
  std::vector<FilePattern> files;
  TextLayout text;
  KeyColumn key;
  DateColumns date;
  std::vector<RowRule> rows;
  std::vector<CellMark> marks;
  std::vector<LayerNotice> notices;
  std::vector<ExpectedRows> expected;
  CountsLayout counts;
  IndicatorsLayout indicators;
  ServicesLayout services;
  StreetsLayout streets;
  TimetableLayout timetable;
  LinksLayout links;
  CodesLayout codes;
  VectorLayout vector;
};

/// Reads one definition.
/// @throws InputError for bad TOML, a missing or wrong key (with its line), an unknown key ("did
///         you mean"), a group whose parent is not there
LayerDefinition load_layer_definition(const std::filesystem::path& file);

/// Every definition of a folder (`*.toml`), sorted by id.
/// @throws InputError as above, and for two definitions with one id
std::vector<LayerDefinition> list_layer_definitions(const std::filesystem::path& folder);

/// A file of a layer, found under the data folder.
struct LayerFile {
  std::filesystem::path path;
  std::string name;  ///< relative to the data folder, for findings and ledgers
  std::string part;
  std::string date;  ///< ISO 8601; empty where the date stands in the rows
};

/// The files of a layer (of format gtfs: also folders) under `folder`, in the order of the patterns
/// and, within one, of date and name. `from` and `until` (ISO dates, empty: open) narrow those that
/// carry a date.
/// @throws InputError where a pattern of the layer matches nothing
std::vector<LayerFile> find_layer_files(const LayerDefinition& layer,
                                        const std::filesystem::path& folder,
                                        std::string_view from = {}, std::string_view until = {});

/// The notices of a layer that concern any of `dates`, as findings.
std::vector<Finding> notices_for(const LayerDefinition& layer,
                                 const std::vector<std::string>& dates);

}  // namespace quartier::io
