#include "oracle/access/json.h"

#include <fstream>

#include "base/error.h"
#include "base/number.h"

namespace quartier::oracle {

Json read_json(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw InputError(file, "cannot be read");
  try {
    return Json::parse(in);
  } catch (const Json::exception& error) {
    throw InputError(file, error.what());
  }
}

double json_number(const Json& entry, const std::string& name, double null) {
  if (entry.is_null()) return null;
  if (entry.is_number()) return entry.get<double>();
  if (entry.is_object()) {
    for (const char* key : {"value", "exact"}) {
      if (entry.contains(key)) return json_number(entry.at(key), name, null);
    }
  }
  if (entry.is_string()) {
    if (const std::optional<double> value = number_of(entry.get<std::string>())) return *value;
  }
  throw InputError(name, "is no number", "");
}

std::vector<Reference> json_references(const Json& list, const std::string& name, double null) {
  std::vector<Reference> references;
  for (std::size_t i = 0; i < list.size(); ++i) {
    references.push_back({std::to_string(i), json_number(list.at(i), name, null)});
  }
  return references;
}

std::vector<double> json_numbers(const Json& list, const std::string& name) {
  std::vector<double> numbers;
  for (const Json& entry : list) numbers.push_back(json_number(entry, name, undefined));
  return numbers;
}

TravelCosts json_minutes(const Json& rows) {
  std::vector<std::uint32_t> table;
  for (const Json& row : rows) {
    for (const Json& minutes : row) {
      table.push_back(minutes.is_null() ? no_cost
                                        : whole_cost(minutes.get<double>(), CostUnit::second));
    }
  }
  return TravelCosts::of_table(CostUnit::second, rows.size(), rows.empty() ? 0 : rows[0].size(),
                               table);
}

}  // namespace quartier::oracle
