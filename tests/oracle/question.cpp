#include <cctype>

#include "base/text.h"
#include "oracle/indices.h"

namespace quartier::oracle {

namespace {

/// 8 of "ALL8", 0 of "ALL"; nothing of anything else.
std::optional<std::size_t> all_groups(const std::string& focal) {
  constexpr std::string_view opening = "ALL";
  if (!focal.starts_with(opening) || focal.size() > opening.size() + 6) return std::nullopt;
  std::size_t number = 0;
  for (const char c : focal.substr(opening.size())) {
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) return std::nullopt;
    number = 10 * number + static_cast<std::size_t>(c - '0');
  }
  return number;
}

/// The groups whose names are joined by +; empty where one of them is none.
std::vector<std::size_t> joined_groups(const City& city, const std::string& focal) {
  std::vector<std::size_t> groups;
  if (focal.find('+') == std::string::npos) return groups;
  for (const std::string_view name : split(focal, '+')) {
    const std::optional<std::size_t> k = city.group(std::string(name));
    if (!k) return {};
    groups.push_back(*k);
  }
  return groups;
}

bool is_parent(const City& city, const std::string& name) {
  for (const std::string& parent : city.parents) {
    if (parent == name) return true;
  }
  return false;
}

/// The first city of a year, by table, that `fits`.
template <typename Fits>
City* city_where(Folder& folder, const std::string& year, const Fits& fits) {
  for (auto& table : folder.tables) {
    const auto city = table.find(year);
    if (city != table.end() && fits(city->second)) return &city->second;
  }
  return nullptr;
}

City& city_of(Folder& folder, const Row& row) {
  const std::string& focal = row.focal;
  const auto any = [](const City&) { return true; };
  if (city_where(folder, row.year, any) == nullptr) {
    throw Uncovered("no counts of year " + row.year);
  }
  const auto has_group = [&](const City& city) { return city.group(focal).has_value(); };
  if (City* city = city_where(folder, row.year, has_group)) return *city;
  if (const std::optional<std::size_t> number = all_groups(focal)) {
    const auto fits = [&](const City& city) {
      return *number == 0 || city.groups.size() == *number;
    };
    if (City* city = city_where(folder, row.year, fits)) return *city;
    throw Uncovered("no table of counts has the groups of " + focal);
  }
  const auto has_parent = [&](const City& city) { return is_parent(city, focal); };
  if (City* city = city_where(folder, row.year, has_parent)) return *city;
  const auto has_some = [&](const City& city) { return !joined_groups(city, focal).empty(); };
  if (City* city = city_where(folder, row.year, has_some)) {
    const std::string key = row.year + ' ' + focal;
    const auto known = folder.subsets.find(key);
    if (known != folder.subsets.end()) return known->second;
    return folder.subsets.emplace(key, with_groups(*city, joined_groups(*city, focal)))
        .first->second;
  }
  throw Uncovered("focal " + focal + " is neither groups nor a district of the counts");
}

}  // namespace

std::size_t Question::group_against_rest() const {
  if (!focal) throw Uncovered("focal " + row.focal + " is no group");
  if (!rest) throw Uncovered("other is not REST but '" + row.other + "'");
  return *focal;
}

std::size_t Question::group_of_pair() const {
  if (!focal) throw Uncovered("focal " + row.focal + " is no group");
  if (!other) throw Uncovered("other is no group: '" + row.other + "'");
  return *focal;
}

void Question::expect_all_groups() const {
  if (focal) throw Uncovered("focal " + row.focal + " is one group alone");
  if (!row.other.empty()) throw Uncovered("other is not empty: '" + row.other + "'");
  if (is_parent(city, row.focal)) throw Uncovered("focal " + row.focal + " is a district");
}

const Land& Question::land() const {
  if (!city.land) throw Uncovered("no units.csv with shapes of districts");
  return *city.land;
}

Question question_of(City& city, const Row& row) {
  Question question{city, row, Params(row.params), city.group(row.focal), city.group(row.other)};
  question.rest = !question.other && row.other == "REST";
  return question;
}

Question question_of(Folder& folder, const Row& row) {
  return question_of(city_of(folder, row), row);
}

Answer answer_of(const Question& question) {
  for (const auto family : {evenness_answer, multigroup_answer, expected_answer, levels_answer,
                            space_answer, proximity_answer, environment_answer}) {
    if (std::optional<Answer> answer = family(question)) return *answer;
  }
  throw Uncovered("unknown index");
}

}  // namespace quartier::oracle
