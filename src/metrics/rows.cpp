#include "metrics/rows.h"

#include <string>

namespace quartier::metrics::rows {

CityValue pair_index(const MetricInput& in,
                     double (*index)(std::span<const double>, std::span<const double>)) {
  return city_index(in, group_and_reference(in), [&](GroupColumns c) { return index(c[0], c[1]); });
}

void set_expected(const MetricInput& in, const std::vector<ColumnRef>& columns, CityValue& result,
                  const std::function<double(GroupColumns)>& expected) {
  if (!is_defined(result.value)) return;
  with_readable(in, columns, [&](GroupColumns c) { result.expected = expected(c); });
}

void add_parameter(std::string& parameters, const std::string& name, std::string_view value) {
  if (value.empty()) return;
  if (!parameters.empty()) parameters += "; ";
  parameters += name + "=" + std::string(value);
}

std::string number_of(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

}  // namespace quartier::metrics::rows
