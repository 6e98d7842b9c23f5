#include <expat.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "io/osm_count.h"

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

bool within(const char* text, double limit) {
  const auto value = parse_number(text);
  return value && std::abs(*value) <= limit;
}

/// What expat tells, handed on; an error waits in `error`, for C code must not be thrown through.
class XmlListener {
 public:
  XmlListener(XML_Parser parser, OsmCounter& counter) : parser_(parser), counter_(counter) {
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
        self.counter_.add_reference(*node);
      } else {
        self.stop("a way names a node by something that is no number");
      }
    } else if (name == "tag" && self.in_way_) {
      self.is_street_ |= std::string_view(attribute(attributes, "k")) == "highway";
    } else if (name == "node" || name == "way" || name == "relation") {
      self.object(name, attributes);
    }
  }
  void object(std::string_view name, const char** attributes) {
    const auto id = whole_number(attribute(attributes, "id"));
    if (!id) return stop("a " + std::string(name) + " without a number");
    if (name == "node") {
      counter_.add_node(*id, within(attribute(attributes, "lon"), 180.0) &&
                                 within(attribute(attributes, "lat"), 90.0));
    } else if (name == "way") {
      counter_.begin_way(*id);
      in_way_ = true;
      is_street_ = false;
    } else {
      counter_.add_relation();
    }
  }
  static void end(void* data, const char* element) {
    auto& self = *static_cast<XmlListener*>(data);
    --self.depth_;
    if (std::string_view(element) == "way" && self.in_way_) {
      self.counter_.end_way(self.is_street_);
      self.in_way_ = false;
    }
  }

  XML_Parser parser_;
  OsmCounter& counter_;
  int depth_ = 0;
  bool in_way_ = false;
  bool is_street_ = false;
};

}  // namespace

void read_osm_xml(const std::filesystem::path& file, OsmCounter& counter) {
  const std::string name = file.filename().string();
  std::ifstream in(file, std::ios::binary);
  if (!in) throw InputError(name + ": the file cannot be read");
  const Parser parser(XML_ParserCreate(nullptr));
  XmlListener listener(parser.get(), counter);
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
