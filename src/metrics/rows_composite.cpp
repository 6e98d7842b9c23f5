#include <array>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "metrics/access.h"
#include "metrics/composite_rows.h"
#include "metrics/rows.h"
#include "metrics/travel_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs every_service{.service = true, .cutoff = true, .services = true};
constexpr Needs every_service_and_people{
    .service = true, .cutoff = true, .demand = true, .services = true};

/// The input as a measure of one service is handed it.
MetricInput of_service(const MetricInput& in, const ServiceInput& service) {
  MetricInput one = in;
  one.services.clear();
  one.impedance = service.impedance;
  one.supply = service.supply;
  one.access = service.access;
  return one;
}

std::string weight_text(const ServiceInput& service) {
  return "weight " + exact_text(service.weight) + ", " +
         text_of(service.access.decay, service.impedance->costs.unit);
}

/// Which service nobody reaches; empty: each is reached by somebody.
std::string never_reached(const CompositeInput& input, GroupColumns everyone) {
  std::string names;
  for (std::size_t s = 0; s < input.access.size(); ++s) {
    bool reached = input.importance[s] == 0.0;
    for (std::size_t i = 0; i < everyone[0].size() && !reached; ++i) {
      reached = everyone[0][i] > 0.0 && input.access[s][i] > 0.0;
    }
    if (!reached) names += (names.empty() ? "" : ", ") + input.ids[s];
  }
  return names;
}

DistrictValues composite_access(const MetricInput& in) {
  const CompositeInput input = composite_input(in);
  DistrictValues result = district_index(in, {{0, false}}, Reads::whole_city, [&](GroupColumns c) {
    return relative_composite(input.parts(), c[0]);
  });
  result.parameters = composite_parameters(in);
  std::string never;
  with_readable(in, {{0, false}}, [&](GroupColumns c) { never = never_reached(input, c); });
  if (!never.empty()) {
    add_reason(result.status, "undefined: nobody reaches any of " + never);
    add_parameter(result.parameters, "undefined", "nobody reaches any of " + never);
  }
  return result;
}

DistrictValues composite_choices(const MetricInput& in) {
  expects(!in.services.empty(), "metric: services");
  DistrictValues result;
  std::vector<CompositePart> parts;
  for (const ServiceInput& service : in.services) {
    parts.push_back({&impedance_of(of_service(in, service)).costs, service.supply, service.weight,
                     service.access.choices, service.access.decay});
  }
  result.values = district_means(in, metrics::composite_access(parts)).values;
  result.parameters = composite_parameters(in);
  std::string choices;
  for (const double weight : in.services.front().access.choices) {
    choices += (choices.empty() ? "" : ", ") + exact_text(weight);
  }
  add_parameter(result.parameters, "choices", choices);
  return result;
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "composite_access",
     .label = "Access to several services",
     .symbol = "C",
     .family = "access",
     .unit = "times the mean",
     .scope = Scope::district,
     .needs = every_service_and_people,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Hansen 1959",
     .meaning = "Gravity access to each service over everyone's mean, weighed together: 1 is what "
                "people have on average.",
     .districts = composite_access},
    {.id = "composite_choices",
     .label = "Nearest choices of several services",
     .symbol = "C_k",
     .family = "access",
     .unit = "score",
     .scope = Scope::district,
     .needs = every_service,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "",
     .meaning = "How near the first choices of every service are: 1 where all are at the door.",
     .districts = composite_choices},
});

}  // namespace

std::vector<CompositeService> CompositeInput::parts() const {
  std::vector<CompositeService> parts;
  for (std::size_t s = 0; s < access.size(); ++s) parts.push_back({access[s], importance[s]});
  return parts;
}

CompositeInput composite_input(const MetricInput& in) {
  expects(!in.services.empty(), "metric: services");
  CompositeInput input;
  for (const ServiceInput& service : in.services) {
    input.ids.emplace_back(service.id);
    input.access.push_back(gravity_in_reach(of_service(in, service)));
    input.importance.push_back(service.weight);
  }
  return input;
}

std::string composite_parameters(const MetricInput& in) {
  std::string parameters = travel_parameters(in, false);
  for (const ServiceInput& service : in.services) {
    add_parameter(parameters, std::string(service.id), weight_text(service));
  }
  return parameters;
}

std::span<const MetricEntry> composite() { return table; }

}  // namespace quartier::metrics::rows
