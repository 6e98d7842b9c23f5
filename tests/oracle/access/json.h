#pragma once
/// Numbers in JSON files of reference values. Private to the program.

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "domain/travel_costs.h"
#include "oracle/access/compare.h"

namespace quartier::oracle {

using Json = nlohmann::ordered_json;

/// @throws InputError naming the file
Json read_json(const std::filesystem::path& file);

/// A number, a text of one ("0.5", "165/19"), or an object with `value` or `exact`.
/// @param null  what null stands for
/// @throws InputError naming what is none
double json_number(const Json& entry, const std::string& name, double null);

/// The numbers of a list, each named by its position.
std::vector<Reference> json_references(const Json& list, const std::string& name, double null);

std::vector<double> json_numbers(const Json& list, const std::string& name);

/// Costs in minutes by origin and site; null: no way.
TravelCosts json_minutes(const Json& rows);

}  // namespace quartier::oracle
