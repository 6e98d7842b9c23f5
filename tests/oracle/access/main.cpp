/// access_oracle DIR: compares the engine with the expected values of access of a reference folder.
#include "base/error.h"
#include "oracle/access/checks.h"
#include "oracle/program.h"

namespace {

constexpr const char* help =
    "Computes what the reference folder DIR expects of access and compares. DIR, called NAME, "
    "holds\n"
    "all or some of\n"
    "  NAME_hex.csv, NAME_ttm_u16.bin       places and the travel times between them, with\n"
    "    NAME_values_*.csv                  values of each place\n"
    "    NAME_inequality.csv                inequality of access over people\n"
    "  NAME_hexgrid.csv, NAME_osm.pbf       places and streets, with\n"
    "    NAME_hex_snapped.csv, NAME_walk_*  the walk network and values of each place\n"
    "  NAME_*.zip                           timetables, with NAME_hexgrid.csv,\n"
    "    NAME_points_of_interest.csv        where journeys begin, and\n"
    "    NAME_transit_*                     travel times over a departure window\n"
    "  tiny.json                            small cases with exact answers\n"
    "  synthetic_values.json                networks by formula\n"
    "What is there is compared. Columns are called measure_opportunity_parameters, such as\n"
    "cum_schools_30, g2sfca_parks_sigma500m_max1500m, gravity_jobs_exp0.2 or closest_clinics_n3;\n"
    "opportunities are columns of the places.\n"
    "\n"
    "A row is a column of values, a row of a file of single values, or a key of a JSON file. Each "
    "is\n"
    "printed with its largest difference, relative to the reference, and every value that fails:\n"
    "whole numbers have to be exact, RAAM within 1e-9, all else within 1e-12. An empty cell "
    "stands\n"
    "for what our rule says of it. A row that cannot be computed is uncovered, and says why.\n";

bool check(const std::filesystem::path& path, bool quiet) {
  using namespace quartier::oracle;
  const AccessFolder folder(path);
  Tally tally(quiet);
  bool any = false;
  for (const auto part :
       {check_tiny, check_travel_times, check_walking, check_transit, check_synthetic}) {
    if (part(folder, tally)) any = true;
  }
  if (!any) {
    throw quartier::InputError(path, "holds nothing to compare",
                               "its files are called " + path.filename().string() + "_...");
  }
  return tally.finish();
}

}  // namespace

int main(int count, char** texts) {
  return quartier::oracle::run_program({"access_oracle", help, check}, count, texts);
}
