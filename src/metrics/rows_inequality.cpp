#include <array>

#include "base/error.h"
#include "base/text.h"
#include "metrics/gap_rows.h"
#include "metrics/inequality.h"
#include "metrics/travel_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs service_in_reach{.service = true, .cutoff = true};
constexpr Needs groups_service_in_reach{.partition = true, .service = true, .cutoff = true};

const std::vector<ColumnRef>& everyone() {
  static const std::vector<ColumnRef> columns{{0, false}};
  return columns;
}

enum class Measure : std::uint8_t { places, opportunities };

template <Measure measure>
CityValue index_of(const MetricInput& in, const std::vector<ColumnRef>& columns,
                   const AccessIndex& index) {
  return measure == Measure::places ? places_index(in, columns, index)
                                    : opportunities_index(in, columns, index);
}

template <Measure measure>
CityValue gini(const MetricInput& in) {
  return index_of<measure>(in, everyone(), [](GroupColumns c, std::span<const double> access) {
    return access_gini(c[0], access);
  });
}

template <Measure measure>
CityValue theil(const MetricInput& in) {
  return index_of<measure>(in, everyone(), [](GroupColumns c, std::span<const double> access) {
    return access_theil(c[0], access, {}).total;
  });
}

/// Persons of all groups in all districts, one after the other, each group a category.
double theil_between_groups(GroupColumns groups, std::span<const double> access) {
  std::vector<double> persons;
  std::vector<double> theirs;
  std::vector<std::uint32_t> category;
  for (std::size_t k = 0; k < groups.size(); ++k) {
    persons.insert(persons.end(), groups[k].begin(), groups[k].end());
    theirs.insert(theirs.end(), access.begin(), access.end());
    category.insert(category.end(), access.size(), static_cast<std::uint32_t>(k));
  }
  return access_theil(persons, theirs, category).between;
}

template <Measure measure>
CityValue between_groups(const MetricInput& in) {
  const std::vector<ColumnRef> columns = whole_partition(in);
  return index_of<measure>(in, columns, [&](GroupColumns c, std::span<const double> access) {
    return theil_between_groups(c.first(columns.size()), access);
  });
}

/// An index that needs an indicator to rank people by.
template <Measure measure>
CityValue ranked(const MetricInput& in, const AccessIndex& index) {
  CityValue result = index_of<measure>(in, everyone(), [&](GroupColumns c, auto access) {
    return in.ranking.empty() ? undefined : index(c, access);
  });
  if (in.ranking.empty()) {
    result.status = "undefined: no indicator to rank people by";
  } else {
    add_parameter(result.parameters, "ranking", in.ranking_label);
  }
  return result;
}

template <Measure measure>
CityValue palma(const MetricInput& in) {
  return ranked<measure>(in, [&](GroupColumns c, std::span<const double> access) {
    return access_palma(c[0], access, in.ranking);
  });
}

