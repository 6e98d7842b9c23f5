#pragma once
/// Counting oddities while a file is read: many occurrences become one finding. Private to io.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/finding.h"

namespace quartier::io {

/// Gathers findings of one layer, one per kind and severity, in the order of first occurrence.
class LayerFindings {
 public:
  LayerFindings(std::string file, std::string layer)
      : file_(std::move(file)), layer_(std::move(layer)) {}

  /// Counts one more occurrence at `place` ("feature 3"; empty: the layer as a whole). Message and
  /// way out are those of the first occurrence.
  void add(std::string_view kind, Severity severity, std::string_view place,
           std::string_view message, std::string_view way_out = {});

  [[nodiscard]] std::vector<Finding> take() { return std::move(findings_); }

 private:
  std::string file_;
  std::string layer_;
  std::vector<Finding> findings_;
};

}  // namespace quartier::io
