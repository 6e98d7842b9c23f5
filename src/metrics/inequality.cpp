#include "metrics/inequality.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/error.h"

namespace quartier::metrics {
namespace {

/// A district that takes part.
struct Place {
  double people;
  double access;
  double ranking;
  std::size_t position;
};

std::vector<Place> places_of(std::span<const double> people, std::span<const double> access,
                             std::span<const double> ranking) {
  expects(people.size() == access.size() && people.size() == ranking.size(),
          "inequality: the same districts throughout");
  std::vector<Place> places;
  for (std::size_t i = 0; i < people.size(); ++i) {
    expects(people[i] >= 0.0 && !(access[i] < 0.0), "inequality: people and access are 0 or more");
    if (people[i] == 0.0 || !is_defined(access[i]) || !is_defined(ranking[i])) continue;
    places.push_back({people[i], access[i], ranking[i], i});
  }
  return places;
}

void sort_by_ranking(std::vector<Place>& places) {
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return a.ranking != b.ranking ? a.ranking < b.ranking : a.position < b.position;
  });
}

double people_in(std::span<const Place> places) {
  CompensatedSum sum;
  for (const Place& place : places) sum.add(place.people);
  return sum.value();
}

/// Σ P a / Σ P; NaN or infinite where it does not exist.
double mean_of(std::span<const Place> places) {
  CompensatedSum sum;
  for (const Place& place : places) {
    if (std::isinf(place.access)) return unreachable;
    sum.add(place.people * place.access);
  }
  const double people = people_in(places);
  return people > 0.0 ? sum.value() / people : undefined;
}

bool is_usable(double mean) { return std::isfinite(mean) && mean > 0.0; }

/// 2/μ Σ w (r − 1/2)(a − μ) of sorted places.
double concentration_of(std::span<const Place> places, double mean, RankTies ties) {
  const double all = people_in(places);
  CompensatedSum sum;
  CompensatedSum before;
  for (std::size_t first = 0; first < places.size();) {
    std::size_t last = first + 1;
    if (ties == RankTies::mean_rank) {
      while (last < places.size() && places[last].ranking == places[first].ranking) ++last;
    }
    const std::span<const Place> tied = places.subspan(first, last - first);
    const double rank = (before.value() + people_in(tied) / 2.0) / all;
    for (const Place& place : tied) {
      sum.add(place.people / all * (rank - 0.5) * (place.access - mean));
      before.add(place.people);
    }
    first = last;
  }
  return 2.0 / mean * sum.value();
}

/// x ln x − (x − 1), from x − 1: the mean of the last two terms over people is 0, and with them no
/// term is negative.
double theil_term(double excess) {
  if (excess <= -1.0) return 1.0;
  return std::max(0.0, (1.0 + excess) * std::log1p(excess) - excess);
}

/// T of some places round their own mean.
double theil_of(std::span<const Place> places, double mean) {
  const double all = people_in(places);
  CompensatedSum sum;
  for (const Place& place : places) {
    sum.add(place.people / all * theil_term((place.access - mean) / mean));
  }
  return sum.value();
}

/// The quantile of places in order of ranking.
double quantile_of(std::span<const Place> places, double p) {
  expects(p >= 0.0 && p <= 1.0, "people_quantile: p from 0 to 1");
  if (places.empty()) return undefined;
  const double position = 1.0 + (people_in(places) - 1.0) * p;
  const double low = std::max(std::floor(position), 1.0);
  const double high = low + 1.0;
  const auto value_at = [&](double at) {
    CompensatedSum filled;
    for (const Place& place : places) {
      filled.add(place.people);
      if (filled.value() >= at) return place.ranking;
    }
    return places.back().ranking;
  };
  const double part = std::max(position, 1.0) - low;
  const double below = value_at(low);
  const double above = part == 0.0 ? below : value_at(high);
  // between equal neighbours a weighted mean could round past both
  return below == above ? below : (1.0 - part) * below + part * above;
}

}  // namespace

