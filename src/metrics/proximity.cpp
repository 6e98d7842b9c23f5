#include "metrics/proximity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "metrics/decay_sums.h"

namespace quartier::metrics {
namespace {

constexpr double m2_per_km2 = 1e6;
/// The kernel is interpolated within this share of the tolerance; should that not be enough, it is
/// made `tighter` times smaller.
constexpr double kernel_share = 0.75;
constexpr double tighter = 8.0;
constexpr int most_attempts = 3;

double self_distance_km(SelfDistance choice, double area_m2) {
  const double area_km2 = area_m2 / m2_per_km2;
  switch (choice) {
    case SelfDistance::root_of_area:
      return 0.6 * std::sqrt(area_km2);
    case SelfDistance::root_of_part:
      return std::sqrt(0.6 * area_km2);
    case SelfDistance::zero:
      break;
  }
  return 0.0;
}

/// The districts that take part, packed.
struct Places {
  std::vector<Point> centroids;
  std::vector<double> self;                  // c_ii
  std::vector<double> total;                 // t_i
  std::vector<std::vector<double>> columns;  // the groups, and whoever is in none of them
};

Places places_of(std::span<const Point> centroids, std::span<const double> area_m2,
                 GroupColumns groups, std::span<const double> total,
                 const ProximityOptions& options, Proximity& result) {
  Places places;
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < total.size(); ++i) {
    if (!(total[i] > 0.0) && options.empty_districts == EmptyDistricts::dropped) {
      ++result.empty_dropped;
      continue;
    }
    const double d_km = self_distance_km(options.self_distance, area_m2[i]);
    if (!std::isfinite(centroids[i].x) || !std::isfinite(centroids[i].y) || !(d_km >= 0.0)) {
      ++result.without_place;
      result.persons_without_place += total[i];
      continue;
    }
    kept.push_back(i);
    places.centroids.push_back(centroids[i]);
    places.self.push_back(std::exp(-options.decay_per_km * d_km));
    places.total.push_back(total[i]);
  }
  std::vector<double> others = places.total;
  for (const std::span<const double> group : groups) {
    std::vector<double>& column = places.columns.emplace_back();
    column.reserve(kept.size());
    for (const std::size_t i : kept) {
      others[column.size()] -= group[i];
      column.push_back(group[i]);
    }
  }
  for (double& persons : others) persons = std::max(persons, 0.0);
  if (std::any_of(others.begin(), others.end(), [](double persons) { return persons > 0.0; })) {
    places.columns.push_back(std::move(others));
  }
  result.district_count = kept.size();
  return places;
}

/// Arithmetic on intervals; the ends are not rounded outwards, which the sums' own bounds allow
/// for.
Bounded times(const Bounded& a, double factor) {
  return {a.value * factor, a.lower * factor, a.upper * factor};
}
Bounded plus(const Bounded& a, const Bounded& b) {
  return {a.value + b.value, a.lower + b.lower, a.upper + b.upper};
}
Bounded minus(const Bounded& a, const Bounded& b) {
  return {a.value - b.value, a.lower - b.upper, a.upper - b.lower};
}
/// No ends where the divisor may be 0.
Bounded over(const Bounded& a, const Bounded& b) {
  if (b.value == 0.0 || !is_defined(b.value)) return {};
  Bounded ratio{a.value / b.value, undefined, undefined};
  if (b.lower > 0.0 || b.upper < 0.0) {
    const double ends[] = {a.lower / b.lower, a.lower / b.upper, a.upper / b.lower,
                           a.upper / b.upper};
    ratio.lower = *std::min_element(std::begin(ends), std::end(ends));
    ratio.upper = *std::max_element(std::begin(ends), std::end(ends));
  }
  return ratio;
}
Bounded within(const Bounded& a, double lowest, double highest) {
  return {std::clamp(a.value, lowest, highest), std::max(a.lower, lowest),
          std::min(a.upper, highest)};
}

/// Σ_i term_i ± Σ_i error_i.
class BoundedSum {
 public:
  void add(double term, double error) {
    sum_.add(term);
    error_.add(error);
  }
  [[nodiscard]] Bounded value() const {
    return {sum_.value(), std::max(0.0, sum_.value() - error_.value()),
            sum_.value() + error_.value()};
  }

