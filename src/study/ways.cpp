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

std::vector<std::vector<Impedance>> find_ways(const Means& means, const StreetEdits& edits,
                                              const ScenarioServices& services, const Study& study,
                                              Progress& progress) {
  std::vector<Destinations> destinations;
  for (std::size_t s = 0; s < services.services.size(); ++s) {
    destinations.push_back({services.services[s].places, services.offered[s],
                            search_limit(study, study.settings.services[s])});
  }
  std::vector<std::vector<Impedance>> ways;
  for (const StudyEdition& edition : study.editions) {
    progress.check();
    ways.push_back(ways_to(means, edits, edition.origins.places, destinations, progress));
  }
  return ways;
}

std::vector<Impedance> ways_to_districts(const Means& means, const StreetEdits& edits,
                                         const Study& study, Progress& progress) {
  double longest = 0.0;
  for (const io::StudyService& settings : study.settings.services) {
    longest = std::max(longest, search_limit(study, settings));
  }
  std::vector<Impedance> ways;
  for (const StudyEdition& edition : study.editions) {
    const std::vector<Point>& centroids = edition.area.districts.centroids;
    const std::vector<double> everywhere(centroids.size(), 1.0);
    const Destinations centres{centroids, everywhere, longest};
    ways.push_back(std::move(
        ways_to(means, edits, edition.origins.places, std::span(&centres, 1), progress).front()));
  }
  return ways;
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
