#pragma once
/// Small charts as inline SVG for the report: no script, no outside style; colours that hold under
/// colour-vision deficiency, with dashes, positions or words beside them, and every value as text.

#include <string>
#include <vector>

#include "base/number.h"

namespace quartier::report {

/// What a chart says to those who cannot see it.
struct ChartText {
  std::string title;
  std::string summary;
};

/// A kind of part, the same in all bars.
struct ChartSeries {
  std::string label;
  std::string colour;  ///< "#rrggbb"
};

/// One bar of several parts.
struct StackedBar {
  std::string label;
  std::string value;          ///< text at its end: "0.62"
  std::vector<double> parts;  ///< [series count]; NaN: nothing drawn; negative parts go left
  double sum = undefined;     ///< of the parts as published, where rounding parts it from theirs
};

/// Bars under each other on one scale, a legend above: a ranking with its contributions, or
/// compositions (parts of each bar then add up to 1).
/// @throws std::logic_error where a bar does not have one part per series
std::string stacked_bars(const ChartText& text, const std::vector<ChartSeries>& series,
                         const std::vector<StackedBar>& bars);

/// One line over dates.
struct ChartLine {
  std::string label;
  std::vector<double> values;  ///< [date count]; NaN: a gap
  bool strong = true;          ///< coloured and named; otherwise grey, behind the others
};

/// Lines over dates, spaced by time, each strong line named at its end. Breaks (a change of
/// boundaries) part the lines. The scale begins at zero where no value is negative.
/// @param dates   ISO 8601, ascending
/// @param breaks  positions of the first date after each break
/// @throws std::logic_error where a line does not have one value per date
std::string line_chart(const ChartText& text, const std::vector<std::string>& dates,
                       const std::vector<ChartLine>& lines, const std::vector<std::size_t>& breaks);

/// One row of a dot plot.
struct ChartDot {
  std::string label;
  double value = 0.0;
  double lower = 0.0;  ///< drawn as a thin line with `upper` where both are numbers
  double upper = 0.0;
  std::string text;  ///< the value as written
};

/// Dots on one scale against a marked line at `middle` (no gap: 0).
/// @param middle_label  what the line stands for: "same as the rest"
std::string dot_plot(const ChartText& text, const std::vector<ChartDot>& dots, double middle,
                     const std::string& middle_label);

/// The first `count` of a set of colours that stay apart under colour-vision deficiency; past its
/// end they repeat.
std::vector<std::string> chart_colours(std::size_t count);

}  // namespace quartier::report
