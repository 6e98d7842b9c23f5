#include <algorithm>
#include <optional>

#include "base/error.h"
#include "io/gdal.h"
#include "io/vector_shapefile.h"
#include "io/vector_sources.h"
#include "io/vector_text.h"

namespace quartier::io {
namespace {

constexpr const char* assumed_encoding = "CP1252";

/// Text of a data set that GDAL was told not to touch.
class RawText {
 public:
  RawText() = default;  ///< FlatGeobuf is UTF-8 by definition
  RawText(const std::string& requested, const std::string& stated)
      : assumed_(requested.empty() && stated.empty()),
        decoder_(std::in_place, assumed_            ? assumed_encoding
                                : requested.empty() ? stated
                                                    : requested) {}

  std::string_view decoded(std::string_view bytes, LayerBuilder* builder) {
    if (!decoder_ || is_ascii(bytes)) return bytes;
    if (assumed_ && is_utf8(bytes)) {
      if (builder != nullptr) {
        builder->findings.add("encoding_found", Severity::note, builder->place(),
                              "the file does not say its encoding; its bytes are UTF-8");
      }
      return bytes;
    }
    bool complete = true;
    text_ = decoder_->decoded(bytes, complete);
    if (builder == nullptr) return text_;
    if (assumed_) {
      builder->findings.add("encoding_assumed", Severity::note, builder->place(),
                            "the file does not say its encoding; windows-1252 is assumed",
                            "name the encoding where letters look wrong");
    }
    if (!complete) {
      builder->findings.add(
          "text_replaced", Severity::warning, builder->place(),
          "bytes without meaning in " + decoder_->encoding() + " are shown as \xEF\xBF\xBD",
          "name the encoding of the file");
    }
    return text_;
  }

 private:
  bool assumed_ = false;
  std::optional<TextDecoder> decoder_;
  std::string text_;
};

ShapeKind shape_of(OGRwkbGeometryType type) {
  switch (OGR_GT_Flatten(type)) {
    case wkbPolygon:
    case wkbMultiPolygon:
      return ShapeKind::polygons;
    case wkbPoint:
    case wkbMultiPoint:
      return ShapeKind::points;
    case wkbLineString:
    case wkbMultiLineString:
      return ShapeKind::lines;
    case wkbNone:
      return ShapeKind::none;
    default:
      return ShapeKind::mixed;
  }
}

FieldKind kind_of(OGRFieldType type) {
  switch (type) {
    case OFTInteger:
    case OFTInteger64:
      return FieldKind::integer;
    case OFTReal:
      return FieldKind::real;
    case OFTString:
    case OFTDate:
    case OFTTime:
    case OFTDateTime:
      return FieldKind::text;
    default:
      return FieldKind::other;
  }
}

OGRLayerH only_layer(const Dataset& dataset, const std::string& file) {
  OGRLayerH layer = GDALDatasetGetLayer(dataset.get(), 0);
  if (layer == nullptr) throw InputError(file + ": there is no layer in it");
  return layer;
}

LayerInfo info_of(OGRLayerH layer, RawText& text) {
  LayerInfo info;
  info.name = OGR_L_GetName(layer);
  info.shape = shape_of(OGR_L_GetGeomType(layer));
  OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
  for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
    OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
    info.fields.push_back({std::string(text.decoded(OGR_Fld_GetNameRef(field), nullptr)),
                           kind_of(OGR_Fld_GetType(field))});
  }
  return info;
}

FieldValue value_of(OGRFeatureH feature, int field, FieldKind kind, RawText& text,
                    LayerBuilder& builder) {
  if (OGR_F_IsFieldSetAndNotNull(feature, field) == 0) return {};
  switch (kind) {
    case FieldKind::integer:
      return FieldValue::of(std::int64_t{OGR_F_GetFieldAsInteger64(feature, field)});
    case FieldKind::real:
      return FieldValue::of(OGR_F_GetFieldAsDouble(feature, field));
    case FieldKind::text:
      return FieldValue::of(text.decoded(OGR_F_GetFieldAsString(feature, field), &builder));
    case FieldKind::other:
      break;
  }
  return {FieldValue::Kind::other, {}, 0, 0.0};
}

/// Reads features of one OGR layer into a builder.
class FeatureReader {
 public:
  FeatureReader(OGRLayerH layer, LayerBuilder& builder, RawText text, GdalMessages& messages)
      : layer_(layer), builder_(builder), text_(std::move(text)), messages_(messages) {
    const LayerInfo info = info_of(layer, text_);
    for (const std::string& name : builder.fields()) {
      for (std::size_t i = 0; i < info.fields.size(); ++i) {
        if (info.fields[i].name != name) continue;
        positions_.push_back(static_cast<int>(i));
        kinds_.push_back(info.fields[i].kind);
        break;
      }
    }
    if (positions_.size() != builder.fields().size()) {
      throw InputError(builder.file() + ": the fields changed while the file was read");
    }
    ignore_other_fields();
    if (OGRSpatialReferenceH reference = OGR_L_GetSpatialRef(layer)) {
      if (const Crs crs = crs_of(reference); crs.known()) builder.set_crs(crs);
    }
    messages_.take();
  }

