#include "io/zip_reader.h"

#include <zip.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/error.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::io;

namespace {

struct Entry {
  std::string name;
  std::string content;
  std::uint32_t unix_mode = 0;
};

std::filesystem::path archive_of(const test::ScratchFolder& scratch,
                                 const std::vector<Entry>& entries) {
  const auto path = scratch.path() / "a.zip";
  std::filesystem::remove(path);
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
  for (const Entry& entry : entries) {
    zip_source_t* source =
        zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0);
    const auto index = zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (entry.unix_mode != 0) {
      zip_file_set_external_attributes(archive, static_cast<zip_uint64_t>(index), 0, ZIP_OPSYS_UNIX,
                                       entry.unix_mode << 16U);
    }
  }
  REQUIRE(zip_close(archive) == 0);
  return path;
}

}  // namespace

TEST_CASE("an archive is unpacked into a folder that goes with it", "[io][zip]") {
  const test::ScratchFolder scratch;
  std::filesystem::path folder;
  {
    const UnpackedZip zip(
        archive_of(scratch, {{"b/x.txt", "two"}, {"a.txt", "one"}, {"b/a.txt", ""}}));
    folder = zip.folder();
    REQUIRE(zip.files().size() == 3);
    CHECK(zip.files()[0] == folder / "a.txt");
    std::ifstream in(zip.file("x.txt"));
    CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == "two");
    CHECK(zip.file("b/x.txt") == zip.file("x.txt"));
    CHECK(zip.file("a.txt") == folder / "a.txt");
    CHECK_THROWS_AS(zip.file("none.txt"), InputError);
    CHECK((std::filesystem::status(folder).permissions() & std::filesystem::perms::others_all) ==
          std::filesystem::perms::none);
  }
  CHECK_FALSE(std::filesystem::exists(folder));
}

TEST_CASE("archives that would leave their folder or fill the disk are refused", "[io][zip]") {
  const test::ScratchFolder scratch;
  for (const char* name : {"../x", "a/../../x", "/x", "a\\..\\x", "C:x"}) {
    CAPTURE(name);
    CHECK_THROWS_AS(UnpackedZip(archive_of(scratch, {{"ok", "1"}, {name, "1"}})), InputError);
  }
  CHECK_THROWS_AS(UnpackedZip(archive_of(scratch, {{"a", "1"}, {"A", "2"}})), InputError);
  constexpr std::uint32_t link = 0120777;
  CHECK_THROWS_AS(UnpackedZip(archive_of(scratch, {{"l", "/etc/passwd", link}})), InputError);

  ZipLimits limits;
  limits.total_bytes = 10;
  CHECK_THROWS_AS(UnpackedZip(archive_of(scratch, {{"a", "12345"}, {"b", "123456"}}), limits),
                  InputError);
  CHECK_NOTHROW(UnpackedZip(archive_of(scratch, {{"a", "12345"}, {"b", "12345"}}), limits));
  limits = {};
  limits.entry_count = 1;
  CHECK_THROWS_AS(UnpackedZip(archive_of(scratch, {{"a", "1"}, {"b", "2"}}), limits), InputError);
  limits = {};
  limits.ratio_free_bytes = 1000;
  const Entry blanks{"a", std::string(100'000, ' ')};
  CHECK_THROWS_AS(UnpackedZip(archive_of(scratch, {blanks}), limits), InputError);
  CHECK_NOTHROW(UnpackedZip(archive_of(scratch, {blanks})));
}

TEST_CASE("a damaged archive is refused and leaves nothing", "[io][zip]") {
  const test::ScratchFolder scratch;
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * 7919);
  const auto path = archive_of(scratch, {{"a", text}});
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(200);
    file.put('\x55').put('\xAA').put('\x55');
  }
  CHECK_THROWS_AS(UnpackedZip(path), InputError);
  std::ofstream(scratch.path() / "b.zip") << "no archive";
  CHECK_THROWS_AS(UnpackedZip(scratch.path() / "b.zip"), InputError);
}
