#pragma once
/// Findings of one layer gathered by kind and sentence: many features, one finding.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "geo/shapes.h"

namespace quartier::geo {

/// Gathers what is found feature by feature. Same kind, severity and sentence make one finding, in
/// the order of first occurrence; the first places are named, all are counted.
class Tally {
 public:
  explicit Tally(const Origin& origin) : origin_(origin) {}

  /// @param detail  said after the place, for this feature alone
  void add(std::string_view kind, Severity severity, std::size_t feature, std::string_view message,
           std::string_view way_out, std::string_view detail = {}) {
    auto found = std::find_if(findings_.begin(), findings_.end(), [&](const Finding& f) {
      return f.kind == kind && f.severity == severity && f.message == message;
    });
    if (found == findings_.end()) {
      findings_.push_back({std::string(kind),
                           severity,
                           origin_.file,
                           origin_.layer,
                           {},
                           0,
                           std::string(message),
                           std::string(way_out)});
      found = findings_.end() - 1;
    }
    ++found->count;
    if (found->rows.size() < named_rows_limit) {
      found->rows.push_back(origin_.place(feature) + std::string(detail));
    }
  }
  [[nodiscard]] bool empty() const { return findings_.empty(); }
  std::vector<Finding> take() { return std::move(findings_); }

 private:
  const Origin& origin_;
  std::vector<Finding> findings_;
};

}  // namespace quartier::geo
