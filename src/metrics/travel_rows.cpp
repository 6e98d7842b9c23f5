#include "metrics/travel_rows.h"

#include "base/error.h"
#include "base/text.h"
#include "metrics/access.h"

namespace quartier::metrics::rows {
namespace {

constexpr double per_thousand = 1000.0;

}  // namespace

std::string travel_parameters(const MetricInput& in, bool with_cutoff) {
  std::string parameters;
  add_parameter(parameters, "impedance", in.impedance_label);
  if (with_cutoff) {
    const std::string unit(shown_unit(impedance_of(in).costs.unit));
    add_parameter(parameters, "cutoff_" + unit, exact_text(in.access.cutoff));
  }
  return parameters;
}

const Impedance& impedance_of(const MetricInput& in) {
  expects(in.impedance != nullptr, "metric: an impedance");
  return *in.impedance;
}

bool own_demand(const MetricInput& in) { return !in.demand.empty(); }

std::vector<double> catchment_access(const MetricInput& in, std::span<const double> demand) {
  std::vector<double> access = metrics::two_step_floating_catchment(
                                   impedance_of(in).costs, in.supply, demand, in.access.cutoff)
                                   .access;
  for (double& value : access) value *= per_thousand;
  return access;
}

}  // namespace quartier::metrics::rows
