#include "io/atomic_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"

namespace quartier::io {
namespace {

constexpr const char* draft_prefix = ".partial-";

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what) {
  throw InputError(path, what + ": " + std::strerror(errno),
                   "check the folder's permissions and the space left");
}

void flush_to_disk(const std::filesystem::path& path, int kind) {
  const int number = open(path.c_str(), O_RDONLY | O_CLOEXEC | kind);
  if (number < 0) fail(path, "cannot be opened");
  const bool flushed = fsync(number) == 0;
  const int cause = errno;
  close(number);
  errno = cause;
  // Some file systems cannot flush folders; their renames are no less whole.
  if (!flushed && cause != EINVAL && cause != ENOTSUP) fail(path, "cannot be written");
}

void move_into_place(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) fail(to, "cannot be put in place");
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

/// A new, private folder; `pattern` is the path without its last six letters.
std::filesystem::path made_private(const std::filesystem::path& pattern) {
  std::string name = pattern.string() + "XXXXXX";
  if (mkdtemp(name.data()) == nullptr) fail(pattern.parent_path(), "no folder can be made there");
  return name;
}

int locked(const std::filesystem::path& folder) {
  const int number = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (number >= 0 && flock(number, LOCK_EX | LOCK_NB) == 0) return number;
  if (number >= 0) close(number);
  return -1;
}

/// Drafts of runs that were interrupted; a living run holds a lock on its own.
void remove_left_over(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> drafts;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_directory() && !entry.is_symlink() &&
        entry.path().filename().string().starts_with(draft_prefix)) {
      drafts.push_back(entry.path());
    }
  }
  for (const auto& draft : drafts) {
    const int lock = locked(draft);
    if (lock < 0) continue;
    std::error_code ignored;
    std::filesystem::remove_all(draft, ignored);
    close(lock);
  }
}

}  // namespace

FileDraft::FileDraft(std::filesystem::path file) : file_(std::move(file)) {
  const auto folder = folder_of(file_);
  if (!std::filesystem::is_directory(folder)) {
    throw InputError(folder, "no such folder", "make it first");
  }
  if (std::filesystem::is_directory(file_)) {
    throw InputError(file_, "is a folder", "name a file");
  }
  aside_ = made_private(folder / draft_prefix);
  lock_ = locked(aside_);
}

FileDraft::~FileDraft() {
  std::error_code ignored;
  std::filesystem::remove_all(aside_, ignored);
  if (lock_ >= 0) close(lock_);
}

void FileDraft::commit() {
  flush_to_disk(path(), 0);
  move_into_place(path(), file_);
  flush_to_disk(folder_of(file_), O_DIRECTORY);
}

void write_atomically(const std::filesystem::path& file,
                      const std::function<void(const std::filesystem::path&)>& write) {
  FileDraft draft(file);
  write(draft.path());
  draft.commit();
}

void write_text_atomically(const std::filesystem::path& file, std::string_view text) {
  write_atomically(file, [&](const std::filesystem::path& draft) {
    std::ofstream out(draft, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) fail(file, "cannot be written");
  });
}

OutputFolder::OutputFolder(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (!std::filesystem::is_directory(folder_)) {
    throw InputError(
        folder_,
        "cannot be made or is no folder" + (error ? ": " + error.message() : std::string()),
        "name a folder for the results");
  }
  remove_left_over(folder_);
  draft_ = made_private(folder_ / draft_prefix);
  lock_ = locked(draft_);
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(draft_, ignored);
  if (lock_ >= 0) close(lock_);
}

std::filesystem::path OutputFolder::draft(const std::filesystem::path& name) const {
  const auto inside = name.lexically_normal();
  if (name.empty() || name.is_absolute() || inside.begin()->string() == ".." || inside == ".") {
    throw InputError("refused output name \"" + name.string() + "\": it leaves the output folder");
  }
  const auto path = draft_ / inside;
  std::filesystem::create_directories(path.parent_path());
  return path;
}

void OutputFolder::commit() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(draft_)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) flush_to_disk(file, 0);
  for (const auto& file : files) {
    const auto place = folder_ / file.lexically_relative(draft_);
    std::filesystem::create_directories(place.parent_path());
    move_into_place(file, place);
  }
  flush_to_disk(folder_, O_DIRECTORY);
}

}  // namespace quartier::io
