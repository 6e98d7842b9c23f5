#pragma once
/// Pieces of the report's HTML. Private to the room.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/result.h"
#include "report/report_html.h"

namespace quartier::report {

/// The style sheet, for screen and print.
std::string_view report_style();

/// A cell of a table: markup that is already safe.
struct HtmlCell {
  std::string html{};
  bool number = false;  ///< set to the right, figures of one width
  bool header = false;  ///< names its row
  std::size_t indent = 0;
};

HtmlCell text_cell(std::string_view text);
HtmlCell head_cell(std::string_view text, std::size_t indent = 0);
HtmlCell number_cell(std::string_view text);

struct HtmlColumn {
  std::string title;  ///< text, not markup
  bool number = false;
  std::string hint{};  ///< smaller, under the title
};

/// A table with caption, column headers and row headers; a sentence where it has no rows.
std::string html_table(std::string_view caption, const std::vector<HtmlColumn>& columns,
                       const std::vector<std::vector<HtmlCell>>& rows,
                       std::string_view if_empty = "Nothing to show.");

/// A reference for people: its label, "everyone else" for the rest.
std::string in_words(const std::string& reference);

std::string paragraph(std::string_view text, std::string_view kind = {});
std::string heading(int level, std::string_view text, std::string_view id = {});

/// A number as people read it, by its unit: metres and persons whole, shares as per cent where
/// `per_cent`, all else with three decimals; "n/a" where undefined, "none reachable" for infinity.
std::string shown_value(double value, std::string_view unit, bool per_cent);

/// Remarks under a table, each told once and pointed to by number. A text of several remarks joined
/// by "; " is taken apart; remarks that differ in whole numbers only are told as one, from the
/// least to the most: "3 to 12 of 73 cells partly unknown".
class Footnotes {
 public:
  /// @returns the marks, as markup; nothing for an empty remark
  std::string mark(const std::string& remark);
  [[nodiscard]] std::string list() const;

 private:
  struct Remark {
    std::vector<std::string> words;  ///< between the numbers: one more than there are numbers
    std::vector<double> least;
    std::vector<double> most;
  };

  std::size_t number_of(std::string_view remark);

  std::vector<Remark> remarks_;
};

/// Different values of one field of rows, in order of appearance.
std::vector<std::string> values_of(const std::vector<metrics::ResultRow>& rows,
                                   std::string metrics::ResultRow::*field);

/// The latest date of any row; empty where there is none.
std::string latest_date(const std::vector<metrics::ResultRow>& rows);

/// One result as a cell: value, its range under it, and the mark of its status.
HtmlCell result_cell(const metrics::ResultRow* row, std::string_view unit, bool per_cent,
                     Footnotes& notes);

/// Label and unit of a metric of the registry; of any other, its id and nothing.
std::string metric_label(const std::string& id);
std::string metric_unit(const std::string& id);

/// The row of a metric for a group at a date, or nullptr. A row without a reference suits any.
const metrics::ResultRow* row_of(const std::vector<metrics::ResultRow>& rows,
                                 const std::string& metric, const std::string& group,
                                 const std::string& reference, const std::string& date);

/// At most `most` positions of `count`: the first, the last and others evenly between; of several
/// the last where only one may be.
std::vector<std::size_t> evenly_chosen(std::size_t count, std::size_t most);

/// The written reasons for which composition enters a ranking, in a box; nothing where it does not.
std::string composition_box(const study::PublishedRanking& ranking);

/// The parts of the report, each a whole section.
std::string people_section(const ReportContent& content);
std::string indices_section(const ReportContent& content);
std::string access_section(const ReportContent& content);
std::string priorities_section(const ReportContent& content);
std::string methods_section(const ReportContent& content);
std::string sources_section(const ReportContent& content);
std::string findings_section(const ReportContent& content);
std::string inputs_section(const ReportContent& content);

}  // namespace quartier::report
