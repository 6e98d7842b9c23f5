#include "metrics/decay_pairs.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "base/number.h"

namespace quartier::metrics {
namespace {

/// Rows that are read against one stretch of columns at a time, and its length: c of all of them
/// stays in the nearest cache.
constexpr std::size_t rows = 4;
constexpr std::size_t stretch = 256;
constexpr std::size_t lanes = 8;
using Stretches = double[rows][stretch];

/// From here on 2^(−t) would leave the range of normal numbers.
constexpr double vanishing = 1020.0;

/// 2^(−t). With k the whole number nearest to −t and f = −t − k, which is exact, 2^f is the
/// interpolation of degree 11 in Chebyshev points of [−1/2, 1/2], within 4.3e-18 of it; k goes into
/// the exponent.
inline double power_of_half(double t) {
  constexpr double rounder = 6755399441055744.0;  // 1.5 · 2^52: its last bit is worth one
  const double shifted = rounder - t;
  const double f = (rounder - shifted) - t;
  const double f2 = f * f;
  const double f4 = f2 * f2;
  const double a = std::fma(0.6931471805599453, f, 1.0);
  const double b = std::fma(0.055504108664821625, f, 0.24022650695910158);
  const double c = std::fma(0.001333355814640647, f, 0.009618129107587256);
  const double d = std::fma(1.5252733841556773e-05, f, 0.00015403530463724353);
  const double e = std::fma(1.0178057087733941e-07, f, 1.3215432535912375e-06);
  const double g = std::fma(4.4558179083360645e-10, f, 7.074194297288521e-09);
  const double high = std::fma(std::fma(g, f2, e), f4, std::fma(d, f2, c));
  const double mantissa = std::fma(high, f4, std::fma(b, f2, a));
  const std::uint64_t bits =
      std::bit_cast<std::uint64_t>(mantissa) + (std::bit_cast<std::uint64_t>(shifted) << 52U);
  return t < vanishing ? std::bit_cast<double>(bits) : 0.0;
}

inline double lane_sum(const double (&lane)[lanes]) {
  return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

/// c of rows first .. first + rows − 1 of A with `count` places of B from `start`; 0 in rows that A
/// does not have.
inline void fill(const DecayPoints& a, std::size_t first, const DecayPoints& b, std::size_t start,
                 std::size_t count, double halvings_per_m, Stretches& c) {
  const double* bx = b.x_m + start;
  const double* by = b.y_m + start;
  for (std::size_t r = 0; r < rows; ++r) {
    if (first + r >= a.count) {
      std::fill_n(c[r], count, 0.0);
      continue;
    }
    const double ax = a.x_m[first + r];
    const double ay = a.y_m[first + r];
    for (std::size_t j = 0; j < count; ++j) {
      const double dx = ax - bx[j];
      const double dy = ay - by[j];
      c[r][j] = power_of_half(halvings_per_m * std::sqrt(std::fma(dx, dx, dy * dy)));
    }
  }
}

/// Adds factor · Σ_j c_rj w_j to the sum of each row, in fixed lanes.
inline void add_to_rows(const DecayPoints& a, std::size_t first, const double* weight,
                        std::size_t count, std::size_t column, double factor, const Stretches& c) {
  double lane[rows][lanes] = {};
  std::size_t j = 0;
  for (; j + lanes <= count; j += lanes) {
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t l = 0; l < lanes; ++l) {
        lane[r][l] = std::fma(c[r][j + l], weight[j + l], lane[r][l]);
      }
    }
  }
  for (std::size_t l = 0; j + l < count; ++l) {
    for (std::size_t r = 0; r < rows; ++r) {
      lane[r][l] = std::fma(c[r][j + l], weight[j + l], lane[r][l]);
    }
  }
  double* sum = a.sum + column * a.stride + first;
  const std::size_t present = std::min(rows, a.count - first);
  for (std::size_t r = 0; r < present; ++r) sum[r] += factor * lane_sum(lane[r]);
}

inline void add_to_columns(const DecayPoints& a, std::size_t first, double* sum, std::size_t count,
                           std::size_t column, const Stretches& c) {
  const double* weight = a.weight + column * a.stride + first;
  double w[rows] = {};
  std::copy_n(weight, std::min(rows, a.count - first), w);
  for (std::size_t j = 0; j < count; ++j) {
    const double two = std::fma(w[1], c[1][j], std::fma(w[0], c[0][j], sum[j]));
    sum[j] = std::fma(w[3], c[3][j], std::fma(w[2], c[2][j], two));
  }
}

}  // namespace

QUARTIER_HOT void add_pairs(const DecayPoints& a, const DecayPoints& b, double halvings_per_m,
                            std::size_t both_ways) {
  alignas(64) Stretches c;
  for (std::size_t start = 0; start < b.count; start += stretch) {
    const std::size_t count = std::min(stretch, b.count - start);
    for (std::size_t first = 0; first < a.count; first += rows) {
      fill(a, first, b, start, count, halvings_per_m, c);
      for (std::size_t k = 0; k < both_ways; ++k) {
        add_to_rows(a, first, b.weight + k * b.stride + start, count, k, 1.0, c);
        add_to_columns(a, first, b.sum + k * b.stride + start, count, k, c);
      }
      add_to_rows(a, first, b.weight + both_ways * b.stride + start, count, both_ways, 2.0, c);
    }
  }
}

QUARTIER_HOT void add_pairs_within(const DecayPoints& a, double halvings_per_m,
                                   std::size_t both_ways) {
  alignas(64) Stretches c;
  for (std::size_t start = 0; start < a.count; start += stretch) {
    const std::size_t count = std::min(stretch, a.count - start);
    for (std::size_t first = 0; first < a.count; first += rows) {
      fill(a, first, a, start, count, halvings_per_m, c);
      for (std::size_t r = 0; r < rows; ++r) {
        const std::size_t self = first + r;
        if (self >= start && self < start + count) c[r][self - start] = 0.0;
      }
      for (std::size_t k = 0; k <= both_ways; ++k) {
        add_to_rows(a, first, a.weight + k * a.stride + start, count, k, 1.0, c);
      }
    }
  }
}

QUARTIER_HOT void powers_of_half(std::span<const double> exponents, std::span<double> powers) {
  for (std::size_t i = 0; i < exponents.size(); ++i) powers[i] = power_of_half(exponents[i]);
}

}  // namespace quartier::metrics
