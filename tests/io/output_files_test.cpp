#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>

#include "base/error.h"
#include "io/atomic_file.h"
#include "io/checksum.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::io;

namespace {

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::set<std::string> names_in(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) names.insert(entry.path().lexically_relative(folder).string());
  }
  return names;
}

}  // namespace

TEST_CASE("checksums are those of FIPS 180-4", "[io][checksum]") {
  CHECK(sha256_of_text("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_of_text("abc") ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_of_text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_of_text(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  const test::ScratchFolder scratch;
  write_text_atomically(scratch.path() / "a", std::string(1'000'000, 'a'));
  CHECK(sha256_of_file(scratch.path() / "a") == sha256_of_text(std::string(1'000'000, 'a')));
  CHECK_THROWS_AS(sha256_of_file(scratch.path() / "none"), InputError);
}

TEST_CASE("a file is written whole or not at all", "[io][atomic]") {
  const test::ScratchFolder scratch;
  const auto file = scratch.path() / "a.txt";
  write_text_atomically(file, "old");
  CHECK(content(file) == "old");
  CHECK_THROWS_AS(write_atomically(file,
                                   [](const std::filesystem::path& draft) {
                                     std::ofstream(draft) << "half";
                                     throw std::runtime_error("interrupted");
                                   }),
                  std::runtime_error);
  CHECK(content(file) == "old");
  CHECK(names_in(scratch.path()) == std::set<std::string>{"a.txt"});
  write_text_atomically(file, "new");
  CHECK(content(file) == "new");
  CHECK_THROWS_AS(write_text_atomically(scratch.path() / "none" / "a.txt", "x"), InputError);
  CHECK_THROWS_AS(write_text_atomically(scratch.path(), "x"), InputError);
}

TEST_CASE("an output folder changes only when it is committed", "[io][atomic]") {
  const test::ScratchFolder scratch;
  const auto folder = scratch.path() / "deep" / "results";
  {
    OutputFolder out(folder);
    write_text_atomically(out.draft("report.html"), "first");
    write_text_atomically(out.draft("maps/a.svg"), "map");
    CHECK_FALSE(std::filesystem::exists(folder / "report.html"));
    out.commit();
  }
  CHECK(names_in(folder) == std::set<std::string>{"maps/a.svg", "report.html"});
  {
    OutputFolder interrupted(folder);
    write_text_atomically(interrupted.draft("report.html"), "second");
  }
  CHECK(content(folder / "report.html") == "first");
  {
    OutputFolder out(folder);
    write_text_atomically(out.draft("report.html"), "third");
    out.commit();
  }
  CHECK(content(folder / "report.html") == "third");
  CHECK(content(folder / "maps/a.svg") == "map");

  SECTION("drafts of runs that died are swept, of living ones not") {
    std::filesystem::create_directories(folder / ".partial-dead00");
    const OutputFolder living(folder);
    write_text_atomically(living.draft("x"), "x");
    const OutputFolder other(folder);
    CHECK_FALSE(std::filesystem::exists(folder / ".partial-dead00"));
    CHECK(std::filesystem::exists(living.draft("x")));
  }
  SECTION("names stay inside") {
    const OutputFolder out(folder);
    CHECK_THROWS_AS(out.draft("../x"), InputError);
    CHECK_THROWS_AS(out.draft("a/../../x"), InputError);
    CHECK_THROWS_AS(out.draft("/x"), InputError);
    CHECK_THROWS_AS(out.draft(""), InputError);
  }
  SECTION("a file in the way is told") {
    write_text_atomically(scratch.path() / "plain", "x");
    CHECK_THROWS_AS(OutputFolder(scratch.path() / "plain"), InputError);
  }
}
