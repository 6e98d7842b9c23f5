#include <algorithm>
#include <charconv>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "io/layer_definition.h"

namespace quartier::io {
namespace {

using Captures = std::map<std::string, std::string, std::less<>>;

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::size_t capture_width(std::string_view name) { return name == "year" ? 4 : 2; }

/// Matches `name` with a pattern of literal text, `*` and captures like {year}.
bool matches(std::string_view pattern, std::string_view name, Captures& captures) {
  if (pattern.empty()) return name.empty();
  if (pattern.front() == '{') {
    const std::size_t close = pattern.find('}');
    const std::string_view key = pattern.substr(1, close - 1);
    const std::size_t width = capture_width(key);
    const std::string_view digits = name.substr(0, width);
    if (digits.size() != width || !all_digits(digits)) return false;
    captures[std::string(key)] = std::string(digits);
    return matches(pattern.substr(close + 1), name.substr(width), captures);
  }
  if (pattern.front() == '*') {
    for (std::size_t taken = 0; taken <= name.size(); ++taken) {
      if (matches(pattern.substr(1), name.substr(taken), captures)) return true;
    }
    return false;
  }
  return !name.empty() && pattern.front() == name.front() &&
         matches(pattern.substr(1), name.substr(1), captures);
}

/// Fills the captures into a template; "{year-1}" is one less.
std::string filled(std::string_view text, const Captures& captures,
                   const std::filesystem::path& definition) {
  std::string result;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    result += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) throw InputError(definition, "a { without } in `date`");
    const std::string_view inside = text.substr(open + 1, close - open - 1);
    const std::string_view key = inside.substr(0, inside.find_first_of("+-"));
    const auto found = captures.find(key);
    if (found == captures.end()) {
      throw InputError(
          definition, "`date` uses {" + std::string(key) + "}, which the pattern does not capture");
    }
    int value = 0;
    int offset = 0;
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
    std::string_view shift = inside.substr(key.size());
    if (shift.starts_with('+')) shift.remove_prefix(1);
    std::from_chars(shift.data(), shift.data() + shift.size(), offset);
    std::string digits = std::to_string(value + offset);
    while (digits.size() < found->second.size()) digits.insert(digits.begin(), '0');
    result += digits;
    text.remove_prefix(close + 1);
  }
  return result;
}

/// File names in the folder of a pattern; captures and `*` stand in the last part of the path only.
std::vector<std::string> names_in(const std::filesystem::path& folder, bool folders_too) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const bool wanted = entry.is_regular_file(error) || (folders_too && entry.is_directory(error));
    if (wanted) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool within(std::string_view date, std::string_view from, std::string_view until) {
  return date.empty() || ((from.empty() || date >= from) && (until.empty() || date <= until));
}

}  // namespace

std::vector<LayerFile> find_layer_files(const LayerDefinition& layer,
                                        const std::filesystem::path& folder, std::string_view from,
                                        std::string_view until) {
  std::vector<LayerFile> files;
  for (const FilePattern& pattern : layer.files) {
    const std::filesystem::path place(pattern.pattern);
    const std::string last = place.filename().string();
    const std::filesystem::path parent = folder / place.parent_path();
    std::vector<LayerFile> found;
    bool any = false;
    for (const std::string& name : names_in(parent, layer.format == LayerFormat::gtfs)) {
      Captures captures;
      if (!matches(last, name, captures)) continue;
      any = true;
      LayerFile file;
      file.path = parent / name;
      file.name = (place.parent_path() / name).generic_string();
      file.part = pattern.part;
      file.date = filled(pattern.date, captures, layer.file);
      if (within(file.date, pattern.from, pattern.until) && within(file.date, from, until)) {
        found.push_back(std::move(file));
      }
    }
    if (!any) {
      throw InputError(
          "layer '" + layer.id + "': no file " + pattern.pattern + " in " + folder.string(),
          "give the folder that holds it with --data");
    }
    std::sort(found.begin(), found.end(), [](const LayerFile& a, const LayerFile& b) {
      return a.date != b.date ? a.date < b.date : a.name < b.name;
    });
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

std::vector<Finding> notices_for(const LayerDefinition& layer,
                                 const std::vector<std::string>& dates) {
  std::vector<Finding> findings;
  for (const LayerNotice& notice : layer.notices) {
    const bool concerned = std::any_of(dates.begin(), dates.end(), [&](const std::string& date) {
      return within(date, notice.from, notice.until);
    });
    if (!concerned) continue;
    Finding finding;
    finding.kind = notice.kind;
    finding.severity = Severity::warning;
    finding.file = layer.files.empty() ? std::string() : layer.files.back().pattern;
    finding.layer = layer.id;
    finding.message = notice.message;
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace quartier::io
