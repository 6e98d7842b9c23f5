#pragma once
/// Private to cli: tables in place of a study, and saved ways, for `quartier access`.

#include <CLI/CLI.hpp>
#include <string>

#include "cli/command.h"
#include "study/load_costs.h"

namespace quartier::cli {

/// Options of bare tables of origins, sites and costs, and of saved ways.
struct AccessTables {
  study::CostTables tables;
  study::CheckOptions reading;
  std::string keep_costs;

  void add_to(CLI::App& app);
  /// Whether tables are named in place of a study.
  [[nodiscard]] bool given() const;
  /// @throws UsageError where the words do not go together, or say how ways are searched though the
  ///         table gives them
  void check(const StudyOptions& study, const study::AccessOverrides& access,
             const std::vector<std::string>& scenarios);
  /// The results of the tables, or of the study.
  study::Publication published(const StudyOptions& study, const study::AccessOverrides& access,
                               const study::MetricChoice& choice, Progress& progress);
  /// Tells on standard error what was odd: everything of tables, refused saved ways of a study.
  void tell(const study::Publication& publication) const;
};

}  // namespace quartier::cli
