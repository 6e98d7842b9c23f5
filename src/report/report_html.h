#pragma once
/// The report: one HTML file that needs nothing else, for a council, a colleague or an archive.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/finding.h"
#include "metrics/result.h"
#include "study/publication.h"

namespace quartier::report {

/// A picture with the words a reader needs who cannot see it.
struct ReportImage {
  std::string title;
  std::string caption;
  std::string alternative;  ///< what the picture shows, in a sentence
  std::string png;          ///< the file's bytes
};

/// Persons counted at one date.
struct ReportDate {
  std::string date;     ///< ISO 8601
  std::string edition;  ///< label of the boundaries
};

/// One node of the tree of groups with its counts over all dates.
struct ReportGroup {
  std::string label;
  std::size_t depth = 0;  ///< 0: everyone
  bool remainder = false;
  std::vector<double> persons;  ///< [date count]; NaN where unknown
};

/// A kind of service.
struct ReportService {
  std::string id;  ///< as in the results
  std::string label;
  bool places_published = true;  ///< false: every site counts as one place
};

/// Boundaries, in words.
struct ReportEdition {
  std::string label;
  std::vector<std::string> ids;    ///< of districts
  std::vector<std::string> names;  ///< of districts
};

/// The districts of one date in two numbers each: how mixed they are, and the share of a group.
struct ReportScatter {
  std::string group;              ///< label
  std::vector<double> share;      ///< of the group, districts whose two numbers may be shown
  std::vector<double> diversity;  ///< normalised entropy, same order
  std::size_t hidden = 0;         ///< districts left out because a number is protected
  std::size_t unknown = 0;        ///< districts left out because a number does not exist
};

/// What the charts of segregation show, all at one date.
struct ReportSegregation {
  std::string date;  ///< ISO 8601; empty: nothing to draw
  std::vector<study::SegregationCurve>
      curves;                       ///< of the largest groups and that of the maps, at most 6
  std::size_t groups_left_out = 0;  ///< groups without a curve
  study::ExposureTable exposures;
  ReportScatter scatter;
  bool shapes = true;  ///< some edition has shapes
};

/// Everything the report says. Numbers in it have passed the gate.
/// Why districts have no access to a service.
struct ReportReason {
  std::string service;  ///< id
  std::string reason;
  std::size_t districts = 0;
  std::string names;  ///< the first few, in words
};

/// A picture of a service's reach, as markup.
struct ReportFigure {
  std::string service;  ///< id
  std::string html;
};

/// A plan that was tried out.
struct ReportScenario {
  std::string id;
  std::string label;
};

struct ReportContent {
  std::string title;
  std::string note;  ///< of the study's author, under the title
  bool synthetic = false;
  std::vector<ReportEdition> editions;  ///< rankings name them by position
  std::vector<ReportDate> dates;        ///< ascending
  std::vector<ReportGroup> groups;      ///< tree order, everyone first
  std::string group;                    ///< label of the group the maps show
  std::string reference;                ///< label it is compared with
  std::vector<ReportService> services;
  std::vector<metrics::ResultRow> indices;
  ReportSegregation segregation;
  std::vector<metrics::ResultRow> access;
  std::string way_unit = "m";  ///< of ways to services: "m" or "min"
  std::vector<ReportScenario> scenarios;
  std::vector<ReportReason> reasons;
  std::vector<ReportFigure> access_figures;
  std::vector<study::PublishedRanking> rankings;
  std::vector<ReportImage> images;
  std::string disclosure_note;
  std::vector<study::Source> sources;
  std::vector<Finding> findings;
  std::vector<Ledger> ledgers;
  std::vector<study::InputFile> inputs;
  std::vector<study::Parameter> parameters;
  std::vector<study::Parameter> versions;
};

/// The report's parts, in this order: a written reason for composition in a ranking, where there
/// is one; what it is and is not, key figures, maps, who lives where,
/// segregation family by family with its charts, access by service and group, priorities (the
/// reason again, then all dimensions and domains, the ranking with contributions, the ask list),
/// methods, disclosure, sources, findings, accounts, inputs. A part without content says so in a
/// sentence. All text is escaped; no script, no outside file, no clock.
std::string report_html(const ReportContent& content);

/// The content of a publication; pictures and versions are the caller's.
ReportContent report_content(const study::Publication& publication, std::vector<ReportImage> images,
                             std::vector<study::Parameter> versions);

/// A ranking longer than this is shown to here; all of it is in `priorities.csv`.
inline constexpr std::size_t ranking_rows_shown = 60;

}  // namespace quartier::report
