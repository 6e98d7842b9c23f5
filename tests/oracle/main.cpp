/// segregation_oracle DIR: compares the engine with the expected values of a reference folder.
#include "oracle/check.h"
#include "oracle/program.h"

namespace {

constexpr const char* help =
    "Computes what the reference folder DIR expects and compares. DIR holds one of\n"
    "  fixtures.json                        small cities with exact answers\n"
    "  DIR.csv, units.csv, adjacency.csv    a place with shapes\n"
    "  DIR_9groups.csv (any number)         a place at several dates, with larger areas\n"
    "the latter two with values_reference.csv and local_reference*.csv.\n"
    "\n"
    "A row is a row of values_reference.csv, a column of local_reference*.csv, or a number of\n"
    "fixtures.json (null: one row for all indices that cannot exist). Each is printed with our\n"
    "value, the reference and the difference; a column with its largest difference and every\n"
    "value that fails. A row that cannot be computed is uncovered, and says why.\n";

bool check(const std::filesystem::path& folder, bool quiet) {
  quartier::oracle::Report report(quiet);
  if (quartier::oracle::has_fixtures(folder)) {
    quartier::oracle::check_fixtures(folder, report);
  } else {
    quartier::oracle::check_folder(folder, report);
  }
  return report.finish();
}

}  // namespace

int main(int count, char** texts) {
  return quartier::oracle::run_program({"segregation_oracle", help, check}, count, texts);
}