  void read(OGRFeatureH feature, std::int64_t number) {
    builder_.begin(number);
    for (std::size_t i = 0; i < positions_.size(); ++i) {
      builder_.set(i, value_of(feature, positions_[i], kinds_[i], text_, builder_));
    }
    if (OGRGeometryH geometry = OGR_F_GetGeometryRef(feature)) {
      wkb_.resize(static_cast<std::size_t>(OGR_G_WkbSize(geometry)));
      OGR_G_ExportToIsoWkb(geometry, wkbNDR, reinterpret_cast<unsigned char*>(wkb_.data()));
      builder_.add_wkb(wkb_);
    }
    const bool failed = messages_.failed();
    const std::string said = messages_.take();
    if (failed) {
      builder_.reject("unreadable_geometry", "the feature cannot be decoded: " + said,
                      "export the layer again from its source");
    }
    builder_.end();
  }

  void read_damaged(std::int64_t number) {
    builder_.begin(number);
    builder_.reject("unreadable_geometry", "the record is cut off or contradicts the index",
                    "export the layer again from its source");
    builder_.end();
  }

 private:
  void ignore_other_fields() {
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer_);
    std::vector<const char*> unused{"OGR_STYLE"};
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
      if (std::find(positions_.begin(), positions_.end(), i) == positions_.end()) {
        unused.push_back(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)));
      }
    }
    unused.push_back(nullptr);
    OGR_L_SetIgnoredFields(layer_, unused.data());
  }

  OGRLayerH layer_;
  LayerBuilder& builder_;
  RawText text_;
  GdalMessages& messages_;
  std::vector<int> positions_;
  std::vector<FieldKind> kinds_;
  std::vector<std::byte> wkb_;
};

Dataset open_shapefile(const std::filesystem::path& file) {
  return open_vector(file, "ESRI Shapefile", {"ENCODING=", "ADJUST_TYPE=NO"});
}

}  // namespace

std::vector<LayerInfo> shapefile_layers(const std::filesystem::path& file,
                                        const std::string& encoding) {
  GdalMessages messages;
  const ShapefileParts parts = checked_shapefile(file);
  RawText text(encoding, parts.encoding);
  const Dataset dataset = open_shapefile(file);
  LayerInfo info = info_of(only_layer(dataset, file.filename().string()), text);
  info.announced = parts.record_count;
  return {std::move(info)};
}

void read_shapefile(const std::filesystem::path& file, LayerBuilder& builder) {
  GdalMessages messages;
  const ShapefileParts parts = checked_shapefile(file);
  const Dataset dataset = open_shapefile(file);
  OGRLayerH layer = only_layer(dataset, builder.file());
  FeatureReader reader(layer, builder, RawText(builder.request().encoding, parts.encoding),
                       messages);
  builder.set_announced(parts.record_count);
  builder.reserve(parts.record_count, std::filesystem::file_size(file) / sizeof(Point));
  for (std::uint32_t i = 0; i < parts.record_count; ++i) {
    const std::int64_t number = std::int64_t{i} + 1;
    if (parts.deleted[i]) {
      builder.skip_deleted(number);
    } else if (parts.damaged[i]) {
      reader.read_damaged(number);
    } else if (const Feature feature{OGR_L_GetFeature(layer, i)}) {
      reader.read(feature.get(), number);
    } else {
      messages.take();
      reader.read_damaged(number);
    }
  }
}

std::vector<LayerInfo> flatgeobuf_layers(const std::filesystem::path& file) {
  GdalMessages messages;
  const Dataset dataset = open_vector(file, "FlatGeobuf");
  OGRLayerH layer = only_layer(dataset, file.filename().string());
  RawText text;
  LayerInfo info = info_of(layer, text);
  if (const auto count = OGR_L_GetFeatureCount(layer, FALSE); count >= 0) {
    info.announced = static_cast<std::uint64_t>(count);
  }
  return {std::move(info)};
}

void read_flatgeobuf(const std::filesystem::path& file, LayerBuilder& builder) {
  GdalMessages messages;
  const Dataset dataset = open_vector(file, "FlatGeobuf");
  OGRLayerH layer = only_layer(dataset, builder.file());
  FeatureReader reader(layer, builder, RawText(), messages);
  if (const auto count = OGR_L_GetFeatureCount(layer, FALSE); count >= 0) {
    builder.set_announced(static_cast<std::uint64_t>(count));
    builder.reserve(static_cast<std::uint64_t>(count),
                    std::filesystem::file_size(file) / sizeof(Point));
  }
  OGR_L_ResetReading(layer);
  std::int64_t number = 0;
  while (const Feature feature{OGR_L_GetNextFeature(layer)}) {
    reader.read(feature.get(), ++number);
  }
  if (messages.failed()) {
    throw InputError(
        builder.file() + ": after feature " + std::to_string(number) + ": " + messages.take(),
        "export the layer again from its source");
  }
}

}  // namespace quartier::io
