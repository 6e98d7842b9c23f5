#include "study/ways.h"

#include <utility>

#include "network/components.h"
#include "network/search.h"
#include "network/snap.h"
#include "network/straight_line.h"

namespace quartier::study {

void find_ways(const StreetGraph& streets, Study& study) {
  if (study.services.empty()) return;
  if (!study.has_streets) {
    for (StudyEdition& edition : study.editions) {
      for (std::size_t s = 0; s < study.services.size(); ++s) {
        edition.impedance.push_back(network::straight_line_impedance(
            edition.origins.places, study.services[s].places, study.offered[s],
            Metres{study.settings.services[s].cutoff_m}, study.settings.streets.detour_factor));
      }
    }
    return;
  }
  const network::Components components = network::connected_components(streets);
  if (components.count() > 1) {
    Finding finding{.kind = "stranded_streets", .severity = Severity::note};
    finding.layer = study.settings.streets.layer;
    finding.count = components.stranded_count();
    finding.message =
        "Junctions are cut off from the rest of the street graph; no way begins there";
    study.findings.push_back(std::move(finding));
  }
  std::vector<std::span<const Point>> sets;
  for (const Services& services : study.services) sets.emplace_back(services.places);
  for (const StudyEdition& edition : study.editions) {
    sets.emplace_back(edition.origins.places);
  }
  const std::vector<network::SnappedPlaces> snapped = network::snap_all(streets, components, sets);
  const network::SearchableStreets searchable(streets);
  const std::size_t service_count = study.services.size();
  for (std::size_t e = 0; e < study.editions.size(); ++e) {
    for (std::size_t s = 0; s < service_count; ++s) {
      study.editions[e].impedance.push_back(network::street_impedance(
          searchable, snapped[service_count + e], {&snapped[s], study.offered[s]},
          whole_cost(study.settings.services[s].cutoff_m, streets.unit)));
    }
  }
}

void find_street_reach(const StreetGraph& streets, double limit_m, Study& study) {
  const network::Components components = network::connected_components(streets);
  const network::SearchableStreets searchable(streets);
  for (StudyEdition& edition : study.editions) {
    const network::SnappedPlaces places =
        network::snap(streets, components, edition.area.districts.centroids);
    const TravelCosts costs =
        network::street_costs(searchable, places, places, whole_cost(limit_m, streets.unit));
    metrics::StreetReach& reach = edition.street_reach;
    reach.limit_m = limit_m;
    reach.start.assign(1, 0);
    for (std::size_t site = 0; site < costs.site_count; ++site) {
      costs.visit(site, [&](std::size_t district, std::uint32_t cost) {
        reach.district.push_back(static_cast<DistrictIndex>(district));
        reach.metres.push_back(costs.shown(cost));
      });
      reach.start.push_back(reach.district.size());
    }
  }
}

}  // namespace quartier::study
