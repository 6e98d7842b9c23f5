// Compares every #include of src/ with the picture of the house in docs/architecture.md: which room
// may use which, and which library each room hides.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/catch.h"
#include "support/paths.h"

namespace fs = std::filesystem;

namespace {

using Rooms = std::set<std::string>;

const std::map<std::string, Rooms> may_use{
    {"base", {}},
    {"domain", {"base"}},
    {"carto", {"base"}},
    {"metrics", {"base", "domain"}},
    {"priority", {"base", "domain"}},
    {"disclosure", {"base", "domain"}},
    {"network", {"base", "domain"}},
    {"geo", {"base", "domain"}},
    {"io", {"base", "domain"}},
    {"study", {"base", "domain", "metrics", "priority", "disclosure", "network", "geo", "io"}},
    {"report", {"base", "domain", "carto", "metrics", "study"}},
    {"render", {"base", "domain", "carto"}},
    {"viewer",
     {"base", "domain", "carto", "metrics", "priority", "disclosure", "network", "study", "report",
      "render"}},
    {"cli", {"base", "domain", "carto", "metrics", "priority", "study", "report", "render"}},
};

/// Libraries by the beginning of their headers' names, and the one room that may include them.
const std::vector<std::pair<std::string, Rooms>> hidden{
    {"tbb/", {"base"}},    {"gdal", {"io"}},           {"ogr_", {"io"}},
    {"cpl_", {"io"}},      {"osmium/", {"io"}},        {"toml++/", {"io"}},
    {"zip.h", {"io"}},     {"geos_c.h", {"geo"}},      {"proj.h", {"geo"}},
    {"cairo", {"report"}}, {"pango", {"report"}},      {"epoxy/", {"render"}},
    {"EGL/", {"render"}},  {"imgui", {"viewer"}},      {"GLFW/", {"viewer"}},
    {"CLI/", {"cli"}},     {"glib", {"io", "report"}}, {"sqlite3.h", {"io"}},
};

struct Include {
  fs::path file;
  std::string header;
  bool quoted = false;
};

std::vector<Include> includes_of(const fs::path& file) {
  std::vector<Include> found;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("#include ")) continue;
    const char open = line[9];
    const std::size_t end = line.find(open == '<' ? '>' : '"', 10);
    found.push_back({file, line.substr(10, end - 10), open == '"'});
  }
  return found;
}

std::vector<Include> includes_of_room(const std::string& room) {
  std::vector<Include> found;
  for (const auto& entry :
       fs::recursive_directory_iterator(quartier::test::source_dir() / "src" / room)) {
    const auto extension = entry.path().extension();
    if (extension != ".h" && extension != ".cpp") continue;
    const auto more = includes_of(entry.path());
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

std::string room_of(const std::string& header) { return header.substr(0, header.find('/')); }

}  // namespace

TEST_CASE("no include points up or sideways", "[house]") {
  std::size_t seen = 0;
  for (const auto& [room, allowed] : may_use) {
    for (const Include& include : includes_of_room(room)) {
      if (!include.quoted) continue;
      ++seen;
      const std::string used = room_of(include.header);
      INFO(include.file << " includes " << include.header);
      REQUIRE(may_use.contains(used));
      CHECK((used == room || allowed.contains(used)));
    }
  }
  CHECK(seen > 100);
}

TEST_CASE("a library is included by the one room that hides it", "[house]") {
  for (const auto& [room, allowed] : may_use) {
    for (const Include& include : includes_of_room(room)) {
      for (const auto& [prefix, rooms] : hidden) {
        if (!include.header.starts_with(prefix)) continue;
        INFO(include.file << " includes " << include.header);
        CHECK(rooms.contains(room));
      }
    }
  }
}

TEST_CASE("no room includes another room's private header", "[house]") {
  const std::map<std::string, std::string> private_headers{
      {"io/gdal.h", "io"},   {"io/toml_section.h", "io"}, {"geo/geos.h", "geo"},
      {"geo/proj.h", "geo"}, {"render/gl.h", "render"},   {"viewer/imgui_glfw.h", "viewer"}};
  for (const auto& [room, allowed] : may_use) {
    for (const Include& include : includes_of_room(room)) {
      const auto hit = private_headers.find(include.header);
      if (hit == private_headers.end()) continue;
      INFO(include.file << " includes " << include.header);
      CHECK(hit->second == room);
    }
  }
}

TEST_CASE("every room of the picture exists, and every folder of src is a room", "[house]") {
  for (const auto& entry : fs::directory_iterator(quartier::test::source_dir() / "src")) {
    if (entry.is_directory()) CHECK(may_use.contains(entry.path().filename().string()));
  }
}

TEST_CASE("a file has one subject: at most 500 lines", "[house]") {
  for (const auto& entry : fs::recursive_directory_iterator(quartier::test::source_dir() / "src")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path());
    const auto lines = std::count(std::istreambuf_iterator<char>(in), {}, '\n');
    INFO(entry.path());
    CHECK(lines <= 500);
  }
}
