// Charts of access: gaps between groups, and what a gap in places is made of.

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "report/access_parts.h"
#include "report/charts.h"
#include "report/html_parts.h"

namespace quartier::report {
namespace {

/// The largest finite value of a metric over groups, whatever its sign.
double largest_of(const AccessRows& rows, std::string_view metric) {
  double largest = 0.0;
  for (const std::string& group : rows.groups()) {
    const double value = rows.value(metric, group);
    if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
  }
  return largest;
}

}  // namespace

std::string gap_chart(const AccessRows& rows, const std::string& service,
                      const std::string& way_unit) {
  const NumberStyle style{1.0, way_unit};
  const int digits = digits_for(way_unit, largest_of(rows, "access_gap"));
  std::vector<ChartDot> dots;
  for (const std::string& group : rows.groups()) {
    const double gap = rows.value("access_gap", group);
    if (!is_defined(gap)) continue;
    dots.push_back({group, gap, rows.value("access_gap_interval_lower", group),
                    rows.value("access_gap_interval_upper", group),
                    styled(gap, style, digits, true) + "\u00a0" + way_unit});
  }
  if (dots.empty()) return {};
  const std::string reference =
      rows.reference().empty() ? "the reference" : in_words(rows.reference());
  const std::string unit = way_unit == "m" ? "Metres" : "Minutes";
  return heading(4, "How much farther than " + reference) +
         paragraph(unit +
                       " by which each group's mean way to the nearest site is longer (right) or "
                       "shorter (left).",
                   "small") +
         dot_plot({"Access gap by group: " + service,
                   unit + " farther (right) or nearer (left) than " + reference + "."},
                  dots, 0.0, rows.reference().empty() ? "no gap" : "same as " + reference);
}

std::string gap_parts(const AccessRows& rows, const std::string& service) {
  const std::vector<std::string> parts{"gap_where_people_live", "gap_where_services_are",
                                       "gap_how_full"};
  const std::vector<std::string> colours = chart_colours(parts.size());
  const std::vector<ChartSeries> series{{"where people live", colours[0]},
                                        {"where services are", colours[1]},
                                        {"how full they are", colours[2]}};
  const NumberStyle style = places_style(rows);
  const int digits = digits_for(style.unit, largest_of(rows, "places_gap") * style.factor);
  std::vector<StackedBar> bars;
  for (const std::string& group : rows.groups()) {
    StackedBar bar;
    bar.label = group;
    for (const std::string& part : parts) bar.parts.push_back(rows.value(part, group));
    const double gap = rows.value("places_gap", group);
    if (!is_defined(gap)) continue;
    bar.sum = gap;
    bar.value = styled(gap, style, digits, true);
    if (std::any_of(bar.parts.begin(), bar.parts.end(), is_defined)) bars.push_back(std::move(bar));
  }
  if (bars.empty()) return {};
  return heading(4, "Why some groups have more places than others") +
         paragraph("Gap in " + style.unit + " to " + in_words(rows.reference()) +
                       ", taken apart exactly: what comes from where the group lives, from where "
                       "services are, and from how full they are. To the right: more places than " +
                       in_words(rows.reference()) + ", to the left: fewer. The number is the sum.",
                   "small") +
         stacked_bars({"Parts of the gap in places: " + service,
                       "More places (right) or fewer (left) than the reference, by where people "
                       "live, where services are and how full they are."},
                      series, bars);
}

}  // namespace quartier::report
