#include "io/vector_findings.h"

namespace quartier::io {

void LayerFindings::add(std::string_view kind, Severity severity, std::string_view place,
                        std::string_view message, std::string_view way_out) {
  for (Finding& finding : findings_) {
    if (finding.kind != kind || finding.severity != severity) continue;
    ++finding.count;
    if (!place.empty() && finding.rows.size() < named_rows_limit) finding.rows.emplace_back(place);
    return;
  }
  Finding finding;
  finding.kind = kind;
  finding.severity = severity;
  finding.file = file_;
  finding.layer = layer_;
  if (!place.empty()) finding.rows.emplace_back(place);
  finding.message = message;
  finding.way_out = way_out;
  findings_.push_back(std::move(finding));
}

}  // namespace quartier::io
