#pragma once
/// Charts of segregation as inline SVG, and one as a table: curves over numbers, clouds of
/// districts, bars that part at zero, a matrix of shares. As in `charts.h`: no script, colours that
/// hold under colour-vision deficiency with dashes or figures beside them.

#include <cstddef>
#include <string>
#include <vector>

#include "report/charts.h"

namespace quartier::report {

/// An axis of numbers.
struct ChartAxis {
  std::string title;      ///< what it measures, with its unit
  bool per_cent = false;  ///< values are shares, written as per cent
  double least = 0.0;     ///< the scale reaches at least from here
  double most = 0.0;      ///< to here
};

/// One curve: points in order, joined by straight lines; a point that is no number parts it.
struct ChartCurve {
  std::string label;
  std::vector<double> x;
  std::vector<double> y;
};

/// Curves over a numeric axis in a square field, named in a legend beside it by colour and dash.
/// @param diagonal  label of the line from corner to corner; empty: none
/// @param dots      mark the points of curves that have few
/// @throws std::logic_error where a curve does not have as many x as y
std::string curve_chart(const ChartText& text, const ChartAxis& across, const ChartAxis& up,
                        const std::vector<ChartCurve>& curves, const std::string& diagonal,
                        bool dots);

/// A cloud of points; those that are no number are left out. Beyond 2,000 points those that fall
/// on the same spot are drawn once, so that a large city stays a small file.
/// @param mark        a position on the axis across marked by a line; NaN: none
/// @param mark_label  what it stands for
/// @throws std::logic_error where there are not as many x as y
std::string scatter_chart(const ChartText& text, const ChartAxis& across, const ChartAxis& up,
                          const std::vector<double>& x, const std::vector<double>& y, double mark,
                          const std::string& mark_label);

/// Bars of parts that add up: positive parts to the right of zero, negative ones to its left, the
/// sum (the bar's own, where it has one) as a diamond and as text at the right edge.
/// @param across  title and unit of the scale; its limits follow from the parts
/// @throws std::logic_error where a bar does not have one part per series
std::string diverging_bars(const ChartText& text, const ChartAxis& across,
                           const std::vector<ChartSeries>& series,
                           const std::vector<StackedBar>& bars);

/// A matrix of shares as a table whose cells are tinted by how many times the share of the last
/// row they are: purple for more, orange for less, white for about the same; every share is
/// written. The first `rows.size()` columns are the same groups, numbered as their rows.
/// @param rows    labels [K]
/// @param shares  [K · K], row by row; NaN: n/a
/// @param last    label of the last row, the yardstick
/// @param yard    [K] its shares; NaN: hidden, its column is not tinted
/// @throws std::logic_error where lengths do not fit
std::string heat_table(const std::string& caption, const std::vector<std::string>& rows,
                       const std::vector<double>& shares, const std::string& last,
                       const std::vector<double>& yard);

}  // namespace quartier::report
