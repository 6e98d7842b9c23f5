#include "metrics/access_composite.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"

namespace quartier::metrics {
namespace {

/// Mean over the people whose access is defined; `undefined` where there are none.
double mean_access(std::span<const double> access, std::span<const double> people) {
  CompensatedSum sum;
  CompensatedSum persons;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (!(people[i] > 0.0) || !is_defined(access[i])) continue;
    sum.add(people[i] * access[i]);
    persons.add(people[i]);
  }
  return persons.value() > 0.0 ? sum.value() / persons.value() : undefined;
}

}  // namespace

std::vector<double> relative_composite(std::span<const CompositeService> services,
                                       std::span<const double> people) {
  CompensatedSum full;
  for (const CompositeService& service : services) {
    expects(service.access.size() == people.size(), "relative_composite: the same places");
    if (!(service.importance >= 0.0) || !std::isfinite(service.importance)) {
      throw InputError("composite: weight " + exact_text(service.importance),
                       "give each service a weight of 0 or more");
    }
    full.add(service.importance);
  }
  if (!(full.value() > 0.0)) {
    throw InputError("composite: all weights are 0", "give one service a weight");
  }
  std::vector<double> composite(people.size(), 0.0);
  for (const CompositeService& service : services) {
    if (service.importance == 0.0) continue;
    const double mean = mean_access(service.access, people);
    const double factor = mean > 0.0 ? service.importance / mean : undefined;
    for (std::size_t i = 0; i < composite.size(); ++i) composite[i] += factor * service.access[i];
  }
  for (double& value : composite) value /= full.value();
  return composite;
}

}  // namespace quartier::metrics
