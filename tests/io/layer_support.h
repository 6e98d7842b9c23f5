#pragma once
/// The layers of the project, and the real cities beside the checkout, for the tests of io.

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "base/finding.h"
#include "io/layer_definition.h"
#include "support/catch.h"
#include "support/paths.h"

namespace quartier::test {

inline io::LayerDefinition layer(const std::string& id) {
  return io::load_layer_definition(source_dir() / "layers" / (id + ".toml"));
}

/// A layer with its files in one of the two cities.
struct CityLayer {
  io::LayerDefinition definition;
  std::vector<io::LayerFile> files;
  explicit CityLayer(const std::string& id, std::string_view from = {}, std::string_view until = {})
      : definition(layer(id)),
        files(io::find_layer_files(definition, shared("data/" + id.substr(0, id.find('-'))), from,
                                   until)) {}
};

/// True, with a warning, where the real cities are not there.
inline bool no_cities() {
  if (!shared("data").empty()) return false;
  WARN("skipped: no shared reference data");
  return true;
}

inline const Finding* find_kind(const std::vector<Finding>& findings, std::string_view kind,
                                std::string_view words = {}) {
  for (const Finding& finding : findings) {
    if (finding.kind == kind && finding.message.find(words) != std::string::npos) return &finding;
  }
  return nullptr;
}

inline double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

inline void check_ledgers(const std::vector<Ledger>& ledgers) {
  CHECK_FALSE(ledgers.empty());
  for (const Ledger& ledger : ledgers) {
    CAPTURE(ledger.file, ledger.read, ledger.used, ledger.excluded, ledger.rejected);
    CHECK(ledger.closes());
  }
}

/// Every finding is of a kind that `quartier list findings` knows.
inline void check_kinds(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    CAPTURE(finding.kind);
    CHECK(std::any_of(finding_kinds().begin(), finding_kinds().end(),
                      [&](const FindingKind& kind) { return kind.id == finding.kind; }));
  }
}

}  // namespace quartier::test
