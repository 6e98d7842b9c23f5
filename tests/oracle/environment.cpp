/// Indices over environments, with own residents as weights or smoothed counts.
#include "metrics/environment.h"

#include <array>

#include "metrics/profile.h"
#include "oracle/indices.h"

namespace quartier::oracle {

using namespace metrics;

namespace {

constexpr std::string_view spatial = "spatial_";
constexpr std::string_view egohood = "egohood_";

/// Reads counts and places with or without the districts where nobody lives.
template <typename Use>
auto with_city(const Question& question, const Use& use) {
  static_cast<void>(question.land());
  return question.params.empty_districts() == EmptyDistricts::dropped
             ? use(without_empty(question.city))
             : use(question.city);
}

const ProfilePoint& point_of(const Question& question, Weighing weighing) {
  const EnvironmentSpec spec = question.params.environment();
  auto& known = question.city.memory.environments;
  const std::string key = metrics::text_of(spec) + ' ' + std::string(text_of(weighing)) + ' ' +
                          std::string(text_of(question.params.empty_districts()));
  const auto place = known.find(key);
  if (place != known.end()) return place->second;
  ProfilePoint point = with_city(question, [&](const City& city) {
    return environment_profile(city.columns(), city.land->centroids, spec,
                               std::array{environment_size(spec)}, weighing)
        .front();
  });
  return known.emplace(key, std::move(point)).first->second;
}

double gini_of(const Question& question, std::optional<std::size_t> group) {
  return with_city(question, [&](const City& city) {
    const Surroundings s =
        surroundings_of(city.columns(), city.land->centroids, question.params.environment());
    return group ? spatial_gini(s, *group) : spatial_gini(s);
  });
}

double of_all_groups(const Question& question, const std::string& name) {
  question.expect_all_groups();
  if (name == "G") return gini_of(question, std::nullopt);
  const ProfilePoint& point = point_of(question, Weighing::own_residents);
  if (name == "H") return spatial_theil_entropy(point.sums);
  if (name == "R") return spatial_relative_diversity(point.sums);
  if (name == "D") return spatial_dissimilarity(point.sums);
  if (name == "C") return spatial_squared_variation(point.sums);
  return spatial_divergence(point.sums);
}

double of_group(const Question& question, const std::string& name) {
  const std::size_t k = question.group_against_rest();
  if (name == "G") return gini_of(question, k);
  const ProfilePoint& point = point_of(question, Weighing::own_residents);
  if (name == "H") return spatial_theil_entropy(point.sums, k);
  if (name == "R") return spatial_relative_diversity(point.sums, k);
  if (name == "D") return spatial_dissimilarity(point.sums, k);
  if (name == "C") throw Uncovered("squared variation of one group");
  return spatial_divergence(point.sums, k);
}

double egohood_value(const Question& question, const std::string& name) {
  question.expect_all_groups();
  if (name == "D_multi" || name == "M_nats" || name == "H_multi") {
    const ProfilePoint& point = point_of(question, Weighing::smoothed_population);
    if (name == "D_multi") return spatial_dissimilarity(point.sums);
    return name == "M_nats" ? spatial_divergence(point.sums) : spatial_theil_entropy(point.sums);
  }
  const EnvironmentSpec spec = question.params.environment();
  return with_city(question, [&](const City& city) {
    const auto counts = environment_counts(city.columns(), city.land->centroids, spec);
    const std::vector<std::span<const double>> columns(counts.begin(), counts.end());
    return *multigroup_index(name, columns);
  });
}

}  // namespace

std::optional<Answer> environment_answer(const Question& question) {
  const std::string& index = question.row.index;
  if (index.starts_with(egohood)) {
    const std::string name = index.substr(egohood.size());
    if (!multigroup_index(name, question.city.columns())) return std::nullopt;
    return Answer{egohood_value(question, name), Tolerance::space, {}};
  }
  if (!index.starts_with(spatial)) return std::nullopt;
  const std::string name = index.substr(spatial.size());
  if (name == "P") {
    const std::size_t k = question.group_of_pair();
    const ProfilePoint& point = point_of(question, Weighing::own_residents);
    const double value = point.exposures[k * question.city.groups.size() + *question.other];
    return Answer{value, Tolerance::space, {}};
  }
  if (name != "H" && name != "R" && name != "D" && name != "C" && name != "G" && name != "M" &&
      name != "divergence") {
    return std::nullopt;
  }
  const double value = question.focal ? of_group(question, name) : of_all_groups(question, name);
  return Answer{value, Tolerance::space, {}};
}

std::vector<double> environment_shares(City& city, const EnvironmentSpec& spec, std::size_t group) {
  std::vector<std::vector<double>>& shares = city.memory.shares[metrics::text_of(spec)];
  if (shares.empty()) {
    shares = compositions_of(environment_counts(city.columns(), city.land->centroids, spec));
  }
  return shares[group];
}

}  // namespace quartier::oracle
