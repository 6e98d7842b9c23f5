/// Parts between and within larger areas, and parts of groups.
#include "metrics/levels.h"

#include "metrics/local.h"
#include "oracle/indices.h"

namespace quartier::oracle {

using namespace metrics;

namespace {

/// Compares a number of `params` where there is one.
void add_part(Answer& answer, const Params& params, const std::string& name, double ours) {
  const std::optional<std::string> text = params.word(name);
  if (!text) return;
  const std::optional<double> reference = number_of(*text);
  if (!reference) throw Uncovered("params: " + name + "=" + *text + " is no number");
  answer.parts.push_back({name, ours, *reference});
}

LevelSplit split_of(const City& city) {
  if (city.parents.empty()) throw Uncovered("no larger areas in the counts");
  return level_split(city.columns(), city.parent_of, city.parents.size());
}

std::optional<double> split_index(const std::string& index, const LevelSplit& split) {
  if (index == "M_between_districts") return split.between;
  if (index == "M_within_districts") return split.within;
  if (index == "H_between_districts") return split.theil_between;
  if (index == "H_within_districts") return split.theil_within;
  return std::nullopt;
}

}  // namespace

std::optional<Answer> levels_answer(const Question& question) {
  const City& city = question.city;
  const Row& row = question.row;
  if (split_index(row.index, {})) {
    question.expect_all_groups();
    return Answer{*split_index(row.index, split_of(city)), Tolerance::aspatial, {}};
  }
  if (row.index == "M_in_district") {
    const LevelSplit split = split_of(city);
    for (std::size_t g = 0; g < city.parents.size(); ++g) {
      if (city.parents[g] != row.focal) continue;
      const ParentPart& part = split.parents[g];
      Answer answer{part.mutual_information, Tolerance::aspatial, {}};
      add_part(answer, question.params, "p", part.population_share);
      add_part(answer, question.params, "ent_ratio", part.entropy_ratio);
      return answer;
    }
    throw Uncovered("focal " + row.focal + " is no district of the counts");
  }
  if (row.index == "ls_by_group") {
    if (!question.focal) throw Uncovered("focal " + row.focal + " is no group");
    Answer answer{
        group_divergence(city.counts[*question.focal], city.total), Tolerance::aspatial, {}};
    const std::vector<double> composition = city_composition(city.columns());
    add_part(answer, question.params, "p", composition[*question.focal]);
    return answer;
  }
  return std::nullopt;
}

}  // namespace quartier::oracle
