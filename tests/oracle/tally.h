#pragma once
/// What the programs that compare with reference values print: a line for each row, the largest
/// difference of each family, and the count.

#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>

namespace quartier::oracle {

/// A row that cannot be computed, and why.
class Uncovered : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The difference of two defined numbers; 0 for two undefined ones, infinite for one.
double difference(double ours, double reference);

/// Whether two numbers agree; an undefined one agrees with an undefined one alone.
bool agree(double ours, double reference, double tolerance);

/// Two digits, for differences.
std::string brief(double value);
/// All digits of both numbers.
std::string both(double ours, double reference);

/// Rows that pass, fail, or cannot be computed.
class Tally {
 public:
  explicit Tally(bool quiet) : quiet_(quiet) {}

  /// A row that cannot be computed, and why.
  void uncovered(const std::string& family, const std::string& name, const std::string& reason);
  /// A row that was compared.
  /// @param largest  the largest difference of its values
  void judge(const std::string& family, const std::string& line, bool passed, double largest);

  /// Prints the largest difference of each family and the last line.
  /// @returns whether every row passed
  [[nodiscard]] bool finish() const;

 private:
  struct Family {
    std::size_t rows = 0;
    double largest = 0.0;
  };

  bool quiet_ = false;
  std::map<std::string, Family> families_;
  std::size_t passed_ = 0;
  std::size_t failed_ = 0;
  std::size_t uncovered_ = 0;
};

}  // namespace quartier::oracle
