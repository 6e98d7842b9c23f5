#include "io/checksum.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <vector>

#include "base/error.h"
#include "io/checksum_blocks.h"

namespace quartier::io {
namespace {

constexpr std::size_t read_size = std::size_t{1} << 18U;
constexpr std::size_t block_size = 64;

/// SHA-256 of bytes that come piece by piece.
class Sha256 {
public:
  void update(const char *bytes, std::size_t size) {
    const auto *from = reinterpret_cast<const unsigned char *>(bytes);
    total_ += size;
    if (held_ > 0) {
      const std::size_t taken = std::min(size, block_size - held_);
      if (taken > 0)
        std::memcpy(&block_[held_], from, taken);
      held_ += taken;
      from += taken;
      size -= taken;
      if (held_ < block_size)
        return;
      sha256_blocks(state_, block_.data(), 1);
      held_ = 0;
    }
    sha256_blocks(state_, from, size / block_size);
    held_ = size % block_size;
    if (held_ > 0)
      std::memcpy(block_.data(), from + (size - held_), held_);
  }

  /// The end mark, the length in bits, and the state as text. Call once.
  std::string finish() {
    const std::uint64_t bits = 8 * total_;
    block_[held_++] = 0x80;
    if (held_ > block_size - 8) {
      std::fill(block_.begin() + static_cast<std::ptrdiff_t>(held_),
                block_.end(), 0);
      sha256_blocks(state_, block_.data(), 1);
      held_ = 0;
    }
    std::fill(block_.begin() + static_cast<std::ptrdiff_t>(held_), block_.end(),
              0);
    for (std::size_t i = 0; i < 8; ++i) {
      block_[block_size - 1 - i] = static_cast<unsigned char>(bits >> (8 * i));
    }
    sha256_blocks(state_, block_.data(), 1);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint32_t word : state_) {
      for (int shift = 28; shift >= 0; shift -= 4)
        text += digits[(word >> shift) & 15U];
    }
    return text;
  }

private:
  /// Fractional parts of the square roots of the first eight primes (FIPS
  /// 180-4, 5.3.3).
  Sha256State state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, block_size> block_{};
  std::size_t held_ = 0;
  std::uint64_t total_ = 0;
};

} // namespace

std::string sha256_of_file(const std::filesystem::path &file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw InputError(file.filename().string() + ": the file cannot be read");
  Sha256 checksum;
  std::vector<char> bytes(read_size);
  while (in) {
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    checksum.update(bytes.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof()) {
    throw InputError(file.filename().string() +
                     ": the file cannot be read to its end");
  }
  return checksum.finish();
}

std::string sha256_of_text(std::string_view text) {
  Sha256 checksum;
  checksum.update(text.data(), text.size());
  return checksum.finish();
}

} // namespace quartier::io
