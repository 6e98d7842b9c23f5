#include "io/osm_check.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "io/osm_count.h"

namespace quartier::io {

OsmCounter::OsmCounter(const std::string& file) : findings_(file, "") {
  summary_.node_ledger.file = summary_.way_ledger.file = file;
  summary_.node_ledger.layer = summary_.node_ledger.unit = "nodes";
  summary_.way_ledger.layer = summary_.way_ledger.unit = "ways";
}

void OsmCounter::add_node(std::int64_t id, bool valid) {
  ++summary_.nodes;
  ++summary_.node_ledger.read;
  if (valid) {
    ++summary_.node_ledger.used;
    nodes_.push_back(id);
    return;
  }
  ++summary_.node_ledger.rejected;
  findings_.add(
      "osm_coordinate", Severity::rejected, "node " + std::to_string(id),
      "a node without coordinates on the globe (longitude -180 to 180, latitude -90 to 90)",
      "make the extract again from its source");
}

void OsmCounter::begin_way(std::int64_t id) { ways_.push_back(id); }

void OsmCounter::add_reference(std::int64_t node) { references_.push_back(node); }

void OsmCounter::end_way(bool is_street) {
  way_end_.push_back(references_.size());
  ++summary_.ways;
  if (is_street) ++summary_.street_ways;
}

Loaded<OsmSummary> OsmCounter::finish() {
  std::sort(nodes_.begin(), nodes_.end());
  Ledger& ledger = summary_.way_ledger;
  std::uint64_t begin = 0;
  for (std::size_t w = 0; w < ways_.size(); ++w) {
    std::size_t found = 0;
    for (std::uint64_t r = begin; r < way_end_[w]; ++r) {
      const bool there = std::binary_search(nodes_.begin(), nodes_.end(), references_[r]);
      found += std::size_t{there};
      if (there) continue;
      ++summary_.dangling_references;
      findings_.add("osm_dangling_reference", Severity::warning, "way " + std::to_string(ways_[w]),
                    "a way names nodes that are not in the file; clipped extracts have such ways",
                    "extract with complete ways where the edge of the area matters");
    }
    begin = way_end_[w];
    ++ledger.read;
    if (found >= 2) {
      ++ledger.used;
    } else {
      ++ledger.excluded;
      findings_.add("osm_short_way", Severity::warning, "way " + std::to_string(ways_[w]),
                    "a way of which fewer than two nodes are in the file is left out");
    }
  }
  if (summary_.nodes == 0 && summary_.ways == 0) {
    findings_.add("empty_layer", Severity::warning, "", "the extract holds nothing");
  }
  return {std::move(summary_), findings_.take()};
}

Loaded<OsmSummary> check_osm(const std::filesystem::path& file, const std::string& shown_as) {
  OsmCounter counter(shown_as.empty() ? file.filename().string() : shown_as);
  const std::string extension = lower_ascii(file.extension().string());
  if (extension == ".osm") {
    read_osm_xml(file, counter);
  } else if (extension == ".pbf") {
    read_osm_pbf(file, counter);
  } else {
    throw InputError(file.filename().string() + ": not an OpenStreetMap extract",
                     "use .osm or .osm.pbf");
  }
  return counter.finish();
}

}  // namespace quartier::io
