#include "io/checksum.h"

#include <glib.h>

#include <fstream>
#include <memory>
#include <vector>

#include "base/error.h"

namespace quartier::io {
namespace {

struct FreeChecksum {
  void operator()(GChecksum* checksum) const noexcept { g_checksum_free(checksum); }
};
using Checksum = std::unique_ptr<GChecksum, FreeChecksum>;

constexpr std::size_t block_size = std::size_t{1} << 18U;

void update(const Checksum& checksum, const char* bytes, std::size_t size) {
  g_checksum_update(checksum.get(), reinterpret_cast<const guchar*>(bytes),
                    static_cast<gssize>(size));
}

}  // namespace

std::string sha256_of_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw InputError(file.filename().string() + ": the file cannot be read");
  const Checksum checksum(g_checksum_new(G_CHECKSUM_SHA256));
  std::vector<char> block(block_size);
  while (in) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    update(checksum, block.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof())
    throw InputError(file.filename().string() + ": the file cannot be read to its end");
  return g_checksum_get_string(checksum.get());
}

std::string sha256_of_text(std::string_view text) {
  const Checksum checksum(g_checksum_new(G_CHECKSUM_SHA256));
  update(checksum, text.data(), text.size());
  return g_checksum_get_string(checksum.get());
}

}  // namespace quartier::io
