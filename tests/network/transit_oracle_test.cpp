#include <algorithm>
#include <array>
#include <map>

#include "network/transit_journey.h"
#include "network/transit_porto_alegre.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::network;
using quartier::test::PortoAlegre;
using quartier::test::rows_of;

namespace {

constexpr std::array percent{5.0, 25.0, 50.0, 75.0, 95.0};

int signed_of(std::uint16_t seconds) { return seconds == no_cost_16 ? -1 : seconds; }

}  // namespace

TEST_CASE("by bus and train in Porto Alegre", "[network][transit][oracle]") {
  const auto folder = quartier::test::shared("oracle/access/poa");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const PortoAlegre city(folder);
  const TransitSchedule schedule = transit_schedule(city.timetable, city.footpaths, city.options);
  CHECK(schedule.stop_count == 4010);
  CHECK(schedule.hops.size() == 77713);
  CHECK(city.footpaths.cost.size() == 31024 + 4010);  // each stop's walk to itself
  const TransitWalks walks = city.walks(city.pois);
  const TransitPercentiles found = transit_percentiles(schedule, walks, percent);

  std::map<std::string, std::size_t> poi_at;
  std::map<std::string, std::size_t> hex_at;
  for (std::size_t i = 0; i < city.poi.size(); ++i) poi_at[city.poi[i]] = i;
  for (std::size_t j = 0; j < city.hex.size(); ++j) hex_at[city.hex[j]] = j;

  {  // every travel time
    std::size_t compared = 0;
    std::size_t wrong = 0;
    for (const auto& row : rows_of(folder / "poa_transit_values.csv")) {
      const std::size_t pair = hex_at.at(row[1]) * city.pois.size() + poi_at.at(row[0]);
      const auto check = [&](std::size_t column, int ours) {
        ++compared;
        if (static_cast<double>(ours) != *parse_number(row[column])) ++wrong;
      };
      for (std::size_t p = 0; p < percent.size(); ++p) {
        check(2 + p, signed_of(found.time[p].rows[pair]));
      }
      check(7, found.reached[pair]);
      check(8, signed_of(found.first[pair]));
    }
    CHECK(compared == std::size_t{8} * 1227 * 7);
    CHECK(wrong == 0);
  }
  {  // jobs within a percentile of the time
    std::size_t compared = 0;
    for (const auto& row : rows_of(folder / "poa_transit_access_jobs.csv")) {
      const double cutoff = *parse_number(row[1]);
      const double p = *parse_number(row[2].substr(1));
      const auto at =
          static_cast<std::size_t>(std::find(percent.begin(), percent.end(), p) - percent.begin());
      double jobs = 0.0;
      for (std::size_t j = 0; j < city.hexes.size(); ++j) {
        const std::uint16_t seconds =
            found.time.at(at).rows[j * city.pois.size() + poi_at.at(row[0])];
        if (seconds <= cutoff && seconds != no_cost_16) jobs += city.jobs[j];
      }
      CHECK(jobs == *parse_number(row[3]));
      ++compared;
    }
    CHECK(compared == 72);
  }
  {  // journeys take as long as the search says
    for (std::size_t i = 0; i < city.pois.size(); i += 5) {
      for (std::size_t j = i; j < city.hexes.size(); j += 150) {
        const Journey way = journey(city.timetable, schedule, walks, i, j, city.options.from_s);
        const int seconds = way.found() ? way.arrival_s - way.departure_s : -1;
        CHECK(seconds == signed_of(found.first[j * city.pois.size() + i]));
      }
    }
  }
}
