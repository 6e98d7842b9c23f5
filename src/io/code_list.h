#pragma once
/// Code lists: what the codes of a column mean.

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "io/layer_definition.h"

namespace quartier::io {

/// Labels by dimension and code, in one language.
struct CodeList {
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> labels;
  std::vector<Ledger> ledgers;
  /// The label of a code, or an empty text.
  [[nodiscard]] std::string_view label(std::string_view dimension, std::string_view code) const;
};

/// Reads a layer of kind `codes`.
/// @throws InputError for unreadable files and columns that are not there
Loaded<CodeList> read_codes(const LayerDefinition& layer, std::span<const LayerFile> files);

}  // namespace quartier::io
