#pragma once
/// Results as rows: the tidy table that every metric is written to.

#include <array>
#include <string>
#include <string_view>

#include "base/number.h"

namespace quartier::metrics {

/// The columns of a table of results, in order. Tables per district have `district` as well.
inline constexpr std::array<std::string_view, 13> result_columns{
    "date",  "metric", "family", "group",   "reference", "service", "parameters",
    "value", "lower",  "upper",  "p_value", "expected",  "status"};

/// One value of one metric. An undefined number is an empty cell.
struct ResultRow {
  std::string date;        ///< ISO 8601
  std::string metric;      ///< id of the metric
  std::string family;      ///< "evenness"
  std::string group;       ///< label of the group; empty where the metric has none
  std::string reference;   ///< label of the reference, "rest" for everyone else; or empty
  std::string service;     ///< id of the service; or empty
  std::string parameters;  ///< "name=value" joined by "; "
  double value = undefined;
  double lower = undefined;  ///< see `CityValue`
  double upper = undefined;
  double p_value = undefined;
  double expected = undefined;  ///< value without segregation or clustering
  std::string status;           ///< why a number is undefined or needs care; empty: nothing to say
};

}  // namespace quartier::metrics
