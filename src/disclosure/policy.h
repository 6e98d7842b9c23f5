#pragma once
/// The disclosure policy: which counts are too small to be shown, and how well they are protected.

#include <cstdint>

namespace quartier::disclosure {

/// What happens to cells that count nobody.
enum class ZeroRule : std::uint8_t {
  show,  ///< nobody is recognised by an empty cell
  hide,  ///< that nobody of a group lives there is itself told to no one
};

/// One policy for everything that leaves the program: maps, tooltips, legends, tables, logs.
struct Policy {
  /// t: counts from 1 to t − 1 are hidden. 0 or 1 hides none.
  std::uint32_t threshold = 5;
  ZeroRule zeros = ZeroRule::show;
  /// The least width of the interval in which an attacker can place a hidden count; 0 stands for
  /// t − 1 (as wide as what the threshold hides).
  double required_width = 0.0;
  /// Rates of fewer persons than this are hidden; 0 stands for the threshold.
  std::uint32_t min_base = 0;

  [[nodiscard]] double width() const {
    if (required_width > 0.0) return required_width;
    return threshold > 1 ? static_cast<double>(threshold - 1) : 1.0;
  }
  [[nodiscard]] std::uint32_t base() const { return min_base > 0 ? min_base : threshold; }
  /// True where a count of this many persons is too small to be shown.
  [[nodiscard]] bool hides(double count) const {
    return count > 0.0 ? count < static_cast<double>(threshold)
                       : zeros == ZeroRule::hide && threshold > 1;
  }
};

/// @throws InputError for a required width that is negative or not finite, or a threshold above a
///   million (surely a slip)
void check(const Policy& policy);

}  // namespace quartier::disclosure
