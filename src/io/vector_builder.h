#pragma once
/// A layer under construction: the readers of the four formats hand over features one by one, the
/// rules on ids, values and geometry are kept here, once for all formats. Private to io.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/vector_findings.h"
#include "io/vector_reader.h"
#include "io/vector_shape.h"

namespace quartier::io {

/// A value as a format holds it. `text` is the text itself, or how a number was written.
struct FieldValue {
  enum class Kind : std::uint8_t { null, text, integer, real, other };
  Kind kind = Kind::null;
  std::string_view text;
  std::int64_t integer = 0;
  double real = 0.0;

  static FieldValue of(std::string_view text) { return {Kind::text, text, 0, 0.0}; }
  static FieldValue of(std::int64_t number) { return {Kind::integer, {}, number, 0.0}; }
  static FieldValue of(double number, std::string_view written = {}) {
    return {Kind::real, written, 0, number};
  }
};

/// The fields of `info` that `request` asks for, its id field filled in.
/// @param ids_needed  districts must have an id; sites and streets are numbered where they have
/// none
/// @throws InputError for a field that the layer does not have
VectorRequest resolved_request(const LayerInfo& info, const VectorRequest& request, bool ids_needed,
                               const std::string& file);

/// @throws InputError for a name that is not among `fields`, with the nearest one
void expect_field(const std::string& name, const std::vector<FieldInfo>& fields,
                  const std::string& file);

class LayerBuilder {
 public:
  /// @param request  resolved
  LayerBuilder(VectorRequest request, ShapeKind wanted, const std::string& layer);

  /// The fields to hand over, each once.
  [[nodiscard]] const std::vector<std::string>& fields() const { return fields_; }
  /// Position of a field in fields(), or -1.
  [[nodiscard]] int find(std::string_view name) const;
  [[nodiscard]] const VectorRequest& request() const { return request_; }
  [[nodiscard]] const std::string& file() const { return request_.shown_as; }

  /// Said by the file; the layer cannot be finished without one, unless the request names one.
  void set_crs(const Crs& crs);
  [[nodiscard]] bool has_crs() const { return crs_.known(); }
  void set_announced(std::uint64_t count) { announced_ = count; }
  void reserve(std::uint64_t features, std::uint64_t vertices);

  /// One feature: begin, then its values and geometry in any order, then end.
  /// @param number  its number in the file (fid, or 1, 2, ...), used in messages
  void begin(std::int64_t number);
  void set(std::size_t field, const FieldValue& value);
  void add_wkb(std::span<const std::byte> wkb) { note(shape.add_wkb(wkb)); }
  void note(ShapeProblem problem);
  /// Refuses the feature for a reason of the format's own.
  void reject(std::string_view kind, std::string_view message, std::string_view way_out = {});
  void end();
  /// A feature that the file marks as deleted.
  void skip_deleted(std::int64_t number);

  /// "feature 3 (id 0101)", for errors while the feature is read.
  [[nodiscard]] std::string place() const;
  [[nodiscard]] std::uint64_t read_count() const { return table_.ledger.read; }

  /// The attributes and findings; the geometry stays in `shape`.
  /// @param ids_unique     features that share an id are refused
  /// @param count_matters  a wrong announced number means that features were lost
  FeatureTable finish(bool ids_unique, bool count_matters);

  ShapeSink shape;
  LayerFindings findings;

 private:
  struct Role {
    enum class Kind : std::uint8_t { id, text, number } kind;
    std::size_t column;
  };
  void set_id(const FieldValue& value);
  [[nodiscard]] std::string as_text(const FieldValue& value, std::string_view field);
  [[nodiscard]] double as_number(const FieldValue& value, std::string_view field);
  void check_shape();
  void check_ids(bool unique);
  void remove(const std::vector<bool>& unwanted);

  VectorRequest request_;
  std::vector<std::string> fields_;
  std::vector<std::vector<Role>> roles_;
  FeatureTable table_;
  Crs crs_;
  std::optional<std::uint64_t> announced_;

  std::int64_t number_ = 0;
  std::string id_;
  std::vector<std::string> row_texts_;
  std::vector<double> row_numbers_;
  std::vector<bool> row_set_;
  ShapeProblem problem_ = ShapeProblem::none;
  bool rejected_ = false;
};

}  // namespace quartier::io
