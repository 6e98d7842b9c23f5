#include "io/osm_check.h"

#include <algorithm>
#include <vector>

#include "io/osm_findings.h"
#include "io/osm_source.h"

namespace quartier::io {

namespace {

/// Takes nodes, ways and relations in any order; references are followed at the end.
class OsmCounter final : public OsmSink {
 public:
  explicit OsmCounter(const std::string& file) : findings_(file, "") {
    summary_.node_ledger.file = summary_.way_ledger.file = file;
    summary_.node_ledger.layer = summary_.node_ledger.unit = "nodes";
    summary_.way_ledger.layer = summary_.way_ledger.unit = "ways";
  }

  void add_node(const OsmNode& node) override {
    ++summary_.nodes;
    ++summary_.node_ledger.read;
    if (node.valid) {
      ++summary_.node_ledger.used;
      nodes_.push_back(node.id);
      return;
    }
    ++summary_.node_ledger.rejected;
    add_off_the_globe(node.id, findings_);
  }
  void add_way(std::int64_t id, std::span<const std::int64_t> nodes,
               std::span<const OsmTag> tags) override {
    ways_.push_back(id);
    references_.insert(references_.end(), nodes.begin(), nodes.end());
    way_end_.push_back(references_.size());
    ++summary_.ways;
    for (const OsmTag& tag : tags) {
      if (tag.key != "highway") continue;
      ++summary_.street_ways;
      break;
    }
  }
  void add_relation() override { ++summary_.relations; }

  Loaded<OsmSummary> finish();

 private:
  OsmSummary summary_;
  LayerFindings findings_;
  std::vector<std::int64_t> nodes_;
  std::vector<std::int64_t> ways_;
  std::vector<std::int64_t> references_;
  std::vector<std::uint64_t> way_end_;  ///< [ways] into references_
};

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
      add_dangling(ways_[w], findings_);
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

}  // namespace

void add_off_the_globe(std::int64_t node, LayerFindings& findings) {
  findings.add(
      "osm_coordinate", Severity::rejected, "node " + std::to_string(node),
      "a node without coordinates on the globe (longitude -180 to 180, latitude -90 to 90)",
      "make the extract again from its source");
}

void add_dangling(std::int64_t way, LayerFindings& findings) {
  findings.add("osm_dangling_reference", Severity::warning, "way " + std::to_string(way),
               "a way names nodes that are not in the file; clipped extracts have such ways",
               "extract with complete ways where the edge of the area matters");
}

Loaded<OsmSummary> check_osm(const std::filesystem::path& file, const std::string& shown_as) {
  OsmCounter counter(shown_as.empty() ? file.filename().string() : shown_as);
  read_osm(file, counter);
  return counter.finish();
}

}  // namespace quartier::io
