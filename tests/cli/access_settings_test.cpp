// What users of access met: the examples of the docs, timetables as folders, settings that are
// told, parameters with which a value can be computed again.

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.h"
#include "support/process.h"

using namespace quartier::test;

namespace {

namespace fs = std::filesystem;

/// The TOML blocks of a page by the file that their first line names.
std::map<std::string, std::string> examples_of(const fs::path& page) {
  std::map<std::string, std::string> examples;
  std::istringstream lines(bytes_of(page));
  std::string line;
  std::string name;
  bool inside = false;
  while (std::getline(lines, line)) {
    if (line.starts_with("```")) {
      inside = line == "```toml";
      name.clear();
      continue;
    }
    if (!inside) continue;
    const bool first = name.empty();
    if (first) name = line.starts_with("# ") ? line.substr(2) : "-";
    if (!first) examples[name] += line + "\n";
  }
  return examples;
}

const std::map<std::string, std::string>& examples() {
  static const std::map<std::string, std::string> found =
      examples_of(source_dir() / "docs" / "studies.md");
  return found;
}

void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

/// Two quarters north of one another, a street along them, a line of three stops.
fs::path town_in(const fs::path& folder) {
  for (const auto& [name, text] : examples()) {
    if (name.starts_with("town/")) write(folder / name, text);
  }
  const fs::path town = folder / "town";
  const auto square = [](const std::string& id, double south) {
    std::ostringstream text;
    const double north = south + 0.01;
    text << R"({"type":"Feature","properties":{"id":")" << id << R"(","name":")" << id
         << R"("},"geometry":{"type":"Polygon","coordinates":[[[2.095,)" << south << "],[2.105,"
         << south << "],[2.105," << north << "],[2.095," << north << "],[2.095," << south
         << "]]]}}";
    return text.str();
  };
  write(town / "districts.geojson", R"({"type":"FeatureCollection","features":[)" +
                                        square("south", 41.399) + "," + square("north", 41.409) +
                                        "]}");
  write(town / "people.csv", "id,total,newcomers,settled\nsouth,1000,200,800\nnorth,800,40,760\n");
  write(town / "schools.csv",
        "id,name,lon,lat,places\ns1,North school,2.1001,41.4179,300\ns2,Birch "
        "school,2.1001,41.4091,100\n");
  std::ostringstream osm;
  osm << "<?xml version=\"1.0\"?>\n<osm version=\"0.6\">\n";
  for (int k = 0; k < 20; ++k) {
    osm << "<node id=\"" << k + 1 << "\" version=\"1\" lat=\"" << 41.4 + 0.001 * k
        << "\" lon=\"2.1\"/>\n";
  }
  osm << "<way id=\"1\" version=\"1\">";
  for (int k = 0; k < 20; ++k) osm << "<nd ref=\"" << k + 1 << "\"/>";
  osm << "<tag k=\"highway\" v=\"residential\"/></way>\n</osm>\n";
  write(town / "streets.osm", osm.str());
  write(town / "bus" / "stops.txt",
        "stop_id,stop_name,stop_lat,stop_lon\nA,Alder,41.400,2.100\nB,Birch,41.409,2.100\n"
        "C,Cedar,41.418,2.100\n");
  write(town / "bus" / "routes.txt",
        "route_id,route_short_name,route_long_name,route_type\nR,10,Trees,3\n");
  std::string trips = "route_id,service_id,trip_id\n";
  std::string times = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n";
  for (int hour = 13; hour < 17; ++hour) {
    for (const char* minute : {"00", "30"}) {
      const std::string trip = std::to_string(hour) + minute;
      const std::string at = std::to_string(hour) + ":" + minute[0];
      trips += "R,work," + trip + "\n";
      times += trip + "," + at + "0:00," + at + "0:00,A,1\n" + trip + ",,,B,2\n" + trip + "," + at +
               "6:00," + at + "6:00,C,3\n";
    }
  }
  write(town / "bus" / "trips.txt", trips);
  write(town / "bus" / "stop_times.txt", times);
  write(town / "bus" / "calendar.txt",
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "work,1,1,1,1,1,0,0,20190101,20191231\n");
  return town;
}

struct Answer {
  ProcessResult result;
  std::string table;
};

Answer asked(const fs::path& study, std::vector<std::string> words) {
  const fs::path out = study.parent_path() / "access.csv";
  words.insert(words.begin(), {"access", study.string(), "--out", out.string()});
  Answer answer{run_quartier(words), {}};
  if (answer.result.exit_code == 0) answer.table = bytes_of(out);
  return answer;
}

bool has(const std::string& text, const std::string& words) {
  INFO(text);
  return text.find(words) != std::string::npos;
}

/// The rows of a table that hold both words.
std::vector<std::string> lines_with(const std::string& table, const std::string& one,
                                    const std::string& other) {
  std::vector<std::string> found;
  std::istringstream lines(table);
  std::string line;
  while (std::getline(lines, line)) {
    if (line.find(one) != std::string::npos && line.find(other) != std::string::npos) {
      found.push_back(line);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("the study by timetable of the docs works as it stands", "[cli][access]") {
  const ScratchFolder scratch;
  const fs::path town = town_in(scratch.path());
  const fs::path study = town / "study.toml";
  REQUIRE(fs::exists(study));

  const ProcessResult check = run_quartier({"check", study.string()});
  INFO(check.out);
  CHECK(check.exit_code == 0);
  CHECK(has(check.out, "bus/stop_times.txt"));

  const Answer answer = asked(study, {"--scenario", "more_buses", "--measure", "access_mean"});
  INFO(answer.result.out);
  REQUIRE(answer.result.exit_code == 0);
  const auto rows = lines_with(answer.table, "access_mean", "Newcomers");
  REQUIRE_FALSE(rows.empty());
  for (const char* pair :
       {"impedance=timetable of 2019-05-13, 14:00 to 15:00, percentile 50, from junctions",
        "step_s=60", "walk_m=800", "change_walk_m=300", "direct_walk_m=2000", "speed_kmh=4.32",
        "rides=any", "change_s=0", "limit_min=120", "snap=largest component"}) {
    CHECK(has(rows.front(), pair));
  }

  SECTION("wheelchairs: what nobody says is not usable, unless the study says so") {
    const Answer careful = asked(study, {"--wheelchair", "--measure", "access_mean"});
    REQUIRE(careful.result.exit_code == 0);
    CHECK(has(careful.result.out, "3 of 3 stops and 8 of 8 trips do not say"));
    std::string text = bytes_of(study);
    text.insert(text.find("walk_m = 800"), "wheelchair_unknown = \"usable\"\n");
    write(study, text);
    const Answer hopeful = asked(study, {"--wheelchair", "--measure", "access_mean"});
    REQUIRE(hopeful.result.exit_code == 0);
    CHECK(has(hopeful.table, "wheelchair_unknown=usable"));
    CHECK(careful.table != hopeful.table);
  }
  SECTION("on foot, its headways wait") {
    const Answer walking =
        asked(study, {"--mode", "walk", "--cutoff", "800", "--measure", "access_mean"});
    CHECK(walking.result.exit_code == 0);
  }
  SECTION("saved ways know the tables of the folder by their content") {
    const fs::path kept = scratch.path() / "kept";
    const auto files = [&] {
      return std::distance(fs::directory_iterator(kept), fs::directory_iterator());
    };
    const std::vector<std::string> words{"--keep-costs", kept.string(), "--measure", "access_mean"};
    const Answer first = asked(study, words);
    REQUIRE(first.result.exit_code == 0);
    CHECK(files() == 1);
    CHECK(asked(study, words).table == first.table);
    CHECK(files() == 1);
    std::string times = bytes_of(town / "bus" / "stop_times.txt");
    times.replace(times.find("14:06:00"), 8, "14:09:00");
    times.replace(times.find("14:06:00"), 8, "14:09:00");
    write(town / "bus" / "stop_times.txt", times);
    REQUIRE(asked(study, words).result.exit_code == 0);
    CHECK(files() == 2);
  }
  SECTION("a table that is a link out of the data folder is refused") {
    write(scratch.path() / "outside.txt", bytes_of(town / "bus" / "stop_times.txt"));
    fs::remove(town / "bus" / "stop_times.txt");
    fs::create_symlink(scratch.path() / "outside.txt", town / "bus" / "stop_times.txt");
    const Answer refused = asked(study, {});
    CHECK(refused.result.exit_code == 1);
    CHECK(has(refused.result.out, "lies outside the folder"));
  }
  SECTION("a headway after everybody has arrived") {
    std::string text = bytes_of(study);
    text.replace(text.find("from = \"13:00\""), 14, "from = \"16:30\"");
    text.replace(text.find("until = \"16:00\""), 15, "until = \"17:30\"");
    text.insert(text.find("walk_m = 800"), "limit_min = 60\n");
    write(study, text);
    const ProcessResult told = run_quartier({"check", study.string()});
    CHECK(has(told.out, "edit_without_effect"));
  }
}

TEST_CASE("places far from the streets, and services that nobody can use, are told",
          "[cli][access]") {
  const ScratchFolder scratch;
  const fs::path town = town_in(scratch.path());
  const fs::path study = town / "study.toml";
  std::string text = bytes_of(study);
  text.replace(text.find("from = \"streets\""), 16, "from = \"centroids\"");
  write(study, text);
  CHECK(run_quartier({"check", study.string()}).out.find("far_from_streets") == std::string::npos);

  // 0.0098 degrees of longitude east of the only street are 818 m.
  write(town / "schools.csv",
        "id,name,lon,lat,places\ns1,Far school,2.1098,41.4100,300\ns2,Birch school,2.1001,41.4091,"
        "100\n");
  write(
      town / "districts.geojson",
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"south","name":"South"},)"
      R"("geometry":{"type":"Polygon","coordinates":[[[2.095,41.399],[2.105,41.399],[2.105,41.409],[2.095,41.409],[2.095,41.399]]]}},)"
      R"({"type":"Feature","properties":{"id":"north","name":"North"},)"
      R"("geometry":{"type":"Polygon","coordinates":[[[2.105,41.400],[2.125,41.400],[2.125,41.420],[2.105,41.420],[2.105,41.400]]]}}]})");
  const ProcessResult far = run_quartier({"check", study.string()});
  INFO(far.out);
  CHECK(has(far.out, "far_from_streets"));
  CHECK(has(far.out, "Far school"));
  CHECK(has(far.out, "in North"));

  text.insert(text.find("cutoff_min = 30"), "language = \"ar\"\n");
  write(study, text);
  const ProcessResult none = run_quartier({"check", study.string()});
  CHECK(has(none.out, "no_site_serves"));
}

TEST_CASE("check reads a feed by itself", "[cli]") {
  const ScratchFolder scratch;
  const fs::path town = town_in(scratch.path());
  const ProcessResult feed = run_quartier({"check", (town / "bus").string()});
  CHECK(feed.exit_code == 0);
  CHECK(has(feed.out, "3 stops, 1 routes and 8 trips were read"));
  CHECK(has(feed.out, "2019-01-01 to 2019-12-31"));
  const ProcessResult none = run_quartier({"check", (town / "layers").string()});
  CHECK(none.exit_code == 1);
  CHECK(has(none.out, "holds no GTFS feed"));
}

TEST_CASE("the scenarios of the docs work on the sample city", "[cli][access]") {
  const ScratchFolder scratch;
  const fs::path town = scratch.path() / "town";
  REQUIRE(run_quartier({"sample", town.string(), "--districts", "60"}).exit_code == 0);
  const fs::path study = town / "study.toml";
  const std::string plain = bytes_of(study);
  write(study, plain + "\n" + examples().at("add to town/study.toml"));
  const Answer answer = asked(study, {"--service", "language_courses", "--family", "scenario"});
  INFO(answer.result.out);
  REQUIRE(answer.result.exit_code == 0);
  CHECK_FALSE(lines_with(answer.table, "scenario_way_change", "two_schools").empty());
  CHECK_FALSE(lines_with(answer.table, "scenario_way_change", "bridge").empty());

  const auto refused = [&](const std::string& place) {
    write(study, plain +
                     "\n[[scenarios]]\nid = \"a\"\n[[scenarios.add_site]]\n"
                     "service = \"language_courses\"\n" +
                     place);
    const Answer wrong = asked(study, {});
    CHECK(wrong.result.exit_code == 1);
    return wrong.result.out;
  };
  CHECK(has(refused("x = 6200000\ny = 500000\n"), "exchange x and y"));
  CHECK(has(refused("x = 3.0\ny = 55.9\n"), "look like degrees"));
  CHECK(has(refused("x = 400000\ny = 6200000\n"), "districts span x from"));
}

TEST_CASE("options that change nothing, and units that do not meet", "[cli][access]") {
  const ScratchFolder scratch;
  const fs::path town = scratch.path() / "town";
  REQUIRE(run_quartier({"sample", town.string(), "--districts", "60"}).exit_code == 0);
  const fs::path study = town / "study.toml";
  const std::vector<std::string> mean{"--service", "libraries", "--measure", "access_mean"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.end(), mean.begin(), mean.end());
    return asked(study, more);
  };
  CHECK(has(with({"--percentile", "90"}).result.out, "--percentile would change nothing"));
  CHECK(has(with({"--speed", "5"}).result.out, "--speed would change nothing"));
  CHECK(has(with({"--mode", "drive", "--wheelchair"}).result.out, "by car"));
  const Answer wrong = with({"--mode", "tranist"});
  CHECK(wrong.result.exit_code == 2);
  CHECK(has(wrong.result.out, "walk, cycle, drive, transit"));
  CHECK(has(wrong.result.out, "did you mean 'transit'"));

  const Answer minutes = with({"--mode", "cycle"});
  CHECK(minutes.result.exit_code == 0);
  CHECK(has(minutes.result.out, "cutoff_by_default"));
  CHECK(has(minutes.table, "impedance=streets, cycling; speed_kmh=15"));
  const Answer own = with({"--mode", "cycle", "--cutoff", "10"});
  CHECK(own.result.out.find("cutoff_by_default") == std::string::npos);

  const std::string plain = bytes_of(study);
  write(study, plain + "\n[access]\nranking = \"unemployment_rat\"\n");
  CHECK(has(with({}).result.out, "did you mean 'unemployment_rate'"));
  write(study, plain + "\n[access]\ndecay = \"gaussian:400\"\n");
  CHECK(has(with({"--mode", "cycle", "--cutoff", "10"}).result.out, "give --decay in minutes"));
  CHECK(with({"--mode", "cycle", "--cutoff", "10", "--decay", "gaussian:4"}).result.exit_code == 0);
}
