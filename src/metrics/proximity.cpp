#include "metrics/proximity.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "metrics/decay_sums.h"

namespace quartier::metrics {
namespace {

constexpr double m2_per_km2 = 1e6;
/// The kernel is interpolated within this share of the tolerance; should that not be enough, it is
/// made `tighter` times smaller.
constexpr double kernel_share = 0.5;
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
void fill_indices(const Places& places, const DecaySums& sums, std::size_t group_count,
                  Proximity& result) {
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

/// The greatest reach: of P and SP as a share of them, of the others as they are.
double widest(const Proximity& result) {
  const auto relative = [](const Bounded& index) {
    return index.value > 0.0 ? reach(index) / index.value : 0.0;
  };
  double most = std::max(relative(result.everyone), relative(result.multigroup_spatial_proximity));
  for (const GroupProximity& group : result.groups) {
    for (const Bounded& index :
         {group.within_group, group.within_rest, group.between, group.spatial_proximity}) {
      most = std::max(most, relative(index));
    }
    for (const Bounded& index : {group.isolation, group.interaction, group.relative_clustering,
                                 group.absolute_clustering}) {
      most = std::max(most, reach(index));
    }
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
    fill_indices(places, decay_sums(places.centroids, places.self, columns, sweep), groups.size(),
                 result);
    if (!bounded || attempt == most_attempts || widest(result) <= options.tolerance) break;
    sweep.kernel_tolerance /= tighter;
  }
  result.bounded = bounded;
  return result;
}

}  // namespace quartier::metrics
