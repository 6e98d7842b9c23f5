#pragma once
/// Indicators per district from tables: a column each, years side by side, or sums of long rows.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/finding.h"
#include "domain/indicators.h"
#include "io/layer_definition.h"

namespace quartier::io {

/// One indicator at one date, in the file's own district ids.
struct RawIndicator {
  Indicator indicator;  ///< values in the order of `district_ids`
  Direction direction = Direction::high_is_urgent;
  Lever lever = Lever::city;
  std::vector<std::string> district_ids;  ///< sorted
  std::vector<std::string> reasons;       ///< why a value is undefined; empty where it is told
};

struct RawIndicators {
  std::string layer;
  bool by_name = false;                  ///< `district_ids` are names, to be matched with names
  std::vector<RawIndicator> indicators;  ///< by date, then in the order of the definition
  std::vector<Ledger> ledgers;
};

/// Reads the files of an indicators layer. A value that is not told is undefined with its reason,
/// never zero. Sums and shares of long rows leave hidden cells out of both sums, with a finding.
/// @throws InputError for unreadable files and columns that are not there
Loaded<RawIndicators> read_indicators(const LayerDefinition& layer,
                                      std::span<const LayerFile> files);

}  // namespace quartier::io
