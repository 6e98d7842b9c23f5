#pragma once
/// What leaves the program as files: whole or not at all, in one folder, layers with their styles.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "study/publication.h"

namespace quartier::study {

/// Writes one text or picture file in one step. @throws InputError where it cannot be written
void write_file(const std::filesystem::path& file, std::string_view bytes);

/// The output folder of a run. Files are written aside and put in place together by `commit`; an
/// interrupted run leaves what was there before.
class Output {
 public:
  explicit Output(const std::filesystem::path& folder);
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  /// Writes `folder/name` aside.
  void write(const std::filesystem::path& name, std::string_view bytes);
  /// Where a writer of its own may write what becomes `folder/name`.
  [[nodiscard]] std::filesystem::path draft(const std::filesystem::path& name) const;
  void commit();

 private:
  struct Folder;
  std::unique_ptr<Folder> folder_;
};

/// How QGIS and other programs draw a layer, as text made from the classes of a map.
struct LayerStyleText {
  std::string name;
  std::string description;
  std::string qml;
  std::string sld;
};

/// One attribute of an exported layer.
struct ExportColumn {
  std::string field;
  Column column;
};

/// The districts of one edition as an exported layer; the first style is the one it opens in.
struct ExportLayer {
  std::uint32_t edition = 0;
  std::string name;
  std::vector<ExportColumn> columns;
  std::vector<LayerStyleText> styles;
};

/// The field that says why a number is missing, beside `field`.
std::string state_field_of(std::string_view field);

/// Writes the layers, and the services as points, to a new GeoPackage; the same bytes each time.
void write_layers(const Publication& publication, const std::vector<ExportLayer>& layers,
                  const std::filesystem::path& file);

/// Writes the layer `isochrones` to a new GeoPackage: one feature per isochrone, those of the whole
/// cutoff before those of its parts, with the fields id, service, label, cutoff, unit, part, ways,
/// area_km2, streets_km and share_of_residents. The same bytes each time.
/// @param edition  whose reference system and residents they have
void write_isochrones(const Publication& publication, std::uint32_t edition,
                      const std::vector<Isochrone>& isochrones, const LayerStyleText& style,
                      const std::filesystem::path& file);

}  // namespace quartier::study