 private:
  CompensatedSum sum_;
  CompensatedSum error_;
};

/// The sums of one group and its rest over all districts.
struct PairSums {
  double x = 0.0;
  double y = 0.0;
  Bounded xx;
  Bounded xy;
  Bounded yy;
  Bounded isolation;  // Σ_i x_i u_i / r_i
  Bounded interaction;
};

PairSums pair_sums(const Places& places, const DecaySums& sums, std::size_t group) {
  CompensatedSum x_total;
  CompensatedSum y_total;
  BoundedSum xx;
  BoundedSum xy;
  BoundedSum yy;
  CompensatedSum own[3];
  CompensatedSum other[3];
  for (std::size_t i = 0; i < places.total.size(); ++i) {
    double x = 0.0;
    double u = 0.0;
    double u_error = 0.0;
    double y = 0.0;
    double v = 0.0;
    double v_error = 0.0;
    for (std::size_t k = 0; k < places.columns.size(); ++k) {
      const bool is_own = k == group;
      (is_own ? x : y) += places.columns[k][i];
      (is_own ? u : v) += sums.near[k][i];
      if (!sums.error.empty()) (is_own ? u_error : v_error) += sums.error[k][i];
    }
    x_total.add(x);
    y_total.add(y);
    xx.add(x * u, x * u_error);
    xy.add(x * v, x * v_error);
    yy.add(y * v, y * v_error);
    if (x == 0.0) continue;
    // u / (u + v) grows with u and falls with v: its ends are those of u and v.
    const double u_low = std::max(0.0, u - u_error);
    const double v_low = std::max(0.0, v - v_error);
    const double u_high = u + u_error;
    const double v_high = v + v_error;
    own[0].add(x * u / (u + v));
    own[1].add(u_low > 0.0 ? x * u_low / (u_low + v_high) : 0.0);
    own[2].add(x * u_high / (u_high + v_low));
    other[0].add(x * v / (u + v));
    other[1].add(v_low > 0.0 ? x * v_low / (v_low + u_high) : 0.0);
    other[2].add(x * v_high / (v_high + u_low));
  }
  return {x_total.value(),
          y_total.value(),
          xx.value(),
          xy.value(),
          yy.value(),
          {own[0].value(), own[1].value(), own[2].value()},
          {other[0].value(), other[1].value(), other[2].value()}};
}

/// Σ_i (x_i / X) s_il / r_i for each column l: of those near a member, the share of each column.
std::vector<Bounded> exposures_of(const Places& places, const DecaySums& sums, std::size_t group,
                                  std::size_t group_count) {
  const std::vector<double>& members = places.columns[group];
  const double x_total = compensated_sum(members);
  if (x_total == 0.0) return std::vector<Bounded>(group_count);
  std::vector<std::array<CompensatedSum, 3>> shares(group_count);
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i] == 0.0) continue;
    double all = 0.0;
    double all_error = 0.0;
    for (std::size_t k = 0; k < places.columns.size(); ++k) {
      all += sums.near[k][i];
      if (!sums.error.empty()) all_error += sums.error[k][i];
    }
    for (std::size_t l = 0; l < group_count; ++l) {
      const double there = sums.near[l][i];
      const double error = sums.error.empty() ? 0.0 : sums.error[l][i];
      const double low = std::max(0.0, there - error);
      const double others = std::max(0.0, all - there);
      const double off = all_error - error;
      shares[l][0].add(members[i] * there / all);
      shares[l][1].add(low > 0.0 ? members[i] * low / (low + others + off) : 0.0);
      shares[l][2].add(members[i] * (there + error) /
                       (there + error + std::max(0.0, others - off)));
    }
  }
  std::vector<Bounded> row;
  for (const auto& share : shares) {
    row.push_back(within(
        times({share[0].value(), share[1].value(), share[2].value()}, 1.0 / x_total), 0.0, 1.0));
  }
  return row;
}

GroupProximity indices_of(const PairSums& s, const Bounded& everyone, double total,
                          const Bounded& closeness, double n) {
  GroupProximity made;
  if (s.x > 0.0) {
    made.within_group = within(times(s.xx, 1.0 / (s.x * s.x)), 0.0, 1.0);
    made.isolation = within(times(s.isolation, 1.0 / s.x), 0.0, 1.0);
    made.interaction = within(times(s.interaction, 1.0 / s.x), 0.0, 1.0);
  }
  if (s.y > 0.0) made.within_rest = within(times(s.yy, 1.0 / (s.y * s.y)), 0.0, 1.0);
  if (!(s.x > 0.0) || !(s.y > 0.0)) return made;
  made.between = within(times(s.xy, 1.0 / (s.x * s.y)), 0.0, 1.0);
  made.spatial_proximity =
      over(plus(times(s.xx, 1.0 / s.x), times(s.yy, 1.0 / s.y)), times(everyone, 1.0 / total));
  const Bounded even = times(closeness, s.x / (n * n));
  const Bounded members = times(s.xx, 1.0 / s.x);
  made.absolute_clustering =
      over(minus(members, even), minus(plus(members, times(s.xy, 1.0 / s.x)), even));
  made.relative_clustering =
      minus(over(made.within_group, made.within_rest), Bounded{1.0, 1.0, 1.0});
  return made;
}

