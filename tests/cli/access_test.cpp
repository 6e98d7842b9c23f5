// `quartier access` as a user meets it: measures, means of travel, terms of use, scenarios.

#include <fstream>
#include <map>
#include <sstream>

#include "support/catch.h"
#include "support/process.h"

using namespace quartier::test;

namespace {

namespace fs = std::filesystem;

/// A small sample city, written once for all tests of this file.
const fs::path& city() {
  static const ScratchFolder folder;
  static const fs::path path = [] {
    REQUIRE(run_quartier({"sample", folder.path().string(), "--districts", "60"}).exit_code == 0);
    return folder.path();
  }();
  return path;
}

/// The study with more words at its end, beside the other one.
fs::path study_with(const std::string& name, const std::string& words) {
  const fs::path file = city() / (name + ".toml");
  std::ofstream(file, std::ios::binary) << bytes_of(city() / "study.toml") << "\n" << words;
  return file;
}

struct Answer {
  ProcessResult result;
  std::string table;
};

Answer asked(const fs::path& study, std::vector<std::string> words) {
  static int count = 0;
  const fs::path out = city() / ("access" + std::to_string(++count) + ".csv");
  words.insert(words.begin(), {"access", study.string(), "--out", out.string()});
  Answer answer{run_quartier(words), {}};
  INFO(answer.result.out);
  if (answer.result.exit_code == 0) answer.table = bytes_of(out);
  return answer;
}

/// Values of a table of results by metric and scenario ("" for today), of one group and service.
std::map<std::string, double> values_of(const std::string& table) {
  std::map<std::string, double> values;
  std::istringstream lines(table);
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"')
        quoted = !quoted;
      else if (c == ',' && !quoted)
        cells.emplace_back();
      else
        cells.back() += c;
    }
    REQUIRE(cells.size() >= 8);
    const std::size_t at = cells[6].find("scenario=");
    const std::string scenario =
        at == std::string::npos ? "" : cells[6].substr(at + 9, cells[6].find(';', at) - at - 9);
    if (!cells[7].empty()) values[cells[1] + "@" + scenario] = std::stod(cells[7]);
  }
  return values;
}

const std::vector<std::string> courses{"--service", "language_courses", "--group", "Türkiye"};

std::vector<std::string> with(std::vector<std::string> words,
                              const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

}  // namespace

TEST_CASE("access of a group to a service", "[cli][access]") {
  const Answer today = asked(city() / "study.toml", with(courses, {"--family", "gaps"}));
  REQUIRE(today.result.exit_code == 0);
  const auto values = values_of(today.table);
  CHECK(values.at("access_mean@") > 0.0);
  CHECK(values.at("access_share_within@") > 0.0);

  SECTION("a farther cutoff never lets fewer people reach a course") {
    const auto farther =
        values_of(asked(city() / "study.toml",
                        with(courses, {"--measure", "access_share_within", "--cutoff", "4000"}))
                      .table);
    CHECK(farther.at("access_share_within@") >= values.at("access_share_within@"));
  }
  SECTION("in minutes: walking takes longer than cycling") {
    const auto minutes = [&](const char* mode) {
      return values_of(asked(city() / "study.toml",
                             with(courses,
                                  {"--measure", "access_mean", "--cost", "time", "--mode", mode}))
                           .table)
          .at("access_mean@");
    };
    CHECK(minutes("walk") > minutes("cycle"));
  }
  SECTION("from a grid, and from the junctions") {
    for (const char* from : {"grid", "streets"}) {
      const Answer grid = asked(city() / "study.toml",
                                with(courses, {"--measure", "access_mean", "--origins", from}));
      INFO(grid.result.out);
      REQUIRE(grid.result.exit_code == 0);
      const double mean = values_of(grid.table).at("access_mean@");
      CHECK(mean > 0.5 * values.at("access_mean@"));
      CHECK(mean < 2.0 * values.at("access_mean@"));
    }
  }
  SECTION("a value for each district") {
    const Answer local = asked(city() / "study.toml", {"--local", "--measure", "nearest_service",
                                                       "--service", "language_courses"});
    REQUIRE(local.result.exit_code == 0);
    CHECK(std::count(local.table.begin(), local.table.end(), '\n') == 61);
  }
  SECTION("words that mean nothing here") {
    const auto says = [](const Answer& answer, const std::string& words) {
      INFO(answer.result.out);
      return answer.result.exit_code != 0 && answer.result.out.find(words) != std::string::npos;
    };
    CHECK(says(asked(city() / "study.toml", {"--measure", "dissimilarity"}), "segregation"));
    CHECK(
        says(asked(city() / "study.toml", {"--service", "librarys"}), "did you mean 'libraries'"));
    CHECK(says(asked(city() / "study.toml", {"--scenario", "x"}), "no scenario 'x'"));
    CHECK(says(asked(city() / "study.toml", {"--mode", "transit"}), "needs a timetable"));
    CHECK(says(asked(city() / "study.toml", {"--decay", "gausian:300"}), "gaussian"));
    CHECK(says(asked(city() / "study.toml", {"--window", "evening"}), "08:00-09:00"));
    CHECK(asked(city() / "study.toml", {"--cutoff", "-1"}).result.exit_code == 2);
  }
}

