#include "io/osm_streets.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/parallel.h"
#include "io/osm_findings.h"
#include "io/osm_source.h"
#include "io/osm_tags.h"

namespace quartier::io {
namespace {

constexpr double earth_radius_m = 6'371'008.8;
constexpr double units_per_degree = 1e7;
constexpr double longest_segment_mm = 1e9;
constexpr std::size_t grain = 8192;

struct Place {
  std::int64_t id;
  std::int32_t lon_e7;
  std::int32_t lat_e7;
};

struct StreetWay {
  OsmStreet rules;
  std::int64_t id;
  std::uint32_t street;
  std::size_t end;  ///< into the references
};

/// A place as the haversine needs it.
struct Angles {
  double lon;
  double lat;
  double cos_lat;
};

Angles angles_of(const Place& place) {
  constexpr double radians = std::numbers::pi / 180.0;
  const double lat = place.lat_e7 / units_per_degree * radians;
  return {place.lon_e7 / units_per_degree * radians, lat, std::cos(lat)};
}

double haversine_mm(const Angles& a, const Angles& b) {
  const double lat = std::sin((b.lat - a.lat) / 2.0);
  const double lon = std::sin((b.lon - a.lon) / 2.0);
  const double h = lat * lat + a.cos_lat * b.cos_lat * lon * lon;
  return 2.0 * earth_radius_m * std::asin(std::sqrt(std::min(1.0, h))) * 1000.0;
}

/// Keeps the nodes and the ways that are streets, in any order; they meet at the end.
class StreetGatherer final : public OsmSink {
 public:
  explicit StreetGatherer(const std::string& file) : findings_(file, "") {
    node_ledger_.file = way_ledger_.file = file;
    node_ledger_.layer = node_ledger_.unit = "nodes";
    way_ledger_.layer = way_ledger_.unit = "ways";
  }

  void add_node(const OsmNode& node) override {
    ++node_ledger_.read;
    if (node.valid) {
      nodes_.push_back({node.id, node.lon_e7, node.lat_e7});
      return;
    }
    ++node_ledger_.rejected;
    add_off_the_globe(node.id, findings_);
  }

  void add_way(std::int64_t id, std::span<const std::int64_t> nodes,
               std::span<const OsmTag> tags) override {
    ++way_ledger_.read;
    const OsmStreet rules = street_of(tags);
    if (rules.use == 0) {
      ++way_ledger_.excluded;
      return;
    }
    if (rules.unread_speed) {
      findings_.add("osm_speed_unread", Severity::note, "way " + std::to_string(id),
                    "a limit of speed that tells no number; the default of the class is taken");
    }
    references_.insert(references_.end(), nodes.begin(), nodes.end());
    ways_.push_back({rules, id, street_of_name(value_of(tags, "name")), references_.size()});
  }

  void add_relation() override {}

  Loaded<RawStreets> finish();

 private:
  std::uint32_t street_of_name(std::string_view name) {
    if (name.empty()) return no_index;
    const auto [found, is_new] =
        streets_.emplace(std::string(name), static_cast<std::uint32_t>(network_.names.size()));
    if (is_new) network_.names.push_back(found->first);
    return found->second;
  }
  void order_nodes();
  [[nodiscard]] std::vector<std::uint32_t> places() const;
  void lay_segments(std::span<const std::uint32_t> places);
  void measure();
  void number_nodes();

  LayerFindings findings_;
  Ledger node_ledger_;
  Ledger way_ledger_;
  StreetNetwork network_;
  std::unordered_map<std::string, std::uint32_t> streets_;
  std::vector<Place> nodes_;
  std::vector<StreetWay> ways_;
  std::vector<std::int64_t> references_;
};

/// By ascending id, each once.
void StreetGatherer::order_nodes() {
  const auto by_id = [](const Place& a, const Place& b) { return a.id < b.id; };
  if (!std::is_sorted(nodes_.begin(), nodes_.end(), by_id)) {
    std::stable_sort(nodes_.begin(), nodes_.end(), by_id);
  }
  std::size_t kept = 0;
  for (const Place& node : nodes_) {
    if (kept > 0 && nodes_[kept - 1].id == node.id) {
      ++node_ledger_.rejected;
      findings_.add("repeated_node", Severity::rejected, "node " + std::to_string(node.id),
                    "nodes that are there a second time");
      continue;
    }
    nodes_[kept++] = node;
  }
  nodes_.resize(kept);
}

/// Positions of the references among the nodes; no_index: not in the file.
std::vector<std::uint32_t> StreetGatherer::places() const {
  std::vector<std::uint32_t> places(references_.size(), no_index);
  for_chunks(references_.size(), grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t r = begin; r < end; ++r) {
      const auto found =
          std::lower_bound(nodes_.begin(), nodes_.end(), references_[r],
                           [](const Place& node, std::int64_t id) { return node.id < id; });
      if (found == nodes_.end() || found->id != references_[r]) continue;
      places[r] = static_cast<std::uint32_t>(found - nodes_.begin());
    }
  });
  return places;
}

