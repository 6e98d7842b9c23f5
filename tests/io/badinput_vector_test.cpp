#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "base/error.h"
#include "io/check_file.h"
#include "io/checksum.h"
#include "io/paths.h"
#include "support/catch.h"
#include "support/paths.h"

using namespace quartier;
using namespace quartier::io;

namespace {

struct Verdict {
  bool rejected = false;
  std::string error;
  Loaded<FileSummary> checked;

  [[nodiscard]] const Finding* finding(const std::string& kind) const {
    for (const Finding& finding : checked.findings) {
      if (finding.kind == kind) return &finding;
    }
    return nullptr;
  }
};

Verdict verdict_on(const std::filesystem::path& file) {
  Verdict verdict;
  try {
    const auto path = checked_input_file(file.string());
    switch (file_kind(path)) {
      case FileKind::vector:
        verdict.checked = check_vector_file(path);
        break;
      case FileKind::archive:
        verdict.checked = check_archive(path);
        break;
      case FileKind::streets:
        verdict.checked = check_streets_file(path);
        break;
      case FileKind::elevation:
        verdict.checked = check_elevation_file(path);
        break;
      case FileKind::feed:
      case FileKind::study:
      case FileKind::table:
        break;
    }
    verdict.rejected = any_rejected(verdict.checked.findings);
  } catch (const Error& error) {
    verdict.rejected = true;
    verdict.error = error.what();
  }
  return verdict;
}

enum class Expected : std::uint8_t { loads, rejected, either };

/// The column `exit` of the corpus, for what a reader can see. Bounds, overlaps and invalid rings
/// are found later, by those who know geometry, so their files load here.
const std::map<std::string, Expected> expected_by_file{
    {"gj_antimeridian.geojson", Expected::loads},
    {"gj_bad_utf8.geojson", Expected::either},
    {"gj_bowtie.geojson", Expected::loads},
    {"gj_crs_conflict.geojson", Expected::rejected},
    {"gj_deep_nesting.geojson", Expected::rejected},
    {"gj_dup_ids.geojson", Expected::rejected},
    {"gj_empty.geojson", Expected::rejected},
    {"gj_empty_collection.geojson", Expected::loads},
    {"gj_format_string.geojson", Expected::loads},
    {"gj_hole_outside.geojson", Expected::loads},
    {"gj_huge_coords.geojson", Expected::loads},
    {"gj_inf_coords.geojson", Expected::rejected},
    {"gj_mixed_types.geojson", Expected::rejected},
    {"gj_nan_coords.geojson", Expected::rejected},
    {"gj_nul_in_string.geojson", Expected::either},
    {"gj_null_empty_geom.geojson", Expected::loads},
    {"gj_overlap_gap.geojson", Expected::loads},
    {"gj_projected_no_crs.geojson", Expected::loads},
    {"gj_rtl_long_names.geojson", Expected::loads},
    {"gj_short_ring.geojson", Expected::rejected},
    {"gj_swapped_axes.geojson", Expected::loads},
    {"gj_truncated.geojson", Expected::rejected},
    {"gj_unclosed_ring.geojson", Expected::either},
    {"gml_remote_schema.gml", Expected::either},
    {"gpkg_bitflips.gpkg", Expected::either},
    {"gpkg_evil_view.gpkg", Expected::loads},
    {"gpkg_garbage_geom.gpkg", Expected::rejected},
    {"gpkg_header_only.gpkg", Expected::rejected},
    {"gpkg_missing_table.gpkg", Expected::rejected},
    {"gpkg_sql_layer_name.gpkg", Expected::loads},
    {"gpkg_text_in_number.gpkg", Expected::rejected},
    {"gpkg_truncated.gpkg", Expected::rejected},
    {"gpkg_unknown_srs.gpkg", Expected::rejected},
    {"kml_billion_laughs.kml", Expected::rejected},
    {"kml_xxe.kml", Expected::rejected},
    {"ok_baseline.geojson", Expected::loads},
    {"osm_blob_size_lie.osm.pbf", Expected::rejected},
    {"osm_missing_nodes.osm", Expected::either},
    {"osm_not_pbf.osm.pbf", Expected::rejected},
    {"project_future_version.json", Expected::rejected},
    {"project_traversal.json", Expected::rejected},
    {"project_wrong_types.json", Expected::rejected},
    {"raster_raw.vrt", Expected::rejected},
    {"scenario_infeasible.json", Expected::rejected},
    {"shp_dbf_count_lie.shp", Expected::either},
    {"shp_dbf_shp_mismatch.shp", Expected::rejected},
    {"shp_no_dbf.shp", Expected::either},
    {"shp_no_prj.shp", Expected::rejected},
    {"shp_no_shx.shp", Expected::rejected},
    {"shp_point_count_lie.shp", Expected::rejected},
    {"shp_record_length_lie.shp", Expected::rejected},
    {"shp_truncated.shp", Expected::rejected},
    {"tif_huge_dims.tif", Expected::rejected},
    {"victim.gpkg", Expected::loads},
    {"vrt_disguised.geojson", Expected::rejected},
    {"vrt_modifying_sql.vrt", Expected::rejected},
    {"vrt_network.vrt", Expected::rejected},
    {"vrt_read_outside.vrt", Expected::rejected},
    {"vrt_self_reference.vrt", Expected::rejected},
    {"zip_bomb.geojson.zip", Expected::rejected},
    {"zip_traversal.zip", Expected::rejected},
};

std::map<std::string, std::string> checksums(const std::filesystem::path& folder) {
  std::map<std::string, std::string> sums;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    sums[entry.path().filename().string()] = sha256_of_file(entry.path());
  }
  return sums;
}

}  // namespace

