#include "study/coarse.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"

namespace quartier::study {
namespace {

struct Range {
  double least = undefined;
  double greatest = undefined;
};

double x_ln_x(double x) { return x > 0.0 ? x * std::log(x) : 0.0; }

Range entropy_range(const VisibleMix& mix, double everyone, double q) {
  double shown = 0.0;
  for (const double persons : mix.shown) shown -= x_ln_x(persons / everyone);
  const auto k = static_cast<double>(mix.hidden_city.size());
  return {shown - x_ln_x(q), shown - x_ln_x(q) + q * std::log(k)};
}

Range simpson_range(const VisibleMix& mix, double everyone, double q) {
  double shown = 1.0;
  for (const double persons : mix.shown) shown -= persons * persons / (everyone * everyone);
  const auto k = static_cast<double>(mix.hidden_city.size());
  return {shown - q * q, shown - q * q / k};
}

Range divergence_range(const VisibleMix& mix, double everyone, double q) {
  double shown = 0.0;
  for (std::size_t k = 0; k < mix.shown.size(); ++k) {
    const double p = mix.shown[k] / everyone;
    if (p > 0.0) shown += p * std::log(p / mix.shown_city[k]);
  }
  if (!(q > 0.0)) return {shown, shown};
  double all = 0.0;
  double rarest = 1.0;
  for (const double share : mix.hidden_city) {
    all += share;
    if (share > 0.0) rarest = std::min(rarest, share);
  }
  return {shown + q * std::log(q / all), shown + q * std::log(q / rarest)};
}

Range range_of(std::string_view measure, const VisibleMix& mix, double everyone, double q) {
  if (measure == "simpson_diversity") return simpson_range(mix, everyone, q);
  if (measure == "local_divergence") return divergence_range(mix, everyone, q);
  Range range = entropy_range(mix, everyone, q);
  if (measure == "entropy") return range;
  if (measure != "entropy_normalised") return {};
  const double most = std::log(static_cast<double>(mix.shown.size() + mix.hidden_city.size()));
  return {range.least / most, range.greatest / most};
}

}  // namespace

std::optional<double> coarse_value(std::string_view measure, const VisibleMix& mix) {
  double everyone = mix.hidden_persons;
  for (const double persons : mix.shown) everyone += persons;
  if (!(everyone > 0.0) || mix.hidden_city.empty()) return std::nullopt;
  const Range range = range_of(measure, mix, everyone, mix.hidden_persons / everyone);
  for (const double steps : {100.0, 50.0, 20.0, 10.0}) {
    if (!(range.greatest - range.least <= 1.0 / steps)) continue;
    return std::round((range.least + range.greatest) / 2.0 * steps) / steps;
  }
  return std::nullopt;
}

}  // namespace quartier::study