double access_gini(std::span<const double> people, std::span<const double> access) {
  return access_concentration(people, access, access).standard;
}

Concentration access_concentration(std::span<const double> people, std::span<const double> access,
                                   std::span<const double> ranking, RankTies ties) {
  std::vector<Place> places = places_of(people, access, ranking);
  const double mean = mean_of(places);
  Concentration result;
  if (!is_usable(mean)) return result;
  sort_by_ranking(places);
  result.standard = concentration_of(places, mean, ties);
  const auto [least, most] =
      std::minmax_element(places.begin(), places.end(),
                          [](const Place& a, const Place& b) { return a.access < b.access; });
  const double range = most->access - least->access;
  if (range > 0.0) result.corrected = 4.0 * mean * result.standard / range;
  return result;
}

double people_quantile(std::span<const double> people, std::span<const double> values, double p) {
  std::vector<double> nothing(values.size(), 0.0);
  std::vector<Place> places = places_of(people, nothing, values);
  sort_by_ranking(places);
  return quantile_of(places, p);
}

double access_palma(std::span<const double> people, std::span<const double> access,
                    std::span<const double> ranking) {
  std::vector<Place> places = places_of(people, access, ranking);
  sort_by_ranking(places);
  if (places.empty()) return undefined;
  const double high = quantile_of(places, 0.9);
  const double low = quantile_of(places, 0.4);
  std::vector<Place> highest;
  std::vector<Place> lowest;
  for (const Place& place : places) {
    if (place.ranking > high) highest.push_back(place);
    if (place.ranking <= low) lowest.push_back(place);
  }
  const double above = mean_of(highest);
  const double below = mean_of(lowest);
  return std::isfinite(above) && is_usable(below) ? above / below : undefined;
}

TheilParts access_theil(std::span<const double> people, std::span<const double> access,
                        std::span<const std::uint32_t> category) {
  expects(category.empty() || category.size() == people.size(),
          "access_theil: a category for each district");
  const std::vector<Place> places = places_of(people, access, access);
  const double mean = mean_of(places);
  TheilParts result;
  if (!is_usable(mean)) return result;
  result.total = theil_of(places, mean);

  std::uint32_t count = 1;
  for (const std::uint32_t c : category) count = std::max(count, c + 1);
  std::vector<std::vector<Place>> members(count);
  for (const Place& place : places) {
    members[category.empty() ? 0 : category[place.position]].push_back(place);
  }
  const double all = people_in(places);
  CompensatedSum between;
  CompensatedSum within;
  for (const std::vector<Place>& own : members) {
    if (own.empty()) continue;
    const double share = people_in(own) / all;
    const double own_mean = mean_of(own);
    if (count > 1) between.add(share * theil_term((own_mean - mean) / mean));
    if (own_mean > 0.0) within.add(share * own_mean / mean * theil_of(own, own_mean));
  }
  result.between = between.value();
  result.within = within.value();
  return result;
}

AccessPoverty access_poverty(std::span<const double> people, std::span<const double> access,
                             double line, PoorSide side) {
  const std::vector<Place> places = places_of(people, access, access);
  AccessPoverty result;
  const double all = people_in(places);
  if (all == 0.0 || !std::isfinite(line) || line <= 0.0) return result;
  CompensatedSum poor;
  CompensatedSum gap;
  CompensatedSum severity;
  for (const Place& place : places) {
    const bool beyond = side == PoorSide::below ? place.access < line : place.access > line;
    if (!beyond) continue;
    const double shortfall =
        side == PoorSide::below ? (line - place.access) / line : 1.0 - line / place.access;
    poor.add(place.people);
    gap.add(place.people * shortfall);
    severity.add(place.people * shortfall * shortfall);
  }
  result.share = poor.value() / all;
  result.gap = gap.value() / all;
  result.severity = severity.value() / all;
  return result;
}

}  // namespace quartier::metrics
