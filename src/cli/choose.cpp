#include "cli/choose.h"

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "base/text.h"

namespace quartier::cli {
namespace {

using Specs = std::vector<const study::ColumnSpec*>;

/// The specs for which `part` is `wanted`; all of them where nothing is wanted.
template <typename Part>
Specs narrowed(const Specs& specs, const std::string& wanted, const std::string& what,
               const Part& part) {
  if (wanted.empty()) return specs;
  Specs found;
  std::vector<std::string> known;
  for (const study::ColumnSpec* spec : specs) {
    const std::string value = part(*spec);
    if (value == wanted) found.push_back(spec);
    if (!value.empty() && std::find(known.begin(), known.end(), value) == known.end()) {
      known.push_back(value);
    }
  }
  if (!found.empty()) return found;
  if (known.empty()) {
    throw InputError("this column has no " + what, "leave the option out");
  }
  const std::string near = nearest_word(wanted, known);
  throw InputError(
      "there is no " + what + " '" + wanted + "'",
      near.empty() ? "there is: " + joined(known, ", ") : "did you mean '" + near + "'?");
}

}  // namespace

std::string group_id(const study::Publication& publication, const std::string& name) {
  if (name.empty() || name == "rest") return name;
  const Groups& groups = publication.groups();
  const GroupIndex found = groups.find(name);
  if (found != no_index) return groups.nodes[found].id;
  std::vector<std::string> known;
  for (const Group& group : groups.nodes) known.push_back(group.label);
  const std::string near = nearest_word(name, known);
  throw InputError(
      "there is no group '" + name + "'",
      near.empty() ? "groups there are: " + joined(known, ", ") : "did you mean '" + near + "'?");
}

const study::ColumnSpec& chosen_column(const study::Publication& publication,
                                       const ColumnChoice& choice) {
  Specs specs;
  for (const study::ColumnSpec& spec : publication.catalogue()) specs.push_back(&spec);
  std::string column = choice.column;
  if (column == "priority_score" || column == "priority_rank") {
    if (publication.rankings().empty()) {
      throw InputError("the study has no priority profile", "add [[priorities]] to the study");
    }
    column += ":" + publication.rankings().front().id;
  }
  specs =
      narrowed(specs, column, "column", [](const study::ColumnSpec& spec) { return spec.column; });
  specs = narrowed(specs, choice.districts, "set of districts",
                   [&](const auto& spec) { return publication.edition(spec.edition).id; });
  specs = narrowed(specs, choice.service, "service",
                   [](const study::ColumnSpec& spec) { return spec.service; });
  std::string group = group_id(publication, choice.group);
  const bool has_groups = !specs.empty() && !specs.front()->group.empty();
  if (group.empty() && has_groups) {
    const std::string& first = publication.groups().nodes[publication.default_group()].id;
    const bool has_first = std::any_of(specs.begin(), specs.end(),
                                       [&](const auto* spec) { return spec->group == first; });
    group = has_first ? first : specs.front()->group;
  }
  specs = narrowed(specs, group, "group", [](const study::ColumnSpec& spec) { return spec.group; });
  specs =
      narrowed(specs, choice.date, "date", [](const study::ColumnSpec& spec) { return spec.date; });
  if (specs.empty()) throw InputError("the study has no columns to show");
  const study::ColumnSpec* latest = specs.front();
  for (const study::ColumnSpec* spec : specs) {
    if (spec->date > latest->date) latest = spec;
  }
  return *latest;
}

}  // namespace quartier::cli
