#include "io/study_file.h"

#include <algorithm>
#include <limits>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "io/study_access_keys.h"
#include "io/toml_section.h"

namespace quartier::io {
namespace {

constexpr std::uint64_t format_version = 1;
constexpr double any_size = std::numeric_limits<double>::max();

bool is_iso_date(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  return true;
}

std::vector<std::string> dates(TomlSection& section) {
  std::vector<std::string> values = section.texts("dates");
  for (const std::string& value : values) {
    if (!is_iso_date(value)) {
      section.fail("dates", "'" + value + "' is not a date such as 2025-01-01");
    }
  }
  return values;
}

/// A date, or nothing where the key is absent.
std::string date(TomlSection& section, std::string_view key) {
  std::string value = section.text(key);
  if (!value.empty() && !is_iso_date(value)) {
    section.fail(key, "'" + value + "' is not a date such as 2025-01-01");
  }
  return value;
}

StudyDistricts read_districts(TomlSection section) {
  StudyDistricts districts;
  districts.id = section.required_text("id");
  districts.label = section.text("label", districts.id);
  districts.layer = section.required_text("layer");
  districts.dates = dates(section);
  districts.contiguity_tolerance_m = section.number("contiguity_tolerance_m", 1.0, 0.0, 1000.0);
  districts.background = section.text("background");
  section.finish();
  return districts;
}

StudyPopulation read_population(TomlSection section) {
  StudyPopulation population;
  population.layer = section.required_text("layer");
  population.districts = section.text("districts");
  population.links = section.text("links");
  section.finish();
  return population;
}

StudyGroups read_groups(TomlSection section) {
  StudyGroups groups;
  groups.first = section.text("first");
  groups.reference = section.text("reference");
  section.finish();
  return groups;
}

StudyIndicator read_indicator(TomlSection section) {
  StudyIndicator indicator;
  indicator.layer = section.required_text("layer");
  indicator.indicators = section.texts("indicators");
  indicator.districts = section.text("districts");
  indicator.from = date(section, "from");
  indicator.until = date(section, "until");
  indicator.per = section.choice("per", {"", "residents"});
  section.finish();
  return indicator;
}

StudyPriorityItem read_item(TomlSection section) {
  StudyPriorityItem item;
  item.column = section.required_text("column");
  item.group = section.text("group");
  item.service = section.text("service");
  item.direction = section.choice("direction", {"high-is-urgent", "low-is-urgent"});
  if (!section.has("direction")) {
    section.fail("direction", "is missing: say whether high or low values are urgent",
                 "direction = \"high-is-urgent\" or \"low-is-urgent\"");
  }
  if (!section.has("domain")) section.fail("domain", "is missing");
  item.domain = section.choice("domain", {"labour", "education", "housing", "health",
                                          "legal-political", "cultural-religious"});
  item.lever = section.choice("lever", {"city", "region", "nation"});
  item.weight = section.number("weight", 1.0, 0.0, any_size);
  item.reason = section.text("reason");
  section.finish();
  return item;
}

StudyProfile read_profile(TomlSection section) {
  StudyProfile profile;
  profile.id = section.required_text("id");
  profile.label = section.text("label", profile.id);
  profile.districts = section.text("districts");
  profile.normalisation = section.text("normalisation", "min-max");
  for (TomlSection& item : section.sections("item")) profile.items.push_back(read_item(item));
  if (profile.items.empty())
    section.fail("item", "a profile needs at least one [[priorities.item]]");
  section.finish();
  return profile;
}

StudyAnalysis read_analysis(TomlSection section) {
  StudyAnalysis analysis;
  analysis.groups = section.texts("groups");
  analysis.unknown_cells =
      section.choice("unknown_cells", {"left_out_of_sums", "district_left_out", "undefined"});
  analysis.contiguity = section.choice("contiguity", {"queen", "rook"});
  analysis.permutations = static_cast<std::uint32_t>(section.whole("permutations", 999, 9, 999999));
  analysis.seed = section.whole("seed", 1, 0, std::numeric_limits<std::int64_t>::max());
  analysis.stop_after = static_cast<std::uint32_t>(section.whole("stop_after", 0, 0, 999999));
  analysis.correction = section.choice("correction", {"none", "false_discovery", "bonferroni"});
  analysis.empty_districts = section.choice("empty_districts", {"dropped", "kept"});
  analysis.self_distance =
      section.choice("self_distance", {"0.6*sqrt(area)", "sqrt(0.6*area)", "0"});
  analysis.decay_per_km = section.number("decay_per_km", 1.0, 1e-6, 1e6);
  analysis.atkinson_b = section.number("atkinson_b", 0.5, 0.001, 0.999);
  analysis.perimeter = section.choice("perimeter", {"full", "interior"});
  analysis.large_end = section.choice("large_end", {"group", "reference"});
  analysis.ties = section.choice("ties", {"row order", "together"});
  analysis.islands = section.choice("islands", {"kept", "dropped"});
  analysis.weighing = section.choice("weighing", {"own residents", "smoothed population"});
  analysis.centres = section.texts("centres");
  analysis.level = section.text("level");
  analysis.environment = section.text("environment", analysis.environment);
  analysis.kernel = section.text("kernel", analysis.kernel);
  analysis.bandwidths_m = section.numbers("bandwidth_m");
  analysis.neighbours = section.numbers("neighbours");
  section.finish();
  return analysis;
}

/// A folder named inside a study stays inside the study's own folder.
std::filesystem::path inner_folder(TomlSection& study, std::string_view key,
                                   const std::filesystem::path& home) {
  const std::string text = study.text(key);
  const std::filesystem::path path(text);
  if (path.is_absolute() || text.find("://") != std::string::npos ||
      std::find(path.begin(), path.end(), "..") != path.end()) {
    study.fail(key, "'" + text + "' leaves the folder of the study",
               "name another data folder on the command line: --data DIR");
  }
  return home / path;
}

template <typename Item>
void refuse_repeated_ids(const std::filesystem::path& file, const std::vector<Item>& items,
                         const std::string& what) {
  std::set<std::string> seen;
  for (const Item& item : items) {
    if (!seen.insert(item.id).second) {
      throw InputError(file, what + ": the id '" + item.id + "' occurs twice");
    }
  }
}

}  // namespace

StudyFile read_study_file(const std::filesystem::path& file,
                          const std::optional<std::filesystem::path>& data_folder,
                          const std::vector<std::filesystem::path>& layer_folders) {
  const toml::table table = parse_toml(file);
  TomlSection study(file, table, "");
  const std::filesystem::path home = std::filesystem::absolute(file).parent_path();

  StudyFile result;
  result.file = file;
  const std::uint64_t format =
      study.whole("format", 0, 0, std::numeric_limits<std::int64_t>::max());
  if (!study.has("format")) study.fail("format", "is missing", "write format = 1");
  if (format != format_version) {
    study.fail("format",
               "format " + std::to_string(format) + " is not known; this program reads " +
                   std::to_string(format_version),
               "use the version of Quartier that wrote the study, or a newer one");
  }
  result.id = study.required_text("id");
  result.title = study.text("title", result.id);
  result.synthetic = study.flag("synthetic", false);
  result.crs = study.text("crs");
  result.note = study.text("note");
  const std::filesystem::path own_data = inner_folder(study, "data", home);
  result.data_folder = data_folder ? std::filesystem::absolute(*data_folder) : own_data;
  const std::filesystem::path own_layers = inner_folder(study, "layers", home);
  if (own_layers != home / "") result.layer_folders.push_back(own_layers);
  result.layer_folders.insert(result.layer_folders.end(), layer_folders.begin(),
                              layer_folders.end());

  for (TomlSection& item : study.sections("districts")) {
    result.districts.push_back(read_districts(item));
  }
  for (TomlSection& item : study.sections("population")) {
    result.population.push_back(read_population(item));
  }
  if (auto groups = study.section("groups")) result.groups = read_groups(*groups);
  if (auto streets = study.section("streets")) {
    result.streets.layer = streets->text("layer");
    result.streets.detour_factor = streets->number("detour_factor", 1.3, 1.0, 10.0);
    result.streets.given = streets->keys();
    streets->finish();
  }
  for (TomlSection& item : study.sections("services")) {
    result.services.push_back(read_service(item));
  }
  if (auto travel = study.section("travel")) result.travel = read_travel(*travel);
  if (auto timetable = study.section("timetable")) {
    result.timetable = read_study_timetable(*timetable);
  }
  if (auto origins = study.section("origins")) result.origins = read_origins(*origins);
  if (auto access = study.section("access")) result.access = read_access(*access);
  for (TomlSection& item : study.sections("scenarios")) {
    result.scenarios.push_back(read_scenario(item));
  }
  for (TomlSection& item : study.sections("indicators")) {
    result.indicators.push_back(read_indicator(item));
  }
  for (TomlSection& item : study.sections("priorities")) {
    result.priorities.push_back(read_profile(item));
  }
  if (auto analysis = study.section("analysis")) result.analysis = read_analysis(*analysis);
  if (auto disclosure = study.section("disclosure")) {
    result.disclosure.threshold =
        static_cast<std::uint32_t>(disclosure->whole("threshold", 0, 0, 1000));
    result.disclosure.hide_zeros = disclosure->flag("hide_zeros", false);
    disclosure->finish();
  }
  study.finish();

  if (result.districts.empty()) {
    throw InputError(file, "names no districts", "add a [[districts]] table with id and layer");
  }
  refuse_repeated_ids(file, result.districts, "[[districts]]");
  refuse_repeated_ids(file, result.services, "[[services]]");
  refuse_repeated_ids(file, result.scenarios, "[[scenarios]]");
  check_access(result);
  refuse_repeated_ids(file, result.priorities, "[[priorities]]");
  return result;
}

}  // namespace quartier::io
