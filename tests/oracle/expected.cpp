/// Expected values without segregation, and what is adjusted by them.
#include "metrics/expected.h"

#include "metrics/evenness.h"
#include "metrics/small_units.h"
#include "oracle/indices.h"

namespace quartier::oracle {

using namespace metrics;

namespace {

std::optional<double> of_all(const std::string& index, const ExpectedIndices& expected) {
  if (index == "M_nats_null_mean") return expected.mutual_information;
  if (index == "H_multi_null_mean") return expected.theil_h;
  if (index == "D_multi_null_mean") return expected.dissimilarity;
  if (index == "R_reldiv_null_mean") return expected.relative_diversity;
  if (index == "C_sqcv_null_mean") return expected.squared_variation;
  if (index == "P_normexp_null_mean") return expected.normalised_exposure;
  return std::nullopt;
}

bool starts_with_any(const std::string& index, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (index.starts_with(name)) return true;
  }
  return false;
}

double mean_of(const std::string& index, std::span<const double> group,
               std::span<const double> rest, NullModel model) {
  if (index.starts_with("D_")) return expected_dissimilarity(group, rest, model);
  if (index.starts_with("G_")) return expected_gini(group, rest, model);
  const ExpectedPair pair = expected_pair(group, rest, model);
  if (index.starts_with("H_")) return pair.theil_h;
  if (index.starts_with("V_eta2_")) return pair.correlation_ratio;
  return pair.isolation;
}

}  // namespace

std::optional<Answer> expected_answer(const Question& question) {
  const std::string& index = question.row.index;
  City& city = question.city;
  if (of_all(index, {})) {
    question.expect_all_groups();
    if (question.params.says("binomial")) throw Uncovered("params: binomial for all groups");
    if (!city.memory.expected) {
      city.memory.expected = expected_indices(city.columns(), NullModel::permutation);
    }
    return Answer{*of_all(index, *city.memory.expected), Tolerance::exact_null, {}};
  }
  const bool adjusted =
      index == "D_CarringtonTroske_hypergeom" || index == "D_CarringtonTroske_binomial";
  const bool hypergeometric = index.ends_with("_hypergeom") || index.ends_with("_hypergeometric");
  if (!hypergeometric && !index.ends_with("_binomial")) return std::nullopt;
  if (!adjusted && index.find("_null_mean_") == std::string::npos) return std::nullopt;
  if (!starts_with_any(index, {"D_", "G_", "H_", "V_eta2_", "xPx_null"})) return std::nullopt;
  const std::size_t k = question.group_against_rest();
  const std::vector<double> rest = city.rest(k);
  const double mean = mean_of(index, city.counts[k], rest,
                              hypergeometric ? NullModel::permutation : NullModel::evenness);
  const double value =
      adjusted ? carrington_troske(dissimilarity_index(city.counts[k], rest), mean) : mean;
  return Answer{value, Tolerance::exact_null, {}};
}

}  // namespace quartier::oracle
