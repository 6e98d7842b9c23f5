#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"
#include "io/vector_crs.h"
#include "io/vector_geojson_shape.h"
#include "io/vector_sources.h"
#include "io/vector_text.h"

namespace quartier::io {
namespace {

constexpr std::size_t depth_limit = 64;
constexpr std::uintmax_t size_limit = std::uintmax_t{2} << 30U;
constexpr const char* export_again = "export the file again from its source";

/// True where the parser stopped at the first letter of NaN or Infinity.
bool ends_in_no_number(std::string_view last) {
  if (!last.ends_with('N') && !last.ends_with('I')) return false;
  last.remove_suffix(1);
  return last.empty() ||
         std::string_view(" \t\r\n[,:-").find(last.back()) != std::string_view::npos;
}

/// Listens to the parser, feature by feature. Without a builder it only describes the file.
class GeoJsonListener {
 public:
  using json = nlohmann::json;

  GeoJsonListener(std::string file, LayerBuilder* builder)
      : file_(std::move(file)), builder_(builder) {}

  bool null() { return scalar({}); }
  bool boolean(bool value) {
    return scalar(FieldValue::of(std::string_view(value ? "true" : "false")));
  }
  bool number_integer(std::int64_t value) {
    if (top() == Where::coordinates) return coordinate(static_cast<double>(value));
    return scalar(FieldValue::of(value));
  }
  bool number_unsigned(std::uint64_t value) {
    if (top() == Where::coordinates) return coordinate(static_cast<double>(value));
    if (value <= static_cast<std::uint64_t>(INT64_MAX)) {
      return scalar(FieldValue::of(static_cast<std::int64_t>(value)));
    }
    written_ = std::to_string(value);
    return scalar(FieldValue::of(static_cast<double>(value), written_));
  }
  bool number_float(double value, const std::string& written) {
    if (top() == Where::coordinates) return coordinate(value);
    return scalar(FieldValue::of(value, written));
  }
  bool string(const std::string& value) {
    switch (top()) {
      case Where::root:
        if (key_ == "type") root_type_ = value;
        if (key_ == "name") layer_name_ = value;
        return true;
      case Where::feature:
        if (key_ == "type" && value != "Feature") fail("a feature of type " + in_quotes(value));
        break;
      case Where::geometry:
        if (key_ == "type") geometry_.set_type(value);
        return true;
      case Where::crs:
        if (key_ == "type") crs_kind_ = value;
        return true;
      case Where::crs_properties:
        if (key_ == "name") crs_name_ = value;
        return true;
      default:
        break;
    }
    return scalar(FieldValue::of(std::string_view(value)));
  }
  bool binary(const json::binary_t& /*value*/) { return false; }

  bool start_object(std::size_t /*size*/) {
    const Where where = inner_object();
    push(where);
    if (where == Where::feature) begin_feature();
    if (where == Where::geometry) begin_geometry();
    if (where == Where::crs) has_crs_member_ = true;
    return true;
  }
  bool key(const std::string& value) {
    key_ = value;
    return true;
  }
  bool end_object() {
    const Where where = top();
    path_.pop_back();
    if (where == Where::feature) end_feature();
    if (where == Where::geometry) end_geometry();
    return true;
  }
  bool start_array(std::size_t /*size*/) {
    Where where = Where::skipped;
    if (path_.empty()) fail("the outermost value is a list, not an object");
    if (top() == Where::root && key_ == "features") {
      if (has_features_) fail("\"features\" occurs twice");
      has_features_ = true;
      where = Where::features;
    } else if (top() == Where::geometry && key_ == "coordinates") {
      where = Where::coordinates;
    } else if (top() == Where::geometry && key_ == "geometries") {
      where = Where::geometries;
    } else if (top() == Where::coordinates) {
      where = Where::coordinates;
    } else if (top() == Where::properties) {
      set_property({FieldValue::Kind::other, {}, 0, 0.0});
    } else if (top() == Where::features) {
      fail("a list where a feature belongs");
    }
    push(where);
    if (where == Where::coordinates) geometry_.open_array();
    return true;
  }
  bool end_array() {
    const Where where = top();
    path_.pop_back();
    if (where == Where::coordinates) geometry_.close_array();
    return true;
  }
  bool parse_error(std::size_t position, const std::string& last, const json::exception& error) {
    if (ends_in_no_number(last)) {
      fail("NaN or Infinity at byte " + std::to_string(position) + ", where a number belongs",
           "correct the geometry of the feature");
    }
    std::string reason = error.what();
    if (const auto end = reason.find("] "); end != std::string::npos) reason.erase(0, end + 2);
    constexpr std::size_t reason_limit = 300;
    reason = display_safe(repaired_utf8(reason));
    if (reason.size() > reason_limit) {
      // The library quotes the last thing read, which may be as long as the file.
      const auto quote = reason.find("last read:");
      reason.resize(std::min(quote, reason_limit));
      reason = repaired_utf8(reason);
    }
    fail(reason);
  }

