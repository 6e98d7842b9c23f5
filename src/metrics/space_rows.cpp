#include "metrics/space_rows.h"

#include "base/error.h"

namespace quartier::metrics::rows {

std::vector<ColumnRef> group_reference_everyone(const MetricInput& in) {
  std::vector<ColumnRef> columns = group_and_reference(in);
  columns.push_back({0, false});
  return columns;
}

const Districts& districts_of(const MetricInput& in) {
  expects(in.districts != nullptr, "metric: districts");
  return *in.districts;
}

const Contiguity& contiguity_of(const MetricInput& in) {
  expects(in.contiguity != nullptr, "metric: contiguity");
  return *in.contiguity;
}

void explain(CityValue& result, std::string_view why) {
  constexpr std::string_view unexplained = "not enough to compute from";
  const std::size_t at = result.status.find(unexplained);
  if (at != std::string::npos) result.status.replace(at, unexplained.size(), why);
}

void tell_shapeless(const Districts& districts, std::string& status) {
  std::size_t shapeless = 0;
  for (const double area : districts.area_m2) shapeless += is_defined(area) ? 0 : 1;
  if (shapeless > 0) {
    add_reason(status, number_of(shapeless, "district", "districts") + " without shape left out");
  }
}

}  // namespace quartier::metrics::rows
