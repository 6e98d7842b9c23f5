#pragma once
/// Numbers: the undefined value, sums that do not lose digits, and the macro of hot loops.

#include <cmath>
#include <cstdint>
#include <limits>
#include <span>

/// Placed before a hot loop: builds it for plain x86-64, x86-64-v3 and x86-64-v4 and chooses at run
/// time. The order of operations is that of the source, so every version gives the same bits.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(QUARTIER_NO_CLONES)
#define QUARTIER_HOT __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define QUARTIER_HOT
#endif

namespace quartier {

/// A quantity that does not exist (a share of nobody). Shown as n/a and as the no-data colour,
/// written as an empty cell; never zero.
inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// A cost that is never reached.
inline constexpr double unreachable = std::numeric_limits<double>::infinity();

/// The largest count a double holds exactly.
inline constexpr double exact_integer_limit = 9007199254740992.0;  // 2^53

inline bool is_defined(double value) { return !std::isnan(value); }

/// A running sum with Neumaier's compensation (Neumaier 1974): the error does not grow with the
/// number of terms.
class CompensatedSum {
 public:
  void add(double term) {
    const double sum = sum_ + term;
    if (std::abs(sum_) >= std::abs(term)) {
      compensation_ += (sum_ - sum) + term;
    } else {
      compensation_ += (term - sum) + sum_;
    }
    sum_ = sum;
  }
  [[nodiscard]] double value() const { return sum_ + compensation_; }

 private:
  double sum_ = 0.0;
  double compensation_ = 0.0;
};

inline double compensated_sum(std::span<const double> terms) {
  CompensatedSum sum;
  for (const double term : terms) sum.add(term);
  return sum.value();
}

}  // namespace quartier