  /// After the last byte. @throws InputError where this is no collection of features
  void finish() {
    if (root_type_ == "Topology") fail("this is TopoJSON", "convert it to GeoJSON");
    if (root_type_ != "FeatureCollection") {
      fail("not a GeoJSON FeatureCollection",
           "put the features into {\"type\": \"FeatureCollection\", \"features\": [...]}");
    }
    if (!has_features_) fail("the FeatureCollection has no \"features\"");
  }
  /// The reference system that the file names. @throws CrsError where it is unknown
  [[nodiscard]] Crs crs(bool named_elsewhere) const {
    if (crs_is_null_) return {};
    if (!has_crs_member_) return named_elsewhere ? Crs{} : crs_from_epsg(4326);
    if (crs_kind_ == "link") {
      throw CrsError(file_ + ": the coordinate reference system is given as a link",
                     "links are not followed; name an EPSG code in the file");
    }
    try {
      return crs_from_text(crs_name_);
    } catch (const CrsError& error) {
      throw CrsError(file_ + ": " + error.what(), error.way_out());
    }
  }
  [[nodiscard]] LayerInfo info(const std::string& fallback_name) const {
    LayerInfo info;
    info.name = layer_name_.empty() ? fallback_name : layer_name_;
    info.fields = fields_;
    info.shape = kinds_.empty()      ? ShapeKind::none
                 : kinds_.size() > 1 ? ShapeKind::mixed
                                     : *kinds_.begin();
    return info;
  }
  [[nodiscard]] const std::vector<FieldInfo>& fields() const { return fields_; }
  [[nodiscard]] bool holds_features() const { return feature_count_ > 0; }

 private:
  enum class Where : std::uint8_t {
    outside,
    root,
    features,
    feature,
    properties,
    geometry,
    coordinates,
    geometries,
    crs,
    crs_properties,
    skipped,
  };

  [[nodiscard]] Where top() const { return path_.empty() ? Where::outside : path_.back(); }

  void push(Where where) {
    if (path_.size() >= depth_limit) {
      fail("lists or objects nested deeper than " + std::to_string(depth_limit) + " levels");
    }
    path_.push_back(where);
  }

  [[nodiscard]] Where inner_object() {
    switch (top()) {
      case Where::outside:
        return Where::root;
      case Where::root:
        return key_ == "crs" ? Where::crs : Where::skipped;
      case Where::features:
        return Where::feature;
      case Where::feature:
        if (key_ == "properties") return Where::properties;
        return key_ == "geometry" ? Where::geometry : Where::skipped;
      case Where::crs:
        return key_ == "properties" ? Where::crs_properties : Where::skipped;
      case Where::properties:
        set_property({FieldValue::Kind::other, {}, 0, 0.0});
        return Where::skipped;
      case Where::geometries:
        geometry_.add_member();
        return Where::skipped;
      case Where::coordinates:
        geometry_.set_damaged();
        return Where::skipped;
      default:
        return Where::skipped;
    }
  }

  bool scalar(const FieldValue& value) {
    switch (top()) {
      case Where::outside:
        fail("not a GeoJSON object");
      case Where::root:
        if (key_ == "crs") crs_is_null_ = value.kind == FieldValue::Kind::null;
        break;
      case Where::features:
        fail("a single value where a feature belongs");
      case Where::properties:
        set_property(value);
        break;
      case Where::coordinates:
        geometry_.set_damaged();
        break;
      default:
        break;
    }
    return true;
  }

  void set_property(const FieldValue& value) {
    note_field(value);
    if (builder_ == nullptr) {
      if (lower_ascii(key_) == "id") described_id_ = value.text;
      return;
    }
    const int field = builder_->find(key_);
    if (field >= 0) builder_->set(static_cast<std::size_t>(field), value);
  }

