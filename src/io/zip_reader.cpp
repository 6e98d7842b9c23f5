#include "io/zip_reader.h"

#include <sys/stat.h>
#include <zip.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace quartier::io {
namespace {

struct CloseArchive {
  void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
};
struct CloseEntry {
  void operator()(zip_file_t* entry) const noexcept { zip_fclose(entry); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;
using Entry = std::unique_ptr<zip_file_t, CloseEntry>;

constexpr std::size_t block_size = std::size_t{1} << 16U;
constexpr const char* unpack_by_hand =
    "unpack it with a program that you trust and name the files themselves";

Archive opened(const std::filesystem::path& file) {
  int code = 0;
  zip_t* archive = zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code);
  if (archive == nullptr) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    throw InputError(file.filename().string() + ": no readable zip archive: " + reason);
  }
  return Archive(archive);
}

/// Why an entry of this name is not unpacked; empty where it may be.
std::string name_refusal(const std::string& name) {
  if (name.empty()) return "an entry without a name";
  if (name.front() == '/') return "an absolute path";
  for (const char c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == ':') {
      return "a path with a drive, backslash or control character";
    }
  }
  for (const std::string_view part : split(name, '/')) {
    if (part == "..") return "a path that leaves the archive";
  }
  return {};
}

class Unpacking {
 public:
  Unpacking(const std::filesystem::path& file, const ZipLimits& limits)
      : name_(file.filename().string()), limits_(limits), archive_(opened(file)) {
    const auto count = zip_get_num_entries(archive_.get(), 0);
    if (count < 0 || static_cast<std::uint64_t>(count) > limits.entry_count) {
      refuse("it holds more than " + std::to_string(limits.entry_count) + " entries");
    }
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) check(i);
  }

  void into(const std::filesystem::path& folder, std::vector<std::filesystem::path>& files) {
    for (const auto& [index, entry_name] : entries_) {
      const auto place = folder / entry_name;
      std::filesystem::create_directories(place.parent_path());
      unpack(index, entry_name, place);
      files.push_back(place);
    }
    std::sort(files.begin(), files.end());
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw InputError(name_ + ": " + why, unpack_by_hand);
  }

  /// Everything that the directory of the archive tells, before anything is written.
  void check(zip_uint64_t index) {
    zip_stat_t status;
    zip_stat_init(&status);
    if (zip_stat_index(archive_.get(), index, 0, &status) != 0 || status.name == nullptr) {
      refuse("the directory of the archive is damaged");
    }
    const std::string entry_name = status.name;
    const std::string shown = '"' + display_safe(entry_name.substr(0, 200)) + '"';
    if (const std::string why = name_refusal(entry_name); !why.empty()) {
      refuse("refused entry " + shown + ": " + why);
    }
    if (!names_.insert(lower_ascii(entry_name)).second) {
      refuse("entry " + shown + " occurs twice");
    }
    zip_uint8_t system = ZIP_OPSYS_DOS;
    zip_uint32_t attributes = 0;
    zip_file_get_external_attributes(archive_.get(), index, 0, &system, &attributes);
    const std::uint32_t type = attributes >> 16U & static_cast<std::uint32_t>(S_IFMT);
    if (system == ZIP_OPSYS_UNIX && type != 0 && type != S_IFREG && type != S_IFDIR) {
      refuse("refused entry " + shown + ": a link or special file");
    }
    if ((status.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
        status.encryption_method != ZIP_EM_NONE) {
      refuse("entry " + shown + " is encrypted");
    }
    if (entry_name.back() == '/') return;
    const double ratio = static_cast<double>(status.size) /
                         static_cast<double>(std::max<zip_uint64_t>(status.comp_size, 1));
    if (status.size > limits_.ratio_free_bytes && ratio > limits_.ratio) {
      refuse("entry " + shown + " unpacks to more than " + display_text(limits_.ratio, 0) +
             " times its size");
    }
    announced_ += std::min<std::uint64_t>(status.size, limits_.total_bytes + 1);
    if (announced_ > limits_.total_bytes) refuse_size();
    entries_.emplace_back(index, entry_name);
  }

  [[noreturn]] void refuse_size() const {
    refuse("it unpacks to more than " +
           display_text(static_cast<double>(limits_.total_bytes) / (1024.0 * 1024.0), 0) + " MiB");
  }

  void unpack(zip_uint64_t index, const std::string& entry_name,
              const std::filesystem::path& place) {
    const Entry entry(zip_fopen_index(archive_.get(), index, 0));
    if (!entry) refuse("entry \"" + display_safe(entry_name) + "\" cannot be read");
    std::ofstream out(place, std::ios::binary);
    std::vector<char> block(block_size);
    for (;;) {
      const zip_int64_t size = zip_fread(entry.get(), block.data(), block.size());
      if (size < 0) refuse("entry \"" + display_safe(entry_name) + "\" is damaged");
      if (size == 0) break;
      // What the directory says is only a claim.
      written_ += static_cast<std::uint64_t>(size);
      if (written_ > announced_) refuse("an entry is larger than the archive says");
      out.write(block.data(), size);
    }
    out.close();
    if (!out) throw InputError(name_ + ": there is no room to unpack it");
  }

  std::string name_;
  ZipLimits limits_;
  Archive archive_;
  std::set<std::string> names_;
  std::vector<std::pair<zip_uint64_t, std::string>> entries_;
  std::uint64_t announced_ = 0;
  std::uint64_t written_ = 0;
};

}  // namespace

UnpackedZip::UnpackedZip(const std::filesystem::path& archive, const ZipLimits& limits)
    : archive_(archive.filename()) {
  Unpacking unpacking(archive, limits);
  std::string name = (std::filesystem::temp_directory_path() / "quartier-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) {
    throw InputError(archive_.string() + ": no temporary folder can be made to unpack it in");
  }
  folder_ = name;
  try {
    unpacking.into(folder_, files_);
  } catch (...) {
    remove();
    throw;
  }
}

UnpackedZip::~UnpackedZip() { remove(); }

UnpackedZip::UnpackedZip(UnpackedZip&& other) noexcept
    : archive_(std::move(other.archive_)),
      folder_(std::exchange(other.folder_, {})),
      files_(std::move(other.files_)) {}

UnpackedZip& UnpackedZip::operator=(UnpackedZip&& other) noexcept {
  if (this != &other) {
    remove();
    archive_ = std::move(other.archive_);
    folder_ = std::exchange(other.folder_, {});
    files_ = std::move(other.files_);
  }
  return *this;
}

void UnpackedZip::remove() noexcept {
  if (folder_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  folder_.clear();
}

std::filesystem::path UnpackedZip::file(const std::filesystem::path& name) const {
  std::vector<std::filesystem::path> found;
  std::vector<std::string> names;
  for (const auto& file : files_) {
    const auto inside = file.lexically_relative(folder_);
    if (inside == name) return file;
    if (inside.filename() == name) found.push_back(file);
    names.push_back(display_safe(inside.string()));
  }
  if (found.size() == 1) return found.front();
  names.resize(std::min<std::size_t>(names.size(), 20));
  throw InputError(archive_.string() + ": " + (found.empty() ? "no file" : "several files") +
                       " \"" + display_safe(name.string()) + "\" inside",
                   "it holds " + joined(names, ", "));
}

}  // namespace quartier::io
