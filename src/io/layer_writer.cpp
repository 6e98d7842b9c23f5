#include "io/layer_writer.h"

#include <cmath>
#include <cstring>
#include <functional>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "io/atomic_file.h"
#include "io/gdal.h"
#include "io/layer_styles.h"
#include "io/vector_text.h"

namespace quartier::io {
namespace {

/// Writing is fast because nothing is flushed before the whole file is, and repeatable because GDAL
/// takes the time from here in place of the clock.
class WriterSettings {
 public:
  WriterSettings() {
    for (const auto& [key, value] : settings) CPLSetThreadLocalConfigOption(key, value);
  }
  ~WriterSettings() {
    for (const auto& [key, value] : settings) CPLSetThreadLocalConfigOption(key, nullptr);
  }
  WriterSettings(const WriterSettings&) = delete;
  WriterSettings& operator=(const WriterSettings&) = delete;

 private:
  static constexpr std::pair<const char*, const char*> settings[] = {
      {"OGR_CURRENT_DATE", layer_date},
      {"OGR_SQLITE_SYNCHRONOUS", "OFF"},
      {"OGR_SQLITE_JOURNAL", "OFF"},
      {"OGR_SQLITE_CACHE", "64"},
  };
};

/// Well-known binary of one geometry (little-endian, two dimensions).
class WkbWriter {
 public:
  void start(std::uint32_t type) {
    bytes_.clear();
    header(type);
  }
  void header(std::uint32_t type) {
    bytes_.push_back(1);
    number(type);
  }
  void number(std::size_t value) {
    const auto narrow = static_cast<std::uint32_t>(value);
    append(&narrow, sizeof narrow);
  }
  void point(Point point) { append(&point, sizeof point); }
  void points(std::span<const Point> points) { append(points.data(), points.size_bytes()); }

  [[nodiscard]] OGRGeometryH geometry() const {
    OGRGeometryH geometry = nullptr;
    OGR_G_CreateFromWkb(bytes_.data(), nullptr, &geometry, static_cast<int>(bytes_.size()));
    return geometry;
  }

