#pragma once
/// Pieces that the report's charts are drawn from. Private to the room.

#include <cstddef>
#include <string>

#include "report/charts.h"

namespace quartier::report {

/// Width of every chart, in units of its own; the page scales it.
inline constexpr double chart_width = 860.0;

/// Values to positions along one axis.
struct ChartScale {
  double least = 0.0;
  double most = 1.0;
  double begin = 0.0;
  double end = 1.0;
  [[nodiscard]] double of(double value) const {
    return most == least ? begin : begin + (value - least) / (most - least) * (end - begin);
  }
};

/// A round step that cuts `extent` into about `parts`.
double round_step(double extent, double parts);

/// Digits after the point that multiples of `step` need.
int decimals_of(double step);

/// The opening tag with title and text alternative.
std::string chart_opened(const ChartText& text, double height);

/// One text, escaped. @param kind "t" text, "s" small, "v" value
std::string chart_words(double x, double y, const std::string& text, const char* anchor = "start",
                        const char* kind = "t");

/// One straight line of a class of the style sheet.
std::string chart_line(double x1, double y1, double x2, double y2, const char* kind);

/// At most `letters` characters, so that a long name stays beside its bar.
std::string chart_shortened(const std::string& text, std::size_t letters);

/// The `k`-th pattern of dashes; empty: a whole line. Past their end they repeat.
std::string chart_dash(std::size_t k);

/// A legend of coloured squares in rows from `y` downwards. @param y left below the last row
std::string chart_legend(const std::vector<ChartSeries>& series, double& y);

}  // namespace quartier::report
