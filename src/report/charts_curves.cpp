#include "report/charts_curves.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "report/chart_parts.h"
#include "report/html_parts.h"
#include "report/markup.h"

namespace quartier::report {
namespace {

constexpr std::size_t points_drawn_singly = 2000;
constexpr std::size_t letters_beside = 40;

std::string tick_text(double value, double step, bool per_cent) {
  if (per_cent) return display_text(100.0 * value, decimals_of(100.0 * step)) + "\xC2\xA0%";
  return display_text(value, decimals_of(step));
}

/// A title written upwards along the left edge.
std::string upward_words(double x, double y, const std::string& text) {
  return "<text class=\"s\" text-anchor=\"middle\" transform=\"translate(" + coordinate(x) + " " +
         coordinate(y) + ") rotate(-90)\">" + escaped(text) + "</text>";
}

/// The field of a chart with two numeric axes.
struct Field {
  ChartScale across;
  ChartScale up;
  std::string marks;  ///< grid, figures and titles
};

ChartScale rounded(const ChartAxis& axis, double begin, double end, double parts, double& step) {
  step = round_step(axis.most - axis.least, parts);
  const double least = std::floor(axis.least / step + 1e-9) * step;
  const double most = std::max(std::ceil(axis.most / step - 1e-9) * step, least + step);
  return {least, most, begin, end};
}

Field field_of(const ChartAxis& across, const ChartAxis& up, double width, double height) {
  constexpr double left = 66.0;
  constexpr double top = 12.0;
  double step_across = 1.0;
  double step_up = 1.0;
  Field field;
  field.across = rounded(across, left, left + width, 5.0, step_across);
  field.up = rounded(up, top + height, top, 5.0, step_up);
  for (int k = 0; field.up.least + k * step_up <= field.up.most + step_up / 2; ++k) {
    const double value = field.up.least + k * step_up;
    const double y = field.up.of(value);
    field.marks += chart_line(left, y, left + width, y, "grid");
    field.marks +=
        chart_words(left - 8.0, y + 4.0, tick_text(value, step_up, up.per_cent), "end", "s");
  }
  for (int k = 0; field.across.least + k * step_across <= field.across.most + step_across / 2;
       ++k) {
    const double value = field.across.least + k * step_across;
    const double x = field.across.of(value);
    field.marks += chart_line(x, top, x, top + height, "grid");
    field.marks += chart_words(x, top + height + 18.0,
                               tick_text(value, step_across, across.per_cent), "middle", "s");
  }
  field.marks += chart_line(left, top + height, left + width, top + height, "axis");
  field.marks += chart_line(left, top, left, top + height, "axis");
  field.marks += chart_words(left + width / 2, top + height + 38.0, across.title, "middle", "s");
  field.marks += upward_words(14.0, top + height / 2, up.title);
  return field;
}

void widen(ChartAxis& axis, const std::vector<double>& values) {
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    axis.least = std::min(axis.least, value);
    axis.most = std::max(axis.most, value);
  }
}

std::string stroke(const std::string& colour, const std::string& dash) {
  return "fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"2\"" +
         (dash.empty() ? "" : " stroke-dasharray=\"" + dash + "\"");
}

}  // namespace

std::string curve_chart(const ChartText& text, const ChartAxis& across, const ChartAxis& up,
                        const std::vector<ChartCurve>& curves, const std::string& diagonal,
                        bool dots) {
  constexpr double side = 400.0;
  constexpr double names = 500.0;
  ChartAxis wide = across;
  ChartAxis high = up;
  for (const ChartCurve& curve : curves) {
    expects(curve.x.size() == curve.y.size(), "curve_chart: as many x as y");
    widen(wide, curve.x);
    widen(high, curve.y);
  }
  const Field field = field_of(wide, high, side, side);
  std::string marks = field.marks;
  double y = 28.0;
  if (!diagonal.empty()) {
    marks += chart_line(field.across.begin, field.up.begin, field.across.end, field.up.end, "mark");
    marks += chart_line(names, y - 4.0, names + 30.0, y - 4.0, "mark") +
             chart_words(names + 40.0, y, diagonal);
    y += 24.0;
  }
  const std::vector<std::string> colours = chart_colours(curves.size());
  for (std::size_t c = 0; c < curves.size(); ++c) {
    const std::string look = stroke(colours[c], chart_dash(c));
    std::string path;
    bool pen_up = true;
    for (std::size_t i = 0; i < curves[c].x.size(); ++i) {
      const double px = field.across.of(curves[c].x[i]);
      const double py = field.up.of(curves[c].y[i]);
      if (!std::isfinite(px) || !std::isfinite(py)) {
        pen_up = true;
        continue;
      }
      path += (pen_up ? "M" : "L") + coordinate(px, 1) + " " + coordinate(py, 1);
      pen_up = false;
      if (dots) {
        marks += "<circle cx=\"" + coordinate(px) + "\" cy=\"" + coordinate(py) +
                 "\" r=\"3.5\" fill=\"" + colours[c] + "\"/>";
      }
    }
    if (!path.empty()) marks += "<path " + look + " d=\"" + path + "\"/>";
    marks += "<path " + look + " d=\"M" + coordinate(names) + " " + coordinate(y - 4.0) + "h30\"/>";
    marks += chart_words(names + 40.0, y, chart_shortened(curves[c].label, letters_beside));
    y += 24.0;
  }
  return chart_opened(text, side + 62.0) + marks + "</svg>\n";
}

