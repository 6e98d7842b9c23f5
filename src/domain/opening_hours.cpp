#include "domain/opening_hours.h"

#include <algorithm>
#include <array>
#include <string>

namespace quartier {
namespace {

constexpr std::uint32_t day_minutes = 24 * 60;
constexpr std::uint32_t week_minutes = 7 * day_minutes;
constexpr std::array<std::string_view, 7> day_names{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};

/// Words and what is left to read of them.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) { skip_blanks(); }

  [[nodiscard]] bool empty() const { return rest_.empty(); }
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    skip_blanks();
    return true;
  }
  /// A day of the week by number.
  std::optional<std::uint32_t> day() {
    for (std::uint32_t d = 0; d < day_names.size(); ++d) {
      if (take(day_names[d])) return d;
    }
    return {};
  }
  /// A time of day in minutes, up to 48:00 for what ends after midnight.
  std::optional<std::uint32_t> time() {
    const Words before = *this;
    const std::optional<std::uint32_t> hours = number();
    if (hours && take(":")) {
      const std::optional<std::uint32_t> minutes = number();
      if (minutes && *minutes < 60 && *hours <= 48) return *hours * 60 + *minutes;
    }
    *this = before;
    return {};
  }

 private:
  void skip_blanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t')) {
      rest_.remove_prefix(1);
    }
  }
  std::optional<std::uint32_t> number() {
    std::size_t digits = 0;
    std::uint32_t value = 0;
    while (digits < rest_.size() && digits < 2 && rest_[digits] >= '0' && rest_[digits] <= '9') {
      value = 10 * value + static_cast<std::uint32_t>(rest_[digits] - '0');
      ++digits;
    }
    if (digits == 0) return {};
    rest_.remove_prefix(digits);
    return value;
  }
  std::string_view rest_;
};

using Days = std::array<bool, 7>;

struct TimeSpan {
  std::uint32_t from = 0;
  std::uint32_t until = 0;
};

/// "Mo-We,Fr". @returns false where a range does not end with a day
bool read_days(Words& words, Days& days, bool& any, bool& holidays) {
  do {
    if (words.take("PH") || words.take("SH")) {
      holidays = true;
      continue;
    }
    const std::optional<std::uint32_t> first = words.day();
    if (!first) return !any && !holidays;
    any = true;
    std::uint32_t last = *first;
    if (words.take("-")) {
      const std::optional<std::uint32_t> end = words.day();
      if (!end) return false;
      last = *end;
    }
    for (std::uint32_t d = *first;; d = (d + 1) % 7) {
      days[d] = true;
      if (d == last) break;
    }
  } while (words.take(","));
  return true;
}

/// "09:00-13:00,15:00-18:00". @returns false where a span is not whole
bool read_times(Words& words, std::vector<TimeSpan>& times) {
  do {
    const std::optional<std::uint32_t> from = words.time();
    if (!from || *from > day_minutes || !words.take("-")) return false;
    const std::optional<std::uint32_t> until = words.time();
    if (!until) return false;
    times.push_back({*from, *until <= *from ? *until + day_minutes : *until});
  } while (words.take(","));
  return true;
}

/// One rule of the week. @returns false where it is beyond what is read here
bool read_rule(std::string_view text, std::array<std::vector<TimeSpan>, 7>& week) {
  Words words(text);
  if (words.empty()) return true;
  Days days{};
  bool any = false;
  bool holidays = false;
  std::vector<TimeSpan> times;
  if (words.take("24/7")) {
    times.push_back({0, day_minutes});
  } else {
    if (!read_days(words, days, any, holidays)) return false;
    words.take(":");
    if (!words.take("off") && !words.take("closed") && !read_times(words, times)) return false;
  }
  if (!words.empty()) return false;
  if (holidays && !any) return true;
  for (std::size_t d = 0; d < week.size(); ++d) {
    if (!any || days[d]) week[d] = times;
  }
  return true;
}

}  // namespace

std::optional<WeekTime> week_time_of(std::string_view text) {
  Words words(text);
  const std::optional<std::uint32_t> day = words.day();
  const std::optional<std::uint32_t> time = words.time();
  if (!day || !time || *time >= day_minutes || !words.empty()) return {};
  return WeekTime{*day * day_minutes + *time};
}

bool OpeningHours::open_at(WeekTime time) const {
  return std::any_of(spans.begin(), spans.end(), [&](const OpenSpan& span) {
    return (time.minute >= span.from && time.minute < span.until) ||
           time.minute + week_minutes < span.until;
  });
}

std::optional<OpeningHours> opening_hours_of(std::string_view words) {
  std::array<std::vector<TimeSpan>, 7> week;
  bool any_rule = false;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(';'), words.size());
    const std::string_view rule = words.substr(0, end);
    if (!read_rule(rule, week)) return {};
    any_rule = any_rule || rule.find_first_not_of(" \t") != std::string_view::npos;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  if (!any_rule) return {};
  OpeningHours hours;
  for (std::uint32_t d = 0; d < 7; ++d) {
    for (const TimeSpan& span : week[d]) {
      hours.spans.push_back({d * day_minutes + span.from, d * day_minutes + span.until});
    }
  }
  return hours;
}

}  // namespace quartier
