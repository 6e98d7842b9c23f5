/// Small cases with exact answers: measures of four origins and three services, inequality,
/// congestion.
#include "oracle/access/tiny.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "metrics/access.h"
#include "metrics/gaps.h"
#include "metrics/inequality.h"
#include "metrics/raam.h"
#include "oracle/access/checks.h"
#include "oracle/access/measure.h"

namespace quartier::oracle {

using namespace metrics;

namespace {

/// Names that stand for one of the grammar; `step` is that of the file, `places` its services.
std::string in_grammar(const std::string& key) {
  const std::array<std::pair<const char*, const char*>, 5> words{{
      {"spatial_availability", "spatav"},
      {"total_constrained", "totalconstr"},
      {"singly_constrained", "singlyconstr"},
      {"balancing_cost", "balcost"},
      {"inverse_clipped", "power1"},
  }};
  std::string name = key;
  for (const auto& [word, ours] : words) {
    const std::size_t at = name.find(word);
    if (at != std::string::npos) name.replace(at, std::string(word).size(), ours);
  }
  if (name.ends_with("_step")) name += "10_20_30";
  const std::string count = "_opportunities";
  if (name.starts_with("nearest_n")) {
    if (name.ends_with(count)) {
      return "closest_n" + name.substr(9, name.size() - 9 - count.size());
    }
    return "nearest_k" + name.substr(9);
  }
  return name;
}

struct Tiny {
  TravelCosts costs;
  std::vector<double> supply;
  std::vector<double> people;
  std::vector<double> income;
  std::map<std::string, std::vector<double>> groups;

  explicit Tiny(const Json& json) {
    const auto numbers = [&](const char* key) {
      return json.contains(key) ? json_numbers(json.at(key), key) : std::vector<double>{};
    };
    if (json.contains("minutes")) costs = json_minutes(json.at("minutes"));
    supply = numbers("supply");
    people = numbers("population");
    income = numbers("income");
    if (!json.contains("groups")) return;
    for (const auto& [name, counts] : json.at("groups").items()) {
      groups[name] = json_numbers(counts, name);
    }
  }

