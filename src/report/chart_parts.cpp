#include "report/chart_parts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "report/markup.h"

namespace quartier::report {

double round_step(double extent, double parts) {
  if (!(extent > 0.0)) return 1.0;
  const double raw = extent / parts;
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (raw <= step * power * 1.0001) return step * power;
  }
  return 10.0 * power;
}

int decimals_of(double step) {
  return std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 6);
}

std::string chart_opened(const ChartText& text, double height) {
  return "<svg class=\"chart\" viewBox=\"0 0 " + coordinate(chart_width) + " " +
         coordinate(height) + "\" role=\"img\" aria-label=\"" +
         escaped(text.title + ". " + text.summary) + "\"><title>" + escaped(text.title) +
         "</title>";
}

std::string chart_words(double x, double y, const std::string& text, const char* anchor,
                        const char* kind) {
  return "<text class=\"" + std::string(kind) + "\" x=\"" + coordinate(x) + "\" y=\"" +
         coordinate(y) + "\" text-anchor=\"" + anchor + "\">" + escaped(text) + "</text>";
}

std::string chart_line(double x1, double y1, double x2, double y2, const char* kind) {
  return "<line class=\"" + std::string(kind) + "\" x1=\"" + coordinate(x1) + "\" y1=\"" +
         coordinate(y1) + "\" x2=\"" + coordinate(x2) + "\" y2=\"" + coordinate(y2) + "\"/>";
}

std::string chart_shortened(const std::string& text, std::size_t letters) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) continue;
    if (count == letters) {
      const std::size_t end = text.find_last_not_of(' ', i - 1);
      return text.substr(0, end == std::string::npos ? i : end + 1) + "\xE2\x80\xA6";
    }
    ++count;
  }
  return text;
}

std::string chart_dash(std::size_t k) {
  constexpr std::array<const char*, 4> dashes{"", "7 4", "2 3", "10 3 2 3"};
  return dashes[k % dashes.size()];
}

std::string chart_legend(const std::vector<ChartSeries>& series, double& y) {
  std::string marks;
  double x = 0.0;
  for (const ChartSeries& one : series) {
    const std::string label = chart_shortened(one.label, 40);
    const double width = 26.0 + 7.2 * static_cast<double>(std::min<std::size_t>(label.size(), 42));
    if (x > 0.0 && x + width > chart_width) {
      x = 0.0;
      y += 20.0;
    }
    marks += "<rect x=\"" + coordinate(x) + "\" y=\"" + coordinate(y - 10.0) +
             "\" width=\"12\" height=\"12\" fill=\"" + escaped(one.colour) + "\"/>";
    marks += chart_words(x + 18.0, y, label);
    x += width;
  }
  y += series.empty() ? 0.0 : 18.0;
  return marks;
}

}  // namespace quartier::report