TEST_CASE("terms of use close sites", "[cli][access]") {
  std::string text = bytes_of(city() / "study.toml");
  const std::string clinics = "kind = \"clinics\"\n";
  REQUIRE(text.find(clinics) != std::string::npos);
  text.insert(text.find(clinics) + clinics.size(), "open_at = \"Tu 13:00\"\nlanguage = \"ar\"\n");
  const fs::path file = city() / "evening.toml";
  std::ofstream(file, std::ios::binary) << text;
  const std::vector<std::string> mean{"--service", "clinics",   "--group",
                                      "Türkiye",   "--measure", "access_mean"};
  const auto any = values_of(asked(city() / "study.toml", mean).table);
  const auto evening = values_of(asked(file, mean).table);
  CHECK(evening.at("access_mean@") > any.at("access_mean@"));

  text.replace(text.find("Tu 13:00"), 8, "evenings");
  std::ofstream(file, std::ios::binary) << text;
  const Answer wrong = asked(file, mean);
  CHECK(wrong.result.exit_code == 1);
  CHECK(wrong.result.out.find("no time of the week") != std::string::npos);
}

TEST_CASE("scenarios are compared with today", "[cli][access]") {
  const fs::path plan = study_with("plan", R"([[scenarios]]
id = "school"
label = "A school in the middle"
[[scenarios.add_site]]
service = "language_courses"
x = 500000
y = 6200000
supply = 100

[[scenarios]]
id = "closing"
[[scenarios.close_site]]
service = "language_courses"
site = "language_courses-001"

[[scenarios]]
id = "bridge"
[[scenarios.add_street]]
line = [499500, 6200000, 500500, 6200000]
)");
  const Answer answer =
      asked(plan, with(courses, {"--family", "gaps", "--scenario", "school", "--scenario",
                                 "closing", "--scenario", "bridge"}));
  INFO(answer.result.out);
  REQUIRE(answer.result.exit_code == 0);
  const auto values = values_of(answer.table);
  CHECK(values.at("access_mean@school") <= values.at("access_mean@"));
  CHECK(values.at("access_mean@closing") >= values.at("access_mean@"));
  CHECK(values.at("access_mean@bridge") <= values.at("access_mean@"));
  CHECK(values.at("access_share_within@school") >= values.at("access_share_within@"));

  const auto compared = values_of(asked(plan, with(courses, {"--family", "scenario"})).table);
  CHECK(compared.at("scenario_way_change@school") <= 0.0);
  CHECK(compared.at("scenario_way_change@closing") >= 0.0);
  CHECK(compared.at("scenario_share_losing@bridge") == 0.0);

  const Answer wrong = asked(study_with("wrong", R"([[scenarios]]
id = "closing"
[[scenarios.close_site]]
service = "language_courses"
site = "language_courses-01"
)"),
                             courses);
  CHECK(wrong.result.exit_code == 1);
  CHECK(wrong.result.out.find("did you mean") != std::string::npos);
}

namespace {

/// A bus through the middle of the city and back, every ten minutes, with its layer.
void write_bus() {
  const fs::path feed = city() / "bus";
  fs::create_directories(feed);
  const auto write = [&](const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
  };
  write(feed / "stops.txt",
        "stop_id,stop_name,stop_lat,stop_lon\na,A,55.94537,2.97598\nb,B,55.94537,2.98879\n"
        "c,C,55.94538,3.00000\nd,D,55.94537,3.01121\ne,E,55.94537,3.02402\n");
  write(feed / "routes.txt", "route_id,route_short_name,route_type\n1,1,3\n");
  write(feed / "calendar_dates.txt", "service_id,date,exception_type\nday,20250311,1\n");
  std::string trips = "route_id,service_id,trip_id\n";
  std::string calls = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n";
  for (int trip = 0; trip < 24; ++trip) {
    trips += "1,day,t" + std::to_string(trip) + "\n";
    for (int k = 0; k < 5; ++k) {
      const int minutes = 8 * 60 + trip / 2 * 10 + 2 * k;
      const std::string clock = (minutes < 600 ? "0" : "") + std::to_string(minutes / 60) +
                                (minutes % 60 < 10 ? ":0" : ":") + std::to_string(minutes % 60) +
                                ":00";
      calls +=
          "t" + std::to_string(trip) + "," + clock + "," + clock + "," +
          std::string(1, trip % 2 == 0 ? static_cast<char>('a' + k) : static_cast<char>('e' - k)) +
          "," + std::to_string(k) + "\n";
    }
  }
  write(feed / "trips.txt", trips);
  write(feed / "stop_times.txt", calls);
  write(city() / "layers" / "sample-bus.toml", R"~(id = "sample-bus"
title = "A bus"
kind = "timetable"
format = "gtfs"
publisher = "none (synthetic data)"
licence = "CC0-1.0"
attribution = "Synthetic data"

[[file]]
pattern = "bus"
)~");
}

}  // namespace