  void note_field(const FieldValue& value) {
    const auto [at, is_new] = field_positions_.try_emplace(key_, fields_.size());
    FieldKind kind = FieldKind::text;
    if (value.kind == FieldValue::Kind::integer) kind = FieldKind::integer;
    if (value.kind == FieldValue::Kind::real) kind = FieldKind::real;
    if (value.kind == FieldValue::Kind::other) kind = FieldKind::other;
    if (is_new) {
      fields_.push_back({key_, kind});
      only_null_.push_back(true);
    }
    if (value.kind == FieldValue::Kind::null) return;
    FieldKind& known = fields_[at->second].kind;
    if (only_null_[at->second]) {
      known = kind;
    } else if (known != kind) {
      const bool numbers = (known == FieldKind::integer || known == FieldKind::real) &&
                           (kind == FieldKind::integer || kind == FieldKind::real);
      known = numbers ? FieldKind::real : FieldKind::text;
    }
    only_null_[at->second] = false;
  }

  void begin_feature() {
    ++feature_count_;
    if (builder_ != nullptr) builder_->begin(feature_count_);
    in_feature_ = true;
    described_id_.clear();
    geometry_count_ = 0;
  }
  void end_feature() {
    if (builder_ != nullptr) {
      if (geometry_count_ > 1) {
        builder_->reject("repeated_property", "\"geometry\" occurs twice in one feature",
                         "keep one of them");
      }
      builder_->end();
    }
    in_feature_ = false;
  }
  void begin_geometry() {
    ++geometry_count_;
    geometry_.begin();
  }
  bool coordinate(double value) {
    geometry_.add_number(value);
    return true;
  }
  void end_geometry() {
    kinds_.insert(geometry_.kind());
    if (builder_ != nullptr) builder_->note(geometry_.add_to(builder_->shape));
  }

  [[noreturn]] void fail(const std::string& reason, const char* way_out = export_again) const {
    std::string place;
    if (in_feature_) {
      place = "feature " + std::to_string(feature_count_);
      if (!described_id_.empty()) place += " (id " + display_safe(described_id_) + ")";
      if (builder_ != nullptr) place = builder_->place();
      place += ": ";
    }
    throw InputError(file_ + ": " + place + reason, way_out);
  }

  std::string file_;
  LayerBuilder* builder_;
  std::vector<Where> path_;
  std::string key_;
  std::string written_;

  std::string root_type_;
  std::string layer_name_;
  std::string crs_kind_;
  std::string crs_name_;
  bool has_features_ = false;
  bool has_crs_member_ = false;
  bool crs_is_null_ = false;

  std::vector<FieldInfo> fields_;
  std::vector<bool> only_null_;
  std::unordered_map<std::string, std::size_t> field_positions_;
  std::set<ShapeKind> kinds_;

  std::int64_t feature_count_ = 0;
  bool in_feature_ = false;
  std::string described_id_;
  std::size_t geometry_count_ = 0;
  GeoJsonGeometry geometry_;
};

std::string text_of(const std::filesystem::path& file, const std::string& encoding) {
  const std::string name = file.filename().string();
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  if (error) throw InputError(name + ": " + error.message());
  if (size > size_limit) {
    throw InputError(name + ": more than 2 GiB of GeoJSON", "convert it to GeoPackage");
  }
  std::string text(static_cast<std::size_t>(size), '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (static_cast<std::size_t>(in.gcount()) != text.size()) {
    throw InputError(name + ": the file cannot be read to its end");
  }
  if (encoding.empty() || is_utf8(text)) return text;
  bool complete = true;
  std::string decoded = TextDecoder(encoding).decoded(text, complete);
  if (!complete) throw InputError(name + ": the text is not in the encoding " + encoding);
  return decoded;
}

void parse(const std::string& text, GeoJsonListener& listener) {
  nlohmann::json::sax_parse(text, &listener);
  listener.finish();
}

}  // namespace

std::vector<LayerInfo> geojson_layers(const std::filesystem::path& file,
                                      const std::string& encoding) {
  GeoJsonListener listener(file.filename().string(), nullptr);
  parse(text_of(file, encoding), listener);
  return {listener.info(file.stem().string())};
}

void read_geojson(const std::filesystem::path& file, LayerBuilder& builder) {
  GeoJsonListener listener(builder.file(), &builder);
  {
    const std::string text = text_of(file, builder.request().encoding);
    builder.reserve(0, text.size() / sizeof(Point));
    parse(text, listener);
  }
  if (listener.holds_features()) {
    for (const std::string& name : builder.fields()) {
      expect_field(name, listener.fields(), builder.file());
    }
  }
  if (const Crs crs = listener.crs(!builder.request().crs.empty()); crs.known()) {
    builder.set_crs(crs);
  }
}

}  // namespace quartier::io