std::string scatter_chart(const ChartText& text, const ChartAxis& across, const ChartAxis& up,
                          const std::vector<double>& x, const std::vector<double>& y, double mark,
                          const std::string& mark_label) {
  expects(x.size() == y.size(), "scatter_chart: as many x as y");
  constexpr double width = 760.0;
  constexpr double height = 320.0;
  constexpr double spot = 4.0;
  ChartAxis wide = across;
  ChartAxis high = up;
  widen(wide, x);
  widen(high, y);
  const Field field = field_of(wide, high, width, height);
  std::string marks = field.marks;
  std::set<std::pair<int, int>> drawn;
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(x[i]) || !std::isfinite(y[i])) continue;
    double px = field.across.of(x[i]);
    double py = field.up.of(y[i]);
    if (x.size() > points_drawn_singly) {
      const std::pair<int, int> cell{static_cast<int>(px / spot), static_cast<int>(py / spot)};
      if (!drawn.insert(cell).second) continue;
      px = (cell.first + 0.5) * spot;
      py = (cell.second + 0.5) * spot;
    }
    marks += "<circle class=\"cloud\" cx=\"" + coordinate(px, 1) + "\" cy=\"" + coordinate(py, 1) +
             "\" r=\"3.5\"/>";
  }
  if (std::isfinite(mark)) {
    const double at = field.across.of(mark);
    const bool right = at < field.across.end - 160.0;
    marks += chart_line(at, field.up.end, at, field.up.begin, "mark");
    marks += chart_words(right ? at + 5.0 : at - 5.0, field.up.begin - 8.0, mark_label,
                         right ? "start" : "end", "s");
  }
  return chart_opened(text, height + 62.0) + marks + "</svg>\n";
}

std::string diverging_bars(const ChartText& text, const ChartAxis& across,
                           const std::vector<ChartSeries>& series,
                           const std::vector<StackedBar>& bars) {
  constexpr double label_width = 220.0;
  constexpr double value_width = 90.0;
  constexpr double row = 26.0;
  ChartAxis axis = across;
  for (const StackedBar& bar : bars) {
    expects(bar.parts.size() == series.size(), "diverging_bars: one part for each series");
    double right = 0.0;
    double left = 0.0;
    for (const double part : bar.parts) {
      if (part > 0.0) right += part;
      if (part < 0.0) left += part;
    }
    widen(axis, {left, right});
  }
  double y = 14.0;
  std::string marks = chart_legend(series, y);
  double step = 1.0;
  const ChartScale scale = rounded(axis, label_width, chart_width - value_width, 6.0, step);
  const double top = y;
  const double bottom = top + row * static_cast<double>(bars.size());
  for (int k = 0; scale.least + k * step <= scale.most + step / 2; ++k) {
    const double x = scale.of(scale.least + k * step);
    marks += chart_line(x, top, x, bottom, "grid");
    marks += chart_words(x, bottom + 18.0, tick_text(scale.least + k * step, step, axis.per_cent),
                         "middle", "s");
  }
  for (const StackedBar& bar : bars) {
    marks += chart_words(label_width - 20.0, y + 17.0, chart_shortened(bar.label, 30), "end");
    double right = 0.0;
    double left = 0.0;
    for (std::size_t s = 0; s < series.size(); ++s) {
      const double part = bar.parts[s];
      if (!is_defined(part) || part == 0.0) continue;
      double& edge = part > 0.0 ? right : left;
      const double from = scale.of(part > 0.0 ? edge : edge + part);
      const double to = scale.of(part > 0.0 ? edge + part : edge);
      edge += part;
      marks += "<rect x=\"" + coordinate(from) + "\" y=\"" + coordinate(y + 4.0) + "\" width=\"" +
               coordinate(std::max(to - from - 1.0, 0.4)) + "\" height=\"18\" fill=\"" +
               escaped(series[s].colour) + "\"/>";
    }
    const double sum = scale.of(is_defined(bar.sum) ? bar.sum : right + left);
    marks += "<path class=\"sum\" d=\"M" + coordinate(sum) + " " + coordinate(y + 6.0) +
             "l7 7l-7 7l-7 -7z\"/>";
    marks += chart_words(chart_width, y + 17.0, bar.value, "end", "v");
    y += row;
  }
  marks += chart_line(scale.of(0.0), top, scale.of(0.0), bottom, "axis");
  marks += chart_words((scale.begin + scale.end) / 2, bottom + 38.0, axis.title, "middle", "s");
  return chart_opened(text, bottom + 48.0) + marks + "</svg>\n";
}

}  // namespace quartier::report