  /// A measure as the file calls it, without the name of its one opportunity.
  [[nodiscard]] std::vector<double> of(const std::string& key) const {
    std::string name = in_grammar(key);
    const std::string demand = "_population";
    const bool passive = name.ends_with(demand);
    if (passive) name.resize(name.size() - demand.size());
    std::size_t end = name.find('_');
    if (name.starts_with("passive_cum")) end = name.find('_', end + 1);
    if (end != std::string::npos) name.insert(end, "_places");
    const Measure measure = measure_of(name, {"places"});
    if (costs.site_count == 0) throw Uncovered("no minutes from origins to services");
    return answer_of(measure, {&costs, passive ? people : supply, people, {}, {1.0, 0.5, 0.25}});
  }
  [[nodiscard]] const std::vector<double>& group(const std::string& name) const {
    const auto found = groups.find(name);
    if (found == groups.end()) throw Uncovered("no group " + name);
    return found->second;
  }
};

void check_measure(const Tiny& tiny, const std::string& key, const Json& values, Tally& tally) {
  Expected expected{json_references(values, key, unreachable)};
  compare(tally, "tiny measures", key, expected, [&] { return tiny.of(key); });
}

/// Sums over places that have to come out whole.
void check_sum(const Tiny& tiny, const std::string& name, double reference, Tally& tally) {
  compare(tally, "tiny checks", name, reference, Closeness::relative, [&] {
    CompensatedSum sum;
    if (name.starts_with("2sfca")) {
      const std::vector<double> access = tiny.of("2sfca_20");
      for (std::size_t i = 0; i < access.size(); ++i) sum.add(tiny.people[i] * access[i]);
    } else if (name.starts_with("spatial_availability")) {
      for (const double places : tiny.of("spatial_availability_step")) sum.add(places);
    } else {
      throw Uncovered("unknown key");
    }
    return sum.value();
  });
}

double share_within_key(const Tiny& tiny, const std::string& key, const std::string& group) {
  const std::string head = "share_within_";
  const std::string minutes = key.substr(head.size(), key.find('_', head.size()) - head.size());
  return share_within(tiny.group(group), tiny.of("nearest_n1"),
                      shown_number(minutes, tiny.costs.unit));
}

double inequality_number(const Tiny& tiny, std::span<const double> access, const std::string& key) {
  const Concentration concentration =
      access_concentration(tiny.people, access, tiny.income, RankTies::row_order);
  if (key == "pop_mean") return group_access(tiny.people, access).mean;
  if (key == "gini") return access_gini(tiny.people, access);
  if (key == "concentration_standard") return concentration.standard;
  if (key == "concentration_corrected") return concentration.corrected;
  if (key == "theil_t") return access_theil(tiny.people, access, {}).total;
  const std::string head = "access_gap_";
  const std::string less = "_minus_";
  const std::size_t at = key.find(less);
  if (key.starts_with(head) && at != std::string::npos) {
    const std::string group = key.substr(head.size(), at - head.size());
    return access_gap(tiny.group(group), tiny.group(key.substr(at + less.size())), access)
        .difference;
  }
  throw Uncovered("unknown key");
}

std::vector<double> poverty_numbers(const Tiny& tiny, std::span<const double> access,
                                    const std::string& key) {
  const std::string head = "FGT0_1_2_line";
  if (!key.starts_with(head)) throw Uncovered("unknown key");
  const double line = shown_number(key.substr(head.size()), tiny.costs.unit);
  const AccessPoverty poverty = access_poverty(tiny.people, access, line, PoorSide::below);
  return {poverty.share, poverty.gap, poverty.severity};
}

void check_inequality(const Tiny& tiny, const std::string& measure, const Json& values,
                      Tally& tally) {
  const std::string family = "tiny inequality";
  std::vector<double> access;
  try {
    access = tiny.of(measure);
  } catch (const Uncovered& reason) {
    tally.uncovered(family, measure, reason.what());
    return;
  }
  for (const auto& item : values.items()) {
    const std::string& key = item.key();
    const Json& value = item.value();
    const std::string name = measure + ' ' + key;
    const bool by_group = value.is_object() && !value.contains("value") && !value.contains("exact");
    if (value.is_array()) {
      compare(tally, family, name, {json_references(value, name, undefined)},
              [&] { return poverty_numbers(tiny, access, key); });
    } else if (!by_group) {
      compare(tally, family, name, json_number(value, name, undefined), Closeness::relative,
              [&] { return inequality_number(tiny, access, key); });
    } else {
      for (const auto& part : value.items()) {
        const std::string& group = part.key();
        compare(tally, family, name + ' ' + group, json_number(part.value(), name, undefined),
                Closeness::relative, [&] {
                  if (key == "group_mean") return group_access(tiny.group(group), access).mean;
                  if (key.starts_with("share_within_")) return share_within_key(tiny, key, group);
                  throw Uncovered("unknown key");
                });
      }
    }
  }
}

void check_congestion(const Json& cases, Tally& tally) {
  for (std::size_t c = 0; c < cases.size(); ++c) {
    const Json& one = cases.at(c);
    const std::string name = "raam " + std::to_string(c);
    const TravelCosts costs = json_minutes(one.at("t"));
    const std::vector<double> supply = json_numbers(one.at("supply"), name);
    const std::vector<double> demand = json_numbers(one.at("demand"), name);
    const CongestionEquilibrium found = congestion_equilibrium(
        costs, supply, demand, {.scale = one.at("tau").get<double>(), .gap = 1e-13});
    const auto check = [&](const char* what, std::vector<Reference> references,
                           const std::vector<double>& ours) {
      compare(tally, "tiny raam", name + ' ' + what,
              {std::move(references), Closeness::equilibrium}, [&] { return ours; });
    };
    if (one.contains("cost")) {
      check("cost", json_references(one.at("cost"), name, unreachable), found.cost);
    }
    if (one.contains("rho")) {
      check("rho", {{"rho", one.at("rho").get<double>()}}, {found.people_per_place});
    }
    if (!one.contains("flows")) continue;
    std::vector<double> flows(costs.origin_count * costs.site_count, 0.0);
    for (const SiteFlow& flow : found.flows) {
      flows[flow.origin * costs.site_count + flow.site] = flow.people;
    }
    for (std::size_t i = 0; i < costs.origin_count; ++i) {
      const std::vector<double> ours(
          flows.begin() + static_cast<std::ptrdiff_t>(i * costs.site_count),
          flows.begin() + static_cast<std::ptrdiff_t>((i + 1) * costs.site_count));
      check("flows", json_references(one.at("flows").at(i), name, undefined), ours);
    }
  }
}

void check_doubly(const std::string& key, const Json& one, Tally& tally) {
  const TravelCosts costs = json_minutes(one.at("cost"));
  const std::vector<double> origins = json_numbers(one.at("O"), key);
  const std::vector<double> sites = json_numbers(one.at("D"), key);
  double rate = 0.0;
  const std::string words = one.value("decay", "");
  const std::string head = "exp(-";
  if (words.starts_with(head)) {
    const std::size_t end = words.find_first_not_of("0123456789.", head.size());
    rate = parse_number(words.substr(head.size(), end - head.size())).value_or(0.0);
  }
  std::vector<Reference> references;
  const Json& rows = one.at("flow");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (Reference& reference : json_references(rows.at(i), key, undefined)) {
      reference.name = std::to_string(i) + " to " + reference.name;
      references.push_back(std::move(reference));
    }
  }
  compare(tally, "tiny doubly constrained", key, {references}, [&] {
    if (rate <= 0.0) throw Uncovered("cannot read the decay " + words);
    Decay decay;
    decay.shape = DecayShape::exponential;
    decay.cutoff = unreachable;
    decay.parameter = rate;
    const DoublyConstrained fit = doubly_constrained(costs, origins, sites, decay);
    std::vector<double> flows(references.size(), 0.0);
    for (std::size_t j = 0; j < costs.site_count; ++j) {
      const SiteFlows found = flows_to(costs, fit, decay, j);
      for (std::size_t k = 0; k < found.flow.size(); ++k) {
        flows[found.origin[k] * costs.site_count + j] = found.flow[k];
      }
    }
    return flows;
  });
}

void check_key(const Tiny& tiny, const std::string& key, const Json& value, Tally& tally) {
  const std::string inequality = "inequality_on_";
  if (key == "checks") {
    for (const auto& [name, sum] : value.items()) {
      check_sum(tiny, name, json_number(sum, name, undefined), tally);
    }
  } else if (key.starts_with(inequality)) {
    check_inequality(tiny, key.substr(inequality.size()), value, tally);
  } else if (key.starts_with("raam_")) {
    check_congestion(value, tally);
  } else if (key == "network") {
    check_tiny_network(value, tally);
  } else if (key == "percentile_nearest_rank") {
    check_tiny_percentiles(value, tally);
  } else if (key.starts_with("doubly_constrained")) {
    check_doubly(key, value, tally);
  } else {
    check_measure(tiny, key, value, tally);
  }
}

}  // namespace

bool check_tiny(const AccessFolder& folder, Tally& tally) {
  const std::optional<std::filesystem::path> file = folder.json("tiny.json", "");
  if (!file) return false;
  const Json json = read_json(*file);
  const std::set<std::string> inputs{"origins", "services", "population", "groups",
                                     "income",  "supply",   "minutes"};
  try {
    const Tiny tiny(json);
    for (const auto& [key, value] : json.items()) {
      if (!inputs.contains(key)) check_key(tiny, key, value, tally);
    }
  } catch (const Json::exception& error) {
    throw InputError(*file, error.what());
  }
  return true;
}

}  // namespace quartier::oracle
