#pragma once
/// Private to io: findings gathered row by row, one per kind, column and file.

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/finding.h"

namespace quartier::io {

/// Counts oddities of the same kind and message; names the first few places.
class FindingTally {
 public:
  FindingTally(std::string file, std::string layer)
      : file_(std::move(file)), layer_(std::move(layer)) {}

  void add(std::string_view kind, Severity severity, std::string_view message, std::string place,
           std::uint64_t count = 1, std::string_view way_out = {});

  /// What was gathered, in the order of first occurrence; the tally is empty afterwards.
  std::vector<Finding> take();

 private:
  std::string file_;
  std::string layer_;
  std::map<std::pair<std::string, std::string>, std::size_t, std::less<>> places_;
  std::vector<Finding> findings_;
};

}  // namespace quartier::io
