#include <exception>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/osm.hpp>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "io/osm_source.h"

namespace quartier::io {
namespace {

void hand_on(const osmium::memory::Buffer& buffer, OsmSink& sink,
             std::vector<std::int64_t>& references, std::vector<OsmTag>& tags) {
  for (const osmium::OSMEntity& entity : buffer.select<osmium::OSMEntity>()) {
    if (entity.type() == osmium::item_type::node) {
      const auto& node = static_cast<const osmium::Node&>(entity);
      const osmium::Location place = node.location();
      sink.add_node({node.id(), place.x(), place.y(), place.is_defined() && place.valid()});
    } else if (entity.type() == osmium::item_type::way) {
      const auto& way = static_cast<const osmium::Way&>(entity);
      references.clear();
      for (const osmium::NodeRef& node : way.nodes()) references.push_back(node.ref());
      tags.clear();
      for (const osmium::Tag& tag : way.tags()) tags.push_back({tag.key(), tag.value()});
      sink.add_way(way.id(), references, tags);
    } else if (entity.type() == osmium::item_type::relation) {
      sink.add_relation();
    }
  }
}

}  // namespace

void read_osm_pbf(const std::filesystem::path& file, OsmSink& sink) {
  const std::string name = file.filename().string();
  const char* const way_out = "make the extract again from its source";
  bool whole = false;
  try {
    osmium::io::Reader reader(osmium::io::File(file.string(), "pbf"), osmium::io::read_meta::no);
    std::vector<std::int64_t> references;
    std::vector<OsmTag> tags;
    while (const osmium::memory::Buffer buffer = reader.read()) {
      hand_on(buffer, sink, references, tags);
    }
    // libosmium takes a length of zero, or less than a length, for the end of the file.
    whole = reader.offset() == reader.file_size();
    reader.close();
  } catch (const std::exception& error) {
    throw InputError(name + ": " + display_safe(error.what()), way_out);
  }
  if (!whole) throw InputError(name + ": the file is cut off or damaged", way_out);
}

}  // namespace quartier::io
