/// Closeness that fades with distance.
#include "metrics/proximity.h"

#include "base/text.h"
#include "oracle/indices.h"

namespace quartier::oracle {

using namespace metrics;

namespace {

using Index = Bounded GroupProximity::*;

std::optional<Index> group_index(const std::string& index) {
  if (index == "DPxx") return &GroupProximity::isolation;
  if (index == "DPxy") return &GroupProximity::interaction;
  if (index == "Pxx") return &GroupProximity::within_group;
  if (index == "Pyy") return &GroupProximity::within_rest;
  if (index == "Pxy") return &GroupProximity::between;
  if (index == "SP") return &GroupProximity::spatial_proximity;
  if (index == "RCL") return &GroupProximity::relative_clustering;
  if (index == "ACL") return &GroupProximity::absolute_clustering;
  return std::nullopt;
}

/// All pairs of districts are summed, whatever their number.
const Proximity& proximity_of(const Question& question) {
  ProximityOptions options;
  options.decay_per_km = question.params.decay_per_km();
  options.self_distance = question.params.self_distance();
  options.empty_districts = question.params.empty_districts();
  options.tolerance = 0.0;
  City& city = question.city;
  const std::string key = exact_text(options.decay_per_km) + ' ' +
                          std::string(text_of(options.self_distance)) + ' ' +
                          std::string(text_of(options.empty_districts));
  const auto known = city.memory.proximities.find(key);
  if (known != city.memory.proximities.end()) return known->second;
  const Land& land = question.land();
  return city.memory.proximities
      .emplace(key, proximity(land.centroids, land.area_m2, city.columns(), city.total, options))
      .first->second;
}

}  // namespace

std::optional<Answer> proximity_answer(const Question& question) {
  const std::string& index = question.row.index;
  if (index == "SP_multigroup") {
    question.expect_all_groups();
    return Answer{proximity_of(question).multigroup_spatial_proximity.value, Tolerance::space, {}};
  }
  if (index == "Poo") {
    static_cast<void>(question.group_against_rest());
    return Answer{proximity_of(question).everyone.value, Tolerance::space, {}};
  }
  const std::optional<Index> member = group_index(index);
  if (!member) return std::nullopt;
  const std::size_t k = question.group_against_rest();
  return Answer{(proximity_of(question).groups[k].**member).value, Tolerance::space, {}};
}

}  // namespace quartier::oracle