void StreetGatherer::lay_segments(std::span<const std::uint32_t> places) {
  network_.segments.reserve(places.size());
  std::size_t begin = 0;
  for (const StreetWay& way : ways_) {
    const std::size_t before = network_.segments.size();
    std::uint32_t last = no_index;
    for (std::size_t r = begin; r < way.end; ++r) {
      const std::uint32_t place = places[r];
      if (place == no_index) add_dangling(way.id, findings_);
      if (place != no_index && last != no_index && place != last) {
        StreetSegment segment;
        segment.from = last;
        segment.to = place;
        segment.use = way.rules.use;
        segment.drive_kmh = way.rules.drive_kmh;
        segment.steps = way.rules.steps;
        segment.wheelchair = way.rules.wheelchair;
        segment.cycle_track = way.rules.cycle_track;
        segment.off_ground = way.rules.off_ground;
        segment.street = way.street;
        segment.source = static_cast<std::uint32_t>(network_.sources.size());
        network_.segments.push_back(segment);
      }
      last = place;
    }
    begin = way.end;
    if (network_.segments.size() == before) {
      ++way_ledger_.excluded;
      findings_.add("osm_short_way", Severity::warning, "way " + std::to_string(way.id),
                    "a street of which no two consecutive nodes are in the file is left out");
      continue;
    }
    ++way_ledger_.used;
    network_.sources.push_back(std::to_string(way.id));
  }
}

void StreetGatherer::measure() {
  std::vector<StreetSegment>& segments = network_.segments;
  for_chunks(segments.size(), grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t s = begin; s < end; ++s) {
      const double mm =
          haversine_mm(angles_of(nodes_[segments[s].from]), angles_of(nodes_[segments[s].to]));
      segments[s].length_mm =
          mm > longest_segment_mm
              ? 0
              : std::max<std::uint32_t>(1, static_cast<std::uint32_t>(std::floor(mm + 0.5)));
    }
  });
  std::size_t kept = 0;
  for (const StreetSegment& segment : segments) {
    if (segment.length_mm == 0) {
      findings_.add("street_too_long", Severity::rejected,
                    "way " + network_.sources[segment.source],
                    "segments longer than 1,000 km between two nodes are not used");
      continue;
    }
    segments[kept++] = segment;
  }
  segments.resize(kept);
}

/// Numbers the nodes on segments in the order of their ids.
void StreetGatherer::number_nodes() {
  std::vector<std::uint32_t> number(nodes_.size(), no_index);
  for (const StreetSegment& segment : network_.segments)
    number[segment.from] = number[segment.to] = 0;
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    if (number[n] == no_index) continue;
    number[n] = static_cast<std::uint32_t>(network_.nodes.size());
    network_.nodes.push_back(
        {nodes_[n].lon_e7 / units_per_degree, nodes_[n].lat_e7 / units_per_degree});
    network_.node_ids.push_back(nodes_[n].id);
  }
  for (StreetSegment& segment : network_.segments) {
    segment.from = number[segment.from];
    segment.to = number[segment.to];
  }
  node_ledger_.used = network_.nodes.size();
  node_ledger_.excluded = node_ledger_.read - node_ledger_.used - node_ledger_.rejected;
}

Loaded<RawStreets> StreetGatherer::finish() {
  order_nodes();
  lay_segments(places());
  measure();
  number_nodes();
  if (network_.segments.empty()) {
    findings_.add("empty_layer", Severity::warning, "", "the extract holds no streets",
                  "make an extract with highways and their nodes");
  }
  Loaded<RawStreets> streets;
  streets.value.crs = "EPSG:4326";
  streets.value.network = std::move(network_);
  streets.value.ledgers = {std::move(node_ledger_), std::move(way_ledger_)};
  streets.findings = findings_.take();
  return streets;
}

}  // namespace

Loaded<RawStreets> read_osm_streets(const std::filesystem::path& file,
                                    const std::string& shown_as) {
  StreetGatherer gatherer(shown_as.empty() ? file.filename().string() : shown_as);
  read_osm(file, gatherer);
  return gatherer.finish();
}

Loaded<RawStreets> read_street_extract(const LayerDefinition& layer,
                                       std::span<const LayerFile> files) {
  if (files.size() != 1) {
    throw InputError("layer '" + layer.id + "': an OpenStreetMap layer needs one file, not " +
                         std::to_string(files.size()),
                     "name the extract whole in `pattern`");
  }
  Loaded<RawStreets> streets = read_osm_streets(files.front().path, files.front().name);
  streets.value.layer = layer.id;
  append(streets.findings, notices_for(layer, {std::string()}));
  return streets;
}

}  // namespace quartier::io
