#pragma once
/// Saved lists of ways: the costs that a search found, in a small binary file that says which
/// search it answers. Laid out in docs/formats/travel_costs.md.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/travel_costs.h"

namespace quartier::io {

/// Version of the layout; a file of another one is refused.
inline constexpr std::uint32_t cost_file_version = 2;
/// How the files are called: KEY and this.
inline constexpr std::string_view cost_file_ending = ".qcost";

/// The bytes of a file.
/// @param key   64 hexadecimal digits: which search is answered
/// @param ways  costs and nearest sites, in the order the reader will want them
std::string cost_file_bytes(std::string_view key, std::span<const Impedance> ways);

/// The ways in such bytes, bit for bit as they were written. Lengths are checked against what is
/// there before anything is made room for: nothing is allocated that exceeds 32 bytes for each byte
/// of the file.
/// @param name  what the file is called in errors
/// @throws InputError for other files, other versions, another key, and anything that is damaged
std::vector<Impedance> ways_of_cost_file(std::string_view bytes, std::string_view key,
                                         const std::string& name);

/// Writes the file whole or not at all. @throws InputError
void write_cost_file(const std::filesystem::path& file, std::string_view key,
                     std::span<const Impedance> ways);

/// Reads it. @throws InputError as `ways_of_cost_file`, and where the file cannot be read
std::vector<Impedance> read_cost_file(const std::filesystem::path& file, std::string_view key);

}  // namespace quartier::io
