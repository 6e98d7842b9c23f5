#include "support/paths.h"

#include <unistd.h>

#include <atomic>
#include <system_error>

namespace quartier::test {

namespace fs = std::filesystem;

fs::path source_dir() { return QUARTIER_SOURCE_DIR; }

fs::path program_dir() { return fs::path(QUARTIER_BINARY_DIR) / "bin"; }

fs::path shared(const std::string& name) {
  const auto path = source_dir().parent_path() / "shared" / name;
  return fs::exists(path) ? path : fs::path{};
}

ScratchFolder::ScratchFolder() {
  static std::atomic<int> number = 0;
  path_ = fs::temp_directory_path() /
          ("quartier_test_" + std::to_string(getpid()) + "_" + std::to_string(number++));
  fs::create_directories(path_);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace quartier::test
