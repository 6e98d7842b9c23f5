#include "viewer/city_spread.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/number.h"
#include "base/text.h"
#include "metrics/registry.h"
#include "report/number_style.h"
#include "viewer/widgets.h"

namespace quartier::viewer {
namespace {

constexpr std::array<std::string_view, 5> figures_shown{"dissimilarity", "gini", "theil_h",
                                                        "isolation", "moran_i"};
constexpr int digits = 3;

const metrics::ResultRow* row_of(const study::Publication& publication,
                                 const study::ColumnSpec& spec, const std::string& group,
                                 std::string_view metric) {
  const std::string districts = "districts=" + publication.edition(spec.edition).id;
  for (const metrics::ResultRow& row : publication.indices()) {
    if (row.metric != metric || row.group != group || row.date != spec.date) continue;
    if (publication.edition_count() > 1 && row.parameters.find(districts) == std::string::npos) {
      continue;
    }
    return &row;
  }
  return nullptr;
}

CitySpread::Figure figure_of(const metrics::ResultRow& row, const metrics::MetricEntry& entry) {
  CitySpread::Figure figure{std::string(entry.label), display_text(row.value, digits)};
  if (is_defined(row.expected)) figure.text += ", by chance " + display_text(row.expected, digits);
  return figure;
}

/// The row of access of a group to a service as it is today.
const metrics::ResultRow* access_row(const study::Publication& publication,
                                     const study::ColumnSpec& spec, const std::string& group,
                                     std::string_view metric) {
  const std::string districts = "districts=" + publication.edition(spec.edition).id;
  for (const metrics::ResultRow& row : publication.access()) {
    if (row.metric != metric || row.group != group || row.service != spec.service ||
        row.date != spec.date || row.parameters.find("scenario=") != std::string::npos) {
      continue;
    }
    if (publication.edition_count() > 1 && row.parameters.find(districts) == std::string::npos) {
      continue;
    }
    return &row;
  }
  return nullptr;
}

/// Mean way and share within the cutoff, group by group; groups of which neither is known are left
/// out.
std::vector<CitySpread::Figure> reach_of(const study::Publication& publication,
                                         const study::ColumnSpec& spec) {
  std::vector<CitySpread::Figure> reach;
  const std::string unit(publication.way_unit());
  for (const Group& group : publication.groups().nodes) {
    const metrics::ResultRow* way = access_row(publication, spec, group.label, "access_mean");
    const metrics::ResultRow* within =
        access_row(publication, spec, group.label, "access_share_within");
    CitySpread::Figure figure{group.label, {}};
    if (way != nullptr && is_defined(way->value)) {
      figure.text = display_text(way->value, report::digits_for(unit, way->value)) + " " + unit;
    }
    if (within != nullptr && is_defined(within->value)) {
      figure.text +=
          (figure.text.empty() ? "" : ", ") + display_text(100.0 * within->value, 0) + " %";
    }
    if (!figure.text.empty()) reach.push_back(std::move(figure));
  }
  return reach;
}

/// A line for each group: its name, and what it reaches at the right.
void reach_lines(const std::vector<CitySpread::Figure>& reach) {
  wrapped("Mean way to the nearest site, and share of people within the cutoff", fonts().small,
          theme::muted);
  for (const CitySpread::Figure& figure : reach) {
    const std::string text = display_safe(figure.text);
    const float room = ImGui::GetContentRegionAvail().x - ImGui::CalcTextSize(text.c_str()).x;
    clipped(display_safe(figure.label), room - ui(8));
    ImGui::SameLine();
    right_aligned(text);
  }
}

/// The curve under its diagonal, in a square frame.
void draw_curve(const study::SegregationCurve& curve) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float side = std::min(ImGui::GetContentRegionAvail().x, ui(190));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const auto place = [&](double x, double y) {
    return ImVec2{at.x + px(x) * side, at.y + px(1.0 - y) * side};
  };
  list.AddRectFilled(at, {at.x + side, at.y + side}, ink(theme::soft));
  for (const double part : {0.25, 0.5, 0.75}) {
    list.AddLine(place(part, 0.0), place(part, 1.0), ink(theme::rule));
    list.AddLine(place(0.0, part), place(1.0, part), ink(theme::rule));
  }
  list.AddLine(place(0.0, 0.0), place(1.0, 1.0), ink(theme::muted), ui(1));
  std::vector<ImVec2> points;
  for (std::size_t l = 0; l < curve.of_group.size(); ++l) {
    points.push_back(place(static_cast<double>(l) / static_cast<double>(curve.of_group.size() - 1),
                           curve.of_group[l]));
  }
  list.AddPolyline(points.data(), static_cast<int>(points.size()), ink(theme::accent), 0, ui(2));
  list.AddRect(at, {at.x + side, at.y + side}, ink(theme::rule));
  ImGui::Dummy({side, side});
  hint(
      "Districts stand in order of the group's share, lowest first. To the right runs the share "
      "of " +
      (curve.reference == "rest" ? std::string("everyone else") : curve.reference) +
      " that lives in them, upwards that of " + curve.group +
      ". On the straight line both are spread alike.");
}

}  // namespace

CitySpread city_spread(const study::Publication& publication, const study::ColumnSpec& spec) {
  CitySpread spread;
  if (!spec.service.empty()) spread.reach = reach_of(publication, spec);
  const GroupIndex group = spec.group.empty() ? no_index : publication.groups().find(spec.group);
  const auto& dates = publication.edition(spec.edition).dates;
  const bool dated = std::find(dates.begin(), dates.end(), spec.date) != dates.end();
  if (group == no_index || group == 0 || !dated) return spread;
  const std::array<GroupIndex, 1> groups{group};
  std::vector<study::SegregationCurve> curves =
      publication.segregation_curves(spec.edition, spec.date, groups);
  if (!curves.empty() && is_defined(curves.front().of_group.back())) {
    spread.curve = std::move(curves.front());
  }
  for (const std::string_view metric : figures_shown) {
    const metrics::ResultRow* row =
        row_of(publication, spec, publication.groups().nodes[group].label, metric);
    const metrics::MetricEntry* entry = metrics::find_metric(metric);
    if (row == nullptr || entry == nullptr || !is_defined(row->value)) continue;
    spread.figures.push_back(figure_of(*row, *entry));
  }
  return spread;
}

void spread_panel(const ViewModel& model) {
  const CitySpread& spread = model.spread;
  if (spread.curve.of_group.empty() && spread.figures.empty() && spread.reach.empty()) return;
  ImGui::Dummy({0.0F, ui(4)});
  ImGui::Separator();
  heading(spread.reach.empty() ? "In the whole city" : "In the whole city, by group");
  if (!spread.reach.empty()) reach_lines(spread.reach);
  if (!spread.curve.of_group.empty()) {
    const std::string reference =
        spread.curve.reference == "rest" ? "everyone else" : spread.curve.reference;
    wrapped(display_safe(spread.curve.group + " against " + reference), fonts().small,
            theme::muted);
    draw_curve(spread.curve);
  }
  for (const CitySpread::Figure& figure : spread.figures) {
    quiet(figure.label);
    plain(figure.text);
  }
}

}  // namespace quartier::viewer
