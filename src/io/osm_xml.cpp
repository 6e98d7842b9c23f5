#include <expat.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "io/osm_source.h"

namespace quartier::io {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 16U;

struct FreeParser {
  void operator()(XML_Parser parser) const noexcept { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser>;

const char* attribute(const char** attributes, const char* name) {
  for (; attributes[0] != nullptr; attributes += 2) {
    if (std::strcmp(attributes[0], name) == 0) return attributes[1];
  }
  return "";
}

std::optional<std::int64_t> whole_number(const char* text) {
  std::int64_t value = 0;
  const char* end = text + std::strlen(text);
  const auto result = std::from_chars(text, end, value);
  if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
  return value;
}

/// Degrees in whole 1e-7; nothing beyond `limit`.
std::optional<std::int32_t> whole_degrees(const char* text, double limit) {
  const std::optional<double> value = parse_number(text);
  if (!value || std::abs(*value) > limit) return std::nullopt;
  return static_cast<std::int32_t>(std::llround(*value * 1e7));
}

/// What expat tells, handed on; an error waits in `error`, for C code must not be thrown through.
class XmlListener {
 public:
  XmlListener(XML_Parser parser, OsmSink& sink) : parser_(parser), sink_(sink) {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, &XmlListener::start, &XmlListener::end);
    XML_SetStartDoctypeDeclHandler(parser, &XmlListener::doctype);
  }
  std::string error;

 private:
  void stop(const std::string& why) {
    if (error.empty()) error = why;
    XML_StopParser(parser_, XML_FALSE);
  }
  static void doctype(void* self, const char*, const char*, const char*, int) {
    static_cast<XmlListener*>(self)->stop("a document type or entities, which are refused");
  }
  static void start(void* data, const char* element, const char** attributes) {
    auto& self = *static_cast<XmlListener*>(data);
    const std::string_view name = element;
    if (self.depth_++ == 0 && name != "osm") self.stop("this is not OpenStreetMap XML");
    if (name == "nd" && self.in_way_) {
      if (const auto node = whole_number(attribute(attributes, "ref"))) {
        self.references_.push_back(*node);
      } else {
        self.stop("a way names a node by something that is no number");
      }
    } else if (name == "tag" && self.in_way_) {
      self.tags_.emplace_back(attribute(attributes, "k"), attribute(attributes, "v"));
    } else if (name == "node" || name == "way" || name == "relation") {
      self.object(name, attributes);
    }
  }
  void object(std::string_view name, const char** attributes) {
    const auto id = whole_number(attribute(attributes, "id"));
    if (!id) return stop("a " + std::string(name) + " without a number");
    if (name == "node") {
      const auto lon = whole_degrees(attribute(attributes, "lon"), 180.0);
      const auto lat = whole_degrees(attribute(attributes, "lat"), 90.0);
      sink_.add_node({*id, lon.value_or(0), lat.value_or(0), lon && lat});
    } else if (name == "way") {
      way_ = *id;
      in_way_ = true;
      references_.clear();
      tags_.clear();
    } else {
      sink_.add_relation();
    }
  }
  static void end(void* data, const char* element) {
    auto& self = *static_cast<XmlListener*>(data);
    --self.depth_;
    if (std::string_view(element) == "way" && self.in_way_) {
      self.in_way_ = false;
      self.end_way();
    }
  }
  void end_way() {
    std::vector<OsmTag> tags;
    tags.reserve(tags_.size());
    for (const auto& [key, value] : tags_) tags.push_back({key, value});
    sink_.add_way(way_, references_, tags);
  }

  XML_Parser parser_;
  OsmSink& sink_;
  int depth_ = 0;
  bool in_way_ = false;
  std::int64_t way_ = 0;
  std::vector<std::int64_t> references_;
  std::vector<std::pair<std::string, std::string>> tags_;
};

}  // namespace

void read_osm_xml(const std::filesystem::path& file, OsmSink& sink) {
  const std::string name = file.filename().string();
  std::ifstream in(file, std::ios::binary);
  if (!in) throw InputError(name + ": the file cannot be read");
  const Parser parser(XML_ParserCreate(nullptr));
  XmlListener listener(parser.get(), sink);
  std::array<char, block_size> block{};
  bool last = false;
  while (!last) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    last = in.eof();
    if (XML_Parse(parser.get(), block.data(), static_cast<int>(in.gcount()), last ? 1 : 0) ==
        XML_STATUS_OK) {
      continue;
    }
    const std::string why =
        listener.error.empty() ? XML_ErrorString(XML_GetErrorCode(parser.get())) : listener.error;
    throw InputError(
        name + ": line " + std::to_string(XML_GetCurrentLineNumber(parser.get())) + ": " + why,
        "make the extract again from its source");
  }
}

}  // namespace quartier::io