TEST_CASE("every hostile vector file behaves as the corpus says", "[io][badinput]") {
  const auto folder = test::shared("badinput/files");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const auto before = checksums(folder);
  for (const auto& [name, expected] : expected_by_file) {
    CAPTURE(name);
    const auto start = std::chrono::steady_clock::now();
    const Verdict verdict = verdict_on(folder / name);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
    if (expected == Expected::loads) CHECK_FALSE(verdict.rejected);
    if (expected == Expected::rejected) CHECK(verdict.rejected);
    for (const Ledger& ledger : verdict.checked.value.ledgers) CHECK(ledger.closes());
    // A whole file that is refused is named; everything else has its place in a finding.
    if (!verdict.error.empty()) {
      const std::string stem = name.substr(0, name.find('.'));
      CHECK(verdict.error.find(stem) != std::string::npos);
    }
  }
  CHECK(checksums(folder) == before);
  CHECK_FALSE(std::filesystem::exists("/tmp/nim_pwned.geojson"));
  CHECK_FALSE(std::filesystem::exists("/abs/nim_pwned.geojson"));
}

TEST_CASE("hostile vector files are refused for the right reason", "[io][badinput]") {
  const auto folder = test::shared("badinput/files");
  if (folder.empty()) {
    WARN("skipped: no shared reference data");
    return;
  }
  const auto finding = [&](const std::string& name, const std::string& kind) {
    const Verdict verdict = verdict_on(folder / name);
    const Finding* found = verdict.finding(kind);
    INFO(name << " " << kind << " " << verdict.error);
    REQUIRE(found != nullptr);
    return *found;
  };
  const auto error = [&](const std::string& name) { return verdict_on(folder / name).error; };

  SECTION("the feature is named") {
    CHECK(finding("gpkg_garbage_geom.gpkg", "unreadable_geometry").rows.front() ==
          "feature 1 (id D0)");
    CHECK(finding("gpkg_text_in_number.gpkg", "not_a_number").rows.front() == "feature 2 (id D1)");
    CHECK(finding("gj_mixed_types.geojson", "wrong_geometry_type").count == 2);
    CHECK(finding("gj_short_ring.geojson", "degenerate_ring").count == 2);
    CHECK(finding("shp_truncated.shp", "unreadable_geometry").rows.front() == "feature 4");
    CHECK(finding("shp_record_length_lie.shp", "unreadable_geometry").count == 1);
    CHECK(finding("shp_point_count_lie.shp", "unreadable_geometry").count == 1);
    CHECK(error("gj_nan_coords.geojson").find("id D0") != std::string::npos);
    CHECK(error("gj_truncated.geojson").find("column 462") != std::string::npos);
  }
  SECTION("ids are told apart") {
    CHECK(finding("gj_dup_ids.geojson", "duplicate_id").count == 2);
    CHECK(finding("gj_dup_ids.geojson", "near_duplicate_id").rows.front() == "id \"d0 \"");
    CHECK(finding("gj_nul_in_string.geojson", "unsafe_id").severity == Severity::rejected);
  }
  SECTION("missing geometry is kept and counted") {
    const Verdict verdict = verdict_on(folder / "gj_null_empty_geom.geojson");
    CHECK(verdict.checked.value.layers.front().without_geometry == 3);
    CHECK(verdict.checked.value.ledgers.front().used == 3);
  }
  SECTION("missing reference systems are asked for") {
    for (const char* name : {"shp_no_prj.shp", "gpkg_unknown_srs.gpkg"}) {
      const Finding unusable = finding(name, "unusable_layer");
      CHECK(unusable.message.find("reference system") != std::string::npos);
      CHECK(unusable.way_out.find("EPSG") != std::string::npos);
      VectorRequest request;
      request.crs = "EPSG:25833";
      CHECK_FALSE(any_rejected(check_vector_file(folder / name, request).findings));
    }
  }
  SECTION("parts of a Shapefile must agree") {
    CHECK(error("shp_dbf_shp_mismatch.shp").find("4 shapes, but 2") != std::string::npos);
    CHECK(error("shp_dbf_count_lie.shp").find("2147483647") != std::string::npos);
    CHECK(error("shp_no_shx.shp").find(".shx") != std::string::npos);
  }
  SECTION("a layer name stays a name") {
    const Verdict verdict = verdict_on(folder / "gpkg_sql_layer_name.gpkg");
    CHECK(verdict.checked.value.layers.front().name == "d\"; DROP TABLE gpkg_contents; --");
  }
  SECTION("dangling references are counted, latitude 999 is refused") {
    CHECK(finding("osm_missing_nodes.osm", "osm_dangling_reference").count == 3);
    CHECK(finding("osm_missing_nodes.osm", "osm_coordinate").rows.front() == "node 2");
  }
  SECTION("no content of a file that was named inside gets into messages") {
    for (const char* name : {"kml_xxe.kml", "raster_raw.vrt", "vrt_disguised.geojson"}) {
      CHECK(error(name).find("/etc/") == std::string::npos);
    }
  }
}
