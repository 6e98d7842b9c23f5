#pragma once
/// The grammar of columns, measure_opportunity_parameters, and the engine's answer to it.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/travel_costs.h"
#include "metrics/decay.h"
#include "oracle/access/compare.h"
#include "oracle/access/folder.h"

namespace quartier::oracle {

/// Origins, sites and the ways between them, before one opportunity is chosen.
struct Region {
  const TravelCosts* costs = nullptr;  ///< from every place to every place, all ways
  const Places* places = nullptr;
  /// The nearest sites of a supply, by a search of its own; empty: read from `costs`.
  std::function<NearestSites(const std::vector<double>& supply)> nearest;
};

/// A column as it is called: "gravity_public_schools_exp0.1" is the measure gravity of the
/// opportunity public_schools with the parameter exp0.1.
struct Measure {
  std::string name;  ///< of the whole column
  std::string kind;
  std::string opportunity;
  std::vector<std::string> parameters;
};

/// @param opportunities  names that are known; one that is cut short is found where it is clear
/// @throws Uncovered where the measure or the opportunity is not known
Measure measure_of(const std::string& name, const std::vector<std::string>& opportunities);

/// What is measured, with supply and demand in hand.
struct MeasureInput {
  const TravelCosts* costs = nullptr;
  std::span<const double> supply;  ///< [m]
  std::span<const double> demand;  ///< [n]
  std::function<NearestSites(const std::vector<double>& supply)> nearest;
  std::vector<double> step_weights;  ///< of all step decays; empty: those of the layout
};

/// The engine's values. @throws Uncovered where a parameter cannot be read
std::vector<double> answer_of(const Measure& measure, const MeasureInput& input);

/// The same of a region, whose demand is its column `population`.
std::vector<double> answer_of(const Measure& measure, const Region& region);

/// How closely a measure has to agree, and what its empty cells mean.
Expected judged(const Measure& measure);

/// Whether a cell of -1 means that there is no way.
bool counts_whole_units(const Measure& measure);

/// A number with or without a unit ("1600m", "30min", "0.1"), in the unit shown to people.
/// @throws Uncovered where it is none
double shown_number(std::string_view text, CostUnit unit);

}  // namespace quartier::oracle
