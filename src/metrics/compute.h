#pragma once
/// From a `MetricInput` to the functions of the room, one per row of the table (private to the
/// room).

#include "metrics/registry.h"

namespace quartier::metrics::compute {

DistrictValues share(const MetricInput& in);
CityValue city_share(const MetricInput& in);
DistrictValues location_quotient(const MetricInput& in);
DistrictValues entropy(const MetricInput& in);
DistrictValues entropy_normalised(const MetricInput& in);
CityValue city_entropy(const MetricInput& in);
CityValue city_entropy_normalised(const MetricInput& in);
DistrictValues simpson_diversity(const MetricInput& in);
CityValue city_simpson_diversity(const MetricInput& in);

CityValue dissimilarity(const MetricInput& in);
DistrictValues dissimilarity_contribution(const MetricInput& in);
CityValue gini(const MetricInput& in);
CityValue theil_h(const MetricInput& in);
CityValue multigroup_dissimilarity(const MetricInput& in);
CityValue multigroup_gini(const MetricInput& in);
CityValue multigroup_theil_h(const MetricInput& in);
CityValue mutual_information(const MetricInput& in);

CityValue isolation(const MetricInput& in);
CityValue interaction(const MetricInput& in);

DistrictValues local_divergence(const MetricInput& in);
CityValue group_divergence(const MetricInput& in);

CityValue moran_i(const MetricInput& in);
DistrictValues local_moran(const MetricInput& in);

DistrictValues nearest_service(const MetricInput& in);
DistrictValues services_within(const MetricInput& in);
DistrictValues places_within(const MetricInput& in);
DistrictValues two_step_floating_catchment(const MetricInput& in);
CityValue unused_supply(const MetricInput& in);

CityValue access_mean(const MetricInput& in);
CityValue access_gap(const MetricInput& in);
CityValue access_ratio(const MetricInput& in);
CityValue access_share_within(const MetricInput& in);
CityValue access_unreachable(const MetricInput& in);
CityValue places_mean(const MetricInput& in);
CityValue places_gap(const MetricInput& in);

}  // namespace quartier::metrics::compute
