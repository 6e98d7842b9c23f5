#pragma once
/// What is printed: a line for each row, the largest difference of each family, and the count.

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "oracle/indices.h"

namespace quartier::oracle {

/// Whether two numbers agree; an undefined one agrees with an undefined one alone.
bool agree(double ours, double reference, double tolerance);

/// The difference of two defined numbers; 0 for two undefined ones, infinite for one.
double difference(double ours, double reference);

/// A column of a file of local values.
struct Column {
  std::string name;
  bool rounded = false;  ///< to twelve digits or so
};

class Report {
 public:
  explicit Report(bool quiet) : quiet_(quiet) {}

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

  /// Prints the largest difference of each family and the last line.
  /// @returns whether every row passed
  bool finish() const;

 private:
  struct Family {
    std::size_t rows = 0;
    double largest = 0.0;
  };
  void uncovered(const std::string& family, const std::string& name, const std::string& reason);
  void judge(const std::string& family, const std::string& line, bool passed, double largest);

  bool quiet_ = false;
  std::map<std::string, Family> families_;
  std::size_t passed_ = 0;
  std::size_t failed_ = 0;
  std::size_t uncovered_ = 0;
};

}  // namespace quartier::oracle
