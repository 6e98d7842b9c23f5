#pragma once
/// Private to io: a GTFS feed as a set of tables, and one table with its ledger and findings.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/finding.h"
#include "domain/timetable.h"
#include "io/gtfs_reader.h"
#include "io/table.h"
#include "io/table_findings.h"
#include "io/zip_reader.h"

namespace quartier::io {

struct GtfsTextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept {
    return std::hash<std::string_view>{}(text);
  }
};
/// Ids of one table, with the position of what they stand for.
using GtfsIds = std::unordered_map<std::string, std::uint32_t, GtfsTextHash, std::equal_to<>>;

/// The position of an id, or no_index.
std::uint32_t position_of(const GtfsIds& ids, std::string_view id);

/// Where the tables of a feed lie; an archive stays unpacked while this object lives.
class GtfsFolder {
 public:
  /// @throws InputError for a path that is refused, a broken archive, one without tables, or one
  ///         with the tables of several feeds
  explicit GtfsFolder(const GtfsFeed& feed);

  [[nodiscard]] const std::string& name() const { return name_; }
  /// The place of a table ("stops.txt"); nothing where the feed has none.
  /// @throws InputError where it is a folder, a device or a link out of the feed
  [[nodiscard]] std::optional<std::filesystem::path> find(std::string_view table) const;
  /// @throws InputError where a table is not there
  void require(std::string_view table) const;

 private:
  std::string name_;
  std::optional<UnpackedZip> archive_;
  std::filesystem::path folder_;
};

/// One table of a feed. Columns that are not asked for are ignored.
class GtfsTable {
 public:
  static constexpr std::size_t no_column = static_cast<std::size_t>(-1);

  /// An absent or empty table has no rows. @throws InputError as read_table
  GtfsTable(const GtfsFolder& feed, std::string_view table);

  [[nodiscard]] bool is_there() const { return is_there_; }
  [[nodiscard]] std::size_t row_count() const { return rows_.row_count(); }
  /// @throws InputError where the table is there and the column is not
  [[nodiscard]] std::size_t required(std::string_view column) const;
  /// `no_column` where it is not there; its cells are then blank.
  [[nodiscard]] std::size_t optional(std::string_view column) const;
  [[nodiscard]] std::string_view cell(std::size_t row, std::size_t column) const {
    return column == no_column ? std::string_view() : rows_.cell(row, column);
  }
  /// "row 12", or "row 12, stop A".
  [[nodiscard]] std::string place(std::size_t row, std::string_view what = {},
                                  std::string_view id = {}) const;
  /// The file, as it is called in findings.
  [[nodiscard]] const std::string& name() const { return rows_.file(); }

  /// What becomes of rows.
  void use(std::size_t count = 1) { ledger_.used += count; }
  void exclude(std::size_t count = 1) { ledger_.excluded += count; }
  void refuse(std::size_t count = 1) { ledger_.rejected += count; }
  /// Refuses a row and says why.
  void reject(std::string_view kind, std::string_view message, std::string place,
              std::string_view way_out = {});
  /// Tells something.
  void add(std::string_view kind, Severity severity, std::string_view message, std::string place,
           std::uint64_t count = 1, std::string_view way_out = {});

  /// A cell that holds one of the codes 0 to `greatest`; blank is 0, anything else too, and told.
  std::uint32_t code(std::size_t row, std::size_t column, std::uint32_t greatest);

  /// Hands over ledger (none where the table is absent) and findings.
  void close(RawTimetable& timetable, std::vector<Finding>& findings);

 private:
  bool is_there_ = false;
  RawTable rows_;
  std::vector<Finding> findings_;
  FindingTally tally_;
  Ledger ledger_;
};

}  // namespace quartier::io
