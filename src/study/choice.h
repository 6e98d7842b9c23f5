#pragma once
/// Which metrics of the city a computation makes, by what the user named.

#include <string>
#include <string_view>
#include <vector>

#include "metrics/registry.h"

namespace quartier::study {

/// Lists of metrics and families add up. Where both are empty it is every metric but those made on
/// request only; empty lists of groups and dates stand for all.
struct MetricChoice {
  std::vector<std::string> metrics;    ///< ids
  std::vector<std::string> families;   ///< ids
  std::vector<std::string> groups;     ///< ids or labels
  std::vector<std::string> services;   ///< ids; empty: all
  std::vector<std::string> scenarios;  ///< ids; measures of access as these would have them
  std::string date;                    ///< ISO 8601
  bool all = false;                    ///< those on request, too
  bool every_pair = false;             ///< every group against every other, in place of the study's
                                       ///< reference
  bool none = false;                   ///< no rows of the city at all: for maps
  bool only_access = false;            ///< no indices of segregation

  [[nodiscard]] bool wants(const metrics::MetricEntry& entry) const;
  [[nodiscard]] bool wants_service(std::string_view id) const;
  [[nodiscard]] bool names_scenario(std::string_view id) const;
};

/// @throws InputError for a metric or family that does not exist or is of the other scope, with
///         the nearest one
void check(const MetricChoice& choice, metrics::Scope scope);

}  // namespace quartier::study
