#include <exception>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/osm.hpp>

#include "base/error.h"
#include "base/text.h"
#include "io/osm_count.h"

namespace quartier::io {
namespace {

void add(const osmium::memory::Buffer& buffer, OsmCounter& counter) {
  for (const osmium::OSMEntity& entity : buffer.select<osmium::OSMEntity>()) {
    if (entity.type() == osmium::item_type::node) {
      const auto& node = static_cast<const osmium::Node&>(entity);
      counter.add_node(node.id(), node.location().is_defined() && node.location().valid());
    } else if (entity.type() == osmium::item_type::way) {
      const auto& way = static_cast<const osmium::Way&>(entity);
      counter.begin_way(way.id());
      for (const osmium::NodeRef& node : way.nodes()) counter.add_reference(node.ref());
      counter.end_way(way.tags().has_key("highway"));
    } else if (entity.type() == osmium::item_type::relation) {
      counter.add_relation();
    }
  }
}

}  // namespace

void read_osm_pbf(const std::filesystem::path& file, OsmCounter& counter) {
  try {
    osmium::io::Reader reader(osmium::io::File(file.string(), "pbf"));
    while (const osmium::memory::Buffer buffer = reader.read()) add(buffer, counter);
    reader.close();
  } catch (const std::exception& error) {
    throw InputError(file.filename().string() + ": " + display_safe(error.what()),
                     "make the extract again from its source");
  }
}

}  // namespace quartier::io
