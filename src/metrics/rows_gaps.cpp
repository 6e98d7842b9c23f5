#include <array>

#include "base/error.h"
#include "base/text.h"
#include "metrics/gap_rows.h"
#include "metrics/gaps.h"
#include "metrics/travel_rows.h"

namespace quartier::metrics::rows {
namespace {

constexpr Needs group_service{.group = true, .service = true};
constexpr Needs group_service_in_reach{.group = true, .service = true, .cutoff = true};
constexpr Needs pair_service{.group = true, .reference = true, .service = true};
constexpr Needs pair_service_in_reach{
    .group = true, .reference = true, .service = true, .cutoff = true};

constexpr double interval_level = 0.95;

double ratio_of(GroupColumns c, std::span<const double> access) {
  return metrics::access_gap(c[0], c[1], access).ratio;
}

CityValue access_mean(const MetricInput& in) {
  return cost_index(in, group_only(in), false, mean_of, CostsAt::districts);
}

CityValue access_gap(const MetricInput& in) {
  return cost_index(in, group_and_reference(in), false, gap_of, CostsAt::districts);
}

CityValue access_ratio(const MetricInput& in) {
  return cost_index(in, group_and_reference(in), false, ratio_of, CostsAt::districts);
}

CityValue access_share_within(const MetricInput& in) {
  return cost_index(in, group_only(in), true, [&](GroupColumns c, std::span<const double> cost) {
    return share_within(c[0], cost, in.access.cutoff);
  });
}

CityValue access_unreachable(const MetricInput& in) {
  return cost_index(in, group_only(in), false, [](GroupColumns c, std::span<const double> cost) {
    return group_access(c[0], cost).unreachable;
  });
}

CityValue places_mean(const MetricInput& in) { return places_index(in, group_only(in), mean_of); }

CityValue places_gap(const MetricInput& in) {
  return places_index(in, group_and_reference(in), gap_of);
}

CityValue opportunities_mean(const MetricInput& in) {
  return opportunities_index(in, group_only(in), mean_of);
}

CityValue opportunities_gap(const MetricInput& in) {
  return opportunities_index(in, group_and_reference(in), gap_of);
}

/// Access poverty of the group under the line of everyone who competes for places.
template <double AccessPoverty::*measure>
CityValue poverty(const MetricInput& in) {
  CityValue result =
      places_index(in, group_only(in), [&](GroupColumns c, std::span<const double> access) {
        const double line = poverty_line(in, demand_of(in, c), access);
        return metrics::access_poverty(c[0], access, line, PoorSide::below).*measure;
      });
  name_poverty_line(in, result.parameters);
  return result;
}

using PlainIndex = double (*)(GroupColumns, std::span<const double>);

/// An end of the interval of an index of the group and the reference, districts drawn anew. Access
/// stays that of the city.
template <PlainIndex index, double BootstrapResult::*end>
double interval_end(const MetricInput& in, GroupColumns c, std::span<const double> access) {
  const auto of_draw = [&](GroupColumns drawn) { return index(drawn, access); };
  return bootstrap_districts(c.first(2), in.permutations, in.seed, interval_level, of_draw).*end;
}

void name_interval(const MetricInput& in, std::string& parameters) {
  add_parameter(parameters, "interval", exact_text(interval_level));
  add_parameter(parameters, "resampling", "districts");
  add_parameter(parameters, "draws", std::to_string(in.permutations));
  add_parameter(parameters, "seed", std::to_string(in.seed));
}

enum class Measure : std::uint8_t { cost, places, opportunities };

template <Measure measure, PlainIndex index, double BootstrapResult::*end>
CityValue interval(const MetricInput& in) {
  const std::vector<ColumnRef> columns = group_and_reference(in);
  const AccessIndex ends = [&](GroupColumns c, std::span<const double> access) {
    return interval_end<index, end>(in, c, access);
  };
  CityValue result;
  if (measure == Measure::cost) {
    result = cost_index(in, columns, false, ends, CostsAt::districts);
  }
  if (measure == Measure::places) result = places_index(in, columns, ends);
  if (measure == Measure::opportunities) result = opportunities_index(in, columns, ends);
  name_interval(in, result.parameters);
  return result;
}

/// An end of the interval of a ratio, which is 1 where nobody has an advantage.
constexpr MetricEntry of_ratio(std::string_view id, std::string_view label, std::string_view symbol,
                               std::string_view unit, Needs needs,
                               CityValue (*city)(const MetricInput&)) {
  return {.id = id,
          .label = label,
          .symbol = symbol,
          .family = "gaps",
          .unit = unit,
          .needs = needs,
          .highest = no_limit,
          .neutral = 1.0,
          .spatial = true,
          .on_request = true,
          .source = "Efron & Tibshirani 1993",
          .meaning = id.ends_with("_lower")
                         ? "Lower end of the 95 % interval when districts are drawn anew."
                         : "Upper end of the 95 % interval when districts are drawn anew.",
          .city = city};
}

/// The same of a difference, which is 0 there.
constexpr MetricEntry of_gap(std::string_view id, std::string_view label, std::string_view symbol,
                             std::string_view unit, Needs needs,
                             CityValue (*city)(const MetricInput&)) {
  MetricEntry entry = of_ratio(id, label, symbol, unit, needs, city);
  entry.lowest = -no_limit;
  entry.neutral = 0.0;
  return entry;
}

constexpr auto table = std::to_array<MetricEntry>({
    {.id = "access_mean",
     .label = "Mean way to the nearest service",
     .symbol = "mean t",
     .family = "gaps",
     .unit = "m",
     .needs = group_service,
     .highest = no_limit,
     .spatial = true,
     .source = "",
     .meaning = "Way to the nearest service of the group's average member who can reach one.",
     .city = access_mean},
    {.id = "access_gap",
     .label = "Access gap",
     .symbol = "Δt",
     .family = "gaps",
     .unit = "m",
     .needs = pair_service,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "",
     .meaning = "How much farther the group is from the nearest service than the reference.",
     .city = access_gap},
    {.id = "access_ratio",
     .label = "Access ratio",
     .symbol = "t/t",
     .family = "gaps",
     .unit = "ratio",
     .needs = pair_service,
     .highest = no_limit,
     .neutral = 1.0,
     .spatial = true,
     .source = "",
     .meaning = "The group's mean way to the nearest service over that of the reference.",
     .city = access_ratio},
    {.id = "access_share_within",
     .label = "Share within the cutoff",
     .symbol = "share",
     .family = "gaps",
     .unit = "share",
     .needs = group_service_in_reach,
     .spatial = true,
     .source = "",
     .meaning = "Share of the group that has a service within the cutoff.",
     .city = access_share_within},
    {.id = "access_unreachable",
     .label = "Persons who reach none",
     .symbol = "n",
     .family = "gaps",
     .unit = "persons",
     .needs = group_service,
     .highest = no_limit,
     .spatial = true,
     .source = "",
     .meaning = "Persons of the group for whom no service can be reached at all.",
     .city = access_unreachable},
    {.id = "places_mean",
     .label = "Mean places per head",
     .symbol = "mean 2SFCA",
     .family = "gaps",
     .unit = "places per 1000 people",
     .needs = group_service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .source = "Luo & Wang 2003",
     .meaning = "Places per head, with competition, of the group's average member.",
     .city = places_mean},
    {.id = "places_gap",
     .label = "Gap in places per head",
     .symbol = "Δ2SFCA",
     .family = "gaps",
     .unit = "places per 1000 people",
     .needs = pair_service_in_reach,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "Luo & Wang 2003",
     .meaning = "How many more places per head the group has than the reference.",
     .city = places_gap},
    {.id = "opportunities_mean",
     .label = "Mean places within the cutoff",
     .symbol = "mean A",
     .family = "gaps",
     .unit = "places",
     .needs = group_service_in_reach,
     .highest = no_limit,
     .spatial = true,
     .source = "Ingram 1971",
     .meaning = "Places within the cutoff of the group's average member, whoever else wants them.",
     .city = opportunities_mean},
    {.id = "opportunities_gap",
     .label = "Gap in places within the cutoff",
     .symbol = "ΔA",
     .family = "gaps",
     .unit = "places",
     .needs = pair_service_in_reach,
     .lowest = -no_limit,
     .highest = no_limit,
     .neutral = 0.0,
     .spatial = true,
     .source = "Ingram 1971",
     .meaning = "How many more places the group has within the cutoff than the reference.",
     .city = opportunities_gap},
    {.id = "access_poverty",
     .label = "Access poverty",
     .symbol = "FGT0",
     .family = "gaps",
     .unit = "share",
     .needs = group_service_in_reach,
     .spatial = true,
     .source = "Foster, Greer & Thorbecke 1984",
     .meaning = "Share of the group with fewer places per head than the poverty line.",
     .city = poverty<&AccessPoverty::share>},
    {.id = "access_poverty_gap",
     .label = "Depth of access poverty",
     .symbol = "FGT1",
     .family = "gaps",
     .unit = "share",
     .needs = group_service_in_reach,
     .spatial = true,
     .source = "Foster, Greer & Thorbecke 1984",
     .meaning =
         "Mean shortfall of the group's places per head under the line, as a share of the line.",
     .city = poverty<&AccessPoverty::gap>},
    {.id = "access_poverty_severity",
     .label = "Severity of access poverty",
     .symbol = "FGT2",
     .family = "gaps",
     .unit = "share",
     .needs = group_service_in_reach,
     .spatial = true,
     .source = "Foster, Greer & Thorbecke 1984",
     .meaning = "Mean squared shortfall, in which those who lack most weigh most.",
     .city = poverty<&AccessPoverty::severity>},
    of_gap("access_gap_interval_lower", "Access gap, lower end", "Δt", "m", pair_service,
           interval<Measure::cost, gap_of, &BootstrapResult::lower>),
    of_gap("access_gap_interval_upper", "Access gap, upper end", "Δt", "m", pair_service,
           interval<Measure::cost, gap_of, &BootstrapResult::upper>),
    of_ratio("access_ratio_interval_lower", "Access ratio, lower end", "t/t", "ratio", pair_service,
             interval<Measure::cost, ratio_of, &BootstrapResult::lower>),
    of_ratio("access_ratio_interval_upper", "Access ratio, upper end", "t/t", "ratio", pair_service,
             interval<Measure::cost, ratio_of, &BootstrapResult::upper>),
    of_gap("places_gap_interval_lower", "Gap in places per head, lower end", "Δ2SFCA",
           "places per 1000 people", pair_service_in_reach,
           interval<Measure::places, gap_of, &BootstrapResult::lower>),
    of_gap("places_gap_interval_upper", "Gap in places per head, upper end", "Δ2SFCA",
           "places per 1000 people", pair_service_in_reach,
           interval<Measure::places, gap_of, &BootstrapResult::upper>),
    of_gap("opportunities_gap_interval_lower", "Gap in places within the cutoff, lower end", "ΔA",
           "places", pair_service_in_reach,
           interval<Measure::opportunities, gap_of, &BootstrapResult::lower>),
    of_gap("opportunities_gap_interval_upper", "Gap in places within the cutoff, upper end", "ΔA",
           "places", pair_service_in_reach,
           interval<Measure::opportunities, gap_of, &BootstrapResult::upper>),
});

}  // namespace

std::span<const MetricEntry> gaps() { return table; }

}  // namespace quartier::metrics::rows
