#include "study/join.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"

namespace quartier::study {
namespace {

constexpr DistrictIndex ambiguous = no_index - 1;

std::string folded(std::string_view name) { return lower_ascii(trimmed(name)); }

std::string persons_text(double persons) { return display_text(persons, 0) + " persons"; }

}  // namespace

DistrictLookup::DistrictLookup(const Districts& districts) : district_count_(districts.size()) {
  ids_.reserve(district_count_);
  names_.reserve(district_count_);
  for (std::size_t i = 0; i < district_count_; ++i) {
    ids_.emplace(districts.ids[i], static_cast<DistrictIndex>(i));
    const auto [place, fresh] =
        names_.emplace(folded(districts.names[i]), static_cast<DistrictIndex>(i));
    if (!fresh) place->second = ambiguous;
  }
}

Join DistrictLookup::joined_by(std::span<const std::string> keys,
                               const std::unordered_map<std::string, DistrictIndex>& positions,
                               const io::DistrictLinks* links, bool fold) const {
  std::unordered_map<std::string_view, std::string_view> linked;
  if (links != nullptr) {
    for (const io::DistrictLink& link : links->links) linked.emplace(link.from, link.to);
  }
  Join join;
  join.has_row.assign(district_count_, 0);
  join.district_of_row.reserve(keys.size());
  for (std::size_t row = 0; row < keys.size(); ++row) {
    auto found = positions.find(fold ? folded(keys[row]) : keys[row]);
    if (found == positions.end()) {
      const auto link = linked.find(keys[row]);
      if (link != linked.end()) found = positions.find(std::string(link->second));
      if (found != positions.end()) ++join.by_link;
    }
    if (found == positions.end() || found->second == ambiguous) {
      join.district_of_row.push_back(no_index);
      join.unmatched.push_back(row);
    } else {
      join.district_of_row.push_back(found->second);
      join.has_row[found->second] = 1;
    }
  }
  return join;
}

Join DistrictLookup::by_id(std::span<const std::string> ids, const io::DistrictLinks* links) const {
  return joined_by(ids, ids_, links, false);
}

Join DistrictLookup::by_name(std::span<const std::string> names) const {
  return joined_by(names, names_, nullptr, true);
}

CountColumn joined_column(const CountColumn& column, const Join& join) {
  const std::size_t n = join.has_row.size();
  CountColumn joined_values;
  joined_values.readable.assign(n, 0.0);
  const bool bounded = !column.hidden.empty();
  if (bounded) {
    joined_values.hidden.assign(n, 0);
    joined_values.least.assign(n, 0.0);
    joined_values.greatest.assign(n, 0.0);
  }
  for (std::size_t row = 0; row < join.district_of_row.size(); ++row) {
    const DistrictIndex i = join.district_of_row[row];
    if (i == no_index) continue;
    joined_values.readable[i] += column.readable[row];
    if (!bounded) continue;
    joined_values.hidden[i] =
        static_cast<std::uint16_t>(joined_values.hidden[i] + column.hidden[row]);
    joined_values.least[i] += column.least[row];
    joined_values.greatest[i] += column.greatest[row];
  }
  return joined_values;
}

std::vector<Finding> join_findings(const Join& join, std::span<const std::string> keys,
                                   const Districts& districts, const std::string& file,
                                   const std::string& layer, double total, double lost) {
  std::vector<Finding> findings;
  if (!join.unmatched.empty()) {
    Finding finding{.kind = "rows_without_district", .file = file, .layer = layer};
    finding.count = join.unmatched.size();
    for (std::size_t k = 0; k < std::min(join.unmatched.size(), named_rows_limit); ++k) {
      finding.rows.push_back("id " + keys[join.unmatched[k]]);
    }
    finding.message = std::to_string(join.matched()) + " rows matched a district, " +
                      std::to_string(join.unmatched.size()) + " did not";
    if (is_defined(lost)) {
      finding.message += ": " + persons_text(lost) + " of " + persons_text(total) +
                         " before the join are left out";
    }
    finding.way_out = "check the key's column and padding, or name a link table";
    findings.push_back(std::move(finding));
  }
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < districts.size(); ++i) {
    if (join.has_row[i] == 0) missing.push_back("id " + districts.ids[i]);
  }
  if (!missing.empty()) {
    Finding finding{.kind = "districts_without_rows", .file = file, .layer = layer};
    finding.count = missing.size();
    missing.resize(std::min(missing.size(), named_rows_limit));
    finding.rows = std::move(missing);
    finding.message = "Districts of the map have no row in the table; they are shown as no data";
    findings.push_back(std::move(finding));
  }
  if (join.by_link > 0) {
    Finding finding{.kind = "rows_by_link", .severity = Severity::note, .file = file};
    finding.layer = layer;
    finding.count = join.by_link;
    finding.message = "Rows reached their district through the link table";
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace quartier::study
