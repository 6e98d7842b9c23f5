#pragma once
/// Private to study: the files a study reads, found by the name of their layer definition, checked
/// before anything opens them, and remembered with their checksums.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/layer_definition.h"
#include "io/study_file.h"
#include "io/zip_reader.h"
#include "study/publication.h"

namespace quartier::study {

/// The layer definitions and input files of one study.
class SourceFiles {
 public:
  explicit SourceFiles(const io::StudyFile& settings);

  /// The definition with this id.
  /// @param wanted_by the key of the study that names it, for the message
  /// @throws InputError where no folder has it (with the nearest id), or it is of another kind
  const io::LayerDefinition& layer(std::string_view id, io::LayerKind kind,
                                   std::string_view wanted_by);

  /// The files of a layer under the data folder; each is checked, hashed and remembered once. A
  /// folder of a timetable is remembered table by table.
  /// @throws InputError where a pattern matches nothing or a file is not a plain file of the folder
  std::vector<io::LayerFile> files(const io::LayerDefinition& layer, std::string_view from = {},
                                   std::string_view until = {});

  /// The vector file of a layer: itself, or the member inside the archive, which is unpacked once.
  std::filesystem::path vector_file(const io::LayerDefinition& layer, const io::LayerFile& file,
                                    const std::string& member);

  /// A file of the data folder that needs no definition (an elevation raster).
  /// @throws InputError where it is not a plain file of the folder
  std::filesystem::path plain_file(const std::string& name);

  [[nodiscard]] const std::vector<InputFile>& inputs() const { return inputs_; }
  [[nodiscard]] const std::vector<Source>& sources() const { return sources_; }

 private:
  /// A GTFS folder: its tables are checked and hashed one by one, in the order of the reader.
  void remember_feed(io::LayerFile& folder, const std::string& layer);
  void remember(const std::filesystem::path& path, const std::string& name,
                const std::string& layer);

  const io::StudyFile& settings_;
  std::map<std::string, io::LayerDefinition, std::less<>> layers_;
  std::map<std::filesystem::path, std::unique_ptr<io::UnpackedZip>> archives_;
  std::vector<InputFile> inputs_;
  std::vector<Source> sources_;
};

}  // namespace quartier::study
