#include "metrics/cells.h"
#include "metrics/composition.h"
#include "metrics/compute.h"
#include "metrics/evenness.h"
#include "metrics/exposure.h"
#include "metrics/local.h"

namespace quartier::metrics::compute {
namespace {

/// An index of a group against a reference or the rest.
CityValue pair_index(const MetricInput& in,
                     double (*index)(std::span<const double>, std::span<const double>)) {
  return city_index(in, group_and_reference(in), [&](GroupColumns c) { return index(c[0], c[1]); });
}

/// The value an index takes where the columns are spread evenly, with the readable counts.
void set_expected(const MetricInput& in, const std::vector<ColumnRef>& columns, CityValue& result,
                  const std::function<double(GroupColumns)>& expected) {
  if (!is_defined(result.value)) return;
  with_readable(in, columns, [&](GroupColumns c) { result.expected = expected(c); });
}

}  // namespace

DistrictValues share(const MetricInput& in) {
  return district_index(in, group_and_everyone(in), Reads::own_cells,
                        [](GroupColumns c) { return shares(c[0], c[1]); });
}

CityValue city_share(const MetricInput& in) {
  return city_index(in, group_and_everyone(in),
                    [](GroupColumns c) { return metrics::city_share(c[0], c[1]); });
}

DistrictValues location_quotient(const MetricInput& in) {
  return district_index(in, group_and_everyone(in), Reads::whole_city,
                        [](GroupColumns c) { return location_quotients(c[0], c[1]); });
}

DistrictValues entropy(const MetricInput& in) {
  return district_index(in, whole_partition(in), Reads::own_cells, district_entropies);
}

DistrictValues entropy_normalised(const MetricInput& in) {
  return district_index(in, whole_partition(in), Reads::own_cells, normalised_district_entropies);
}

CityValue city_entropy(const MetricInput& in) {
  return city_index(in, whole_partition(in), metrics::city_entropy);
}

CityValue city_entropy_normalised(const MetricInput& in) {
  return city_index(in, whole_partition(in), normalised_city_entropy);
}

DistrictValues simpson_diversity(const MetricInput& in) {
  return district_index(in, whole_partition(in), Reads::own_cells, simpson_diversities);
}

CityValue city_simpson_diversity(const MetricInput& in) {
  return city_index(in, whole_partition(in), metrics::city_simpson_diversity);
}

CityValue dissimilarity(const MetricInput& in) {
  CityValue result = pair_index(in, dissimilarity_index);
  set_expected(in, group_and_reference(in), result,
               [](GroupColumns c) { return expected_dissimilarity(c[0], c[1]); });
  return result;
}

DistrictValues dissimilarity_contribution(const MetricInput& in) {
  return district_index(in, group_and_reference(in), Reads::whole_city,
                        [](GroupColumns c) { return dissimilarity_contributions(c[0], c[1]); });
}

CityValue gini(const MetricInput& in) { return pair_index(in, gini_index); }

CityValue theil_h(const MetricInput& in) { return pair_index(in, theil_entropy_index); }

CityValue multigroup_dissimilarity(const MetricInput& in) {
  return city_index(in, whole_partition(in), metrics::multigroup_dissimilarity);
}

CityValue multigroup_gini(const MetricInput& in) {
  return city_index(in, whole_partition(in), metrics::multigroup_gini);
}

CityValue multigroup_theil_h(const MetricInput& in) {
  return city_index(in, whole_partition(in), multigroup_theil_entropy);
}

CityValue mutual_information(const MetricInput& in) {
  return city_index(in, whole_partition(in), metrics::mutual_information);
}

CityValue isolation(const MetricInput& in) {
  const std::vector<ColumnRef> columns = group_and_everyone(in);
  CityValue result =
      city_index(in, columns, [](GroupColumns c) { return isolation_index(c[0], c[1]); });
  set_expected(in, columns, result, [](GroupColumns c) { return metrics::city_share(c[0], c[1]); });
  return result;
}

CityValue interaction(const MetricInput& in) {
  std::vector<ColumnRef> columns = group_and_reference(in);
  columns.push_back({0, false});
  CityValue result =
      city_index(in, columns, [](GroupColumns c) { return interaction_index(c[0], c[1], c[2]); });
  set_expected(in, columns, result, [](GroupColumns c) { return metrics::city_share(c[1], c[2]); });
  return result;
}

DistrictValues local_divergence(const MetricInput& in) {
  return district_index(in, whole_partition(in), Reads::whole_city, local_divergences);
}

CityValue group_divergence(const MetricInput& in) {
  return city_index(in, group_and_everyone(in),
                    [](GroupColumns c) { return metrics::group_divergence(c[0], c[1]); });
}

}  // namespace quartier::metrics::compute
