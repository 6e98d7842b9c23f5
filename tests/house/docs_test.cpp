// The documentation tells the truth of today: every kind of finding and every command has its
// place, and every link between pages leads somewhere.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "base/finding.h"
#include "support/catch.h"
#include "support/paths.h"

namespace fs = std::filesystem;
using quartier::test::source_dir;

namespace {

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Files with one of these extensions below a folder of the source tree, in order.
std::vector<fs::path> files_below(const std::string& folder,
                                  const std::set<std::string>& extensions) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(source_dir() / folder)) {
    if (entry.is_regular_file() && extensions.contains(entry.path().extension().string())) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<fs::path> pages() {
  std::vector<fs::path> files = files_below("docs", {".md"});
  files.push_back(source_dir() / "README.md");
  return files;
}

/// The first group of every match.
std::vector<std::string> matches(const std::string& text, const std::regex& pattern) {
  std::vector<std::string> found;
  for (auto at = std::sregex_iterator(text.begin(), text.end(), pattern);
       at != std::sregex_iterator(); ++at) {
    found.push_back((*at)[1]);
  }
  return found;
}

/// Fenced and indented examples taken out: what stands there is no link.
std::string without_examples(const std::string& text) {
  std::string kept;
  bool fenced = false;
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string line = text.substr(from, end - from);
    from = end + 1;
    if (line.starts_with("```")) fenced = !fenced;
    if (!fenced && !line.starts_with("    ")) kept += line + "\n";
  }
  return kept;
}

/// The anchor that a heading gets: lower case, blanks to hyphens, marks dropped.
std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char letter : heading) {
    if (letter >= 'A' && letter <= 'Z') {
      anchor += static_cast<char>(letter - 'A' + 'a');
    } else if (letter == ' ') {
      anchor += '-';
    } else if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
               letter == '-' || letter == '_' || letter < 0) {
      anchor += letter;
    }
  }
  return anchor;
}

std::set<std::string> anchors_of(const fs::path& page) {
  static const std::regex heading("(?:^|\n)#+ ([^\n]+)");
  std::set<std::string> anchors;
  for (const std::string& text : matches(without_examples(text_of(page)), heading)) {
    anchors.insert(anchor_of(text));
  }
  return anchors;
}

std::set<std::string> known_kinds() {
  std::set<std::string> known;
  for (const quartier::FindingKind& kind : quartier::finding_kinds()) known.emplace(kind.id);
  return known;
}

const fs::path kinds_table = "finding.cpp";

}  // namespace

TEST_CASE("docs/findings.md has a row for every kind of finding, and for no other", "[house]") {
  static const std::regex row("\n\\| `([a-z_]+)` \\|");
  const std::vector<std::string> told = matches(text_of(source_dir() / "docs/findings.md"), row);
  const std::set<std::string> documented(told.begin(), told.end());
  CHECK(documented.size() == told.size());
  CHECK(documented == known_kinds());
}

TEST_CASE("every kind of finding that a source or layer names is in the table", "[house]") {
  // A kind is named where a finding is made: `.kind = "..."`, `finding.kind = a ? "..." : "..."`,
  // `add("...", Severity::...`, `push_back({"...", Severity::...`, `reject("..."`, `refused("..."`.
  const std::vector<std::regex> makers{
      std::regex("Finding [a-z]+\\{\\.kind = \"([a-z_]+)\""),
      std::regex("(?:finding|rounding|repeated)\\.kind = \"([a-z_]+)\""),
      std::regex("\\badd\\(\\s*\"([a-z_]+)\",\\s*(?:[a-z_]+ \\? )?Severity::"),
      std::regex("push_back\\(\\{\"([a-z_]+)\",\\s*Severity::"),
      std::regex("\\bbegin\\(\"([a-z_]+)\",\\s*Severity::"),
      std::regex("\\breject\\(\\s*\"([a-z_]+)\","),
      std::regex("\\brefused\\(\\s*\"([a-z_]+)\","),
      std::regex("\\? \"([a-z_]+)\" : \"[a-z_]+\", Severity::"),
      std::regex("\\? \"[a-z_]+\" : \"([a-z_]+)\", Severity::"),
      std::regex("\\.kind = [a-z]+ \\? \"([a-z_]+)\" : \"[a-z_]+\""),
      std::regex("\\.kind = [a-z]+ \\? \"[a-z_]+\" : \"([a-z_]+)\"")};
  const std::set<std::string> known = known_kinds();
  std::set<std::string> named;
  for (const fs::path& file : files_below("src", {".h", ".cpp"})) {
    const std::string text = text_of(file);
    for (const std::regex& maker : makers) {
      for (const std::string& kind : matches(text, maker)) {
        INFO(file << " makes a finding of kind " << kind);
        CHECK(known.contains(kind));
        named.insert(kind);
      }
    }
  }
  // The patterns above see most of them; a change of style must not blind this test.
  CHECK(named.size() * 10 >= known.size() * 7);

  static const std::regex notice("\\[\\[notice\\]\\]\nkind = \"([a-z_]+)\"");
  for (const fs::path& file : files_below("layers", {".toml"})) {
    for (const std::string& kind : matches(text_of(file), notice)) {
      INFO(file << " names " << kind);
      CHECK(known.contains(kind));
    }
  }
}

TEST_CASE("no kind of finding is in the table alone", "[house]") {
  std::string sources;
  for (const fs::path& file : files_below("src", {".h", ".cpp"})) {
    if (file.filename() != kinds_table) sources += text_of(file);
  }
  for (const std::string& kind : known_kinds()) {
    INFO(kind);
    CHECK(sources.find('"' + kind + '"') != std::string::npos);
  }
}

TEST_CASE("every relative link of the documentation leads to a file and a heading", "[house]") {
  static const std::regex link("\\]\\(([^)\\s]+)\\)");
  std::size_t seen = 0;
  for (const fs::path& page : pages()) {
    for (const std::string& target : matches(without_examples(text_of(page)), link)) {
      if (target.find("://") != std::string::npos || target.starts_with("mailto:")) continue;
      ++seen;
      const std::size_t mark = target.find('#');
      const std::string name = target.substr(0, mark);
      const fs::path file = name.empty() ? page : page.parent_path() / name;
      INFO(page << " links to " << target);
      CHECK(fs::exists(file));
      if (mark != std::string::npos && fs::exists(file))
        CHECK(anchors_of(file).contains(target.substr(mark + 1)));
    }
  }
  CHECK(seen > 50);
}

TEST_CASE("every command has its page, and the index names it", "[house]") {
  static const std::regex command("void add_([a-z]+)\\(CLI::App& program");
  const std::string index = text_of(source_dir() / "docs/commands/README.md");
  const std::string readme = text_of(source_dir() / "README.md");
  const std::vector<std::string> commands =
      matches(text_of(source_dir() / "src/cli/command.h"), command);
  CHECK(commands.size() >= 9);
  for (const std::string& name : commands) {
    INFO(name);
    CHECK(fs::exists(source_dir() / "docs/commands" / (name + ".md")));
    CHECK(index.find("](" + name + ".md)") != std::string::npos);
    CHECK(readme.find("](docs/commands/" + name + ".md)") != std::string::npos);
  }
}

TEST_CASE("pictures of the documentation are small", "[house]") {
  for (const auto& entry : fs::directory_iterator(source_dir() / "docs/pictures")) {
    INFO(entry.path());
    CHECK(entry.file_size() < 250'000);
  }
}
