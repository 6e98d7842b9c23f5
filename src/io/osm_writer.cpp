#include "io/osm_writer.h"

#include <cmath>
#include <exception>
#include <osmium/builder/osm_object_builder.hpp>
#include <osmium/io/pbf_output.hpp>
#include <osmium/io/writer.hpp>

#include "base/error.h"
#include "base/text.h"
#include "io/atomic_file.h"

namespace quartier::io {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{1} << 20U;

/// Hands objects to the writer, a buffer at a time.
class Pages {
 public:
  explicit Pages(osmium::io::Writer& writer) : writer_(writer) {}

  osmium::memory::Buffer& buffer() { return buffer_; }
  void end_object() {
    buffer_.commit();
    if (buffer_.committed() > buffer_bytes / 2) flush();
  }
  void flush() {
    writer_(std::move(buffer_));
    buffer_ = osmium::memory::Buffer(buffer_bytes, osmium::memory::Buffer::auto_grow::yes);
  }

 private:
  osmium::io::Writer& writer_;
  osmium::memory::Buffer buffer_{buffer_bytes, osmium::memory::Buffer::auto_grow::yes};
};

osmium::Location location_of(Point degrees) {
  const double lon = std::floor(degrees.x * 1e7 + 0.5);
  const double lat = std::floor(degrees.y * 1e7 + 0.5);
  if (!(std::abs(lon) <= 180e7 && std::abs(lat) <= 90e7)) {
    throw InputError("a node of an OpenStreetMap extract lies off the globe",
                     "give longitude and latitude in degrees");
  }
  return {static_cast<std::int32_t>(lon), static_cast<std::int32_t>(lat)};
}

void write(const std::filesystem::path& file, std::span<const Point> degrees,
           std::span<const OsmWayText> ways, bool compressed) {
  osmium::io::Header header;
  header.set("generator", "quartier");
  osmium::io::Writer writer(
      osmium::io::File(file.string(), compressed ? "pbf,add_metadata=false"
                                                 : "pbf,add_metadata=false,pbf_compression=none"),
      header);
  Pages pages(writer);
  for (std::size_t n = 0; n < degrees.size(); ++n) {
    {
      osmium::builder::NodeBuilder node(pages.buffer());
      node.set_id(static_cast<osmium::object_id_type>(n + 1));
      node.set_location(location_of(degrees[n]));
    }
    pages.end_object();
  }
  for (std::size_t w = 0; w < ways.size(); ++w) {
    {
      osmium::builder::WayBuilder way(pages.buffer());
      way.set_id(static_cast<osmium::object_id_type>(w + 1));
      {
        osmium::builder::WayNodeListBuilder nodes(way);
        for (const std::uint32_t node : ways[w].nodes) {
          nodes.add_node_ref(osmium::object_id_type{node} + 1);
        }
      }
      osmium::builder::TagListBuilder tags(way);
      for (const auto& [key, value] : ways[w].tags) tags.add_tag(key, value);
    }
    pages.end_object();
  }
  pages.flush();
  writer.close();
}

}  // namespace

void write_osm_pbf(const std::filesystem::path& file, std::span<const Point> degrees,
                   std::span<const OsmWayText> ways, bool compressed) {
  write_atomically(file, [&](const std::filesystem::path& draft) {
    try {
      write(draft, degrees, ways, compressed);
    } catch (const Error&) {
      throw;
    } catch (const std::exception& error) {
      throw InputError(file, display_safe(error.what()), "is there room on the disk?");
    }
  });
}

}  // namespace quartier::io
