/// Two groups, counts alone.
#include "metrics/evenness.h"

#include "base/text.h"
#include "metrics/concentration_profile.h"
#include "metrics/exposure.h"
#include "oracle/indices.h"

namespace quartier::oracle {

using namespace metrics;

namespace {

using Columns = std::span<const double>;

/// b of "Atkinson_b0.5".
std::optional<double> atkinson_b(const std::string& index) {
  constexpr std::string_view opening = "Atkinson_b";
  if (!index.starts_with(opening)) return std::nullopt;
  const std::optional<double> b = number_of(index.substr(opening.size()));
  if (!b || !(*b > 0.0 && *b < 1.0)) throw Uncovered("b of Atkinson is not between 0 and 1");
  return b;
}

std::optional<double> against(const std::string& index, Columns group, Columns others) {
  if (index == "D") return dissimilarity_index(group, others);
  if (index == "G") return gini_index(group, others);
  if (index == "H") return theil_entropy_index(group, others);
  if (index == "V_eta2") return correlation_ratio(group, others);
  if (index == "Gorard_GS") return gorard_index(group, others);
  if (index == "MinMax_MM") return min_max_index(group, others);
  if (const auto b = atkinson_b(index)) return atkinson_index(group, others, *b);
  return std::nullopt;
}

std::optional<double> among_all(const Question& question, Columns group, Columns others) {
  const std::string& index = question.row.index;
  const std::vector<double>& total = question.city.total;
  if (index == "xPx") return isolation_index(group, total);
  if (index == "xPy") return interaction_index(group, others, total);
  if (index == "xPx_exact") return isolation_without_self(group, total);
  if (index == "ConProf_R") {
    const double thresholds = question.params.number("m").value_or(1000.0);
    if (!(thresholds >= 2.0 && thresholds <= 1e9)) throw Uncovered("params: m is not 2 or more");
    return concentration_profile_index(group, total, static_cast<std::uint32_t>(thresholds));
  }
  return std::nullopt;
}

std::optional<Answer> aspatial(std::optional<double> value) {
  if (!value) return std::nullopt;
  return Answer{*value, Tolerance::aspatial, {}};
}

}  // namespace

std::optional<Answer> evenness_answer(const Question& question) {
  const std::string& index = question.row.index;
  const City& city = question.city;
  constexpr std::string_view of_pair = "_pair";
  if (index.ends_with(of_pair)) {
    const std::string name = index.substr(0, index.size() - of_pair.size());
    const std::vector<double> none(city.total.size(), 0.0);
    if (!against(name, none, none)) return std::nullopt;
    const Columns group = city.counts[question.group_of_pair()];
    return aspatial(against(name, group, city.counts[*question.other]));
  }
  if (index == "xPy_matrix") {
    const std::size_t k = question.group_of_pair();
    const std::vector<double> exposures = exposure_matrix(city.columns(), city.total);
    return aspatial(exposures[k * city.groups.size() + *question.other]);
  }
  if (question.focal && question.rest) {
    const std::vector<double> rest = city.rest(*question.focal);
    const Columns group = city.counts[*question.focal];
    const std::optional<double> value = against(index, group, rest);
    return aspatial(value ? value : among_all(question, group, rest));
  }
  const std::vector<double> none(city.total.size(), 0.0);
  if (against(index, none, none) || among_all(question, none, none)) {
    static_cast<void>(question.group_against_rest());  // says what is amiss
  }
  return std::nullopt;
}

}  // namespace quartier::oracle
