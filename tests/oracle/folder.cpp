#include "oracle/folder.h"

#include <algorithm>
#include <set>

#include "base/error.h"

namespace quartier::oracle {

namespace fs = std::filesystem;

namespace {

void expect_counts(const Table& table, std::size_t column) {
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (!(table.number(i, column) >= 0.0)) {
      throw InputError(table.file, "line " + std::to_string(table.lines[i]) + ", " +
                                       table.header[column] + ": no count of persons");
    }
  }
}

/// Rows of two files stand for the same districts in the same order.
void expect_same_districts(const Table& table, const std::vector<std::string>& ids) {
  if (table.rows.size() != ids.size()) {
    throw InputError(table.file, std::to_string(table.rows.size()) + " rows, " +
                                     std::to_string(ids.size()) + " districts");
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (table.rows[i].front() == ids[i]) continue;
    throw InputError(table.file, "line " + std::to_string(table.lines[i]) + ": " +
                                     table.rows[i].front() + " where " + ids[i] + " should be");
  }
}

std::size_t row_number(const Table& table, std::size_t row, std::size_t column,
                       std::size_t district_count) {
  const double number = table.number(row, column);
  if (!(number >= 0.0) || number >= static_cast<double>(district_count)) {
    throw InputError(table.file, "line " + std::to_string(table.lines[row]) + ": no row " +
                                     table.rows[row][column]);
  }
  return static_cast<std::size_t>(number);
}

Contiguity read_contiguity(const fs::path& file, std::size_t district_count) {
  const Table table = read_table(file);
  const std::size_t i_column = table.column("i");
  const std::size_t j_column = table.column("j");
  const std::size_t shared = table.column("shared_boundary_m");
  const std::size_t rook = table.column("rook");
  const std::size_t queen = table.column("queen");
  std::vector<Contact> contacts;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const bool line_shared = table.number(r, rook) != 0.0;
    if (!line_shared && table.number(r, queen) == 0.0) continue;
    contacts.push_back({row_number(table, r, i_column, district_count),
                        row_number(table, r, j_column, district_count),
                        line_shared ? table.number(r, shared) : 0.0});
  }
  return contiguity_of(district_count, contacts);
}

City read_areal(const fs::path& folder, const std::string& name) {
  const Table table = read_table(folder / (name + ".csv"));
  City city;
  for (const auto& row : table.rows) city.ids.push_back(row.front());
  for (std::size_t c = 1; c < table.column("total"); ++c) {
    expect_counts(table, c);
    city.groups.push_back(table.header[c]);
    city.counts.push_back(table.numbers(c));
  }
  if (city.groups.empty()) throw InputError(table.file, "no group between the id and total");
  city.total = metrics::district_totals(city.columns());

  const Table units = read_table(folder / "units.csv");
  expect_same_districts(units, city.ids);
  const std::vector<double> x = units.numbers(units.column("cx_m"));
  const std::vector<double> y = units.numbers(units.column("cy_m"));
  Land land;
  for (std::size_t i = 0; i < x.size(); ++i) land.centroids.push_back({x[i], y[i]});
  land.area_m2 = units.numbers(units.column("area_m2"));
  land.perimeter_m = units.numbers(units.column("perimeter_m"));
  land.interior_perimeter_m = units.numbers(units.column("interior_perimeter_m"));
  land.contiguity = read_contiguity(folder / "adjacency.csv", city.ids.size());
  city.land = std::move(land);
  return city;
}

/// year, zone, district and the groups: one city per year.
std::map<std::string, City> read_dated(const fs::path& file) {
  const Table table = read_table(file);
  constexpr std::size_t first_group = 3;
  std::map<std::string, City> cities;
  std::vector<std::vector<double>> columns;
  for (std::size_t c = first_group; c < table.header.size(); ++c) {
    expect_counts(table, c);
    columns.push_back(table.numbers(c));
  }
  if (columns.empty()) throw InputError(file, "no group after year, zone and district");
  std::map<std::string, std::map<std::string, std::uint32_t>> positions;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const std::string& year = table.rows[r][0];
    City& city = cities[year];
    if (city.groups.empty()) {
      city.groups.assign(table.header.begin() + first_group, table.header.end());
      city.counts.resize(city.groups.size());
    }
    city.ids.push_back(table.rows[r][1]);
    for (std::size_t k = 0; k < columns.size(); ++k) city.counts[k].push_back(columns[k][r]);
    const std::string& parent = table.rows[r][2];
    const auto position = static_cast<std::uint32_t>(city.parents.size());
    const auto [known, added] = positions[year].emplace(parent, position);
    if (added) city.parents.push_back(parent);
    city.parent_of.push_back(known->second);
  }
  for (auto& [year, city] : cities) city.total = metrics::district_totals(city.columns());
  return cities;
}

