#include "metrics/profile_terms.h"

#include <cstring>

#include "base/number.h"
#include "metrics/kernel_lanes.h"
#include "metrics/logarithm.h"

namespace quartier::metrics {
namespace {

[[gnu::always_inline]] inline void load(Eight& lanes, const double* from) {
  std::memcpy(&lanes, from, sizeof(Eight));
}

/// Adds a block of eight groups. @param share  [district][8]
[[gnu::always_inline]] inline void add_group_block(const ProfileTerms& in, std::size_t block,
                                                   const double* share, const double* weight,
                                                   double* sums) {
  double entropy[most_block_districts * 8];
  double rest_entropy[most_block_districts * 8];
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
[[gnu::always_inline]] inline void add_exposures(const ProfileTerms& in, std::size_t rows,
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

}  // namespace

QUARTIER_HOT double add_terms(const ProfileTerms& in, double* sums, double* exposures) {
  const std::size_t padded = in.blocks * 8;
  double around[most_block_districts];
  double weight[most_block_districts];
  double share[most_block_districts * 8];
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

}  // namespace quartier::metrics
