#include "io/paths.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/error.h"
#include "base/text.h"

namespace quartier::io {
namespace {

constexpr std::size_t name_limit = 4096;
constexpr std::size_t shown_limit = 200;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+' || c == '.';
}

/// "PG:", "GeoJSON:", "MEM:::": two characters or more, so that a drive letter is none.
bool has_driver_prefix(std::string_view name) {
  if (name.empty() || !is_letter(name.front())) return false;
  std::size_t i = 0;
  while (i < name.size() && is_name_character(name[i])) ++i;
  return i >= 2 && i < name.size() && name[i] == ':';
}

/// "/vsicurl/...", also behind another folder; a folder of one's own called "vsi" is none.
bool names_virtual_file(const std::string& name) {
  for (std::size_t at = name.find("/vsi"); at != std::string::npos;
       at = name.find("/vsi", at + 1)) {
    if (at == 0 || (at + 4 < name.size() && is_letter(name[at + 4]))) return true;
  }
  return false;
}

std::string shown(std::string_view name) {
  std::string text = display_safe(name.substr(0, shown_limit));
  if (name.size() > shown_limit) text += "...";
  return '"' + text + '"';
}

/// Why no library may see this text as a name; empty where it may.
std::string refusal(std::string_view name) {
  const std::string_view text = trimmed(name);
  if (text.empty()) return "an empty file name";
  if (name.size() > name_limit) return "a file name of more than 4096 characters";
  for (const char c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      return "a file name with control characters";
    }
  }
  if (text.front() == '{' || text.front() == '[' || text.front() == '<') {
    return "data where a file name belongs";
  }
  if (text.find("://") != std::string_view::npos) return "an address on the network";
  std::string slashed = lower_ascii(text);
  std::replace(slashed.begin(), slashed.end(), '\\', '/');
  if (names_virtual_file(slashed)) return "a virtual file name (/vsi...)";
  if (has_driver_prefix(text)) return "a connection string, not a file";
  return {};
}

class OpenedFile {
 public:
  explicit OpenedFile(const std::filesystem::path& path)
      : number_(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)) {}
  ~OpenedFile() {
    if (number_ >= 0) close(number_);
  }
  OpenedFile(const OpenedFile&) = delete;
  OpenedFile& operator=(const OpenedFile&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

/// `name` made absolute and free of links; refused as text, as missing, or as outside `root`.
std::filesystem::path resolved(std::string_view name, const std::filesystem::path& root) {
  const std::string reason = refusal(name);
  if (!reason.empty()) {
    throw InputError("refused " + shown(name) + ": " + reason,
                     "name a file on this computer by its plain path");
  }
  const std::filesystem::path given{std::string(name)};
  std::error_code error;
  const auto canonical =
      std::filesystem::canonical(root.empty() || given.is_absolute() ? given : root / given, error);
  if (error) {
    throw InputError(shown(name) + ": " + error.message(), "check the spelling of the path");
  }
  if (!root.empty()) {
    const auto allowed = std::filesystem::canonical(root, error);
    if (error || !lies_in(canonical, allowed)) {
      throw InputError(shown(name) + " lies outside the folder " + shown(root.string()),
                       "keep the files of a study in its folder, or name another with --data");
    }
  }
  return canonical;
}

}  // namespace

bool lies_in(const std::filesystem::path& path, const std::filesystem::path& root) {
  auto at = path.begin();
  for (const auto& part : root) {
    if (part.empty()) continue;
    if (at == path.end() || *at != part) return false;
    ++at;
  }
  return true;
}

std::filesystem::path checked_input_file(std::string_view name, const std::filesystem::path& root) {
  auto path = resolved(name, root);
  const OpenedFile file(path);
  if (file.number() < 0) throw InputError(shown(name) + ": " + std::strerror(errno));
  struct stat status {};
  if (fstat(file.number(), &status) != 0) {
    throw InputError(shown(name) + ": " + std::strerror(errno));
  }
  if (S_ISDIR(status.st_mode)) {
    throw InputError(shown(name) + " is a folder", "name a file inside it");
  }
  if (!S_ISREG(status.st_mode)) {
    throw InputError(shown(name) + " is a device, pipe or socket", "copy the data to a file first");
  }
  return path;
}

std::filesystem::path checked_input_folder(std::string_view name,
                                           const std::filesystem::path& root) {
  auto path = resolved(name, root);
  if (!std::filesystem::is_directory(path)) throw InputError(shown(name) + " is not a folder");
  return path;
}

}  // namespace quartier::io
