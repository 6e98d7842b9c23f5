#pragma once
/// Text into markup (HTML, SVG, SLD, QML): everything that comes from data passes here.

#include <cstdint>
#include <string>
#include <string_view>

namespace quartier::report {

/// `text` for the content or a quoted attribute of HTML or XML: & < > " ' as character references;
/// control characters and marks that change the direction of writing removed (`display_safe`), and
/// bytes that are not UTF-8 replaced by U+FFFD, so that the result is always well-formed.
std::string escaped(std::string_view text);

/// `bytes` in base 64 (RFC 4648), for data URIs.
std::string base64(std::string_view bytes);

/// A coordinate for SVG: at most `decimals` digits after the point, no trailing zeros.
std::string coordinate(double value, int decimals = 2);

}  // namespace quartier::report
