#pragma once
/// Rows of access: columns and lists of values beside their references.

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "oracle/csv.h"
#include "oracle/tally.h"

namespace quartier::oracle {

/// How closely a value has to agree with its reference.
enum class Closeness {
  whole,        ///< counts and whole costs: exact where the reference is a whole number
  relative,     ///< 1e-12 of the reference
  equilibrium,  ///< 1e-9 of the reference (RAAM)
};

/// What our rule says where a reference tool returned nothing.
enum class WhereEmpty {
  nothing,      ///< 0
  unreachable,  ///< +inf
  never,        ///< undefined
  either,       ///< +inf, or undefined where nobody lives
};

/// A value to be compared; `empty` where the cell was.
struct Reference {
  std::string name;  ///< what it is of
  double value = 0.0;
  bool empty = false;
};

/// Values of one row, and how they are judged.
struct Expected {
  std::vector<Reference> values;
  Closeness closeness = Closeness::relative;
  WhereEmpty where_empty = WhereEmpty::nothing;
};

/// One row: `compute` gives as many values as are expected, and may throw `Uncovered`. Differences
/// are relative to the reference.
void compare(Tally& tally, const std::string& family, const std::string& name,
             const Expected& expected, const std::function<std::vector<double>()>& compute);

/// One row of one value.
void compare(Tally& tally, const std::string& family, const std::string& name, double reference,
             Closeness closeness, const std::function<double()>& compute);

/// The cells of a column, named by another; -1 of a cost means that there is no way.
/// @throws InputError where a cell is no number
std::vector<Reference> references_of(const Table& table, std::size_t column, std::size_t name,
                                     bool negative_is_unreachable = false);

}  // namespace quartier::oracle
