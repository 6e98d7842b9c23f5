#include "metrics/profile.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "metrics/environment_sweep.h"
#include "metrics/kernel_lanes.h"
#include "metrics/logarithm.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

/// The sums of one size over one part, as arrays of eight groups each.
enum Sum : std::size_t {
  deviation,
  squares,
  diversity,
  information_sum,
  rest_information_sum,
  mean_share,
  persons,  // x_ik: what the rows of the exposures are divided by
  sum_count
};

/// Districts at once; a block of the sweep is no longer.
constexpr std::size_t most_districts = 64;

struct TermInput {
  const double* counts = nullptr;       // [district][padded] environment
  const double* own = nullptr;          // [district][padded] what exposures weigh
  const double* residents = nullptr;    // [district]; null: the environment's own sums
  const double* composition = nullptr;  // [padded]
  std::size_t districts = 0;
  std::size_t blocks = 0;
  bool exposures = false;
};

[[gnu::always_inline]] inline void load(Eight& lanes, const double* from) {
  std::memcpy(&lanes, from, sizeof(Eight));
}

/// Adds a block of eight groups. @param share  [district][8]
[[gnu::always_inline]] inline void add_group_block(const TermInput& in, std::size_t block,
                                                   const double* share, const double* weight,
                                                   double* sums) {
  double entropy[most_districts * 8];
  double rest_entropy[most_districts * 8];
  for (std::size_t c = 0; c < in.districts * 8; ++c) {
    const double rest = 1.0 - share[c];
    entropy[c] = share[c] * logarithm(share[c]);
    rest_entropy[c] = rest * logarithm(rest);
  }
  const std::size_t padded = in.blocks * 8;
  Eight sum[sum_count];
  for (std::size_t s = 0; s < sum_count; ++s) load(sum[s], sums + s * padded + block * 8);
  Eight in_city;
  load(in_city, in.composition + block * 8);
  for (std::size_t i = 0; i < in.districts; ++i) {
    const double t = weight[i];
    Eight q;
    Eight e;
    Eight r;
    Eight x;
    load(q, share + i * 8);
    load(e, entropy + i * 8);
    load(r, rest_entropy + i * 8);
    load(x, in.own + i * padded + block * 8);
    const Eight apart = q - in_city;
    sum[deviation] += t * (apart < 0.0 ? -apart : apart);
    sum[squares] += t * (apart * apart);
    sum[diversity] += t * (q * (1.0 - q));
    sum[information_sum] -= t * e;
    sum[rest_information_sum] -= t * r;
    sum[mean_share] += t * q;
    sum[persons] += x;
  }
  for (std::size_t s = 0; s < sum_count; ++s) {
    std::memcpy(sums + s * padded + block * 8, &sum[s], sizeof(Eight));
  }
}

/// exposures[k][8 block ..] += Σ_i x_ik q_i of eight groups k and eight groups of the block.
[[gnu::always_inline]] inline void add_exposures(const TermInput& in, std::size_t rows,
                                                 std::size_t block, const double* share,
                                                 double* exposures) {
  const std::size_t padded = in.blocks * 8;
  Eight sum[8];
  for (std::size_t k = 0; k < 8; ++k) {
    load(sum[k], exposures + (rows * 8 + k) * padded + block * 8);
  }
  for (std::size_t i = 0; i < in.districts; ++i) {
    Eight q;
    load(q, share + i * 8);
    const double* x = in.own + i * padded + rows * 8;
#pragma GCC unroll 8
    for (std::size_t k = 0; k < 8; ++k) sum[k] += x[k] * q;
  }
  for (std::size_t k = 0; k < 8; ++k) {
    std::memcpy(exposures + (rows * 8 + k) * padded + block * 8, &sum[k], sizeof(Eight));
  }
}

