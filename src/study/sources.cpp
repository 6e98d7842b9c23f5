#include "study/sources.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "io/checksum.h"
#include "io/gtfs_reader.h"
#include "io/paths.h"

namespace quartier::study {
namespace {

/// Files that belong to a shapefile, beside the .shp itself.
constexpr const char* shapefile_parts[] = {".dbf", ".shx", ".prj", ".cpg"};

}  // namespace

SourceFiles::SourceFiles(const io::StudyFile& settings) : settings_(settings) {
  for (const auto& folder : settings.layer_folders) {
    if (!std::filesystem::is_directory(folder)) {
      throw InputError(folder, "is no folder of layer definitions");
    }
    for (io::LayerDefinition& layer : io::list_layer_definitions(folder)) {
      layers_.try_emplace(layer.id, std::move(layer));
    }
  }
}

const io::LayerDefinition& SourceFiles::layer(std::string_view id, io::LayerKind kind,
                                              std::string_view wanted_by) {
  const auto found = layers_.find(id);
  if (found == layers_.end()) {
    std::vector<std::string> known;
    for (const auto& [known_id, layer] : layers_) known.push_back(known_id);
    const std::string near = nearest_word(id, known);
    throw InputError(
        settings_.file,
        std::string(wanted_by) + ": there is no layer definition '" + std::string(id) + "'",
        near.empty() ? "`quartier list layers` shows what there is"
                     : "did you mean '" + near + "'?");
  }
  if (found->second.kind != kind) {
    throw InputError(settings_.file, std::string(wanted_by) + ": layer '" + std::string(id) +
                                         "' holds " + std::string(io::name_of(found->second.kind)) +
                                         ", not " + std::string(io::name_of(kind)));
  }
  return found->second;
}

void SourceFiles::remember(const std::filesystem::path& path, const std::string& name,
                           const std::string& layer) {
  const bool known = std::any_of(inputs_.begin(), inputs_.end(),
                                 [&](const InputFile& input) { return input.name == name; });
  if (known) return;
  inputs_.push_back({name, layer, io::sha256_of_file(path), std::filesystem::file_size(path)});
}

void SourceFiles::remember_feed(io::LayerFile& folder, const std::string& layer) {
  folder.path = io::checked_input_folder(folder.path.string(), settings_.data_folder);
  for (const std::string_view table : io::gtfs_tables) {
    const std::filesystem::path place = folder.path / table;
    std::error_code ignored;
    if (!std::filesystem::exists(std::filesystem::symlink_status(place, ignored))) continue;
    remember(io::checked_input_file(place.string(), folder.path),
             folder.name + "/" + std::string(table), layer);
  }
}

std::vector<io::LayerFile> SourceFiles::files(const io::LayerDefinition& layer,
                                              std::string_view from, std::string_view until) {
  std::vector<io::LayerFile> files =
      io::find_layer_files(layer, settings_.data_folder, from, until);
  for (io::LayerFile& file : files) {
    std::error_code ignored;
    if (layer.format == io::LayerFormat::gtfs &&
        std::filesystem::is_directory(file.path, ignored)) {
      remember_feed(file, layer.id);
      continue;
    }
    file.path = io::checked_input_file(file.path.string(), settings_.data_folder);
    remember(file.path, file.name, layer.id);
    if (file.path.extension() != ".shp") continue;
    for (const char* part : shapefile_parts) {
      std::filesystem::path sibling = file.path;
      sibling.replace_extension(part);
      if (!std::filesystem::exists(sibling)) continue;
      std::filesystem::path name = file.name;
      name.replace_extension(part);
      remember(io::checked_input_file(sibling.string(), settings_.data_folder),
               name.generic_string(), layer.id);
    }
  }
  const bool told = std::any_of(sources_.begin(), sources_.end(), [&](const Source& source) {
    return source.title == layer.title && source.publisher == layer.publisher;
  });
  if (!told) {
    sources_.push_back({layer.title, layer.publisher, layer.licence, layer.attribution});
  }
  return files;
}

std::filesystem::path SourceFiles::plain_file(const std::string& name) {
  std::filesystem::path path = io::checked_input_file(name, settings_.data_folder);
  remember(path, name, "");
  return path;
}

std::filesystem::path SourceFiles::vector_file(const io::LayerDefinition& layer,
                                               const io::LayerFile& file,
                                               const std::string& member) {
  if (lower_ascii(file.path.extension().string()) != ".zip") return file.path;
  if (member.empty()) {
    throw InputError(layer.file, "layer '" + layer.id + "' reads an archive but names no member",
                     "say which file inside: member = \"name.shp\"");
  }
  auto& archive = archives_[file.path];
  if (!archive) archive = std::make_unique<io::UnpackedZip>(file.path);
  return archive->file(member);
}

}  // namespace quartier::study
