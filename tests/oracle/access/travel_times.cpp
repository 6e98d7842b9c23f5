/// A table of travel times with values.
#include <algorithm>

#include "base/error.h"
#include "base/number.h"
#include "oracle/access/checks.h"
#include "oracle/access/inequality.h"
#include "oracle/access/measure.h"

namespace quartier::oracle {

namespace {

TravelCosts read_times(const std::filesystem::path& file, std::size_t n) {
  std::vector<std::uint32_t> table = read_whole_numbers(file, 2, n * n);
  for (std::uint32_t& cost : table) {
    if (cost == no_cost_16) cost = no_cost;
  }
  return TravelCosts::of_table(CostUnit::tenth_of_minute, n, n, table);
}

/// The measures of a folder, each computed when it is asked for.
struct Values {
  std::optional<Places> places;
  std::optional<TravelCosts> costs;

  [[nodiscard]] std::vector<double> of(const Measure& measure) const {
    if (!costs) throw Uncovered("no table of travel times");
    return answer_of(measure, Region{&*costs, &*places, {}});
  }
  [[nodiscard]] Measure measure(const std::string& name) const {
    if (!places) throw Uncovered("no hex.csv with the places");
    return measure_of(name, places->names);
  }
};

Values read_values(const AccessFolder& folder) {
  Values values;
  if (const auto file = folder.file("hex.csv")) values.places = read_places(*file);
  const auto times = folder.file("ttm_u16.bin");
  if (times && values.places) values.costs = read_times(*times, values.places->size());
  return values;
}

void check_column(const Values& values, const Table& table, std::size_t column,
                  const std::string& name, Tally& tally) {
  const std::string shown = table.file.filename().string() + ' ' + table.header[column];
  try {
    const Measure measure = values.measure(name);
    const std::vector<std::size_t> positions = positions_of(table, *values.places);
    Expected expected = judged(measure);
    expected.values = references_of(table, column, table.column(table.has("id") ? "id" : "idx"));
    compare(tally, measure.kind, shown, expected, [&] {
      const std::vector<double> ours = values.of(measure);
      std::vector<double> of_rows;
      for (const std::size_t position : positions) of_rows.push_back(ours[position]);
      return of_rows;
    });
  } catch (const Uncovered& reason) {
    tally.uncovered("values", shown, reason.what());
  }
}

/// All columns of the file of one tool, those called ref_ of a comparison of tools.
void check_values(const Values& values, const std::filesystem::path& file, Tally& tally) {
  const Table table = read_table(file);
  const bool all = file.filename().string().ends_with("_values_accessibility.csv");
  const std::string ours = "ref_";
  for (std::size_t c = 0; c < table.header.size(); ++c) {
    const std::string& name = table.header[c];
    if (name == "id" || name == "idx") continue;
    if (name.starts_with(ours)) {
      check_column(values, table, c, name.substr(ours.size()), tally);
    } else if (all) {
      check_column(values, table, c, name, tally);
    }
  }
}

/// Values of a column as a file has them, for folders without travel times.
std::vector<double> column_of_files(const AccessFolder& folder, const Places& places,
                                    const std::string& name) {
  for (const std::filesystem::path& file : folder.files("values_", ".csv")) {
    const Table table = read_table(file);
    if (!table.has(name)) continue;
    std::vector<double> values(places.size(), undefined);
    const std::vector<std::size_t> positions = positions_of(table, places);
    for (std::size_t row = 0; row < positions.size(); ++row) {
      values[positions[row]] = table.number(row, table.column(name));
    }
    return values;
  }
  throw Uncovered("neither travel times nor a column " + name);
}

void check_inequality(const AccessFolder& folder, const Values& values,
                      const std::filesystem::path& file, Tally& tally) {
  const Table table = read_table(file);
  const std::size_t measure = table.column("measure");
  const std::size_t access = table.column("access");
  const std::size_t reference = table.column("ref_numpy");
  std::map<std::string, std::vector<double>> known;
  const auto access_called = [&](const std::string& name) -> const std::vector<double>& {
    const auto found = known.find(name);
    if (found != known.end()) return found->second;
    return known
        .emplace(name, values.costs ? values.of(values.measure(name))
                                    : column_of_files(folder, *values.places, name))
        .first->second;
  };
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const std::string& name = table.rows[row][measure];
    const std::string& of = table.rows[row][access];
    compare(tally, "inequality", "inequality " + name + " of " + of, table.number(row, reference),
            Closeness::relative, [&] {
              if (!values.places) throw Uncovered("no hex.csv with the places");
              return inequality_of(name, *values.places, access_called(of));
            });
  }
}

}  // namespace

bool check_travel_times(const AccessFolder& folder, Tally& tally) {
  const std::vector<std::filesystem::path> files = folder.files("values_", ".csv");
  const auto inequality = folder.file("inequality.csv");
  if (files.empty() && !inequality) return false;
  const Values values = read_values(folder);
  for (const std::filesystem::path& file : files) check_values(values, file, tally);
  if (inequality) check_inequality(folder, values, *inequality, tally);
  return true;
}

}  // namespace quartier::oracle
