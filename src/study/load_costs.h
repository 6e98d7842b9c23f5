#pragma once
/// Studies of access without a map: a table of people by origin, one of sites and one of costs.

#include <string>

#include "base/progress.h"
#include "io/cost_table.h"
#include "study/check.h"
#include "study/load.h"

namespace quartier::study {

/// The three tables, as the command line names them.
struct CostTables {
  TableOptions origins;  ///< people by group; a row for each origin
  std::string sites;
  std::string supply;  ///< column of the sites; empty: each offers 1
  std::string costs;
  io::CostTableLayout layout;  ///< of the costs; its text and marks are those of `CheckOptions`
};

/// A study of three tables: every origin is a district without a shape, the sites are one service
/// called like their file, and the ways are those of the table, from origin to site.
/// @param access  cutoff and decay are taken, all else says how ways are searched
/// @throws InputError where a table cannot be used or they do not meet
Study load_costs(const CostTables& tables, const CheckOptions& options,
                 const AccessOverrides& access, Progress& progress);

}  // namespace quartier::study
