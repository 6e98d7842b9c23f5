#include "oracle/access/folder.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "oracle/tally.h"

namespace quartier::oracle {

namespace {

/// What follows the name of the place in files of these layouts.
constexpr const char* endings[] = {"hex.csv",
                                   "ttm_u16.bin",
                                   "inequality.csv",
                                   "values_accessibility.csv",
                                   "values_fca_raam.csv",
                                   "hexgrid.csv",
                                   "osm.pbf",
                                   "hex_snapped.csv",
                                   "walk_nodes.csv",
                                   "walk_edges.csv",
                                   "walk_meta.json",
                                   "walk_values.csv",
                                   "walk_summary.csv",
                                   "points_of_interest.csv",
                                   "transit_values.csv",
                                   "transit_meta.json"};

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// The beginning of the first file that is of one of the layouts.
std::string common_name(const std::vector<std::string>& names) {
  for (const char* ending : endings) {
    for (const std::string& name : names) {
      const std::string tail = std::string("_") + ending;
      if (name.ends_with(tail)) return name.substr(0, name.size() - tail.size());
    }
  }
  return {};
}

bool is_text_column(const Table& table, std::size_t column) {
  for (const auto& row : table.rows) {
    if (!number_of(row[column])) return true;
  }
  return false;
}

}  // namespace

AccessFolder::AccessFolder(const std::filesystem::path& folder)
    : path_(folder), name_(folder.filename().string()) {
  const std::vector<std::string> names = names_in(folder);
  for (const std::string& name : names) {
    if (name.starts_with(name_ + "_")) return;
  }
  name_ = common_name(names);
}

std::optional<std::filesystem::path> AccessFolder::file(const std::string& ending) const {
  const std::filesystem::path file = path_ / (name_ + "_" + ending);
  if (!std::filesystem::exists(file)) return std::nullopt;
  return file;
}

std::optional<std::filesystem::path> AccessFolder::json(const std::string& name,
                                                        const std::string& ending) const {
  if (std::filesystem::exists(path_ / name)) return path_ / name;
  if (!ending.empty()) return file(ending);
  const std::filesystem::path own = path_ / (path_.filename().string() + ".json");
  if (!std::filesystem::exists(own)) return std::nullopt;
  return own;
}

std::vector<std::filesystem::path> AccessFolder::files(const std::string& ending) const {
  return files("", ending);
}

std::vector<std::filesystem::path> AccessFolder::files(const std::string& beginning,
                                                       const std::string& ending) const {
  std::vector<std::filesystem::path> found;
  for (const std::string& name : names_in(path_)) {
    const std::string head = name_ + "_" + beginning;
    if (name.starts_with(head) && name.ends_with(ending) &&
        name.size() >= head.size() + ending.size()) {
      found.push_back(path_ / name);
    }
  }
  return found;
}

std::string AccessFolder::ending_of(const std::filesystem::path& file) const {
  return file.filename().string().substr(name_.size() + 1);
}

const std::vector<double>* Places::column(const std::string& name) const {
  for (std::size_t c = 0; c < names.size(); ++c) {
    if (names[c] == name) return &columns[c];
  }
  return nullptr;
}

std::vector<double> Places::counts(const std::string& name) const {
  const std::vector<double>* values = column(name);
  if (values == nullptr) throw Uncovered(file.filename().string() + " has no column " + name);
  std::vector<double> counts = *values;
  for (double& count : counts) {
    if (!is_defined(count)) count = 0.0;
  }
  return counts;
}

std::size_t Places::position(const std::string& id) const {
  const auto found = at.find(id);
  if (found == at.end()) throw Uncovered(file.filename().string() + " has no place " + id);
  return found->second;
}

Places read_places(const std::filesystem::path& file) {
  const Table table = read_table(file);
  const std::size_t n = table.rows.size();
  std::vector<std::size_t> order(n);  // of the rows, by idx
  for (std::size_t row = 0; row < n; ++row) order[row] = row;
  if (table.has("idx")) {
    const std::size_t idx = table.column("idx");
    std::vector<std::uint8_t> taken(n, 0);
    for (std::size_t row = 0; row < n; ++row) {
      const double value = table.number(row, idx);
      const bool fits =
          value >= 0.0 && value < static_cast<double>(n) && value == std::floor(value);
      if (!fits || taken[static_cast<std::size_t>(value)] != 0) {
        throw InputError(file, "idx does not number the rows from 0 on");
      }
      taken[static_cast<std::size_t>(value)] = 1;
      order[static_cast<std::size_t>(value)] = row;
    }
  }
  Places places;
  places.file = file;
  const std::size_t id = table.column(table.has("id") ? "id" : "idx");
  for (const std::size_t row : order) {
    if (!places.at.emplace(table.rows[row][id], places.ids.size()).second) {
      throw InputError(file, "two rows of " + table.rows[row][id]);
    }
    places.ids.push_back(table.rows[row][id]);
  }
  const bool placed = table.has("lon") && table.has("lat");
  for (const std::size_t row : order) {
    if (!placed) break;
    places.points.push_back(
        {table.number(row, table.column("lon")), table.number(row, table.column("lat"))});
  }
  for (std::size_t c = 0; c < table.header.size(); ++c) {
    if (c == id || table.header[c] == "idx" || is_text_column(table, c)) continue;
    places.names.push_back(table.header[c]);
    places.columns.emplace_back();
    for (const std::size_t row : order) {
      places.columns.back().push_back(table.number(row, c));
    }
  }
  return places;
}

std::vector<std::size_t> positions_of(const Table& table, const Places& places) {
  std::vector<std::size_t> positions;
  if (table.has("id") || table.has("hex")) {
    const std::size_t id = table.column(table.has("id") ? "id" : "hex");
    for (const auto& row : table.rows) positions.push_back(places.position(row[id]));
    return positions;
  }
  const std::size_t idx = table.column("idx");
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const double value = table.number(row, idx);
    if (!(value >= 0.0) || value >= static_cast<double>(places.size())) {
      throw InputError(table.file, "line " + std::to_string(table.lines[row]) + ": no such idx");
    }
    positions.push_back(static_cast<std::size_t>(value));
  }
  return positions;
}

std::vector<std::uint32_t> read_whole_numbers(const std::filesystem::path& file, std::size_t width,
                                              std::size_t count) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw InputError(file, "cannot be read");
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (bytes.size() != width * count) {
    throw InputError(file,
                     std::to_string(bytes.size()) + " bytes, not " + std::to_string(width * count));
  }
  std::vector<std::uint32_t> numbers(count, 0);
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t b = width; b-- > 0;) {
      numbers[k] = numbers[k] << 8U | static_cast<unsigned char>(bytes[k * width + b]);
    }
  }
  return numbers;
}

}  // namespace quartier::oracle
