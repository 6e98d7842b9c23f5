#pragma once
/// Rows of segregation: single values, and columns of values of districts.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "oracle/indices.h"
#include "oracle/tally.h"

namespace quartier::oracle {

/// A column of a file of local values.
struct Column {
  std::string name;
  bool rounded = false;  ///< to twelve digits or so
};

class Report : public Tally {
 public:
  using Tally::Tally;

  /// One row with its answer; `compute` may throw `Uncovered`.
  /// @param tolerance  in the place of the answer's own
  void row(const std::string& family, const std::string& name, double reference,
           const std::function<Answer()>& compute, std::optional<Tolerance> tolerance = {});

  /// One row for a column of a file of local values.
  /// @param ids        of the districts [n]
  /// @param districts  the district of each value [values]
  /// @param reference  [values]
  void column(const Column& column, const std::vector<std::string>& ids,
              const std::vector<std::size_t>& districts, const std::vector<double>& reference,
              const std::function<LocalAnswer()>& compute);
};

}  // namespace quartier::oracle
