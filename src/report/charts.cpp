#include "report/charts.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "report/chart_parts.h"
#include "report/markup.h"

namespace quartier::report {
namespace {

/// Days since 0000-03-01 of the proleptic Gregorian calendar; a missing month or day is the first.
double day_number(const std::string& date) {
  const auto part = [&](std::size_t at, std::size_t length, int otherwise) {
    if (date.size() < at + length) return otherwise;
    const std::optional<double> number = parse_number(date.substr(at, length));
    return number ? static_cast<int>(*number) : otherwise;
  };
  const int month = part(5, 2, 1);
  const int shifted_year = part(0, 4, 0) - (month <= 2 ? 1 : 0);
  const int shifted_month = (month + 9) % 12;
  return 365.0 * shifted_year + std::floor(shifted_year / 4.0) - std::floor(shifted_year / 100.0) +
         std::floor(shifted_year / 400.0) + std::floor((153.0 * shifted_month + 2.0) / 5.0) +
         part(8, 2, 1);
}

struct EndLabel {
  std::string text;
  std::string colour;
  double y = 0.0;
};

/// Moves labels apart, in order of height, so that none covers another.
void spread(std::vector<EndLabel>& labels, double least_gap, double top, double bottom) {
  std::stable_sort(labels.begin(), labels.end(),
                   [](const EndLabel& a, const EndLabel& b) { return a.y < b.y; });
  double limit = top;
  for (EndLabel& label : labels) {
    label.y = std::max(label.y, limit);
    limit = label.y + least_gap;
  }
  limit = bottom;
  for (std::size_t i = labels.size(); i-- > 0;) {
    labels[i].y = std::min(labels[i].y, limit);
    limit = labels[i].y - least_gap;
  }
}

}  // namespace

std::vector<std::string> chart_colours(std::size_t count) {
  // Okabe & Ito's colours without yellow, which white paper swallows, and black, which is text.
  const std::vector<std::string> set{"#0072b2", "#d55e00", "#009e73", "#cc79a7",
                                     "#56b4e9", "#e69f00", "#6b6b6b"};
  std::vector<std::string> colours;
  for (std::size_t i = 0; i < count; ++i) colours.push_back(set[i % set.size()]);
  return colours;
}

std::string stacked_bars(const ChartText& text, const std::vector<ChartSeries>& series,
                         const std::vector<StackedBar>& bars) {
  constexpr double label_width = 250.0;
  constexpr double value_width = 84.0;
  constexpr double row = 24.0;
  double least = 0.0;
  double most = 0.0;
  for (const StackedBar& bar : bars) {
    expects(bar.parts.size() == series.size(), "stacked_bars: one part for each series");
    double right = 0.0;
    double left = 0.0;
    for (const double part : bar.parts) {
      if (part > 0.0) right += part;
      if (part < 0.0) left += part;
    }
    most = std::max(most, right);
    least = std::min(least, left);
  }
  if (most == least) most = least + 1.0;

  double y = 14.0;
  std::string marks = chart_legend(series, y);
  const ChartScale scale{least, most, label_width, chart_width - value_width};
  const double top = y;
  for (const StackedBar& bar : bars) {
    marks += chart_words(label_width - 10.0, y + 14.0, chart_shortened(bar.label, 36), "end");
    double right = 0.0;
    double left = 0.0;
    for (std::size_t s = 0; s < series.size(); ++s) {
      const double part = bar.parts[s];
      if (!is_defined(part) || part == 0.0) continue;
      double& edge = part > 0.0 ? right : left;
      const double from = scale.of(part > 0.0 ? edge : edge + part);
      const double to = scale.of(part > 0.0 ? edge + part : edge);
      edge += part;
      // A sliver of paper between the parts tells them apart without colour.
      marks += "<rect x=\"" + coordinate(from) + "\" y=\"" + coordinate(y + 2.0) + "\" width=\"" +
               coordinate(std::max(to - from - 1.0, 0.4)) + "\" height=\"16\" fill=\"" +
               escaped(series[s].colour) + "\"/>";
    }
    marks += chart_words(scale.of(right) + 6.0, y + 14.0, bar.value, "start", "v");
    y += row;
  }
  marks += chart_line(scale.of(0.0), top, scale.of(0.0), y, "axis");
  return chart_opened(text, y + 4.0) + marks + "</svg>\n";
}

std::string line_chart(const ChartText& text, const std::vector<std::string>& dates,
                       const std::vector<ChartLine>& lines,
                       const std::vector<std::size_t>& breaks) {
  constexpr double height = 340.0;
  constexpr double top = 12.0;
  constexpr double bottom = height - 30.0;
  constexpr double names = 215.0;
  double least = 0.0;
  double most = 0.0;
  for (const ChartLine& one : lines) {
    expects(one.values.size() == dates.size(), "line_chart: one value for each date");
    for (const double value : one.values) {
      if (!std::isfinite(value)) continue;
      least = std::min(least, value);
      most = std::max(most, value);
    }
  }
  const double step = round_step(most - least, 5.0);
  least = std::floor(least / step) * step;
  most = std::max(std::ceil(most / step - 1e-9) * step, least + step);
  const ChartScale up{least, most, bottom, top};
  const double first = dates.empty() ? 0.0 : day_number(dates.front());
  const double last = dates.empty() ? 1.0 : day_number(dates.back());
  const ChartScale along{first, last, 62.0, chart_width - names};

  std::string marks;
  const int decimals = decimals_of(step);
  for (int k = 0; least + k * step <= most + step / 2; ++k) {
    const double value = least + k * step;
    marks += chart_line(48.0, up.of(value), chart_width - names + 6.0, up.of(value), "grid");
    marks += chart_words(42.0, up.of(value) + 4.0, display_text(value, decimals), "end", "s");
  }
  double written_to = -1e9;
  for (const std::string& date : dates) {
    const double x = along.of(day_number(date));
    if (x - written_to < 44.0) continue;
    marks += chart_words(x, bottom + 20.0, date.substr(0, 4), "middle", "s");
    written_to = x;
  }
  for (const std::size_t b : breaks) {
    if (b == 0 || b >= dates.size()) continue;
    const double x = (along.of(day_number(dates[b - 1])) + along.of(day_number(dates[b]))) / 2;
    marks += chart_line(x, top, x, bottom, "mark");
    marks += chart_words(x + 4.0, top + 10.0, "new boundaries", "start", "s");
  }

  std::size_t strong_count = 0;
  for (const ChartLine& one : lines) strong_count += one.strong ? 1U : 0U;
  const std::vector<std::string> colours = chart_colours(strong_count);
  std::vector<EndLabel> labels;
  std::string front;
  std::size_t s = 0;
  for (const ChartLine& one : lines) {
    const std::string colour = one.strong ? colours[s] : "#c3c9cf";
    const std::string dash = one.strong ? chart_dash(s / 7) : "";
    std::string path;
    std::string dots;
    bool pen_up = true;
    double end_y = undefined;
    for (std::size_t i = 0; i < dates.size(); ++i) {
      if (std::find(breaks.begin(), breaks.end(), i) != breaks.end()) pen_up = true;
      if (!std::isfinite(one.values[i])) {
        pen_up = true;
        continue;
      }
      const std::string x = coordinate(along.of(day_number(dates[i])));
      const std::string y = coordinate(up.of(one.values[i]));
      path += (pen_up ? "M" : "L") + x + " " + y;
      if (one.strong)
        dots += "<circle cx=\"" + x + "\" cy=\"" + y + "\" r=\"2.8\" fill=\"" + colour + "\"/>";
      pen_up = false;
      end_y = up.of(one.values[i]);
    }
    const std::string drawn = "<path fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"" +
                              (one.strong ? "2" : "1") + "\"" +
                              (dash.empty() ? "" : " stroke-dasharray=\"" + dash + "\"") + " d=\"" +
                              path + "\"/>" + dots;
    (one.strong ? front : marks) += path.empty() ? "" : drawn;
    if (one.strong && is_defined(end_y)) labels.push_back({one.label, colour, end_y + 4.0});
    s += one.strong ? 1U : 0U;
  }
  spread(labels, 15.0, top + 6.0, bottom + 4.0);
  for (const EndLabel& label : labels) {
    const double x = chart_width - names + 14.0;
    front += "<rect x=\"" + coordinate(x) + "\" y=\"" + coordinate(label.y - 8.0) +
             "\" width=\"8\" height=\"8\" fill=\"" + label.colour + "\"/>" +
             chart_words(x + 13.0, label.y, chart_shortened(label.text, 28));
  }
  return chart_opened(text, height) + marks + front + "</svg>\n";
}

std::string dot_plot(const ChartText& text, const std::vector<ChartDot>& dots, double middle,
                     const std::string& middle_label) {
  constexpr double label_width = 250.0;
  constexpr double row = 24.0;
  constexpr double top = 26.0;
  double least = middle;
  double most = middle;
  for (const ChartDot& dot : dots) {
    for (const double value : {dot.value, dot.lower, dot.upper}) {
      if (!std::isfinite(value)) continue;
      least = std::min(least, value);
      most = std::max(most, value);
    }
  }
  const double step = round_step(most - least, 6.0);
  least = std::floor(least / step + 1e-9) * step;
  most = std::max(std::ceil(most / step - 1e-9) * step, least + step);
  const ChartScale scale{least, most, label_width + 70.0, chart_width - 80.0};
  const double bottom = top + row * static_cast<double>(dots.size());
  std::string marks;
  const int decimals = decimals_of(step);
  for (int k = 0; least + k * step <= most + step / 2; ++k) {
    const double x = scale.of(least + k * step);
    marks += chart_line(x, top, x, bottom, "grid");
    marks += chart_words(x, bottom + 18.0, display_text(least + k * step, decimals), "middle", "s");
  }
  marks += chart_line(scale.of(middle), top - 6.0, scale.of(middle), bottom, "axis");
  marks += chart_words(scale.of(middle), top - 11.0, middle_label, "middle", "s");
  double y = top + row / 2;
  for (const ChartDot& dot : dots) {
    marks += chart_words(label_width - 10.0, y + 4.0, chart_shortened(dot.label, 36), "end");
    if (std::isfinite(dot.lower) && std::isfinite(dot.upper)) {
      marks += chart_line(scale.of(dot.lower), y, scale.of(dot.upper), y, "range");
    }
    if (std::isfinite(dot.value)) {
      const double x = scale.of(dot.value);
      marks += chart_line(scale.of(middle), y, x, y, "stem");
      marks += "<circle class=\"dot\" cx=\"" + coordinate(x) + "\" cy=\"" + coordinate(y) +
               "\" r=\"5\"/>";
      const bool right = dot.value >= middle;
      marks +=
          chart_words(right ? x + 10.0 : x - 10.0, y + 4.0, dot.text, right ? "start" : "end", "v");
    } else {
      marks += chart_words(scale.of(middle) + 10.0, y + 4.0, dot.text, "start", "s");
    }
    y += row;
  }
  return chart_opened(text, bottom + 26.0) + marks + "</svg>\n";
}

}  // namespace quartier::report
