#pragma once
/// A small publication's worth of plain values: two groups, two dates, three districts.

#include <string>

#include "base/number.h"
#include "report/report_html.h"

namespace quartier::test {

inline metrics::ResultRow result(std::string date, std::string metric, std::string group,
                                 std::string reference, double value) {
  metrics::ResultRow row;
  row.date = std::move(date);
  row.metric = std::move(metric);
  row.family = "evenness";
  row.group = std::move(group);
  row.reference = std::move(reference);
  row.value = value;
  return row;
}

/// Rank 1 is district 2 (id "03"); district 1 ("02") has a hidden cell; district 0 has no score.
inline study::PublishedRanking small_ranking() {
  using study::ValueState;
  study::RankedItem jobs;
  jobs.indicator = "unemployment";
  jobs.label = "Unemployment";
  jobs.unit = "%";
  jobs.date = "2024-12-31";
  jobs.weight = 0.75;
  jobs.values = {undefined, undefined, 12.5};
  jobs.contributions = {undefined, undefined, 0.5};
  jobs.states = {ValueState::no_data, ValueState::suppressed, ValueState::shown};
  study::RankedItem votes = jobs;
  votes.indicator = "votes";
  votes.label = "Right to vote";
  votes.domain = Domain::legal_political;
  votes.lever = Lever::nation;
  votes.direction = Direction::low_is_urgent;
  votes.weight = 0.25;
  votes.ranked = false;
  votes.states = {ValueState::no_data, ValueState::shown, ValueState::shown};
  votes.values = {undefined, 40.0, 60.0};
  votes.contributions = {undefined, undefined, undefined};
  study::PublishedRanking ranking;
  ranking.id = "main";
  ranking.label = "Priorities";
  ranking.method = "weighted mean";
  ranking.date = "2024-12-31";
  ranking.items = {jobs, votes};
  ranking.score = {undefined, undefined, 0.5};  // that of "02" would give its hidden part away
  ranking.rank = {0, 2, 1};
  ranking.coverage = {0.0, 0.75, 0.75};
  return ranking;
}

inline report::ReportContent small_report() {
  report::ReportContent content;
  content.title = "Small City";
  content.editions = {{"Wards", {"01", "02", "03"}, {"Śródmieście", "حي السلام", "<b>שכונה</b>"}}};
  content.dates = {{"2024-01-01", "Wards"}, {"2025-01-01", "Wards"}};
  content.groups = {{"Everyone", 0, false, {1000.0, 1100.0}},
                    {"Near", 1, false, {900.0, 980.0}},
                    {"Far", 1, true, {100.0, undefined}}};
  content.reference = "rest";
  content.services = {{"clinics", "Clinics"}};
  for (const char* date : {"2024-01-01", "2025-01-01"}) {
    content.indices.push_back(result(date, "dissimilarity", "Near", "rest", 0.4664));
    content.indices.push_back(result(date, "dissimilarity", "Far", "rest", undefined));
    content.indices.back().status = "nobody belongs to the group";
    content.indices.push_back(result(date, "multigroup_theil_h", "", "", 0.125));
  }
  metrics::ResultRow gap = result("2025-01-01", "access_gap", "Near", "rest", -35.0);
  gap.service = "clinics";
  content.access = {gap};
  content.rankings = {small_ranking()};
  content.images = {{"A map", "Caption", "What it shows", "PNG"}};
  content.disclosure_note = "Counts of 1 to 4 are suppressed.";
  content.sources = {{"Register", "Office", "CC BY 4.0", "Office, 2025"}};
  content.findings = {{"a.kind", Severity::rejected, "a.csv", "", {"row 3"}, 2, "Bad.", "Fix it."}};
  content.ledgers = {{"a.csv", "", "rows", 10, 7, 1, 2}, {"b.csv", "", "rows", 10, 7, 1, 1}};
  content.inputs = {{"a.csv", "register", "abc123", 42}};
  content.parameters = {{"seed", "1"}};
  content.versions = {{"quartier", "0.1.0"}};
  return content;
}

}  // namespace quartier::test
