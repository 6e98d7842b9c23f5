#pragma once
/// From the name of an index in the reference files to the engine's function: one file per family.

#include <optional>
#include <string>
#include <vector>

#include "oracle/folder.h"
#include "oracle/params.h"
#include "oracle/tolerance.h"

namespace quartier::oracle {

/// What a row asks.
struct Question {
  City& city;
  const Row& row;
  Params params;
  std::optional<std::size_t> focal;  ///< the group; nothing: all groups of `city`
  std::optional<std::size_t> other;  ///< the other group
  bool rest = false;                 ///< the others are everyone else

  /// @throws Uncovered unless the focal is a group and the other is REST
  [[nodiscard]] std::size_t group_against_rest() const;
  /// @throws Uncovered unless focal and other are groups
  [[nodiscard]] std::size_t group_of_pair() const;
  /// @throws Uncovered unless the focal is a set of groups
  void expect_all_groups() const;
  /// @throws Uncovered where the folder has no shapes of districts
  [[nodiscard]] const Land& land() const;
};

/// A result that stands in `params`.
struct Part {
  std::string name;
  double ours = 0.0;
  double reference = 0.0;
};

struct Answer {
  double ours = 0.0;
  Tolerance tolerance = Tolerance::aspatial;
  std::vector<Part> parts;
};

/// Each returns nothing where the index is of another family.
/// @throws Uncovered where it is of this one but cannot be computed as asked
std::optional<Answer> evenness_answer(const Question& question);
std::optional<Answer> multigroup_answer(const Question& question);
std::optional<Answer> expected_answer(const Question& question);
std::optional<Answer> levels_answer(const Question& question);
std::optional<Answer> space_answer(const Question& question);
std::optional<Answer> proximity_answer(const Question& question);
std::optional<Answer> environment_answer(const Question& question);

/// Tries every family. @throws Uncovered where none knows the index
Answer answer_of(const Question& question);

/// Finds the city and the groups that a row is about. @throws Uncovered where there are none
Question question_of(Folder& folder, const Row& row);
/// The same within one city, whose groups alone may be named.
Question question_of(City& city, const Row& row);

/// A multigroup index of any columns. @returns nothing where it is none
std::optional<double> multigroup_index(const std::string& index, metrics::GroupColumns groups);

/// Values of every district.
struct LocalAnswer {
  std::vector<double> ours;
  Tolerance tolerance = Tolerance::local_counts;
};
/// @throws Uncovered where the column is unknown
LocalAnswer local_answer(City& city, const std::string& column);

/// Share of a group in the environment of each district.
std::vector<double> environment_shares(City& city, const metrics::EnvironmentSpec& spec,
                                       std::size_t group);

}  // namespace quartier::oracle
