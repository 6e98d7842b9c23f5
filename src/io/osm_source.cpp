#include "io/osm_source.h"

#include "base/error.h"
#include "base/text.h"

namespace quartier::io {

std::string_view value_of(std::span<const OsmTag> tags, std::string_view key) {
  for (const OsmTag& tag : tags) {
    if (tag.key == key) return tag.value;
  }
  return {};
}

void read_osm(const std::filesystem::path& file, OsmSink& sink) {
  const std::string extension = lower_ascii(file.extension().string());
  if (extension == ".osm") {
    read_osm_xml(file, sink);
  } else if (extension == ".pbf") {
    read_osm_pbf(file, sink);
  } else {
    throw InputError(file.filename().string() + ": not an OpenStreetMap extract",
                     "use .osm or .osm.pbf");
  }
}

}  // namespace quartier::io