/// Adds a run of districts to the sums of one size. @returns Σ t_i of those with surroundings
QUARTIER_HOT double add_terms(const TermInput& in, double* sums, double* exposures) {
  const std::size_t padded = in.blocks * 8;
  double around[most_districts];
  double weight[most_districts];
  double share[most_districts * 8];
  double residents = 0.0;
  for (std::size_t i = 0; i < in.districts; ++i) {
    const double* counts = in.counts + i * padded;
    double lane[8] = {};
    for (std::size_t b = 0; b < in.blocks; ++b) {
      for (std::size_t l = 0; l < 8; ++l) lane[l] += counts[b * 8 + l];
    }
    const double sum =
        ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
    weight[i] = in.residents == nullptr ? sum : sum > 0.0 ? in.residents[i] : 0.0;
    around[i] = sum > 0.0 ? sum : 1.0;
    residents += weight[i];
  }
  for (std::size_t block = 0; block < in.blocks; ++block) {
    for (std::size_t i = 0; i < in.districts; ++i) {
      const double* counts = in.counts + i * padded + block * 8;
      for (std::size_t l = 0; l < 8; ++l) share[i * 8 + l] = counts[l] / around[i];
    }
    add_group_block(in, block, share, weight, sums);
    if (!in.exposures) continue;
    for (std::size_t rows = 0; rows < in.blocks; ++rows) {
      add_exposures(in, rows, block, share, exposures);
    }
  }
  return residents;
}

/// Calls `sink` with the environments of every district at each size.
void sweep_scales(const CellOrder& order, const EnvironmentSpec& spec,
                  std::span<const double> scales, const SweepSink& sink) {
  std::vector<Kernel> kernels;
  for (const double scale : scales) kernels.push_back(at_scale(spec, scale).kernel);
  switch (spec.kind) {
    case EnvironmentKind::own: {
      sweep_own(order, [&](const SweepBlock& block) {
        const std::size_t size = (block.end - block.begin) * block.groups_padded;
        std::vector<double> copies;
        for (std::size_t s = 0; s < scales.size(); ++s) {
          copies.insert(copies.end(), block.counts, block.counts + size);
        }
        SweepBlock all = block;
        all.scale_count = scales.size();
        all.counts = copies.data();
        sink(all);
      });
      break;
    }
    case EnvironmentKind::kernel:
      sweep_kernels(order, kernels, sink);
      break;
    case EnvironmentKind::nearest_people:
      sweep_nearest(order, true, scales, spec.ties, sink);
      break;
    case EnvironmentKind::nearest_districts:
      sweep_nearest(order, false, scales, spec.ties, sink);
      break;
    case EnvironmentKind::street:
      sweep_streets(order, *spec.reach, kernels, sink);
      break;
  }
}

CellOrder order_for(GroupColumns groups, std::span<const Point> places, const EnvironmentSpec& spec,
                    double largest) {
  switch (spec.kind) {
    case EnvironmentKind::own:
    case EnvironmentKind::street:
      break;
    case EnvironmentKind::kernel: {
      const Kernel kernel = at_scale(spec, largest).kernel;
      return cell_order(groups, places, kernel_cell_side(std::span(&kernel, 1), places.size()));
    }
    case EnvironmentKind::nearest_people:
    case EnvironmentKind::nearest_districts:
      return cell_order(groups, places, nearest_cell_side(places));
  }
  return plain_order(groups);
}

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
  sweep_scales(order, spec, scales, [&](const SweepBlock& block) {
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
  const auto of = [&](Sum which) {
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

EnvironmentSpec at_scale(EnvironmentSpec spec, double scale) {
  switch (spec.kind) {
    case EnvironmentKind::own:
      break;
    case EnvironmentKind::kernel:
    case EnvironmentKind::street:
      spec.kernel.bandwidth_m = scale;
      break;
    case EnvironmentKind::nearest_people:
      spec.persons = scale;
      break;
    case EnvironmentKind::nearest_districts:
      spec.districts = scale;
      break;
  }
  return spec;
}

std::vector<ProfilePoint> environment_profile(GroupColumns groups, std::span<const Point> places,
                                              const EnvironmentSpec& spec,
                                              std::span<const double> scales, Weighing weighing,
                                              Exposures exposures) {
  expects(std::is_sorted(scales.begin(), scales.end()), "environment_profile: sizes ascend");
  for (const double scale : scales) check_environment(at_scale(spec, scale), places.size());
  if (scales.empty() || groups.empty()) return {};
  const CellOrder order = order_for(groups, places, spec, scales.back());
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
  sweep_scales(order, spec, scales, [&](const SweepBlock& block) {
    PartSums& part = parts[block.part];
    if (part.residents.empty()) part = all;
    for (std::size_t s = 0; s < scales.size(); ++s) {
      TermInput in;
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
