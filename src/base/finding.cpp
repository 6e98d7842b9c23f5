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
      {"no_shape", "No shape", "a district without geometry: left out of maps and spatial measures"},
      {"non_finite_coordinate", "Coordinate not finite", "a coordinate that is no number"},
      {"outside_crs_bounds", "Outside the reference system",
       "coordinates that the layer's reference system cannot have"},
      {"outside_crs_area", "Away from the reference system's area",
       "a layer outside the area its reference system is made for"},
      {"antimeridian", "Across the antimeridian",
       "a ring that spans more than 180 degrees of longitude"},
      {"projected_for_measures", "Projected to be measured",
       "a layer in degrees, or in a projection not true to scale, measured in UTM"},
      {"unknown_datum_shift", "Unknown datum shift",
       "a reprojection without the shift between two datums"},
      {"unclosed_ring", "Unclosed ring", "a ring whose last vertex is not its first; closed"},
      {"repeated_vertex", "Repeated vertex", "a vertex that stands twice in a row; dropped"},
      {"degenerate_ring", "Ring without area", "a ring with fewer than three corners, or on a line"},
      {"repaired_shape", "Repaired shape", "an invalid shape, mended"},
      {"irreparable_shape", "Irreparable shape", "an invalid shape that cannot be mended"},
      {"district_overlap", "Overlapping districts", "districts that cover the same ground"},
      {"coverage_gap", "Gap between districts", "ground enclosed by districts but part of none"},
      {"island", "Island", "a district that touches no other"},

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
