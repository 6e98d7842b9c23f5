#include "metrics/decay_expansion.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/number.h"

namespace quartier::metrics {
namespace {

constexpr std::size_t lanes = 8;

/// Places whose polynomials are worked out side by side.
using Lanes = double[lanes];

/// T_k at the Chebyshev points of each order, and the points themselves (k = 1).
struct ChebyshevTables {
  double at[greatest_order + 1][greatest_order][greatest_order];  // [order][k][point]
  ChebyshevTables() {
    for (std::size_t p = least_order; p <= greatest_order; ++p) {
      for (std::size_t k = 0; k < p; ++k) {
        for (std::size_t a = 0; a < p; ++a) {
          at[p][k][a] = std::cos(static_cast<double>(k * (2 * a + 1)) * std::numbers::pi /
                                 static_cast<double>(2 * p));
        }
      }
    }
  }
};

const ChebyshevTables& chebyshev() {
  static const ChebyshevTables tables;
  return tables;
}

/// The Lagrange polynomials of `order` Chebyshev points at `count` <= lanes places of an interval.
inline void lagrange(const double* place, std::size_t count, double middle, double half,
                     std::size_t order, Lanes* polynomial) {
  Lanes t[greatest_order] = {};
  const double scale = half > 0.0 ? 1.0 / half : 0.0;
  for (std::size_t l = 0; l < lanes; ++l) {
    const double s = (place[l < count ? l : 0] - middle) * scale;
    t[0][l] = 1.0;
    t[1][l] = std::clamp(s, -1.0, 1.0);
  }
  for (std::size_t k = 2; k < order; ++k) {
    for (std::size_t l = 0; l < lanes; ++l) t[k][l] = 2.0 * t[1][l] * t[k - 1][l] - t[k - 2][l];
  }
  const double share = 1.0 / static_cast<double>(order);
  const auto& at = chebyshev().at[order];
  for (std::size_t a = 0; a < order; ++a) {
    for (std::size_t l = 0; l < lanes; ++l) polynomial[a][l] = share;
    for (std::size_t k = 1; k < order; ++k) {
      const double factor = 2.0 * share * at[k][a];
      for (std::size_t l = 0; l < lanes; ++l) polynomial[a][l] += factor * t[k][l];
    }
  }
}

/// ρ of the ellipses that are tried: each gives a bound, the least counts.
constexpr std::array<double, 20> ellipses{1.4, 1.7, 2.0,  2.4,  2.9,  3.4,  4.0,  4.7,  5.5,  6.5,
                                          7.6, 9.0, 10.5, 12.5, 15.0, 18.5, 23.0, 30.0, 42.0, 65.0};

/// One ellipse around [−1, 1] with foci at its ends: half axes and logarithms.
struct Ellipse {
  double real;
  double imaginary;
  double log_rho;
  double log_front;  // ln(4 / (ρ − 1))
};

const std::array<Ellipse, ellipses.size()>& ellipse_table() {
  static const auto table = [] {
    std::array<Ellipse, ellipses.size()> made{};
    for (std::size_t e = 0; e < ellipses.size(); ++e) {
      const double rho = ellipses[e];
      made[e] = {(rho + 1.0 / rho) / 2.0, (rho - 1.0 / rho) / 2.0, std::log(rho),
                 std::log(4.0 / (rho - 1.0))};
    }
    return made;
  }();
  return table;
}

/// A lower bound of Re(d²) where one coordinate runs through the ellipse, in units of half the
/// interval: the other point is at least `along` away in that coordinate and `across` in the other.
double least_square(const Ellipse& ellipse, double along, double across) {
  const double a2 = ellipse.real * ellipse.real;
  const double b2 = ellipse.imaginary * ellipse.imaginary;
  if (along * ellipse.real >= a2 + b2) {
    const double off = along - ellipse.real;
    return off * off + across * across;
  }
  return along * along * (b2 / (a2 + b2)) + across * across - b2;
}

using ErrorLogs = std::array<double, order_count>;

/// Raises `logs` to the error of interpolating in one coordinate, an interval of half length
/// `half`.
void raise_by(double half, double along, double across, double decay_per_m, ErrorLogs& logs) {
  if (!(half > 0.0)) return;
  ErrorLogs least;
  least.fill(std::numeric_limits<double>::infinity());
  for (const Ellipse& ellipse : ellipse_table()) {
    const double square = least_square(ellipse, along / half, across / half);
    if (!(square > 0.0)) break;
    double error = ellipse.log_front - decay_per_m * half * std::sqrt(square) -
                   static_cast<double>(least_order - 1) * ellipse.log_rho;
    for (double& log : least) {
      log = std::min(log, error);
      error -= ellipse.log_rho;
    }
  }
  for (std::size_t p = 0; p < logs.size(); ++p) logs[p] = std::max(logs[p], least[p]);
}

double lebesgue(std::size_t order) {
  return 2.0 / std::numbers::pi * std::log(static_cast<double>(order)) + 1.0;
}

const ErrorLogs& series_logs() {
  static const ErrorLogs logs = [] {
    ErrorLogs made{};
    for (std::size_t p = 0; p < made.size(); ++p) {
      const double l = lebesgue(p + least_order);
      made[p] = std::log(1.0 + l + l * l + l * l * l) + 1e-9;
    }
    return made;
  }();
  return logs;
}

}  // namespace

std::array<double, order_count> expansion_error_logs(const PlaceBox& a, const PlaceBox& b,
                                                     double decay_per_m) {
  const double off_x = std::abs(a.middle_x() - b.middle_x());
  const double off_y = std::abs(a.middle_y() - b.middle_y());
  const double gap_x = std::max(0.0, off_x - a.half_width() - b.half_width());
  const double gap_y = std::max(0.0, off_y - a.half_height() - b.half_height());
  ErrorLogs logs;
  logs.fill(-std::numeric_limits<double>::infinity());
  raise_by(a.half_width(), std::max(0.0, off_x - b.half_width()), gap_y, decay_per_m, logs);
  raise_by(b.half_width(), std::max(0.0, off_x - a.half_width()), gap_y, decay_per_m, logs);
  raise_by(a.half_height(), std::max(0.0, off_y - b.half_height()), gap_x, decay_per_m, logs);
  raise_by(b.half_height(), std::max(0.0, off_y - a.half_height()), gap_x, decay_per_m, logs);
  for (std::size_t p = 0; p < logs.size(); ++p) logs[p] += series_logs()[p];
  return logs;
}

double expansion_growth(std::size_t order) {
  const double l = lebesgue(order);
  return l * l * l * l;
}

DecayPoints Expansion::points() {
  return {size(), x_m.data(), y_m.data(), weight.data(), sum.data(), size()};
}

QUARTIER_HOT Expansion gathered(const DecayPoints& places, const PlaceBox& box, std::size_t columns,
                                std::size_t order) {
  Expansion made;
  made.order = order;
  const std::size_t size = order * order;
  made.x_m.resize(size);
  made.y_m.resize(size);
  made.sum.assign(columns * size, 0.0);
  made.weight.assign(columns * size, 0.0);
  const auto& points = chebyshev().at[order][1];
  for (std::size_t b = 0; b < order; ++b) {
    for (std::size_t a = 0; a < order; ++a) {
      made.x_m[b * order + a] = box.middle_x() + box.half_width() * points[a];
      made.y_m[b * order + a] = box.middle_y() + box.half_height() * points[b];
    }
  }
  std::vector<double> partial(columns * size * lanes, 0.0);
  Lanes along_x[greatest_order];
  Lanes along_y[greatest_order];
  for (std::size_t i = 0; i < places.count; i += lanes) {
    const std::size_t count = std::min(lanes, places.count - i);
    lagrange(places.x_m + i, count, box.middle_x(), box.half_width(), order, along_x);
    lagrange(places.y_m + i, count, box.middle_y(), box.half_height(), order, along_y);
    for (std::size_t k = 0; k < columns; ++k) {
      Lanes weight = {};
      std::copy_n(places.weight + k * places.stride + i, count, weight);
      double* target = partial.data() + k * size * lanes;
      for (std::size_t b = 0; b < order; ++b) {
        Lanes row;
        for (std::size_t l = 0; l < lanes; ++l) row[l] = weight[l] * along_y[b][l];
        for (std::size_t a = 0; a < order; ++a, target += lanes) {
          for (std::size_t l = 0; l < lanes; ++l) target[l] += row[l] * along_x[a][l];
        }
      }
    }
  }
  for (std::size_t p = 0; p < columns * size; ++p) {
    const double* part = partial.data() + p * lanes;
    made.weight[p] =
        ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
  }
  return made;
}

QUARTIER_HOT void spread(const Expansion& expansion, const DecayPoints& places, const PlaceBox& box,
                         std::size_t columns) {
  const std::size_t order = expansion.order;
  Lanes along_x[greatest_order];
  Lanes along_y[greatest_order];
  for (std::size_t i = 0; i < places.count; i += lanes) {
    const std::size_t count = std::min(lanes, places.count - i);
    lagrange(places.x_m + i, count, box.middle_x(), box.half_width(), order, along_x);
    lagrange(places.y_m + i, count, box.middle_y(), box.half_height(), order, along_y);
    for (std::size_t k = 0; k < columns; ++k) {
      const double* source = expansion.sum.data() + k * expansion.size();
      Lanes sum = {};
      for (std::size_t b = 0; b < order; ++b, source += order) {
        Lanes row = {};
        for (std::size_t a = 0; a < order; ++a) {
          for (std::size_t l = 0; l < lanes; ++l) row[l] += source[a] * along_x[a][l];
        }
        for (std::size_t l = 0; l < lanes; ++l) sum[l] += row[l] * along_y[b][l];
      }
      double* target = places.sum + k * places.stride + i;
      for (std::size_t l = 0; l < count; ++l) target[l] += sum[l];
    }
  }
}

}  // namespace quartier::metrics
