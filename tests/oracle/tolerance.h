#pragma once
/// How far a value may be from its reference: the one table of the program.

namespace quartier::oracle {

enum class Tolerance {
  aspatial,       ///< counts alone
  space,          ///< contiguity, areas, distances, kernels
  exact_null,     ///< expected values without segregation
  slivers,        ///< dominated by the boundaries of slivers (D_s)
  fixture,        ///< whatever the index
  local_counts,   ///< of a district, from counts alone
  local_places,   ///< of a district, from places too (environments, distortion)
  local_rounded,  ///< of a district, in a file of twelve digits
};

/// Absolute; those of districts absolute or relative, whichever is larger.
constexpr double allowed(Tolerance tolerance) {
  switch (tolerance) {
    case Tolerance::aspatial:
    case Tolerance::fixture:
    case Tolerance::local_counts:
      return 1e-12;
    case Tolerance::space:
    case Tolerance::local_places:
      return 1e-10;
    case Tolerance::local_rounded:
      return 1e-11;
    case Tolerance::exact_null:
      return 1e-9;
    case Tolerance::slivers:
      return 1e-8;
  }
  return 0.0;
}

}  // namespace quartier::oracle
