#pragma once
/// The compression function of SHA-256, plain and with the instructions that x86 processors have
/// for it (about ten times as fast). Private to io.

#include <array>
#include <cstddef>
#include <cstdint>

namespace quartier::io {

using Sha256State = std::array<std::uint32_t, 8>;

/// Takes `count` blocks of 64 bytes into the state (FIPS 180-4, 6.2.2), by whichever way this
/// processor offers; both give the same result.
void sha256_blocks(Sha256State& state, const unsigned char* blocks, std::size_t count);

/// The plain way, for any processor.
void sha256_blocks_plain(Sha256State& state, const unsigned char* blocks, std::size_t count);

}  // namespace quartier::io
