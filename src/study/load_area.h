#pragma once
/// Private to study: one edition's boundaries, from file to measured, triangulated districts.

#include <string>
#include <vector>

#include "domain/mesh.h"
#include "domain/polygons.h"
#include "geo/shapes.h"
#include "study/sources.h"
#include "study/study.h"

namespace quartier::study {

/// Shapes of one districts layer as read, with the columns that the definition names.
struct AreaLayer {
  geo::RawShapes raw;
  std::vector<std::string> ids;
  std::vector<std::string> names;
  std::vector<ParentLevel> levels;
  Ledger ledger;
  std::string file;
};

/// Reads the layer's one file; findings and ledger go to `study`, the ledger last of `ledgers`.
AreaLayer read_area_layer(SourceFiles& sources, const io::LayerDefinition& layer, Study& study);

/// Repairs, reprojects to the study's CRS (chosen here for the first edition), measures, finds
/// neighbours, triangulates. Features that are refused leave the edition, with a finding.
StudyEdition edition_of(AreaLayer layer, const io::StudyDistricts& settings, Study& study);

/// The background of an edition (water), reprojected and triangulated as one shape per feature.
Mesh load_background(SourceFiles& sources, const io::LayerDefinition& layer, Study& study);

}  // namespace quartier::study
