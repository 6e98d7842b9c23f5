// From a publication to what the report says.

#include <algorithm>
#include <utility>

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
    content.services.push_back({service.id, service.label});
  }
  content.indices = publication.indices();
  content.access = publication.access();
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
