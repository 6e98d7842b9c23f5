#pragma once
/// How the numbers of one column are shown: in which unit, and with how many digits.

#include <string>
#include <string_view>

namespace quartier::report {

/// What a value is multiplied by before it is shown, and the unit it then has.
struct NumberStyle {
  double factor = 1.0;
  std::string unit{};  ///< empty for pure numbers
};

/// The style of a column in which no finite value is larger than `largest`, whatever its sign.
/// Shares are shown as per cent; places per head, where every one of them would begin with a zero,
/// per 100 000 people; person-metres as person-kilometres, person-minutes as person-hours.
///
/// @param unit        as the table of metrics has it, ways in "m" or "min"
/// @param parameters  of the column, which say what ways are counted in
NumberStyle number_style(std::string_view unit, double largest, std::string_view parameters = {});

/// Digits after the point for a column in which nothing shown is larger than `largest`: three
/// figures that mean something, and no more digits than ways and persons have.
///
/// @param unit  that of the style
int digits_for(std::string_view unit, double largest);

/// `value` times the factor with `digits`, a plus before what is larger than zero where
/// `is_signed`; "n/a" where it is undefined, "none reachable" where it is infinite.
std::string styled(double value, const NumberStyle& style, int digits, bool is_signed = false);

/// A status with the steps of its roundings ("to the nearest 0.002") in the style's unit: "to the
/// nearest 0.2 %".
std::string status_in(const std::string& status, const NumberStyle& style);

}  // namespace quartier::report
