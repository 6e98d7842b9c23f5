#include "io/table_findings.h"

#include <utility>

namespace quartier::io {

void FindingTally::add(std::string_view kind, Severity severity, std::string_view message,
                       std::string place, std::uint64_t count, std::string_view way_out) {
  const auto [found, is_new] =
      places_.emplace(std::pair(std::string(kind), std::string(message)), findings_.size());
  if (is_new) {
    Finding finding;
    finding.kind = kind;
    finding.severity = severity;
    finding.file = file_;
    finding.layer = layer_;
    finding.count = 0;
    finding.message = message;
    finding.way_out = way_out;
    findings_.push_back(std::move(finding));
  }
  Finding& finding = findings_[found->second];
  finding.count += count;
  if (!place.empty() && finding.rows.size() < named_rows_limit) {
    finding.rows.push_back(std::move(place));
  }
}

std::vector<Finding> FindingTally::take() {
  places_.clear();
  return std::exchange(findings_, {});
}

}  // namespace quartier::io
