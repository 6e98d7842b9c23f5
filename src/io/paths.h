#pragma once
/// Input paths: what must be true of a name before any library is allowed to open it.

#include <filesystem>
#include <string>
#include <string_view>

namespace quartier::io {

/// The existing regular file that `name` stands for, as an absolute path without links.
///
/// Libraries that read maps take far more than file names: URLs, "/vsicurl/...", "PG:...", or the
/// data itself as text. All of these are refused before a library sees them, and so are folders,
/// devices, pipes and sockets (told by fstat of the opened file, not by its name).
///
/// @param name  as the user or a study wrote it, UTF-8
/// @param root  folder that the file must lie in once every link is followed, and that a relative
///              name starts from; empty: any place, relative to the working folder
/// @throws InputError naming the path, what is wrong with it and the way out
std::filesystem::path checked_input_file(std::string_view name,
                                         const std::filesystem::path& root = {});

/// The existing folder that `name` stands for (the folder given with --data), likewise.
/// @throws InputError where it is no folder, or leaves `root`
std::filesystem::path checked_input_folder(std::string_view name,
                                           const std::filesystem::path& root = {});

/// True where `path` is `root` or lies below it; both absolute and without links.
bool lies_in(const std::filesystem::path& path, const std::filesystem::path& root);

}  // namespace quartier::io
