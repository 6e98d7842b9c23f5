#pragma once
/// Bytes of a text file to UTF-8, with the encoding found and named.

#include <filesystem>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "io/layer_definition.h"

namespace quartier::io {

/// The bytes of a file. @throws InputError where it cannot be read or is larger than `limit` bytes
std::string read_bytes(const std::filesystem::path& file, std::uintmax_t limit);

/// Text in UTF-8 without a byte order mark. A byte order mark decides; without one `stated` does.
/// `detect` takes valid UTF-8 as such and anything else as Windows-1252, with a finding.
/// @param name  of the file, for messages
/// @throws InputError for bytes that are not in the encoding (with the line), for UTF-16 of odd
///         length or with lone surrogates, and for NUL characters
Loaded<std::string> decoded(std::string bytes, const std::string& name, TextEncoding stated);

/// Windows-1252 to UTF-8, the five unassigned bytes as their C1 controls (as browsers do).
std::string from_windows_1252(std::string_view bytes);

/// Where the first byte that is not valid UTF-8 stands, or npos.
std::size_t invalid_utf8(std::string_view text);

}  // namespace quartier::io
