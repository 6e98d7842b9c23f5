#pragma once
/// The one table of metrics: the command line, the viewer's menus, the report and docs/metrics read
/// it. A new metric is a function, a row here, a test and a paragraph in docs/metrics.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/number.h"
#include "base/units.h"
#include "domain/counts.h"
#include "domain/districts.h"
#include "domain/groups.h"
#include "domain/travel_costs.h"
#include "metrics/access_settings.h"
#include "metrics/conventions.h"

namespace quartier::metrics {

struct EnvironmentSpec;
class AccessCache;

/// What happens to cells that are not fully known (domain `CountColumn`). Chosen once per study.
enum class UnknownPolicy : std::uint8_t {
  left_out_of_sums,   ///< the readable part is used; a range says how far the index could move
  district_left_out,  ///< a district with an unknown cell among those used takes no part
  index_undefined,    ///< an index over any unknown cell is undefined
};

/// "left_out_of_sums", "district_left_out", "undefined".
std::string_view id_of(UnknownPolicy policy);
std::optional<UnknownPolicy> unknown_policy_of(std::string_view id);

/// One service of the study, for measures of several at once.
struct ServiceInput {
  std::string_view id;
  const Impedance* impedance = nullptr;
  std::span<const double> supply;  ///< [its site count]
  AccessSettings access;
  double weight = 1.0;  ///< in composites; 0 leaves the service out
};

/// Everything a metric may ask for. What a metric needs is in its entry; the rest may stay empty.
struct MetricInput {
  const CountTable* counts = nullptr;
  const Groups* groups = nullptr;
  GroupIndex group = no_index;
  GroupIndex reference = no_index;        ///< no_index: the rest, everyone who is not of the group
  std::span<const GroupIndex> partition;  ///< all groups; empty: the leaves of the tree

  const SpatialWeights* weights = nullptr;
  std::string_view weights_label;  ///< for the parameters column: "queen, row-standardised"

  const Impedance* impedance = nullptr;  ///< to the sites of one service
  std::string_view impedance_label;      ///< "streets"
  std::span<const double> supply;        ///< [site count] places offered
  std::span<const double> demand;        ///< [district count] people in need; empty: everyone
  std::span<const double> fees;          ///< [site count] `undefined`: not published; empty: none
  std::vector<ServiceInput> services;    ///< all of the study, where several are read at once
  const Impedance* earlier_impedance = nullptr;  ///< before a change of services or streets
  std::span<const double> earlier_supply;        ///< [its site count]
  const OriginPoints* origins = nullptr;  ///< where in the districts people live; none: one point
  AccessSettings access;
  std::span<const double> ranking;  ///< [district count] what people are ranked by (income); empty
  std::string_view ranking_label;   ///< the indicator's id

  /// Ways from the same origins to the districts themselves, for services spread like people.
  const Impedance* to_districts = nullptr;

  AccessCache* cache = nullptr;  ///< of access that many rows ask for; none: always computed

  const Districts* districts = nullptr;          ///< areas, perimeters, centroids in metres
  const Contiguity* contiguity = nullptr;        ///< who touches whom, and how long
  std::span<const DistrictIndex> centres;        ///< of the city; empty: the mean of all centroids
  const ParentLevel* parents = nullptr;          ///< larger areas that the districts nest in
  std::string_view parents_label;                ///< "borough"
  const CountTable* earlier = nullptr;           ///< counts of an earlier date, same districts
  const EnvironmentSpec* environment = nullptr;  ///< what counts as surroundings

