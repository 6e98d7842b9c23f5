#pragma once
/// A reference folder: who lives where, and what is expected of it.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/districts.h"
#include "domain/polygons.h"
#include "metrics/expected.h"
#include "metrics/profile.h"
#include "metrics/proximity.h"
#include "oracle/csv.h"

namespace quartier::oracle {

/// Shapes and places of the districts, all [n].
struct Land {
  std::vector<Point> centroids;
  std::vector<double> area_m2;
  std::vector<double> perimeter_m;           ///< the whole outline
  std::vector<double> interior_perimeter_m;  ///< what is shared with neighbours
  Contiguity contiguity;
};

/// Results that many rows share, by what they were computed from.
struct Memory {
  std::map<std::string, metrics::ProfilePoint> environments;
  std::map<std::string, metrics::Proximity> proximities;
  std::map<std::string, std::vector<std::vector<double>>> shares;
  std::optional<metrics::ExpectedIndices> expected;
};

/// Counts of one place at one date.
struct City {
  std::vector<std::string> ids;             ///< of the districts [n]
  std::vector<std::string> groups;          ///< names [K]
  std::vector<std::vector<double>> counts;  ///< [K][n]
  std::vector<double> total;                ///< sum of the groups [n]
  std::optional<Land> land;                 ///< absent: counts alone
  std::vector<std::string> parents;         ///< names of larger areas; empty: none known
  std::vector<std::uint32_t> parent_of;     ///< [n]
  Memory memory;

  [[nodiscard]] std::vector<std::span<const double>> columns() const {
    return {counts.begin(), counts.end()};
  }
  [[nodiscard]] std::optional<std::size_t> group(const std::string& name) const;
  /// Everyone but the group [n].
  [[nodiscard]] std::vector<double> rest(std::size_t group) const;
};

/// The city with these groups alone; everyone is their sum.
City with_groups(const City& city, const std::vector<std::size_t>& groups);

/// The city without districts where nobody lives; contacts are left out.
City without_empty(const City& city);

/// A row of a file of expected values.
struct Row {
  std::string year;  ///< empty where the folder has no dates
  std::string index;
  std::string family;
  std::string focal;
  std::string other;
  std::string params;
  double value = 0.0;
};

/// Values expected of districts.
struct LocalTable {
  std::string year;
  Table table;
  std::vector<std::size_t> districts;  ///< of each row
};

/// What a folder without fixtures holds.
struct Folder {
  /// Tables of counts by year; the first is the one that groups are looked up in.
  std::vector<std::map<std::string, City>> tables;
  std::vector<Row> rows;
  std::vector<LocalTable> local;
  std::map<std::string, City> subsets;  ///< by year and names of groups
};

/// Whether the folder holds fixtures rather than a place.
bool has_fixtures(const std::filesystem::path& folder);

/// @throws InputError naming the file that is missing or cannot be read
Folder read_folder(const std::filesystem::path& folder);

/// Contacts i < j as rows both ways; `shared_m` 0 where only points touch.
struct Contact {
  std::size_t i = 0;
  std::size_t j = 0;
  double shared_m = 0.0;
};
Contiguity contiguity_of(std::size_t district_count, const std::vector<Contact>& contacts);

}  // namespace quartier::oracle
