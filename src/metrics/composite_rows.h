#pragma once
/// What the rows of composites share: of districts and of groups (private to the room).

#include <string>
#include <vector>

#include "metrics/access_composite.h"
#include "metrics/registry.h"

namespace quartier::metrics::rows {

/// Gravity access to every service of the input, per district.
struct CompositeInput {
  std::vector<std::string> ids;
  std::vector<std::vector<double>> access;  ///< [services][districts]
  std::vector<double> importance;           ///< [services]
  [[nodiscard]] std::vector<CompositeService> parts() const;
};
/// @throws std::logic_error where the input has no services
CompositeInput composite_input(const MetricInput& in);

/// "impedance=...; libraries=weight 1, gaussian(s=330), cutoff=1000 m; ...".
std::string composite_parameters(const MetricInput& in);

}  // namespace quartier::metrics::rows
