#pragma once
/// Findings that every reader of OpenStreetMap extracts has in common. Private to io.

#include <cstdint>

#include "io/vector_findings.h"

namespace quartier::io {

/// One more node without usable coordinates.
void add_off_the_globe(std::int64_t node, LayerFindings& findings);
/// One more reference of `way` to a node that is not in the file.
void add_dangling(std::int64_t way, LayerFindings& findings);

}  // namespace quartier::io
