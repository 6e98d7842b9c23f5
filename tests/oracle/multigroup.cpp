/// All groups at once, counts alone.
#include <cmath>

#include "metrics/composition.h"
#include "metrics/evenness.h"
#include "metrics/exposure.h"
#include "oracle/indices.h"

namespace quartier::oracle {

using namespace metrics;

std::optional<double> multigroup_index(const std::string& index, GroupColumns groups) {
  if (index == "E") return city_entropy(groups);
  if (index == "E_norm") return normalised_city_entropy(groups);
  if (index == "Simpson_lambda") return city_simpson_concentration(groups);
  if (index == "Simpson_I") return city_simpson_diversity(groups);
  if (index == "D_multi") return multigroup_dissimilarity(groups);
  if (index == "G_multi") return multigroup_gini(groups);
  if (index == "H_multi") return multigroup_theil_entropy(groups);
  if (index == "M_nats" || index == "Divergence") return mutual_information(groups);
  if (index == "M_bits") return in_unit(mutual_information(groups), InformationUnit::bits);
  if (index == "R_reldiv") return multigroup_relative_diversity(groups);
  if (index == "C_sqcv") return multigroup_squared_variation(groups);
  if (index == "P_normexp") return normalised_exposure(groups);
  return std::nullopt;
}

std::optional<Answer> multigroup_answer(const Question& question) {
  const std::optional<double> value = multigroup_index(question.row.index, question.city.columns());
  if (!value) return std::nullopt;
  question.expect_all_groups();
  return Answer{*value, Tolerance::aspatial, {}};
}

}  // namespace quartier::oracle
