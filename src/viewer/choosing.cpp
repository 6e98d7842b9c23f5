#include "viewer/choosing.h"

#include <algorithm>
#include <tuple>

#include "carto/palettes.h"
#include "metrics/registry.h"

namespace quartier::viewer {
namespace {

std::string family_label(const std::string& family) {
  for (const metrics::MetricFamily& entry : metrics::metric_families()) {
    if (entry.id == family) return std::string(entry.label);
  }
  if (family == "population") return "Population";
  if (family == "indicator") return "Indicators";
  if (family == "priority") return "Priorities";
  return family;
}

bool holds(const std::vector<Option>& options, const std::string& id) {
  return std::any_of(options.begin(), options.end(),
                     [&](const Option& option) { return option.id == id; });
}

/// Larger is nearer: the same date, else one before it and of these the latest, else the earliest.
std::tuple<int, std::string> date_nearness(const std::string& date, const std::string& wanted) {
  if (date == wanted) return {3, {}};
  if (wanted.empty() || date < wanted) return {2, date};
  std::string turned = date;
  for (char& c : turned) c = static_cast<char>(127 - c);
  return {1, turned};
}

void add_parts(const study::Publication& publication, const study::ColumnSpec& shown,
               const study::ColumnSpec& spec, Menus& menus) {
  const bool same_edition = spec.edition == shown.edition;
  const bool same_date = same_edition && spec.date == shown.date;
  if (same_date && spec.service == shown.service && !holds(menus.groups, spec.group)) {
    const GroupIndex group = publication.groups().find(spec.group);
    menus.groups.push_back(
        {spec.group,
         group == no_index ? "Everyone" : publication.groups().nodes[group].label,
         {},
         {}});
  }
  if (!spec.service.empty() && same_date && !holds(menus.services, spec.service)) {
    for (const study::ServicePoints& service : publication.services()) {
      if (service.id == spec.service) menus.services.push_back({spec.service, service.label});
    }
  }
  if (spec.group == shown.group && spec.service == shown.service && !spec.date.empty() &&
      (!holds(menus.dates, spec.date) || same_edition)) {
    std::erase_if(menus.dates, [&](const Option& date) { return date.id == spec.date; });
    menus.dates.push_back({spec.date, report::date_text(spec.date), {}, {}, spec.edition});
  }
}

}  // namespace

Choice choice_of(const study::ColumnSpec& spec) {
  return {spec.column, spec.group, spec.service, spec.date, spec.edition};
}

const study::ColumnSpec* nearest_column(const study::Publication& publication, const Choice& wanted,
                                        Wish first) {
  const auto& groups = publication.groups();
  const std::string first_group =
      groups.nodes.empty() ? "" : groups.nodes[publication.default_group()].id;
  using Nearness = std::tuple<bool, bool, int, bool, std::tuple<int, std::string>>;
  Nearness best{};
  const study::ColumnSpec* found = nullptr;
  for (const study::ColumnSpec& spec : publication.catalogue()) {
    if (spec.column != wanted.column) continue;
    const int group = spec.group == wanted.group ? 2 : spec.group == first_group ? 1 : 0;
    const Nearness nearness{first == Wish::date && spec.date == wanted.date,
                            spec.edition == wanted.edition, group, spec.service == wanted.service,
                            date_nearness(spec.date, wanted.date)};
    if (found == nullptr || nearness > best) {
      best = nearness;
      found = &spec;
    }
  }
  return found;
}

Menus menus_for(const study::Publication& publication, const study::ColumnSpec& spec) {
  Menus menus;
  for (const study::ColumnSpec& other : publication.catalogue()) {
    if (!holds(menus.columns, other.column)) {
      menus.columns.push_back(
          {other.column, other.label, family_label(other.family), other.meaning, other.edition});
    }
    if (other.column == spec.column) add_parts(publication, spec, other, menus);
  }
  std::stable_sort(menus.dates.begin(), menus.dates.end(),
                   [](const Option& a, const Option& b) { return a.id < b.id; });
  for (const carto::Palette& palette : carto::palettes()) {
    const bool kinds = palette.kind == carto::PaletteKind::categorical;
    if (kinds != spec.categorical) continue;
    if (kinds && palette.anchors.size() < spec.categories.size()) continue;
    const char* heading = kinds                                           ? "Kinds"
                          : palette.kind == carto::PaletteKind::diverging ? "From a middle outwards"
                                                                          : "From little to much";
    menus.palettes.push_back({std::string(palette.id), std::string(palette.label), heading,
                              std::string(palette.source)});
  }
  for (const study::PublishedRanking& ranking : publication.rankings()) {
    if (ranking.edition == spec.edition) {
      menus.rankings.push_back({ranking.id, ranking.label, {}, ranking.method});
    }
  }
  menus.rankings.push_back({"", "Value shown on the map"});
  return menus;
}

std::string counts_date(const study::Edition& edition, std::string_view date) {
  std::string best;
  for (const std::string& candidate : edition.dates) {
    if (candidate <= date) best = candidate;
  }
  return best.empty() && !edition.dates.empty() ? edition.dates.back() : best;
}

report::ColumnMapOptions suitable(const Colouring& colouring, const study::ColumnSpec& spec) {
  report::ColumnMapOptions options;
  for (const carto::Palette& palette : carto::palettes()) {
    if (palette.id != colouring.palette) continue;
    const bool kinds = palette.kind == carto::PaletteKind::categorical;
    if (kinds == spec.categorical && (!kinds || palette.anchors.size() >= spec.categories.size())) {
      options.palette = colouring.palette;
    }
  }
  options.reversed = colouring.reversed && !spec.categorical;
  if (spec.categorical) return options;
  options.method = colouring.method;
  options.class_count = colouring.class_count;
  return options;
}

}  // namespace quartier::viewer
