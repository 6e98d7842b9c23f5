#pragma once
/// Checksums, so that a result can name its inputs.

#include <filesystem>
#include <string>
#include <string_view>

namespace quartier::io {

/// SHA-256 of the file's bytes as 64 lower-case hexadecimal digits (FIPS 180-4).
/// @throws InputError where the file cannot be read
std::string sha256_of_file(const std::filesystem::path& file);

/// SHA-256 of the bytes of `text`, likewise.
std::string sha256_of_text(std::string_view text);

}  // namespace quartier::io
