#pragma once
/// Costs of travel and sites of a service from bare tables, for studies that come with their own
/// matrix of travel times or distances.

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/finding.h"
#include "domain/services.h"
#include "domain/travel_costs.h"
#include "io/layer_definition.h"
#include "io/table.h"

namespace quartier::io {

/// How a table of costs is laid out.
struct CostTableLayout {
  CostTableLayout() { text.delimiter = 0; }

  TextLayout text;              ///< delimiter found by itself
  bool decimal_stated = false;  ///< text.decimal was given, so "1.234" is not ambiguous
  std::vector<CellMark> marks;  ///< of a pair without a way, besides the empty cell
  bool wide = false;  ///< a row for each origin (first column), a column for each site; else a row
                      ///< for each pair
  std::string from = "from";  ///< columns of the long form
  std::string to = "to";
  std::string cost = "cost";
  std::string unit;  ///< mm | m | s | min10 (tenths of a minute) | min (decimal minutes)
};

/// A table of costs, read.
struct CostTable {
  TravelCosts costs;       ///< from origins to sites; without a limit
  std::uint64_t ways = 0;  ///< pairs with a cost; the others have no way
  Ledger ledger;           ///< of rows, or of cells where the table is wide
};

/// Reads costs from origin to site; a cost from site to origin is another cost and is not read.
///
/// Costs are whole numbers of the unit. Minutes may be decimal: where every cost is whole in tenths
/// of a minute these are the unit, else seconds (within a thousandth of one, so that 5.283333 is
/// 317 s). Pairs that are not listed, or whose cell is empty, have no way. Cells that are no
/// number, negative costs and ids that are not known are rejected and told; a pair that is listed
/// again with the same cost is told.
///
/// @param origins  ids, in the order of the costs; each once
/// @param sites    ids, likewise
/// @throws InputError as `read_table`; for columns that are not there, an unknown unit, a mark that
///         may part thousands or decimals, a cost that
///         is not whole, a pair with two different costs (both naming the rows), and a table
///         without one cost between the origins and sites
Loaded<CostTable> read_cost_table(const std::filesystem::path& file, const std::string& name,
                                  const CostTableLayout& layout,
                                  std::span<const std::string> origins,
                                  std::span<const std::string> sites);

/// The same of a table in memory.
Loaded<CostTable> costs_of_table(const RawTable& table, const CostTableLayout& layout,
                                 std::span<const std::string> origins,
                                 std::span<const std::string> sites);

/// How a table of sites is laid out: the first column holds ids, `name` (where present) names.
struct SiteTableLayout {
  SiteTableLayout() { text.delimiter = 0; }

  TextLayout text;
  bool decimal_stated = false;
  std::string supply;  ///< column of the places offered; empty: every site offers 1
};

struct SiteTable {
  Services services;  ///< without id and label; places are undefined
  Ledger ledger;
};

/// Reads sites without coordinates. A site without a readable supply is told and offers nothing. A
/// site that is there twice is told where both rows say the same.
/// @throws InputError as `read_table`; for a column that is not there, two different rows with one
///         id, and a table without a site
Loaded<SiteTable> read_site_table(const std::filesystem::path& file, const std::string& name,
                                  const SiteTableLayout& layout);

}  // namespace quartier::io