bool is_dated_table(const fs::path& file) {
  const std::vector<std::string> header = header_of(file);
  return header.size() > 3 && header[1] == "zone" && header[2] == "district";
}

/// NAME_9groups.csv (any number) first, then other tables NAME_... with the same first columns.
std::vector<std::map<std::string, City>> read_dated_tables(const fs::path& folder,
                                                           const std::string& name) {
  std::vector<fs::path> main_files;
  std::vector<fs::path> more_files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string file = entry.path().filename().string();
    if (!file.starts_with(name + "_") || !file.ends_with(".csv")) continue;
    if (!is_dated_table(entry.path())) continue;
    (file.ends_with("groups.csv") ? main_files : more_files).push_back(entry.path());
  }
  if (main_files.size() != 1) {
    throw InputError(folder / (name + "_9groups.csv"), main_files.empty()
                                                           ? "is not there (the number may differ)"
                                                           : "is one of several tables of counts");
  }
  std::sort(more_files.begin(), more_files.end());
  std::vector<std::map<std::string, City>> tables{read_dated(main_files.front())};
  for (const fs::path& file : more_files) tables.push_back(read_dated(file));
  return tables;
}

std::vector<Row> rows_of(const Table& table) {
  const bool dated = table.has("year");
  const std::size_t index = table.column("index");
  const std::size_t family = table.column("family");
  const std::size_t focal = table.column("focal");
  const std::size_t other = table.column("other");
  const std::size_t params = table.column("params");
  const std::size_t value = table.column("value");
  std::vector<Row> rows;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const auto& cells = table.rows[r];
    Row row{dated ? cells[table.column("year")] : std::string(),
            cells[index],
            cells[family],
            cells[focal],
            cells[other],
            cells[params],
            table.number(r, value)};
    if (row.params == "same" && !rows.empty()) row.params = rows.back().params;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<LocalTable> read_local(const fs::path& folder) {
  const std::string stem = "local_reference";
  std::vector<LocalTable> tables;
  std::set<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string file = entry.path().filename().string();
    if (file.starts_with(stem) && file.ends_with(".csv")) files.insert(entry.path());
  }
  for (const fs::path& file : files) {
    std::string year = file.stem().string().substr(stem.size());
    if (year.starts_with("_")) year.erase(0, 1);
    tables.push_back({year, read_table(file), {}});
  }
  return tables;
}

/// The district of each row, by its id.
std::vector<std::size_t> districts_of(const Table& table, const std::vector<std::string>& ids) {
  std::map<std::string_view, std::size_t> position;
  for (std::size_t i = 0; i < ids.size(); ++i) position.emplace(ids[i], i);
  std::vector<std::size_t> districts;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const auto found = position.find(table.rows[r].front());
    if (found == position.end()) {
      throw InputError(table.file, "line " + std::to_string(table.lines[r]) + ": no district " +
                                       table.rows[r].front());
    }
    districts.push_back(found->second);
  }
  return districts;
}

}  // namespace

bool has_fixtures(const fs::path& folder) { return fs::exists(folder / "fixtures.json"); }

Folder read_folder(const fs::path& folder) {
  const std::string name = folder.filename().string();
  Folder read;
  const Table values = read_table(folder / "values_reference.csv");
  if (fs::exists(folder / "units.csv")) {
    read.tables.emplace_back();
    read.tables.back().emplace("", read_areal(folder, name));
  } else if (values.has("year")) {
    read.tables = read_dated_tables(folder, name);
  } else {
    throw InputError(folder / "units.csv", "is not there, and the values have no year");
  }
  read.rows = rows_of(values);
  read.local = read_local(folder);
  for (LocalTable& local : read.local) {
    const auto city = read.tables.front().find(local.year);
    if (city == read.tables.front().end()) {
      throw InputError(local.table.file, "no counts of this year");
    }
    local.districts = districts_of(local.table, city->second.ids);
  }
  return read;
}

}  // namespace quartier::oracle
