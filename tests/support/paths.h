#pragma once
/// Where tests find their files: the source tree, a fresh scratch folder, and the shared reference
/// data beside the checkout, which may be absent.

#include <filesystem>
#include <string>

namespace quartier::test {

/// The root of the source tree.
std::filesystem::path source_dir();

/// The folder the programs are built into.
std::filesystem::path program_dir();

/// A file or folder of the shared reference data; empty where there is none (the test then says
/// "skipped" with a WARN and returns).
std::filesystem::path shared(const std::string& name);

/// A folder of its own for one test, removed at the end.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace quartier::test
