#include "study/ways.h"

#include <algorithm>
#include <utility>

#include "network/components.h"
#include "network/search.h"
#include "network/snap.h"

namespace quartier::study {

double search_limit(const Study& study, const io::StudyService& settings) {
  const double cutoff = study.means.counts_minutes() ? settings.cutoff_min : settings.cutoff_m;
  return std::max(cutoff, study.settings.access.decay_cutoff);
}

FoundWays find_ways(const Means& means, const StreetEdits& edits, const ScenarioServices& services,
                    bool to_districts, const Study& study, Progress& progress) {
  double longest = 0.0;
  std::vector<Destinations> destinations;
  for (std::size_t s = 0; s < services.services.size(); ++s) {
    const io::StudyService& settings = study.settings.services[s];
    const double limit = search_limit(study, settings);
    longest = std::max(longest, limit);
    destinations.push_back({services.services[s].places, services.offered[s], limit,
                            means.by_timetable() ? settings.cutoff_min : 0.0});
  }
  std::vector<std::vector<double>> everywhere;  // of the districts of each edition
  for (const StudyEdition& edition : study.editions) {
    everywhere.emplace_back(edition.area.districts.centroids.size(), 1.0);
  }
  std::vector<Journeys> journeys;
  for (std::size_t e = 0; e < study.editions.size(); ++e) {
    journeys.push_back({study.editions[e].origins.places, destinations});
    if (!to_districts) continue;
    journeys.back().services.push_back(
        {study.editions[e].area.districts.centroids, everywhere[e], longest});
  }
  FoundWays found;
  found.to_services = ways_of(means, edits, journeys, progress);
  for (std::vector<Impedance>& ways : found.to_services) {
    if (!to_districts) break;
    found.to_districts.push_back(std::move(ways.back()));
    ways.pop_back();
  }
  return found;
}

void find_street_reach(double limit_m, Study& study) {
  const StreetGraph streets = network::graph_of(study.means.streets, {});
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