/// Fills the indices from the sums of one sweep.
void fill_indices(const Places& places, const DecaySums& sums, bool exposure, Proximity& result) {
  const std::size_t group_count = result.groups.size();
  result.exposure.clear();
  const Bounded closeness{sums.closeness, sums.closeness - sums.closeness_error,
                          sums.closeness + sums.closeness_error};
  // Everyone against nobody: S_tt is its yy.
  const PairSums all = pair_sums(places, sums, places.columns.size());
  if (!(all.y > 0.0) || !(all.yy.value > 0.0)) return;
  result.everyone = within(times(all.yy, 1.0 / (all.y * all.y)), 0.0, 1.0);
  Bounded own{0.0, 0.0, 0.0};
  const auto n = static_cast<double>(result.district_count);
  for (std::size_t k = 0; k < group_count; ++k) {
    const PairSums s = pair_sums(places, sums, k);
    result.groups[k] = indices_of(s, all.yy, all.y, closeness, n);
    if (s.x > 0.0) own = plus(own, times(s.xx, 1.0 / s.x));
    if (exposure) result.exposure.push_back(exposures_of(places, sums, k, group_count));
  }
  if (places.columns.size() == group_count) {
    result.multigroup_spatial_proximity = over(own, times(all.yy, 1.0 / all.y));
  }
}

/// How far an index may be from the truth; 0 where it does not exist.
double reach(const Bounded& index) {
  if (!is_defined(index.value)) return 0.0;
  if (!is_defined(index.lower)) return std::numeric_limits<double>::infinity();
  return std::max(index.upper - index.value, index.value - index.lower);
}

/// The greatest reach: of SP as a share of it, of P as a share of the larger of it and Poo, of RCL
/// and DP as they are. ACL is left to its interval: its divisor may be small.
double widest(const Proximity& result) {
  const auto relative = [](const Bounded& index, double least) {
    const double size = std::max(index.value, least);
    return is_defined(index.value) && size > 0.0 ? reach(index) / size : 0.0;
  };
  const double everyone = result.everyone.value;
  double most =
      std::max(relative(result.everyone, 0.0), relative(result.multigroup_spatial_proximity, 0.0));
  for (const GroupProximity& group : result.groups) {
    for (const Bounded& index : {group.within_group, group.within_rest, group.between}) {
      most = std::max(most, relative(index, everyone));
    }
    most = std::max({most, relative(group.spatial_proximity, 0.0), reach(group.isolation),
                     reach(group.interaction), reach(group.relative_clustering)});
  }
  return most;
}

}  // namespace

Proximity proximity(std::span<const Point> centroids, std::span<const double> area_m2,
                    GroupColumns groups, std::span<const double> total,
                    const ProximityOptions& options) {
  expects(centroids.size() == total.size() && area_m2.size() == total.size(),
          "proximity: the same districts everywhere");
  for (const std::span<const double> group : groups) {
    expects(group.size() == total.size(), "proximity: the same districts everywhere");
  }
  expects(options.decay_per_km > 0.0 && std::isfinite(options.decay_per_km),
          "proximity: a positive decay");
  expects(options.tolerance >= 0.0, "proximity: a tolerance of at least 0");

  Proximity result;
  result.groups.resize(groups.size());
  const Places places = places_of(centroids, area_m2, groups, total, options, result);
  if (result.district_count < 2 || places.columns.empty()) return result;
  const std::vector<std::span<const double>> columns(places.columns.begin(), places.columns.end());
  const bool bounded = result.district_count > options.exact_up_to && options.tolerance > 0.0;
  DecaySweep sweep{options.decay_per_km, bounded ? kernel_share * options.tolerance : 0.0};
  for (int attempt = 1;; ++attempt) {
    fill_indices(places, decay_sums(places.centroids, places.self, columns, sweep),
                 options.exposure, result);
    if (!bounded || attempt == most_attempts || widest(result) <= options.tolerance) break;
    sweep.kernel_tolerance /= tighter;
  }
  result.bounded = bounded;
  return result;
}

}  // namespace quartier::metrics
