#include "metrics/profile.h"

#include <algorithm>

#include "base/error.h"
#include "base/number.h"
#include "metrics/environment_sweep.h"
#include "metrics/profile_terms.h"

namespace quartier::metrics {
namespace {

std::vector<double> padded_to(std::vector<double> values, std::size_t size) {
  values.resize(size, 0.0);
  return values;
}

/// P_k of the smoothed counts, one per size [scale][padded].
std::vector<std::vector<double>> smoothed_compositions(const CellOrder& order,
                                                       const EnvironmentSpec& spec,
                                                       std::span<const double> scales) {
  const std::size_t padded = order.groups_padded();
  std::vector<std::vector<double>> parts(sweep_parts(order),
                                         std::vector<double>(scales.size() * padded, 0.0));
  sweep_environments(order, spec, scales, [&](const SweepBlock& block) {
    for (std::size_t s = 0; s < scales.size(); ++s) {
      for (std::size_t p = block.begin; p < block.end; ++p) {
        for (std::size_t k = 0; k < padded; ++k) {
          parts[block.part][s * padded + k] += block.of(s, p)[k];
        }
      }
    }
  });
  std::vector<std::vector<double>> compositions(scales.size(), std::vector<double>(padded, 0.0));
  for (std::size_t s = 0; s < scales.size(); ++s) {
    double everybody = 0.0;
    for (std::size_t k = 0; k < padded; ++k) {
      for (const auto& part : parts) compositions[s][k] += part[s * padded + k];
      everybody += compositions[s][k];
    }
    for (double& share : compositions[s]) share = everybody > 0.0 ? share / everybody : undefined;
  }
  return compositions;
}

/// The sums of all parts, in order.
struct PartSums {
  std::vector<double> residents;  // [scale]
  std::vector<double> sums;       // [scale][sum_count][padded]
  std::vector<double> exposures;  // [scale][padded][padded]

  void operator+=(const PartSums& other) {
    for (std::size_t i = 0; i < residents.size(); ++i) residents[i] += other.residents[i];
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += other.sums[i];
    for (std::size_t i = 0; i < exposures.size(); ++i) exposures[i] += other.exposures[i];
  }
};

ProfilePoint point_of(const PartSums& all, std::size_t scale_index, double scale,
                      std::span<const double> composition, std::size_t groups, std::size_t padded) {
  ProfilePoint point;
  point.scale = scale;
  const auto of = [&](ProfileSum which) {
    const auto first = all.sums.begin() + (scale_index * sum_count + which) * padded;
    return std::vector<double>(first, first + groups);
  };
  point.sums.residents = all.residents[scale_index];
  point.sums.composition.assign(composition.begin(), composition.begin() + groups);
  point.sums.deviation = of(deviation);
  point.sums.squares = of(squares);
  point.sums.diversity = of(diversity);
  point.sums.information = of(information_sum);
  point.sums.rest_information = of(rest_information_sum);
  point.sums.mean = of(mean_share);
  if (all.exposures.empty()) return point;
  const std::vector<double> members = of(persons);
  for (std::size_t k = 0; k < groups; ++k) {
    for (std::size_t l = 0; l < groups; ++l) {
      const double met = all.exposures[(scale_index * padded + k) * padded + l];
      point.exposures.push_back(members[k] > 0.0 ? met / members[k] : undefined);
    }
  }
  return point;
}

}  // namespace

std::vector<ProfilePoint> environment_profile(GroupColumns groups, std::span<const Point> places,
                                              const EnvironmentSpec& spec,
                                              std::span<const double> scales, Weighing weighing,
                                              Exposures exposures) {
  expects(std::is_sorted(scales.begin(), scales.end()), "environment_profile: sizes ascend");
  for (const double scale : scales) check_environment(at_scale(spec, scale), places.size());
  if (scales.empty() || groups.empty()) return {};
  const CellOrder order = environment_order(groups, places, at_scale(spec, scales.back()));
  const std::size_t padded = order.groups_padded();
  const bool smoothed = weighing == Weighing::smoothed_population;
  const auto compositions = smoothed
                                ? smoothed_compositions(order, spec, scales)
                                : std::vector<std::vector<double>>(
                                      scales.size(), padded_to(city_composition(groups), padded));
  PartSums all;
  all.residents.resize(scales.size());
  all.sums.resize(scales.size() * sum_count * padded);
  if (exposures == Exposures::included) all.exposures.resize(scales.size() * padded * padded);
  std::vector<PartSums> parts(sweep_parts(order));
  sweep_environments(order, spec, scales, [&](const SweepBlock& block) {
    PartSums& part = parts[block.part];
    if (part.residents.empty()) part = all;
    for (std::size_t s = 0; s < scales.size(); ++s) {
      ProfileTerms in;
      in.counts = block.of(s, block.begin);
      in.own = smoothed ? in.counts : order.counts_of(block.begin);
      in.residents = smoothed ? nullptr : order.residents.data() + block.begin;
      in.composition = compositions[s].data();
      in.districts = block.end - block.begin;
      in.blocks = order.blocks;
      in.exposures = exposures == Exposures::included;
      part.residents[s] +=
          add_terms(in, part.sums.data() + s * sum_count * padded,
                    in.exposures ? part.exposures.data() + s * padded * padded : nullptr);
    }
  });
  for (const PartSums& part : parts) all += part;
  std::vector<ProfilePoint> profile;
  for (std::size_t s = 0; s < scales.size(); ++s) {
    profile.push_back(point_of(all, s, scales[s], compositions[s], groups.size(), padded));
  }
  return profile;
}

double macro_micro_ratio(std::span<const ProfilePoint> profile) {
  if (profile.empty()) return undefined;
  const double micro = spatial_theil_entropy(profile.front().sums);
  return micro > 0.0 ? spatial_theil_entropy(profile.back().sums) / micro : undefined;
}

Surroundings surroundings_of(GroupColumns groups, std::span<const Point> places,
                             const EnvironmentSpec& spec, Weighing weighing) {
  Surroundings surroundings;
  std::vector<std::vector<double>> counts = environment_counts(groups, places, spec);
  if (weighing == Weighing::own_residents) {
    surroundings.residents = district_totals(groups);
    surroundings.composition = city_composition(groups);
  } else {
    // A district without a position has no smoothed counts: it is left out.
    for (auto& column : counts) {
      for (double& count : column) count = is_defined(count) ? count : 0.0;
    }
    const std::vector<std::span<const double>> smoothed(counts.begin(), counts.end());
    surroundings.residents = district_totals(smoothed);
    surroundings.composition = city_composition(smoothed);
  }
  surroundings.shares = compositions_of(std::move(counts));
  return surroundings;
}

}  // namespace quartier::metrics
