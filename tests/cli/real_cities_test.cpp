// The two real cities from their own files: figures that their publishers and independent programs
// give, and accounts that close.

#include <map>

#include "base/text.h"
#include "support/catch.h"
#include "support/process.h"

using namespace quartier;
using namespace quartier::test;

namespace {

/// Rows of a CSV file without quoted commas in the columns used.
std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& file) {
  std::vector<std::vector<std::string>> rows;
  const std::string bytes = bytes_of(file);
  for (const std::string_view line : split(bytes, '\n')) {
    if (line.empty()) continue;
    std::vector<std::string> cells;
    for (const std::string_view cell : split(line, ',')) cells.emplace_back(cell);
    rows.push_back(std::move(cells));
  }
  return rows;
}

/// `value` of the one row with this date, metric, group and reference.
double value_of(const std::vector<std::vector<std::string>>& rows, const std::string& date,
                const std::string& metric, const std::string& group, const std::string& reference) {
  double value = -1.0;
  std::size_t found = 0;
  for (const auto& row : rows) {
    if (row[0] != date || row[1] != metric || row[3] != group || row[4] != reference) continue;
    value = parse_number(row[7]).value_or(-1.0);
    ++found;
  }
  INFO(date << " " << metric << " " << group);
  CHECK(found == 1);
  return value;
}

/// Persons of everyone at a level, summed.
double total_at(const std::filesystem::path& out, const std::string& level) {
  double total = 0.0;
  for (const auto& row : rows_of(out / "levels.csv")) {
    if (row[1] == level && row[4] == "Everyone") total += parse_number(row[5]).value_or(0.0);
  }
  return total;
}

bool ledgers_close(const std::filesystem::path& out) {
  for (const auto& row : rows_of(out / "ledger.csv")) {
    if (row[0] != "file" && row.back() != "yes") return false;
  }
  return true;
}

std::filesystem::path run_city(const std::string& city, const ScratchFolder& scratch) {
  const std::filesystem::path out = scratch.path() / city;
  const ProcessResult result =
      run_quartier({"run", (source_dir() / "data/studies" / (city + ".toml")).string(), "--data",
                    shared("data/" + city).string(), "--out", out.string()});
  INFO(result.out);
  REQUIRE(result.exit_code == 0);
  return out;
}

}  // namespace

TEST_CASE("Barcelona from files to a ranked map", "[cli][gpu][oracle]") {
  if (shared("data/barcelona").empty()) {
    WARN("skipped: the shared data of Barcelona are not here");
    return;
  }
  const ScratchFolder scratch;
  const auto out = run_city("barcelona", scratch);
  const auto rows = rows_of(out / "segregation.csv");
  const std::map<std::string, double> expected{{"Southern Asia", 0.466},
                                               {"South-Eastern Asia", 0.537},
                                               {"Northern Africa", 0.330},
                                               {"South America", 0.152}};
  for (const auto& [group, value] : expected) {
    CHECK_THAT(value_of(rows, "2025-01-01", "dissimilarity", group, "Southern Europe"),
               WithinAbs(value, 0.0005));
  }
  CHECK(total_at(out, "district") == 1731124.0);
  CHECK(ledgers_close(out));
}

TEST_CASE("Berlin on two divisions", "[cli][gpu][oracle]") {
  if (shared("data/berlin").empty()) {
    WARN("skipped: the shared data of Berlin are not here");
    return;
  }
  const ScratchFolder scratch;
  const auto out = run_city("berlin", scratch);
  const auto rows = rows_of(out / "segregation.csv");
  const std::string reference = "Germans without migration background";
  const std::map<std::string, double> expected{
      {"Turkey", 0.511}, {"Vietnam", 0.455}, {"Poland", 0.260}, {"European Union", 0.255}};
  for (const auto& [group, value] : expected) {
    CHECK_THAT(value_of(rows, "2020-12-31", "dissimilarity", group, reference),
               WithinAbs(value, 0.0005));
  }
  CHECK(ledgers_close(out));
}
