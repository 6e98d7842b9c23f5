#pragma once
/// Outputs that are whole or not there: written beside their place, moved into it at the end.

#include <filesystem>
#include <functional>
#include <string_view>

namespace quartier::io {

/// A file on its way: written to `path()`, a new name in a private folder beside its place (so that
/// helper files of the writer go with it), and put in place by `commit`.
class FileDraft {
 public:
  /// @throws InputError where the folder of `file` does not exist or cannot be written
  explicit FileDraft(std::filesystem::path file);
  /// Without commit: the draft is removed, `file` stays as it was.
  ~FileDraft();
  FileDraft(const FileDraft&) = delete;
  FileDraft& operator=(const FileDraft&) = delete;

  [[nodiscard]] std::filesystem::path path() const { return aside_ / file_.filename(); }
  /// Flushes the draft to the disk and renames it. Call once. @throws InputError
  void commit();

 private:
  std::filesystem::path file_;
  std::filesystem::path aside_;
  int lock_ = -1;
};

/// Puts a file in place in one step. `write(draft)` writes the content to `draft`, a new name in
/// the same folder with the same extension; then the draft is flushed to the disk and renamed.
/// Until then, and whenever anything fails, `file` is what it was before and the draft is gone.
///
/// @throws InputError where the folder does not exist or cannot be written; what `write` throws
void write_atomically(const std::filesystem::path& file,
                      const std::function<void(const std::filesystem::path&)>& write);

/// The same for text at hand.
void write_text_atomically(const std::filesystem::path& file, std::string_view text);

/// The output folder of a run: files are written into a hidden folder beside it and moved into
/// place by `commit`, each by a rename. An interrupted run leaves the files of the run before.
///
///   OutputFolder out("results");
///   write_report(out.draft("report.html"));
///   write_text_atomically(out.draft("maps/a.svg"), svg);
///   out.commit();
class OutputFolder {
 public:
  /// Makes `folder` (with its parents) and the draft folder `folder/.partial-XXXXXX`. Draft folders
  /// that interrupted runs have left there are removed, where no living process holds them.
  /// @throws InputError where `folder` cannot be made or is a file
  explicit OutputFolder(std::filesystem::path folder);
  /// Without commit: removes the draft, `folder` stays as it was.
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  /// Where to write the file that will be `folder/name`; its sub-folders are made.
  /// @throws InputError where `name` is absolute or leaves the folder
  [[nodiscard]] std::filesystem::path draft(const std::filesystem::path& name) const;

  /// Flushes every file of the draft to the disk, then moves them into the folder in order of name,
  /// replacing files of the same name and keeping all others. Call once, at the very end.
  void commit();

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::filesystem::path draft_;
  int lock_ = -1;
};

}  // namespace quartier::io
