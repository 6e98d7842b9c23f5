#include "study/analysis.h"

#include <initializer_list>

#include "base/error.h"
#include "base/text.h"

namespace quartier::study {
namespace {

/// The choice whose text is `word`.
template <typename Choice>
Choice choice_of(const Study& study, const std::string& key, const std::string& word,
                 std::initializer_list<Choice> choices) {
  std::vector<std::string> known;
  for (const Choice choice : choices) {
    known.emplace_back(metrics::text_of(choice));
    if (word == known.back()) return choice;
  }
  const std::string near = nearest_word(word, known);
  throw InputError(study.settings.file, "[analysis] " + key + ": '" + word + "' is no choice",
                   near.empty() ? "one of " + joined(known, ", ") : "did you mean '" + near + "'?");
}

}  // namespace

metrics::Conventions conventions_of(const Study& study) {
  using metrics::Correction;
  using metrics::EmptyDistricts;
  using metrics::SelfDistance;
  const io::StudyAnalysis& analysis = study.settings.analysis;
  metrics::Conventions conventions;
  conventions.empty_districts = choice_of(study, "empty_districts", analysis.empty_districts,
                                          {EmptyDistricts::dropped, EmptyDistricts::kept});
  conventions.self_distance =
      choice_of(study, "self_distance", analysis.self_distance,
                {SelfDistance::root_of_area, SelfDistance::root_of_part, SelfDistance::zero});
  conventions.correction =
      choice_of(study, "correction", analysis.correction,
                {Correction::none, Correction::false_discovery, Correction::bonferroni});
  return conventions;
}

std::uint32_t level_of(const Study& study, const StudyEdition& edition) {
  const std::vector<ParentLevel>& levels = edition.area.districts.levels;
  const std::string& wanted = study.settings.analysis.level;
  if (wanted.empty()) return levels.empty() ? no_index : 0;
  std::vector<std::string> known;
  for (std::size_t l = 0; l < levels.size(); ++l) {
    known.push_back(levels[l].id);
    if (levels[l].id == wanted) return static_cast<std::uint32_t>(l);
  }
  throw InputError(study.settings.file,
                   "districts '" + edition.area.id + "' have no larger areas '" + wanted + "'",
                   known.empty() ? "leave level out" : "there is: " + joined(known, ", "));
}

}  // namespace quartier::study
