#pragma once
/// Zip archives, unpacked by us into a private folder under limits, never read through GDAL.

#include <cstdint>
#include <filesystem>
#include <vector>

namespace quartier::io {

/// What an archive may hold.
struct ZipLimits {
  std::uint64_t entry_count = 10'000;
  std::uint64_t total_bytes = std::uint64_t{1} << 30U;
  double ratio = 100.0;  ///< unpacked to packed, of one entry ...
  std::uint64_t ratio_free_bytes = std::uint64_t{10}
                                   << 20U;  ///< ... that unpacks to more than this
};

/// An archive unpacked into a folder of its own below the system's temporary folder (mode 0700),
/// which goes when this object goes.
class UnpackedZip {
 public:
  /// @param archive  from checked_input_file
  /// @throws InputError where it is no archive, damaged (checksums are verified), encrypted, beyond
  ///         a limit, or holds a link, a special file, or a name that leaves the folder (absolute,
  ///         "..", drive, backslash, control character) or occurs twice; nothing then remains
  explicit UnpackedZip(const std::filesystem::path& archive, const ZipLimits& limits = {});
  ~UnpackedZip();
  UnpackedZip(UnpackedZip&& other) noexcept;
  UnpackedZip& operator=(UnpackedZip&& other) noexcept;
  UnpackedZip(const UnpackedZip&) = delete;
  UnpackedZip& operator=(const UnpackedZip&) = delete;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  /// The files inside, in order of name, as absolute paths.
  [[nodiscard]] const std::vector<std::filesystem::path>& files() const { return files_; }
  /// The file with this name inside the archive ("shp/trams.shp"), or whose last part is this name.
  /// @throws InputError where there is none, or more than one
  [[nodiscard]] std::filesystem::path file(const std::filesystem::path& name) const;

 private:
  void remove() noexcept;
  std::filesystem::path archive_;
  std::filesystem::path folder_;
  std::vector<std::filesystem::path> files_;
};

}  // namespace quartier::io
