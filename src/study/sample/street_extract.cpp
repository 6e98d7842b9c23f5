#include "study/sample/street_extract.h"

#include <utility>
#include <vector>

#include "geo/crs.h"
#include "geo/reproject.h"
#include "io/osm_writer.h"

namespace quartier::study::sample {

void write_street_extract(const SampleCity& city, const std::filesystem::path& file) {
  std::vector<Point> places = city.street_nodes;
  geo::reproject(places, city.districts.crs, geo::crs_of_epsg(4326));
  std::vector<io::OsmWayText> ways;
  ways.reserve(city.street_edges.size());
  for (const StreetEdge& edge : city.street_edges) {
    ways.push_back({{edge.from, edge.to}, {{"highway", "residential"}, {"source", "synthetic"}}});
  }
  io::write_osm_pbf(file, places, ways);
}

}  // namespace quartier::study::sample
