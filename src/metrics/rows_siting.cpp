#include <array>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "metrics/marginal_value.h"
#include "metrics/rows.h"
#include "metrics/travel_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs one_more_site{.service = true, .cutoff = true, .demand = true};

/// What one more site in the middle of each district would change for those who need the service.
DistrictValues one_more(const MetricInput& in, std::vector<double> MarginalValues::*gain) {
  DistrictValues result;
  result.parameters = travel_parameters(in, true);
  const TravelCosts& costs = impedance_of(in).costs;
  if (in.to_districts == nullptr) {
    result.status = "undefined: no ways between districts";
    return result;
  }
  SitingSettings settings;
  settings.cutoff = in.access.cutoff;
  // Ways are searched as far as the cutoff, and longer ones count as the cutoff.
  settings.beyond = in.access.cutoff;
  settings.decay.cutoff = in.access.cutoff;
  const auto gains = [&](std::span<const double> demand) {
    const std::vector<double> people = at_origins(in, demand);
    const std::array<std::span<const double>, 1> columns{people};
    return marginal_values(siting_state(costs, in.supply, people, settings), in.to_districts->costs,
                           columns, people, settings).*
           gain;
  };
  const std::string parameters = result.parameters;
  if (own_demand(in)) {
    result.values = gains(in.demand);
  } else {
    result = district_index(in, {{0, false}}, Reads::whole_city,
                            [&](GroupColumns c) { return gains(c[0]); });
    result.parameters = parameters;
  }
  add_parameter(result.parameters, "new_site", "centre of the district");
  return result;
}

DistrictValues siting_people_covered(const MetricInput& in) {
  return one_more(in, &MarginalValues::covered);
}

DistrictValues siting_way_saved(const MetricInput& in) {
  return one_more(in, &MarginalValues::saved);
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "siting_people_covered",
     .label = "People one more site here would cover",
     .symbol = "cover",
     .family = "access",
     .unit = "persons",
     .scope = Scope::district,
     .needs = one_more_site,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Church & ReVelle 1974",
     .meaning =
         "People who would come within the cutoff of a site opened in the district's centre.",
     .districts = siting_people_covered},
    {.id = "siting_way_saved",
     .label = "Ways one more site here would save",
     .symbol = "saved",
     .family = "access",
     .unit = "persons times way",
     .scope = Scope::district,
     .needs = one_more_site,
     .highest = no_limit,
     .spatial = true,
     .on_request = true,
     .source = "Hakimi 1964",
     .meaning =
         "How much shorter all ways would be together, those beyond the cutoff counted as it.",
     .districts = siting_way_saved},
});

}  // namespace

std::span<const MetricEntry> siting() { return table; }

}  // namespace quartier::metrics::rows
