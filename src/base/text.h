#pragma once
/// Small text tools: trimming, splitting, numbers to text and back without loss.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quartier {

/// Without blanks (space, tab, CR, LF, no-break space in UTF-8) at both ends.
std::string_view trimmed(std::string_view text);

/// The parts between `separator`; one part where it does not occur.
std::vector<std::string_view> split(std::string_view text, char separator);

/// ASCII letters in lower case, all else as it is.
std::string lower_ascii(std::string_view text);

/// The shortest decimal text that reads back as the same double; empty for undefined, "inf" and
/// "-inf" for the infinities.
std::string exact_text(double value);

/// `value` with `decimals` digits after the point and groups of thousands parted by a thin
/// no-break space (U+202F), for people; "n/a" for undefined.
std::string display_text(double value, int decimals);

/// A double from the whole of `text` (point as the decimal mark, no blanks, no thousands, no "nan"
/// or "inf"); nothing where it is anything else.
std::optional<double> parse_number(std::string_view text);

/// The candidate nearest to `word` by edit distance (at most a third of its length away, two for
/// short words), for "did you mean"; empty where none is near.
std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates);

/// `items` joined by `separator`.
std::string joined(const std::vector<std::string>& items, std::string_view separator);

/// `text` without control characters and without the marks that change the direction of writing
/// (U+200E/F, U+202A-E, U+2066-9), safe to show in any line of text.
std::string display_safe(std::string_view text);

}  // namespace quartier
