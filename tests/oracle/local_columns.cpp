/// One value per district.
#include <cctype>

#include "metrics/composition.h"
#include "metrics/distortion.h"
#include "metrics/local.h"
#include "oracle/indices.h"

namespace quartier::oracle {

using namespace metrics;

namespace {

constexpr Tolerance of_counts = Tolerance::local_counts;
constexpr Tolerance of_places = Tolerance::local_places;

void expect_land(const City& city) {
  if (!city.land) throw Uncovered("no units.csv with places of districts");
}

/// The kernel whose name begins with `letters`.
std::optional<KernelShape> shape_of(const std::string& letters) {
  if (letters.size() < 3) return std::nullopt;
  for (const KernelShape shape :
       {KernelShape::uniform, KernelShape::triangular, KernelShape::epanechnikov,
        KernelShape::biweight, KernelShape::gaussian, KernelShape::exponential}) {
    if (id_of(shape).starts_with(letters)) return shape;
  }
  return std::nullopt;
}

/// `env_tri1000_GROUP`: share of GROUP with the triangular kernel of 1000 m.
std::optional<LocalAnswer> environment_column(City& city, const std::string& column) {
  constexpr std::string_view opening = "env_";
  if (!column.starts_with(opening)) return std::nullopt;
  std::size_t at = opening.size();
  std::string letters;
  while (at < column.size() && std::islower(static_cast<unsigned char>(column[at])) != 0) {
    letters += column[at++];
  }
  const std::size_t end = column.find('_', at);
  if (end == std::string::npos) throw Uncovered("no group in the name of the column");
  const std::optional<KernelShape> shape = shape_of(letters);
  const std::optional<double> bandwidth_m = number_of(column.substr(at, end - at));
  const std::optional<std::size_t> group = city.group(column.substr(end + 1));
  if (!shape) throw Uncovered("unknown kernel " + letters);
  if (!bandwidth_m || !(*bandwidth_m > 0.0)) throw Uncovered("no bandwidth after the kernel");
  if (!group) throw Uncovered("no group " + column.substr(end + 1));
  expect_land(city);
  Kernel kernel{*shape, *bandwidth_m};
  kernel.least_weight = 0.0;
  return LocalAnswer{environment_shares(city, kernel_environment(kernel), *group), of_places};
}

}  // namespace

LocalAnswer local_answer(City& city, const std::string& column) {
  const std::vector<std::span<const double>> groups = city.columns();
  if (column == "entropy_nats") return {district_entropies(groups), of_counts};
  if (column == "entropy_norm") return {normalised_district_entropies(groups), of_counts};
  if (column == "divergence_ls_nats") return {local_divergences(groups), of_counts};
  if (column == "simpson_conc") return {simpson_concentrations(groups), of_counts};
  if (column == "simpson_int") return {simpson_diversities(groups), of_counts};
  if (column == "distortion_unnormalised") {
    expect_land(city);
    return {distortions(groups, city.land->centroids, TieRule::row_order), of_places};
  }
  constexpr std::string_view quotient = "LQ_";
  if (column.starts_with(quotient)) {
    const std::optional<std::size_t> k = city.group(column.substr(quotient.size()));
    if (!k) throw Uncovered("no group " + column.substr(quotient.size()));
    return {location_quotients(city.counts[*k], city.total), of_counts};
  }
  if (std::optional<LocalAnswer> answer = environment_column(city, column)) return *answer;
  throw Uncovered("unknown column");
}

}  // namespace quartier::oracle
