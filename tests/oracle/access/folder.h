#pragma once
/// A folder of reference values of access: its files by what follows the folder's name, and places
/// with their columns.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/polygons.h"
#include "oracle/csv.h"

namespace quartier::oracle {

/// The files of a folder NAME are called NAME_...; where none is, the folder was renamed and the
/// beginning is what its files have in common.
class AccessFolder {
 public:
  explicit AccessFolder(const std::filesystem::path& folder);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// NAME_ending; nothing where it is not there.
  [[nodiscard]] std::optional<std::filesystem::path> file(const std::string& ending) const;
  /// `name`, else NAME_ending, else, where `ending` is empty, NAME.json.
  [[nodiscard]] std::optional<std::filesystem::path> json(const std::string& name,
                                                          const std::string& ending) const;
  /// All NAME_...ending, by name.
  [[nodiscard]] std::vector<std::filesystem::path> files(const std::string& ending) const;
  /// All NAME_beginning...ending, by name.
  [[nodiscard]] std::vector<std::filesystem::path> files(const std::string& beginning,
                                                         const std::string& ending) const;
  /// The name of a file without NAME_.
  [[nodiscard]] std::string ending_of(const std::filesystem::path& file) const;

 private:
  std::filesystem::path path_;
  std::string name_;
};

/// Places (hexagons) and what is known of each.
struct Places {
  std::filesystem::path file;
  std::vector<std::string> ids;              ///< [n]
  std::map<std::string, std::size_t> at;     ///< position by id
  std::vector<std::string> names;            ///< of the columns of numbers
  std::vector<std::vector<double>> columns;  ///< [names][n], blank cells are undefined
  std::vector<Point> points;                 ///< longitude, latitude [n]; empty where not given

  [[nodiscard]] std::size_t size() const { return ids.size(); }
  /// Nothing where there is no such column.
  [[nodiscard]] const std::vector<double>* column(const std::string& name) const;
  /// A column of counts, blank cells are 0 [n]. @throws Uncovered where there is no such column
  [[nodiscard]] std::vector<double> counts(const std::string& name) const;
  /// @throws Uncovered where no place has this id
  [[nodiscard]] std::size_t position(const std::string& id) const;
};

/// Reads columns id, those of numbers, lon and lat. Where there is a column idx, places stand in
/// its order, else in that of the rows.
/// @throws InputError naming the file
Places read_places(const std::filesystem::path& file);

/// The positions of the rows of a table, by its column id, else idx.
/// @throws InputError, Uncovered
std::vector<std::size_t> positions_of(const Table& table, const Places& places);

/// Little-endian unsigned whole numbers of `width` bytes, and nothing else.
/// @param count  how many there have to be
/// @throws InputError naming the file where it is longer or shorter
std::vector<std::uint32_t> read_whole_numbers(const std::filesystem::path& file, std::size_t width,
                                              std::size_t count);

}  // namespace quartier::oracle
