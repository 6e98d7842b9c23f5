#pragma once
/// Counts of persons from tables, long or wide, with everything that was left out accounted for.

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/finding.h"
#include "domain/counts.h"
#include "domain/groups.h"
#include "io/code_list.h"
#include "io/layer_definition.h"

namespace quartier::io {

/// One date of a counts layer, in the file's own district ids, sorted.
struct RawCountsOfDate {
  std::vector<std::string> district_ids;
  std::vector<std::string> district_names;       ///< empty texts where the table gives none
  CountTable counts;                             ///< a column for every node of the tree
  std::vector<std::vector<std::uint32_t>> rows;  ///< [ledger][district] rows used
};

/// A counts layer: the tree of its groups and its dates, earliest first.
struct RawCounts {
  std::string layer;
  Groups groups;  ///< position 0 is everyone; overlapping groups stand last
  std::vector<RawCountsOfDate> dates;
  std::vector<Ledger> ledgers;  ///< one per file
};

/// Reads the files of a counts layer.
///
/// A cell that cannot be read (suppressed or missing) adds nothing to `readable`, one to `hidden`
/// and its bounds to `least` and `greatest`; it is never zero. A node without a source of its own
/// is the sum of its children; a remainder is its parent less its siblings, and unknown where any
/// of them is (with the bounds that follow). The children of a node are checked to add up to it.
///
/// @param files  of `find_layer_files`, all parts together
/// @param codes  labels of the groups; may be null
/// @throws InputError for unreadable files and columns that are not there
Loaded<RawCounts> read_counts(const LayerDefinition& layer, std::span<const LayerFile> files,
                              const CodeList* codes = nullptr);

/// Answers to what a bare table leaves open.
struct BareCountsOptions {
  BareCountsOptions() { text.delimiter = 0; }

  TextLayout text;              ///< delimiter found by itself
  bool decimal_stated = false;  ///< text.decimal was given, so "1.234" is not ambiguous
  std::vector<CellMark> marks;
  bool estimated = false;
  std::string date = "undated";
  std::string id_column;                   ///< empty: the first column
  std::vector<std::string> group_columns;  ///< empty: every column but id, `total` and `name`
};

/// Reads a table of counts that no definition describes: the first column holds ids, `total`
/// (where present) everyone, `name` a label, every other column a group; or the columns that the
/// options name. Where groups fall short of the total, the rest becomes the remainder "Others".
/// @throws InputError as `read_table`, and where a named column does not exist
Loaded<RawCounts> read_bare_counts(const std::filesystem::path& file, const std::string& name,
                                   const BareCountsOptions& options = {});

}  // namespace quartier::io