TEST_CASE("access by timetable, departure by departure", "[cli][access]") {
  write_bus();
  std::string text = bytes_of(city() / "study.toml") + R"(
[travel]
mode = "transit"

[timetable]
layer = "sample-bus"
date = "2025-03-11"
)";
  for (std::size_t at = text.find("cutoff_m ="); at < text.size();
       at = text.find("cutoff_m =", at + 20)) {
    text.insert(at, "cutoff_min = 15\n");
  }
  const fs::path bus = city() / "bus.toml";
  std::ofstream(bus, std::ios::binary) << text;
  const auto asked_at = [&](const char* percentile) {
    const Answer answer =
        asked(bus, with(courses, {"--measure", "opportunities_mean", "window_places_mean",
                                  "window_places_gap", "--percentile", percentile}));
    INFO(answer.result.out);
    REQUIRE(answer.result.exit_code == 0);
    return values_of(answer.table);
  };
  const auto always = asked_at("100");
  const auto once = asked_at("1");
  const double mean = once.at("window_places_mean@");
  CHECK(always.at("opportunities_mean@") < mean);
  CHECK(mean < once.at("opportunities_mean@"));
  CHECK(always.at("window_places_mean@") == mean);
  CHECK(once.count("window_places_gap@") == 1);

  SECTION("saved ways hold the departures") {
    const std::vector<std::string> kept{"--measure", "window_places_within", "--local",
                                        "--keep-costs", (city() / "kept").string()};
    const Answer searched = asked(bus, kept);
    INFO(searched.result.out);
    REQUIRE(searched.result.exit_code == 0);
    CHECK(asked(bus, kept).table == searched.table);
    CHECK(searched.table.find("mean_over=60 departures") != std::string::npos);
    const Answer farther = asked(bus, with(kept, {"--cutoff", "25"}));
    CHECK(farther.table != searched.table);
  }
  SECTION("along streets there are no departures") {
    const Answer none = asked(city() / "study.toml", {"--measure", "window_places_mean"});
    CHECK(none.result.exit_code == 1);
    CHECK(none.result.out.find("not by timetable") != std::string::npos);
  }
}

TEST_CASE("several services weighed together", "[cli][access]") {
  const Answer answer = asked(city() / "study.toml", {"--measure", "composite_mean",
                                                      "composite_gap", "--group", "Türkiye"});
  INFO(answer.result.out);
  REQUIRE(answer.result.exit_code == 0);
  CHECK(std::count(answer.table.begin(), answer.table.end(), '\n') == 3);
  CHECK(answer.table.find("libraries=weight 1") != std::string::npos);

  std::string text = bytes_of(city() / "study.toml");
  std::size_t at = 0;
  while ((at = text.find("kind = \"", at)) != std::string::npos) {
    const std::size_t end = text.find('\n', at);
    if (text.compare(at, 17, "kind = \"libraries") != 0) text.insert(end + 1, "weight = 0\n");
    at = end;
  }
  const fs::path file = city() / "libraries.toml";
  std::ofstream(file, std::ios::binary) << text;
  const auto by_district = [&](const char* measure, const std::vector<std::string>& more) {
    const Answer local = asked(file, with({"--local", "--measure", measure}, more));
    INFO(local.result.out);
    REQUIRE(local.result.exit_code == 0);
    CHECK(std::count(local.table.begin(), local.table.end(), '\n') == 61);
  };
  by_district("composite_access", {});
  by_district("composite_choices", {});
  by_district("passive_access", {"--service", "libraries"});
  by_district("doubly_constrained_cost", {"--service", "libraries"});
  const std::string weight = "kind = \"libraries\"\n";
  text.insert(text.find(weight) + weight.size(), "weight = 0\n");
  std::ofstream(file, std::ios::binary) << text;
  const Answer none = asked(file, {"--measure", "composite_mean"});
  CHECK(none.result.exit_code == 1);
  CHECK(none.result.out.find("every service weighs 0") != std::string::npos);
}

TEST_CASE("services without a population", "[cli][access][gpu]") {
  const fs::path file = city() / "nobody.toml";
  std::ofstream(file, std::ios::binary) << R"(format = 1
id = "nobody"
title = "Nobody"
synthetic = true
crs = "EPSG:25831"
layers = "layers"

[[districts]]
id = "neighbourhoods"
layer = "sample-neighbourhoods"

[[services]]
id = "libraries"
layer = "sample-services"
kind = "libraries"
)";
  const fs::path out = city() / "nobody";
  const ProcessResult result = run_quartier({"run", file.string(), "--out", out.string()});
  INFO(result.out);
  CHECK(result.exit_code == 0);
  CHECK(bytes_of(out / "findings.csv").find("nobody_counted") != std::string::npos);
}