  Conventions conventions;
  std::uint32_t permutations = 999;
  std::uint32_t stop_after = 0;  ///< exceedances that end a local test early; 0: all are drawn
  std::uint64_t seed = 1;
  double level = 0.05;  ///< largest p-value that local Moran calls significant
  UnknownPolicy unknown = UnknownPolicy::left_out_of_sums;
};

/// One value for the city.
///
/// `lower` and `upper` are filled where cells are unknown and the policy leaves them out of the
/// sums: the smallest and largest of three values of the index, with the readable parts, with every
/// unknown cell at its least and with every unknown cell at its greatest possible count. This is
/// how far the index moves under those scenarios; a mixture of them could in principle move it
/// further. Empty where a cell has no greatest count; `status` says so.
struct CityValue {
  double value = undefined;
  double lower = undefined;
  double upper = undefined;
  double p_value = undefined;
  double expected = undefined;  ///< value without segregation or clustering, where it is known
  std::string status;           ///< reasons and cautions joined by "; "; empty: nothing to say
  std::string parameters;       ///< "name=value" joined by "; "
};

/// One value per district, each vector [district count] or empty where the metric has none.
struct DistrictValues {
  std::vector<double> values;
  std::vector<double> lower;  ///< as in `CityValue`, undefined where nothing moves
  std::vector<double> upper;
  std::vector<double> p_values;
  std::vector<std::uint8_t> categories;  ///< positions in the entry's `categories`
  std::string status;
  std::string parameters;
};

enum class Scope : std::uint8_t { city, district };

/// What a metric reads of its input.
struct Needs {
  bool group = false;
  bool reference = false;  ///< no_index stands for the rest
  bool partition = false;  ///< all groups at once
  bool weights = false;
  bool service = false;  ///< impedance, supply, demand
  bool cutoff = false;
  bool districts = false;  ///< shapes: areas, perimeters, centroids
  bool contiguity = false;
  bool parents = false;
  bool whole_city = false;  ///< a district's value holds sums over all districts, beside totals
  bool earlier = false;     ///< counts of an earlier date
  bool environment = false;
  bool scenario = false;    ///< ways and supply before a change, beside those after it
  bool ranking = false;     ///< what people are ranked by (income)
  bool demand = false;      ///< who needs the service: the study's group, or everyone
  bool own_people = false;  ///< the district's own people who need it are a factor of its value
  bool services = false;  ///< beside `service`: all services at once, one value; needed by everyone
  bool window = false;    ///< ways by timetable, departure by departure
  bool fees = false;      ///< what the sites cost
};

/// A row of the table.
struct MetricEntry {
  std::string_view id{};
  std::string_view label{};   ///< "Dissimilarity index (D)"
  std::string_view symbol{};  ///< "D"
  std::string_view family{};
  std::string_view unit{};  ///< "share", "index", "nats", "m", "persons", "places per 1000 people"
  Scope scope = Scope::city;
  Needs needs{};
  double lowest = 0.0;  ///< -inf, +inf: no fixed limit
  double highest = 1.0;
  double neutral = undefined;  ///< the value with a meaning of its own in the middle of a legend
  bool spatial = false;        ///< depends on where districts lie
  bool on_request = false;     ///< left out of a whole run, because it takes long or is for experts
  std::string_view
      source{};  ///< "Duncan & Duncan 1955", in docs/references.md; empty: by definition
  std::string_view meaning{};                       ///< one plain sentence
  std::span<const std::string_view> categories{};   ///< names, first: none; empty: no categories
  CityValue (*city)(const MetricInput&) = nullptr;  ///< set where scope is city
  DistrictValues (*districts)(const MetricInput&) = nullptr;  ///< set where scope is district
};

/// A family of metrics, in the order of the table.
struct MetricFamily {
  std::string_view id;
  std::string_view label;
  std::string_view meaning;
};

/// Every metric, family by family. The compute functions throw std::logic_error where the input
/// lacks what the entry needs.
std::span<const MetricEntry> metric_table();
std::span<const MetricFamily> metric_families();

/// The unit of a metric's values. Ways to services are in metres or minutes, as the study travels;
/// the table says "m" for both.
/// @param way_unit  "m" or "min"
std::string_view unit_of(const MetricEntry& entry, std::string_view way_unit);

/// The entry with this id, or nullptr.
const MetricEntry* find_metric(std::string_view id);

}  // namespace quartier::metrics
