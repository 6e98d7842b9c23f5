#include "io/gtfs_table.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "io/gtfs_values.h"
#include "io/paths.h"

namespace quartier::io {
namespace {

constexpr std::string_view calls_table = "stop_times.txt";

/// The one folder of an archive that holds tables: publishers like to zip the folder itself.
std::filesystem::path folder_of(const UnpackedZip& archive, const std::string& name) {
  std::set<std::filesystem::path> folders;
  std::vector<std::string> held;
  for (const auto& file : archive.files()) {
    if (file.filename() == calls_table) folders.insert(file.parent_path());
    if (held.size() < 20) {
      held.push_back(display_safe(file.lexically_relative(archive.folder()).string()));
    }
  }
  if (folders.size() == 1) return *folders.begin();
  if (folders.contains(archive.folder())) return archive.folder();
  if (folders.empty()) {
    throw InputError(name + ": no " + std::string(calls_table) + " inside: this is no GTFS feed",
                     held.empty() ? "the archive is empty" : "it holds " + joined(held, ", "));
  }
  throw InputError(name + ": the tables of several feeds inside",
                   "unpack it and name the folder of each feed");
}

}  // namespace

std::uint32_t position_of(const GtfsIds& ids, std::string_view id) {
  const auto found = ids.find(id);
  return found == ids.end() ? no_index : found->second;
}

GtfsFolder::GtfsFolder(const GtfsFeed& feed)
    : name_(feed.name.empty() ? feed.path.filename().string() : feed.name) {
  std::error_code ignored;
  if (std::filesystem::is_directory(feed.path, ignored)) {
    folder_ = checked_input_folder(feed.path.string());
    return;
  }
  archive_.emplace(checked_input_file(feed.path.string()));
  folder_ = folder_of(*archive_, name_);
}

std::optional<std::filesystem::path> GtfsFolder::find(std::string_view table) const {
  const std::filesystem::path place = folder_ / table;
  std::error_code ignored;
  if (!std::filesystem::exists(std::filesystem::symlink_status(place, ignored))) return {};
  return checked_input_file(place.string(), folder_);
}

void GtfsFolder::require(std::string_view table) const {
  if (const auto file = find(table)) {
    std::error_code ignored;
    if (std::filesystem::file_size(*file, ignored) > 0) return;
    throw InputError(name_ + "/" + std::string(table) + ": the table is empty: not even a header");
  }
  throw InputError(name_ + ": no table " + std::string(table),
                   "every GTFS feed has stops.txt, routes.txt, trips.txt, stop_times.txt, and "
                   "calendar.txt or calendar_dates.txt");
}

GtfsTable::GtfsTable(const GtfsFolder& feed, std::string_view table)
    : rows_(feed.name() + "/" + std::string(table), {}), tally_(rows_.file(), {}) {
  const std::optional<std::filesystem::path> file = feed.find(table);
  if (!file) return;
  std::error_code ignored;
  if (std::filesystem::file_size(*file, ignored) == 0) {
    add("no_rows", Severity::warning, "the table is empty: not even a header", {});
    return;
  }
  is_there_ = true;
  Loaded<RawTable> read = read_table(*file, rows_.file(), TextLayout{});
  rows_ = std::move(read.value);
  findings_ = std::move(read.findings);
  ledger_.file = rows_.file();
  ledger_.read = rows_.rows_read();
  ledger_.rejected = rows_.broken().size();
}

std::size_t GtfsTable::required(std::string_view column) const {
  return is_there_ ? rows_.at(column) : no_column;
}

std::size_t GtfsTable::optional(std::string_view column) const {
  const std::size_t place = rows_.find(column);
  return place < rows_.column_count() ? place : no_column;
}

std::string GtfsTable::place(std::size_t row, std::string_view what, std::string_view id) const {
  std::string text = rows_.place(row);
  if (!what.empty()) {
    text += ", " + std::string(what) + " " + display_safe(id.substr(0, 100));
  }
  return text;
}

void GtfsTable::reject(std::string_view kind, std::string_view message, std::string place,
                       std::string_view way_out) {
  ++ledger_.rejected;
  tally_.add(kind, Severity::rejected, message, std::move(place), 1, way_out);
}

void GtfsTable::add(std::string_view kind, Severity severity, std::string_view message,
                    std::string place, std::uint64_t count, std::string_view way_out) {
  tally_.add(kind, severity, message, std::move(place), count, way_out);
}

std::uint32_t GtfsTable::code(std::size_t row, std::size_t column, std::uint32_t greatest) {
  const std::string_view text = cell(row, column);
  if (text.empty()) return 0;
  const std::optional<std::uint32_t> value = gtfs_whole(text);
  if (value && *value <= greatest) return *value;
  add("timetable_bad_value", Severity::warning,
      "values of " + rows_.header()[column] + " other than 0 to " + std::to_string(greatest) +
          " are read as 0",
      place(row));
  return 0;
}

void GtfsTable::close(RawTimetable& timetable, std::vector<Finding>& findings) {
  append(findings, std::exchange(findings_, {}));
  append(findings, tally_.take());
  if (is_there_) timetable.ledgers.push_back(ledger_);
}

}  // namespace quartier::io
