#include "oracle/fixtures.h"

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "oracle/check.h"

namespace quartier::oracle {

namespace {

using Json = nlohmann::ordered_json;

/// Indices that do not exist where a group is nobody or everybody, or one group is all there is.
constexpr std::array two_group_evenness{"D",
                                        "G",
                                        "H",
                                        "V_eta2",
                                        "Gorard_GS",
                                        "MinMax_MM",
                                        "Atkinson_b0.1",
                                        "Atkinson_b0.5",
                                        "Atkinson_b0.9",
                                        "D_null_mean_hypergeometric",
                                        "D_null_mean_binomial"};
constexpr std::array multigroup_evenness{"D_multi",  "G_multi", "H_multi",
                                         "R_reldiv", "C_sqcv",  "P_normexp"};

bool is_input(const std::string& key) {
  return key == "name" || key == "description" || key == "counts" || key == "groups" ||
         key == "x" || key == "t";
}

double value_of(const Json& entry, const std::string& name) {
  if (entry.is_null()) return undefined;
  if (entry.is_number()) return entry.get<double>();
  if (entry.is_string()) {
    if (const std::optional<double> value = number_of(entry.get<std::string>())) return *value;
  }
  throw InputError(name, "is no number", "");
}

/// Every number below `entry`, in order.
void collect(const Json& entry, const std::vector<std::string>& path,
             std::vector<Expectation>& found) {
  const auto below = [&](const std::string& key) {
    std::vector<std::string> longer = path;
    longer.push_back(key);
    return longer;
  };
  if (entry.is_array()) {
    for (std::size_t i = 0; i < entry.size(); ++i) {
      collect(entry[i], below(std::to_string(i)), found);
    }
  } else if (entry.is_object() && !entry.contains("value") && !entry.contains("exact")) {
    for (const auto& [key, value] : entry.items()) collect(value, below(key), found);
  } else {
    Expectation expectation{path, 0.0};
    const Json& number =
        !entry.is_object() ? entry : entry.at(entry.contains("value") ? "value" : "exact");
    expectation.value = value_of(number, expectation.name());
    found.push_back(std::move(expectation));
  }
}

City city_of(const Json& fixture) {
  City city;
  city.groups = fixture.at("groups").get<std::vector<std::string>>();
  city.counts.resize(city.groups.size());
  for (const Json& district : fixture.at("counts")) {
    city.ids.push_back(std::to_string(city.ids.size()));
    for (std::size_t k = 0; k < city.groups.size(); ++k) {
      city.counts[k].push_back(district.at(k).get<double>());
    }
  }
  city.total = metrics::district_totals(city.columns());
  return city;
}

Answer answer_to(City& city, const std::string& index, const std::string& focal) {
  const bool all = focal.empty();
  const Row row{"", index, "", all ? "ALL" : focal, all ? "" : "REST", "", 0.0};
  return answer_of(question_of(city, row));
}

/// `undefined` where all of these indices are, else the first that is not.
template <typename Indices>
Answer none_exists(City& city, const Indices& indices, const std::string& focal) {
  for (const char* index : indices) {
    const Answer answer = answer_to(city, index, focal);
    if (is_defined(answer.ours)) return answer;
  }
  return {undefined, Tolerance::aspatial, {}};
}

Answer city_answer(City& city, const Expectation& expectation) {
  const std::vector<std::string>& path = expectation.path;
  if (path.front() == "two_group" && path.size() == 2 && city.group(path[1])) {
    return none_exists(city, two_group_evenness, path[1]);
  }
  if (path.front() == "two_group" && path.size() == 3 && city.group(path[1])) {
    return answer_to(city, path[2], path[1]);
  }
  const bool all_groups = path.front() == "multigroup" || path.front() == "multigroup_entropy";
  if (all_groups && path.size() == 1) return none_exists(city, multigroup_evenness, "");
  if (all_groups && path.size() == 2) return answer_to(city, path[1], "");
  if (path.size() == 1) return answer_to(city, path[0], "");
  throw Uncovered("unknown key");
}

void check_fixture(const Json& fixture, const std::string& name, Report& report) {
  std::vector<Expectation> expected;
  for (const auto& [key, value] : fixture.items()) {
    if (!is_input(key)) collect(value, {key}, expected);
  }
  const auto compare = [&](const auto& answer) {
    for (const Expectation& expectation : expected) {
      report.row(
          "fixtures " + expectation.path.front(), name + ' ' + expectation.name(),
          expectation.value, [&] { return answer(expectation); }, Tolerance::fixture);
    }
  };
  if (fixture.contains("counts")) {
    City city = city_of(fixture);
    compare([&](const Expectation& expectation) { return city_answer(city, expectation); });
  } else if (fixture.contains("x") && fixture.contains("t")) {
    std::optional<City> lattice;
    compare([&](const Expectation& expectation) {
      if (!lattice) {
        lattice = lattice_of(fixture.at("x").get<std::vector<double>>(),
                             fixture.at("t").get<std::vector<double>>());
      }
      return lattice_answer(*lattice, expectation);
    });
  } else {
    compare([](const Expectation&) -> Answer {
      throw Uncovered("neither counts nor x and t in the fixture");
    });
  }
}

}  // namespace

std::string Expectation::name() const { return joined(path, "."); }

void check_fixtures(const std::filesystem::path& folder, Report& report) {
  const std::filesystem::path file = folder / "fixtures.json";
  std::ifstream in(file);
  if (!in) throw InputError(file, "cannot be read");
  try {
    const Json read = Json::parse(in);
    const Json& list = read.is_array() ? read : read.at("fixtures");
    for (const Json& fixture : list) {
      check_fixture(fixture, fixture.value("name", "fixture"), report);
    }
  } catch (const Json::exception& error) {
    throw InputError(file, error.what());
  }
}

}  // namespace quartier::oracle
