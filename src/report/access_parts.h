#pragma once
/// Pieces of the report's chapter on access. Private to the room.

#include <string>
#include <string_view>
#include <vector>

#include "metrics/result.h"
#include "report/number_style.h"
#include "report/report_html.h"

namespace quartier::report {

/// The rows of one service at the latest date: today's, or those of one plan.
class AccessRows {
 public:
  /// @param scenario  id of a plan; empty: today
  AccessRows(const ReportContent& content, const std::string& service, const std::string& scenario);

  [[nodiscard]] bool empty() const { return rows_.empty(); }
  /// Labels of the groups, in order of the rows, those without a group left out.
  [[nodiscard]] const std::vector<std::string>& groups() const { return groups_; }
  /// The row of a metric for a group ("": the city), or nullptr.
  [[nodiscard]] const metrics::ResultRow* row(std::string_view metric,
                                              const std::string& group) const;
  [[nodiscard]] double value(std::string_view metric, const std::string& group) const;
  [[nodiscard]] const std::string& reference() const { return reference_; }
  [[nodiscard]] const std::string& date() const { return date_; }
  /// Different parameters of the rows of these metrics, in order of appearance.
  [[nodiscard]] std::vector<std::string> settings(const std::vector<std::string>& metrics) const;

 private:
  std::vector<const metrics::ResultRow*> rows_;
  std::vector<std::string> groups_;
  std::string reference_;
  std::string date_;
};

/// In what places per head of a service are told, today and in every plan.
NumberStyle places_style(const AccessRows& today);

/// Whether values of the metric are told with their sign.
bool is_signed(std::string_view metric);

/// What a table of access shows.
struct AccessTable {
  std::vector<std::string> metrics;
  std::string caption;
  std::string way_unit = "m";
  NumberStyle places;         ///< of places per head
  bool changes_only = false;  ///< columns that would hold nothing but zeros are left out
};

/// A table of groups by metrics, with the metrics' labels and units as headers. Groups of nobody,
/// and the people who reach none where there are none, are told in a sentence.
std::string access_table(const AccessRows& rows, const AccessTable& table);

/// How much farther groups have to go than the reference; nothing where there are no gaps.
std::string gap_chart(const AccessRows& rows, const std::string& service,
                      const std::string& way_unit);

/// What a gap in places is made of: where people live, where services are, how full they are.
std::string gap_parts(const AccessRows& rows, const std::string& service);

/// What plans would change, plan by plan and service by service; nothing where there are none.
std::string scenario_parts(const ReportContent& content);

}  // namespace quartier::report
