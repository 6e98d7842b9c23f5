#pragma once
/// Counting what an OpenStreetMap extract holds, whatever its format. Private to io.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "io/osm_check.h"
#include "io/vector_findings.h"

namespace quartier::io {

/// Takes nodes, ways and relations in any order; references are followed at the end.
class OsmCounter {
 public:
  explicit OsmCounter(const std::string& file);

  /// @param valid  both coordinates are there and on the globe
  void add_node(std::int64_t id, bool valid);
  void begin_way(std::int64_t id);
  void add_reference(std::int64_t node);
  void end_way(bool is_street);
  void add_relation() { ++summary_.relations; }

  Loaded<OsmSummary> finish();

 private:
  OsmSummary summary_;
  FindingTally findings_;
  std::vector<std::int64_t> nodes_;
  std::vector<std::int64_t> ways_;
  std::vector<std::int64_t> references_;
  std::vector<std::uint64_t> way_end_;  ///< [ways] into references_
};

/// Hand everything in the file to `counter`. @throws InputError as check_osm says
void read_osm_xml(const std::filesystem::path& file, OsmCounter& counter);
void read_osm_pbf(const std::filesystem::path& file, OsmCounter& counter);

}  // namespace quartier::io
