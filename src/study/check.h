#pragma once
/// Loading for its findings alone: a study, or files named by themselves.

#include <span>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/progress.h"
#include "study/load.h"
#include "study/study.h"

namespace quartier::study {

/// Answers to what a bare file leaves open.
struct CheckOptions {
  LoadOptions load;
  std::string crs;                         ///< of layers that name none
  std::vector<std::string> missing_marks;  ///< of tables: a number that is not told
  std::string thousands;
  std::string decimal;  ///< "." or ","; empty: not stated
  bool estimated = false;
};

struct CheckResult {
  std::vector<Finding> findings;
  std::vector<Ledger> ledgers;
};

/// Loads every file and returns what was found. A file that cannot be used at all is a finding of
/// kind `unusable_file`, so that the others are still checked. Tables are joined to the districts
/// named with them, and layers are compared for whether they meet.
CheckResult check(std::span<const std::string> files, const CheckOptions& options,
                  Progress& progress);

/// A table of counts by itself, as the command line names it.
struct TableOptions {
  std::string file;                 ///< CSV
  std::string id_column;            ///< empty: the first
  std::vector<std::string> groups;  ///< columns; empty: all but id, `total` and `name`
  std::string districts;            ///< a layer with the districts' shapes; may be empty
  std::uint32_t threshold = 0;      ///< counts below it are hidden; 0: none
  std::string reference;            ///< a group, or "rest"; empty: the rest
};

/// A study of one table: its rows are the districts, with shapes where a layer is named.
/// @throws InputError where the table or the layer cannot be used, or where they do not meet
Study load_table(const TableOptions& table, const CheckOptions& options,
                 const AnalysisOverrides& analysis, Progress& progress);

/// A study made of files named by themselves: the first polygon layer becomes the districts, tables
/// their counts, point layers services. For the window.
/// @throws InputError where no file holds districts
Study load_files(std::span<const std::string> files, const CheckOptions& options,
                 Progress& progress);

}  // namespace quartier::study
