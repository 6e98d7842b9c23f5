#include "report/number_style.h"

#include <cmath>
#include <optional>

#include "base/text.h"

namespace quartier::report {
namespace {

constexpr std::string_view per_thousand = "places per 1000 people";
constexpr std::string_view person_ways = "persons times way";
constexpr double minutes_per_hour = 60.0;
constexpr double metres_per_km = 1000.0;

}  // namespace

NumberStyle number_style(std::string_view unit, double largest, std::string_view parameters) {
  if (unit == "share") return {100.0, "%"};
  if (unit == "index" || unit == "ratio" || unit == "rank") return {};
  if (unit == per_thousand && largest < 1.0) return {100.0, "places per 100\u202f000 people"};
  if (unit == person_ways) {
    const bool minutes = parameters.find("cutoff_min=") != std::string_view::npos;
    return minutes ? NumberStyle{1.0 / minutes_per_hour, "person-hours"}
                   : NumberStyle{1.0 / metres_per_km, "person-km"};
  }
  return {1.0, std::string(unit)};
}

int digits_for(std::string_view unit, double largest) {
  if (unit == "%") return 1;
  if (unit == "persons" || unit == "rank") return 0;
  if (unit == "m") return largest < 1.0 ? 2 : largest < 10.0 ? 1 : 0;
  if (unit == "min") return largest < 3.0 ? 2 : 1;
  if (largest >= 100.0) return 0;
  return largest >= 10.0 ? 1 : 2;
}

std::string styled(double value, const NumberStyle& style, int digits, bool is_signed) {
  if (std::isnan(value)) return "n/a";
  if (std::isinf(value)) return "none reachable";
  const std::string text = display_text(value * style.factor, digits);
  const bool positive = value > 0.0 && text.find_first_of("123456789") != std::string::npos;
  return (is_signed && positive ? "+" : "") + text +
         (style.unit == "%" ? std::string("\u00a0%") : std::string());
}

std::string status_in(const std::string& status, const NumberStyle& style) {
  constexpr std::string_view nearest = "to the nearest ";
  std::string told;
  std::string_view rest = status;
  while (!rest.empty()) {
    const std::size_t end = rest.find("; ");
    const std::string_view one = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 2);
    const std::optional<double> step =
        one.starts_with(nearest) ? parse_number(one.substr(nearest.size())) : std::nullopt;
    told += told.empty() ? "" : "; ";
    if (!step) {
      told += one;
      continue;
    }
    // Through its decimal digits: 100 times 0.002 is 0.2, not a neighbour of it.
    told += std::string(nearest) + exact_text(std::round(*step * style.factor * 1e9) / 1e9);
    if (style.unit == "%" || style.unit == "m" || style.unit == "min") told += " " + style.unit;
  }
  return told;
}

}  // namespace quartier::report
