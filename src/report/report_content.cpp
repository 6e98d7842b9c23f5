// From a publication to what the report says.

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "base/number.h"
#include "report/isochrone_figure.h"
#include "report/report_html.h"

namespace quartier::report {
namespace {

/// A date of population counts, and where they stand.
struct DatedEdition {
  std::string date;
  std::uint32_t edition = 0;
};

/// Every date once, ascending; where two editions have counts of one date, the first is taken.
std::vector<DatedEdition> dated_editions(const study::Publication& publication) {
  std::vector<DatedEdition> dates;
  for (std::uint32_t e = 0; e < publication.edition_count(); ++e) {
    for (const std::string& date : publication.edition(e).dates) dates.push_back({date, e});
  }
  std::stable_sort(dates.begin(), dates.end(),
                   [](const DatedEdition& a, const DatedEdition& b) { return a.date < b.date; });
  dates.erase(
      std::unique(dates.begin(), dates.end(),
                  [](const DatedEdition& a, const DatedEdition& b) { return a.date == b.date; }),
      dates.end());
  return dates;
}

std::vector<ReportGroup> counted_groups(const study::Publication& publication,
                                        const std::vector<DatedEdition>& dates) {
  std::vector<ReportGroup> groups;
  const Groups& tree = publication.groups();
  // Depth first, so that children follow their parent whatever the order of the tree.
  std::vector<std::pair<GroupIndex, std::size_t>> open;
  for (std::size_t g = tree.size(); g-- > 0;) {
    if (tree.nodes[g].parent == no_index) open.emplace_back(static_cast<GroupIndex>(g), 0);
  }
  while (!open.empty()) {
    const auto [node, depth] = open.back();
    open.pop_back();
    ReportGroup group{tree.nodes[node].label, depth, tree.nodes[node].remainder, {}};
    for (const DatedEdition& dated : dates) {
      group.persons.push_back(publication.city_total(dated.edition, dated.date, node));
    }
    groups.push_back(std::move(group));
    const std::vector<GroupIndex> children = tree.children(node);
    for (std::size_t c = children.size(); c-- > 0;) open.emplace_back(children[c], depth + 1);
  }
  return groups;
}

constexpr std::size_t curves_drawn = 6;

/// The column of the catalogue with this name, group and date; nullptr where there is none.
const study::ColumnSpec* spec_of(const study::Publication& publication, std::string_view column,
                                 std::string_view group, const DatedEdition& at) {
  for (const study::ColumnSpec& spec : publication.catalogue()) {
    if (spec.column == column && spec.group == group && spec.date == at.date &&
        spec.edition == at.edition) {
      return &spec;
    }
  }
  return nullptr;
}

ReportScatter scatter_of(const study::Publication& publication, const DatedEdition& at) {
  ReportScatter scatter;
  const std::vector<Group>& nodes = publication.groups().nodes;
  const GroupIndex group = publication.default_group();
  if (group >= nodes.size()) return scatter;
  scatter.group = nodes[group].label;
  const study::ColumnSpec* share = spec_of(publication, "share", nodes[group].id, at);
  const study::ColumnSpec* mixed = spec_of(publication, "entropy_normalised", {}, at);
  if (share == nullptr || mixed == nullptr) return scatter;
  const study::Column x = publication.column(*share);
  const study::Column y = publication.column(*mixed);
  for (std::size_t i = 0; i < x.values.size(); ++i) {
    if (x.states[i] == study::ValueState::suppressed ||
        y.states[i] == study::ValueState::suppressed) {
      ++scatter.hidden;
    } else if (!is_defined(x.values[i]) || !is_defined(y.values[i])) {
      ++scatter.unknown;
    } else {
      scatter.share.push_back(x.values[i]);
      scatter.diversity.push_back(y.values[i]);
    }
  }
  return scatter;
}

ReportSegregation segregation_of(const study::Publication& publication,
                                 const std::vector<DatedEdition>& dates) {
  ReportSegregation shown;
  shown.shapes = false;
  for (std::size_t e = 0; e < publication.edition_count(); ++e) {
    shown.shapes = shown.shapes || !publication.edition(e).districts.centroids.empty();
  }
  if (dates.empty() || publication.groups().size() < 2) return shown;
  const DatedEdition& at = dates.back();
  shown.date = at.date;
  std::vector<GroupIndex> groups = publication.groups().leaves();
  std::erase(groups, publication.default_reference());
  const auto size = [&](GroupIndex g) {
    const double persons = publication.city_total(at.edition, at.date, g);
    return is_defined(persons) ? persons : -1.0;
  };
  std::stable_sort(groups.begin(), groups.end(),
                   [&](GroupIndex a, GroupIndex b) { return size(a) > size(b); });
  if (groups.size() > curves_drawn) {
    shown.groups_left_out = groups.size() - curves_drawn;
    groups.resize(curves_drawn);
    // The group that the maps show is drawn whatever its size.
    const GroupIndex own = publication.default_group();
    if (own != 0 && own < publication.groups().size() &&
        std::find(groups.begin(), groups.end(), own) == groups.end() &&
        own != publication.default_reference()) {
      groups.back() = own;
    }
  }
  shown.curves = publication.segregation_curves(at.edition, at.date, groups);
  shown.exposures = publication.exposures(at.edition, at.date);
  shown.scatter = scatter_of(publication, at);
  return shown;
}

/// Reasons by service, over the districts of the latest edition; the commonest first.
std::vector<ReportReason> reasons_of(const study::Publication& publication) {
  constexpr std::size_t named = 6;
  std::vector<ReportReason> reasons;
  if (publication.edition_count() == 0) return reasons;
  const auto last = static_cast<std::uint32_t>(publication.edition_count() - 1);
  const Districts& districts = publication.edition(last).districts;
  for (const study::Unreached& pair : publication.unreached(last)) {
    const std::string& service = publication.services()[pair.service].id;
    const std::string reason(study::text_of(pair.reason));
    auto found = std::find_if(reasons.begin(), reasons.end(), [&](const ReportReason& one) {
      return one.service == service && one.reason == reason;
    });
    if (found == reasons.end()) found = reasons.insert(reasons.end(), {service, reason, 0, {}});
    ++found->districts;
    const std::string& name = districts.names[pair.district];
    if (found->districts <= named) {
      found->names += (found->names.empty() ? "" : ", ") + name;
      if (pair.origins < pair.of) found->names += " (in part)";
    } else if (found->districts == named + 1) {
      found->names += " ...";
    }
  }
  std::stable_sort(
      reasons.begin(), reasons.end(),
      [](const ReportReason& a, const ReportReason& b) { return a.districts > b.districts; });
  return reasons;
}

/// A map of what is within reach of each service, in the latest edition.
std::vector<ReportFigure> figures_of(const study::Publication& publication) {
  std::vector<ReportFigure> figures;
  if (publication.edition_count() == 0 || !publication.has_isochrones()) return figures;
  const auto last = static_cast<std::uint32_t>(publication.edition_count() - 1);
  const std::vector<study::Isochrone> all = publication.isochrones(last);
  for (const study::ServicePoints& sites : publication.services()) {
    std::vector<study::Isochrone> own;
    std::copy_if(all.begin(), all.end(), std::back_inserter(own),
                 [&](const study::Isochrone& one) { return one.service == sites.id; });
    figures.push_back(
        {sites.id, isochrone_figure(publication.edition(last).districts, sites, own)});
  }
  return figures;
}

}  // namespace

ReportContent report_content(const study::Publication& publication, std::vector<ReportImage> images,
                             std::vector<study::Parameter> versions) {
  ReportContent content;
  content.title = publication.title();
  content.note = publication.note();
  content.synthetic = publication.synthetic();
  for (std::size_t e = 0; e < publication.edition_count(); ++e) {
    const study::Edition& edition = publication.edition(e);
    content.editions.push_back({edition.label, edition.districts.ids, edition.districts.names});
  }
  const std::vector<DatedEdition> dates = dated_editions(publication);
  for (const DatedEdition& dated : dates) {
    content.dates.push_back({dated.date, publication.edition(dated.edition).label});
  }
  content.groups = counted_groups(publication, dates);
  const std::vector<Group>& nodes = publication.groups().nodes;
  const GroupIndex group = publication.default_group();
  const GroupIndex reference = publication.default_reference();
  if (group < nodes.size()) content.group = nodes[group].label;
  content.reference = reference < nodes.size() ? nodes[reference].label : "rest";
  for (const study::ServicePoints& service : publication.services()) {
    content.services.push_back({service.id, service.label, service.supply_published});
  }
  content.indices = publication.indices();
  content.segregation = segregation_of(publication, dates);
  content.access = publication.access();
  content.way_unit = publication.way_unit();
  for (const study::ScenarioName& scenario : publication.scenarios()) {
    content.scenarios.push_back({scenario.id, scenario.label});
  }
  content.reasons = reasons_of(publication);
  content.access_figures = figures_of(publication);
  content.rankings = publication.rankings();
  content.images = std::move(images);
  content.disclosure_note = publication.disclosure_note();
  content.sources = publication.sources();
  content.findings = publication.findings();
  content.ledgers = publication.ledgers();
  content.inputs = publication.inputs();
  content.parameters = publication.parameters();
  content.versions = std::move(versions);
  return content;
}

}  // namespace quartier::report
