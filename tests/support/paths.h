#pragma once
/// Where tests find their files: the source tree, a fresh scratch folder, and the shared reference
/// data beside the checkout, which may be absent.

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <system_error>

namespace quartier::test {

/// The root of the source tree.
inline std::filesystem::path source_dir() { return QUARTIER_SOURCE_DIR; }

/// The folder the programs are built into.
inline std::filesystem::path program_dir() {
  return std::filesystem::path(QUARTIER_BINARY_DIR) / "bin";
}

/// A file or folder of the shared reference data; empty where there is none (the test then says
/// "skipped" with a WARN and returns).
inline std::filesystem::path shared(const std::string& name) {
  const auto path = source_dir().parent_path() / "shared" / name;
  return std::filesystem::exists(path) ? path : std::filesystem::path{};
}

/// A folder of its own for one test, removed at the end.
class ScratchFolder {
 public:
  ScratchFolder() {
    static std::atomic<int> number = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("quartier_test_" + std::to_string(getpid()) + "_" + std::to_string(number++));
    std::filesystem::create_directories(path_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace quartier::test
