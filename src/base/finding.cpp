#include "base/finding.h"

#include <iterator>
#include <utility>

namespace quartier {

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::rejected:
      return "rejected";
  }
  return "warning";
}

const std::vector<FindingKind>& finding_kinds() {
  static const std::vector<FindingKind> kinds{
      // files and paths

      // tables

      // geometry

      // services and streets

      // groups, counts and dates

      // analysis and disclosure

  };
  return kinds;
}

void append(std::vector<Finding>& findings, std::vector<Finding> extra) {
  findings.insert(findings.end(), std::make_move_iterator(extra.begin()),
                  std::make_move_iterator(extra.end()));
}

bool any_rejected(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::rejected) return true;
  }
  return false;
}

}  // namespace quartier
