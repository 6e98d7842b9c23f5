#include "io/link_table.h"

#include <map>
#include <utility>

#include "base/text.h"
#include "io/table.h"
#include "io/table_findings.h"

namespace quartier::io {
namespace {

using LevelId = std::pair<std::string, std::string>;

class LinkCollector {
 public:
  LinkCollector(const LayerDefinition& layer, const LayerFile& file, const RawTable& table)
      : layout_(layer.links), file_(file), table_(table), tally_(file.name, layer.id) {
    const std::size_t from = table.at(layout_.from);
    const std::size_t to = table.at(layout_.to);
    const std::size_t level = layout_.level.empty() ? 0 : table.at(layout_.level);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      DistrictLink link;
      if (!layout_.level.empty()) link.level = table.cell(row, level);
      link.from = table.cell(row, from);
      link.to = table.cell(row, to);
      ++from_[{link.level, link.from}];
      ++to_[{link.level, link.to}];
      links_.push_back(std::move(link));
    }
  }

  Ledger read(std::vector<DistrictLink>& kept) {
    Ledger ledger;
    ledger.file = file_.name;
    ledger.read = table_.rows_read();
    ledger.rejected = table_.broken().size();
    for (std::size_t row = 0; row < links_.size(); ++row) {
      const DistrictLink& link = links_[row];
      if (link.from.empty() || link.to.empty()) {
        tally_.add("empty_id", Severity::rejected, "rows without an id are not used",
                   table_.place(row));
        ++ledger.rejected;
      } else if (from_[{link.level, link.from}] == 1 && to_[{link.level, link.to}] == 1) {
        kept.push_back(link);
        ++ledger.used;
      } else if (settle(row, ledger)) {
        kept.push_back(link);
      }
    }
    return ledger;
  }

  std::vector<Finding> findings() { return tally_.take(); }

 private:
  /// An ambiguous link: right where the definition says so, wrong where it says so of another one.
  bool settle(std::size_t row, Ledger& ledger) {
    const DistrictLink& link = links_[row];
    const std::string place = table_.place(row) + ", " + link.from + " to " + link.to;
    bool settled = false;
    for (const LinkCorrection& right : layout_.corrections) {
      if (right.from == link.from && right.to == link.to) {
        if (++corrected_[{link.from, link.to}] > 1) break;
        ++ledger.used;
        return true;
      }
      settled = settled || right.from == link.from || right.to == link.to;
    }
    if (settled) {
      tally_.add("link_corrected", Severity::warning,
                 "ids linked more than once; the links that the layer definition names are used, "
                 "the others left out",
                 place);
      ++ledger.excluded;
    } else {
      tally_.add("link_ambiguous", Severity::rejected,
                 "ids linked more than once are not used: nobody can say which link is right",
                 place, 1, "name the right one as a [[correction]] of the layer definition");
      ++ledger.rejected;
    }
    return false;
  }

  const LinksLayout& layout_;
  const LayerFile& file_;
  const RawTable& table_;
  FindingTally tally_;
  std::vector<DistrictLink> links_;
  std::map<LevelId, std::size_t> from_;
  std::map<LevelId, std::size_t> to_;
  std::map<std::pair<std::string, std::string>, std::size_t> corrected_;
};

}  // namespace

Loaded<DistrictLinks> read_links(const LayerDefinition& layer, std::span<const LayerFile> files) {
  Loaded<DistrictLinks> links;
  for (const LayerFile& file : files) {
    Loaded<RawTable> table = read_table(file.path, file.name, layer.text);
    append(links.findings, std::move(table.findings));
    LinkCollector collector(layer, file, table.value);
    Ledger ledger = collector.read(links.value.links);
    ledger.layer = layer.id;
    links.value.ledgers.push_back(std::move(ledger));
    append(links.findings, collector.findings());
  }
  append(links.findings, notices_for(layer, {std::string()}));
  return links;
}

}  // namespace quartier::io