 private:
  void append(const void* from, std::size_t size) {
    if (size == 0) return;
    const std::size_t end = bytes_.size();
    bytes_.resize(end + size);
    std::memcpy(&bytes_[end], from, size);
  }
  std::vector<unsigned char> bytes_;
};

OGRGeometryH multi_polygon(WkbWriter& wkb, const Polygons& shapes, std::size_t district) {
  if (!shapes.has_shape(district)) return nullptr;
  const auto first = shapes.district_start[district];
  const auto last = shapes.district_start[district + 1];
  wkb.start(wkbMultiPolygon);
  wkb.number(last - first);
  for (auto part = first; part < last; ++part) {
    wkb.header(wkbPolygon);
    wkb.number(shapes.part_start[part + 1] - shapes.part_start[part]);
    for (auto r = shapes.part_start[part]; r < shapes.part_start[part + 1]; ++r) {
      const auto ring = shapes.ring(r);
      wkb.number(ring.size() + 1);
      wkb.points(ring);
      wkb.point(ring.front());
    }
  }
  return wkb.geometry();
}

OGRGeometryH point_geometry(WkbWriter& wkb, Point place) {
  if (!std::isfinite(place.x) || !std::isfinite(place.y)) return nullptr;
  wkb.start(wkbPoint);
  wkb.point(place);
  return wkb.geometry();
}

OGRGeometryH line_geometry(WkbWriter& wkb, std::span<const Point> vertices) {
  if (vertices.size() < 2) return nullptr;
  wkb.start(wkbLineString);
  wkb.number(vertices.size());
  wkb.points(vertices);
  return wkb.geometry();
}

}  // namespace

struct LayerWriter::File {
  explicit File(const std::filesystem::path& file) : name(file.filename().string()), draft(file) {
    GDALDriverH driver = GDALGetDriverByName("GPKG");
    if (driver == nullptr) fail("GeoPackage cannot be written");
    dataset.reset(GDALCreate(driver, draft.path().c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset) fail("the file cannot be made");
  }

  [[noreturn]] void fail(const std::string& what) {
    const std::string said = messages.take();
    throw InputError(name + ": " + what + (said.empty() ? "" : ": " + said));
  }

  void add(const OutputLayer& layer, std::size_t n, OGRwkbGeometryType type, const Crs& crs,
           const std::function<OGRGeometryH(WkbWriter&, std::size_t)>& geometry);
  void add_fields(OGRLayerH target, const OutputLayer& layer);
  void set_values(OGRFeatureH feature, const OutputLayer& layer, std::size_t row);

  GdalMessages messages;
  WriterSettings settings;
  std::string name;
  FileDraft draft;
  Dataset dataset;
  std::set<std::string> names;
  std::vector<StyledLayer> styled;
};

void LayerWriter::File::add_fields(OGRLayerH target, const OutputLayer& layer) {
  std::set<std::string> used{"fid", "geom"};
  const auto add_field = [&](const std::string& field, OGRFieldType type) {
    if (!used.insert(lower_ascii(field)).second) {
      throw InputError(name + ": layer " + in_quotes(layer.name) + " has two fields " +
                       in_quotes(field));
    }
    const FieldDefn definition(OGR_Fld_Create(field.c_str(), type));
    if (OGR_L_CreateField(target, definition.get(), FALSE) != OGRERR_NONE) {
      fail("field " + in_quotes(field) + " cannot be made");
    }
  };
  for (const OutputColumn& column : layer.columns) {
    const bool numbers = std::holds_alternative<std::vector<double>>(column.values);
    add_field(column.name, numbers ? OFTReal : OFTString);
    if (!column.states.empty()) add_field(column.name + "_state", OFTString);
  }
}

void LayerWriter::File::set_values(OGRFeatureH feature, const OutputLayer& layer, std::size_t row) {
  int field = 0;
  const auto set_text = [&](const std::string& text) {
    if (!text.empty()) OGR_F_SetFieldString(feature, field, text.c_str());
    ++field;
  };
  for (const OutputColumn& column : layer.columns) {
    if (const auto* numbers = std::get_if<std::vector<double>>(&column.values)) {
      if (std::isfinite((*numbers)[row])) OGR_F_SetFieldDouble(feature, field, (*numbers)[row]);
      ++field;
    } else {
      set_text(std::get<std::vector<std::string>>(column.values)[row]);
    }
    if (!column.states.empty()) set_text(column.states[row]);
  }
}

void LayerWriter::File::add(const OutputLayer& layer, std::size_t n, OGRwkbGeometryType type,
                            const Crs& crs,
                            const std::function<OGRGeometryH(WkbWriter&, std::size_t)>& geometry) {
  for (const OutputColumn& column : layer.columns) {
    const std::size_t size =
        std::visit([](const auto& values) { return values.size(); }, column.values);
    expects(size == n && (column.states.empty() || column.states.size() == n),
            "layer_writer: one value per feature");
  }
  if (!names.insert(lower_ascii(layer.name)).second || layer.name.empty()) {
    throw InputError(name + ": layer name " + in_quotes(layer.name) + " is empty or occurs twice");
  }
  const SpatialReference reference = spatial_reference(crs);
  const std::string description = "DESCRIPTION=" + layer.description;
  const char* const options[] = {"GEOMETRY_NAME=geom", "FID=fid", "SPATIAL_INDEX=YES",
                                 description.c_str(), nullptr};
  messages.take();
  OGRLayerH target =
      GDALDatasetCreateLayer(dataset.get(), layer.name.c_str(), reference.get(), type, options);
  if (target == nullptr) fail("layer " + in_quotes(layer.name) + " cannot be made");
  add_fields(target, layer);
  if (GDALDatasetStartTransaction(dataset.get(), FALSE) != OGRERR_NONE) fail("cannot be written");
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn(target);
  WkbWriter wkb;
  for (std::size_t row = 0; row < n; ++row) {
    const Feature feature(OGR_F_Create(definition));
    set_values(feature.get(), layer, row);
    if (OGRGeometryH shape = geometry(wkb, row)) OGR_F_SetGeometryDirectly(feature.get(), shape);
    if (OGR_L_CreateFeature(target, feature.get()) != OGRERR_NONE) {
      fail("layer " + in_quotes(layer.name) + " cannot be written");
    }
  }
  if (GDALDatasetCommitTransaction(dataset.get()) != OGRERR_NONE) fail("cannot be written");
  styled.push_back({layer.name, layer.styles});
}

LayerWriter::LayerWriter(const std::filesystem::path& file) : open_(std::make_unique<File>(file)) {}
LayerWriter::~LayerWriter() = default;

void LayerWriter::add_polygons(const OutputLayer& layer, const Polygons& shapes, const Crs& crs) {
  expects(open_ != nullptr, "layer_writer: add before close");
  open_->add(layer, shapes.district_count(), wkbMultiPolygon, crs,
             [&](WkbWriter& wkb, std::size_t i) { return multi_polygon(wkb, shapes, i); });
}

void LayerWriter::add_points(const OutputLayer& layer, std::span<const Point> places,
                             const Crs& crs) {
  expects(open_ != nullptr, "layer_writer: add before close");
  open_->add(layer, places.size(), wkbPoint, crs,
             [&](WkbWriter& wkb, std::size_t i) { return point_geometry(wkb, places[i]); });
}

void LayerWriter::add_lines(const OutputLayer& layer, std::span<const Point> vertices,
                            std::span<const std::uint32_t> line_start, const Crs& crs) {
  expects(open_ != nullptr && !line_start.empty(), "layer_writer: add before close");
  open_->add(layer, line_start.size() - 1, wkbLineString, crs, [&](WkbWriter& wkb, std::size_t i) {
    return line_geometry(wkb, vertices.subspan(line_start[i], line_start[i + 1] - line_start[i]));
  });
}

void LayerWriter::close() {
  expects(open_ != nullptr, "layer_writer: close once");
  open_->messages.take();
  open_->dataset.reset();
  if (open_->messages.failed()) open_->fail("cannot be written");
  write_layer_styles(open_->draft.path(), open_->styled);
  open_->draft.commit();
  open_.reset();
}

}  // namespace quartier::io