template <Measure measure, double Concentration::*form>
CityValue concentration(const MetricInput& in) {
  CityValue result = ranked<measure>(in, [&](GroupColumns c, std::span<const double> access) {
    return access_concentration(c[0], access, in.ranking).*form;
  });
  add_parameter(result.parameters, "ties", "mean rank");
  return result;
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "places_gini",
     .label = "Gini index of places per head",
     .symbol = "G(2SFCA)",
     .family = "inequality",
     .unit = "index",
     .needs = service_in_reach,
     .spatial = true,
     .source = "Lerman & Yitzhaki 1984",
     .meaning =
         "How unequally places per head are spread over people: 0 all alike, near 1 few have all.",
     .city = gini<Measure::places>},
    {.id = "places_theil",
     .label = "Theil index of places per head",
     .symbol = "T(2SFCA)",
     .family = "inequality",
     .unit = "nats",
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .source = "Theil 1967",
     .meaning =
         "How unequally places per head are spread over people, in a form that splits into parts.",
     .city = theil<Measure::places>},
    {.id = "places_theil_between_groups",
     .label = "Theil index of places per head between groups",
     .symbol = "T_b(2SFCA)",
     .family = "inequality",
     .unit = "nats",
     .needs = groups_service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .source = "Theil 1967",
     .meaning =
         "The part of the Theil index that the means of the groups make; the rest is within them.",
     .city = between_groups<Measure::places>},
    {.id = "places_palma",
     .label = "Palma ratio of places per head",
     .symbol = "Palma(2SFCA)",
     .family = "inequality",
     .unit = "ratio",
     .needs = service_in_reach,
     .highest = no_limit,
     .neutral = 1.0,
     .spatial = true,
     .on_request = true,
     .source = "Palma 2011",
     .meaning = "Mean places per head of the tenth that ranks highest over that of the four tenths "
                "that rank lowest.",
     .city = palma<Measure::places>},
    {.id = "places_concentration",
     .label = "Concentration index of places per head",
     .symbol = "C(2SFCA)",
     .family = "inequality",
     .unit = "index",
     .needs = service_in_reach,
     .lowest = -1.0,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Kakwani 1977",
     .meaning = "Whether people who rank high (above 0) or low have more places per head.",
     .city = concentration<Measure::places, &Concentration::standard>},
    {.id = "places_concentration_corrected",
     .label = "Corrected concentration index of places per head",
     .symbol = "E(2SFCA)",
     .family = "inequality",
     .unit = "index",
     .needs = service_in_reach,
     .lowest = -1.0,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Erreygers 2009",
     .meaning = "The concentration index in a form that does not depend on the mean.",
     .city = concentration<Measure::places, &Concentration::corrected>},
    {.id = "opportunities_gini",
     .label = "Gini index of places within the cutoff",
     .symbol = "G(A)",
     .family = "inequality",
     .unit = "index",
     .needs = service_in_reach,
     .spatial = true,
     .source = "Lerman & Yitzhaki 1984",
     .meaning = "How unequally places within the cutoff are spread over people: 0 all alike, near "
                "1 few have all.",
     .city = gini<Measure::opportunities>},
    {.id = "opportunities_theil",
     .label = "Theil index of places within the cutoff",
     .symbol = "T(A)",
     .family = "inequality",
     .unit = "nats",
     .needs = service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .source = "Theil 1967",
     .meaning = "How unequally places within the cutoff are spread over people, in a form that "
                "splits into parts.",
     .city = theil<Measure::opportunities>},
    {.id = "opportunities_theil_between_groups",
     .label = "Theil index of places within the cutoff between groups",
     .symbol = "T_b(A)",
     .family = "inequality",
     .unit = "nats",
     .needs = groups_service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .source = "Theil 1967",
     .meaning =
         "The part of the Theil index that the means of the groups make; the rest is within them.",
     .city = between_groups<Measure::opportunities>},
    {.id = "opportunities_palma",
     .label = "Palma ratio of places within the cutoff",
     .symbol = "Palma(A)",
     .family = "inequality",
     .unit = "ratio",
     .needs = service_in_reach,
     .highest = no_limit,
     .neutral = 1.0,
     .spatial = true,
     .on_request = true,
     .source = "Palma 2011",
     .meaning = "Mean places within the cutoff of the tenth that ranks highest over that of the "
                "four tenths that rank lowest.",
     .city = palma<Measure::opportunities>},
    {.id = "opportunities_concentration",
     .label = "Concentration index of places within the cutoff",
     .symbol = "C(A)",
     .family = "inequality",
     .unit = "index",
     .needs = service_in_reach,
     .lowest = -1.0,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Kakwani 1977",
     .meaning = "Whether people who rank high (above 0) or low have more places within the cutoff.",
     .city = concentration<Measure::opportunities, &Concentration::standard>},
    {.id = "opportunities_concentration_corrected",
     .label = "Corrected concentration index of places within the cutoff",
     .symbol = "E(A)",
     .family = "inequality",
     .unit = "index",
     .needs = service_in_reach,
     .lowest = -1.0,
     .neutral = 0.0,
     .spatial = true,
     .on_request = true,
     .source = "Erreygers 2009",
     .meaning = "The concentration index in a form that does not depend on the mean.",
     .city = concentration<Measure::opportunities, &Concentration::corrected>},
});

}  // namespace

std::span<const MetricEntry> inequality() { return table; }

}  // namespace quartier::metrics::rows
