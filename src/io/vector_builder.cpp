#include "io/vector_builder.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "io/vector_crs.h"
#include "io/vector_text.h"

namespace quartier::io {
namespace {

/// FNV-1a; only brings equal ids together, order and results never depend on it.
std::uint64_t folded_hash(std::string_view id) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (char c : trimmed(id)) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  }
  return hash;
}

}  // namespace

LayerBuilder::LayerBuilder(VectorRequest request, ShapeKind wanted, const std::string& layer)
    : shape(wanted), findings(request.shown_as, layer), request_(std::move(request)) {
  const auto add_role = [&](const std::string& name, Role role) {
    const int known = find(name);
    if (known < 0) {
      fields_.push_back(name);
      roles_.push_back({role});
    } else {
      roles_[static_cast<std::size_t>(known)].push_back(role);
    }
  };
  if (!request_.id_field.empty()) add_role(request_.id_field, {Role::Kind::id, 0});
  for (std::size_t i = 0; i < request_.text_fields.size(); ++i) {
    add_role(request_.text_fields[i], {Role::Kind::text, i});
  }
  for (std::size_t i = 0; i < request_.number_fields.size(); ++i) {
    add_role(request_.number_fields[i], {Role::Kind::number, i});
  }
  table_.layer = layer;
  table_.id_field = request_.id_field;
  table_.texts.resize(request_.text_fields.size());
  table_.numbers.resize(request_.number_fields.size());
  table_.ledger.file = request_.shown_as;
  table_.ledger.layer = layer;
  table_.ledger.unit = "features";
}

int LayerBuilder::find(std::string_view name) const {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i] == name) return static_cast<int>(i);
  }
  return -1;
}

void LayerBuilder::set_crs(const Crs& crs) { crs_ = crs; }

void LayerBuilder::reserve(std::uint64_t features, std::uint64_t vertices) {
  constexpr std::uint64_t limit = 2'000'000;
  const auto count = static_cast<std::size_t>(std::min(features, limit));
  table_.ids.reserve(count);
  for (auto& column : table_.texts) column.reserve(count);
  for (auto& column : table_.numbers) column.reserve(count);
  shape.reserve(vertices);
}

void LayerBuilder::begin(std::int64_t number) {
  number_ = number;
  id_.clear();
  row_texts_.assign(table_.texts.size(), {});
  row_numbers_.assign(table_.numbers.size(), undefined);
  row_set_.assign(fields_.size(), false);
  problem_ = ShapeProblem::none;
  rejected_ = false;
  shape.begin();
}

std::string LayerBuilder::place() const {
  std::string text = "feature " + std::to_string(number_);
  if (!id_.empty()) text += " (id " + display_safe(id_) + ")";
  return text;
}

void LayerBuilder::set(std::size_t field, const FieldValue& value) {
  if (row_set_[field]) {
    reject("repeated_property", in_quotes(fields_[field]) + " occurs twice in one feature",
           "keep one of them");
    return;
  }
  row_set_[field] = true;
  for (const Role role : roles_[field]) {
    switch (role.kind) {
      case Role::Kind::id:
        set_id(value);
        break;
      case Role::Kind::text:
        row_texts_[role.column] = as_text(value, fields_[field]);
        break;
      case Role::Kind::number:
        row_numbers_[role.column] = as_number(value, fields_[field]);
        break;
    }
  }
}

void LayerBuilder::set_id(const FieldValue& value) {
  id_ = as_text(value, fields_.front());
  if (id_.find('\0') != std::string::npos) {
    reject("unsafe_id", "the id holds a NUL character, behind which some programs see nothing",
           "give the feature an id of printable characters");
  }
  if (value.kind == FieldValue::Kind::real &&
      (value.real != std::floor(value.real) || std::abs(value.real) > exact_integer_limit)) {
    findings.add("id_from_number", Severity::warning, place(),
                 "ids are read from a field of inexact numbers",
                 "store ids as text, which keeps every digit");
  }
}

std::string LayerBuilder::as_text(const FieldValue& value, std::string_view field) {
  switch (value.kind) {
    case FieldValue::Kind::null:
      return {};
    case FieldValue::Kind::integer:
      return std::to_string(value.integer);
    case FieldValue::Kind::real:
      return value.text.empty() ? exact_text(value.real) : std::string(value.text);
    case FieldValue::Kind::other:
      findings.add("nested_value", Severity::warning, place(),
                   "field " + in_quotes(field) + " holds a list or an object, which is left out");
      return {};
    case FieldValue::Kind::text:
      break;
  }
  if (is_utf8(value.text)) return std::string(value.text);
  findings.add(
      "text_replaced", Severity::warning, place(),
      "bytes that are not UTF-8 in field " + in_quotes(field) + " are shown as \xEF\xBF\xBD",
      "write the file in UTF-8, or name its encoding");
  return repaired_utf8(value.text);
}

double LayerBuilder::as_number(const FieldValue& value, std::string_view field) {
  double number = undefined;
  if (value.kind == FieldValue::Kind::null) return number;
  if (value.kind == FieldValue::Kind::integer) {
    number = static_cast<double>(value.integer);
  } else if (value.kind == FieldValue::Kind::real) {
    number = value.real;
  } else if (value.kind == FieldValue::Kind::text) {
    if (trimmed(value.text).empty()) return number;
    const auto parsed = parse_number(trimmed(value.text));
    if (!parsed) {
      findings.add("not_a_number", Severity::rejected, place(),
                   "field " + in_quotes(field) + " holds the text " +
                       in_quotes(repaired_utf8(value.text.substr(0, 40))) +
                       " where a number belongs",
                   "correct the value, or empty it where it is unknown");
      return number;
    }
    number = *parsed;
  } else {
    findings.add("not_a_number", Severity::rejected, place(),
                 "field " + in_quotes(field) + " holds a list or an object where a number belongs");
    return number;
  }
  // Beyond 2^53 neighbouring whole numbers become the same double, so the integer itself is asked.
  constexpr auto limit = static_cast<std::int64_t>(exact_integer_limit);
  const bool exact = value.kind != FieldValue::Kind::integer ||
                     (value.integer >= -limit && value.integer <= limit);
  if (std::isfinite(number) && exact) return number;
  findings.add("number_out_of_range", Severity::rejected, place(),
               "field " + in_quotes(field) + " holds a number that is not finite or beyond 2^53",
               "correct the value");
  return undefined;
}

void LayerBuilder::note(ShapeProblem problem) {
  if (problem_ == ShapeProblem::none) problem_ = problem;
}

void LayerBuilder::reject(std::string_view kind, std::string_view message,
                          std::string_view way_out) {
  if (!rejected_) findings.add(kind, Severity::rejected, place(), message, way_out);
  rejected_ = true;
}

void LayerBuilder::check_shape() {
  switch (problem_) {
    case ShapeProblem::none:
      break;
    case ShapeProblem::not_finite:
      reject("non_finite_coordinate", "a coordinate is not a finite number",
             "correct the geometry of the feature");
      return;
    case ShapeProblem::degenerate:
      reject("degenerate_ring",
             "the geometry has fewer points than its kind needs, so it has no size",
             "draw the feature again, or remove it");
      return;
    case ShapeProblem::damaged:
      reject("unreadable_geometry", "the geometry cannot be decoded",
             "export the layer again from its source");
      return;
    case ShapeProblem::wrong_type:
      reject("wrong_geometry_type",
             shape.wanted() == ShapeKind::polygons ? "the geometry is not a polygon"
             : shape.wanted() == ShapeKind::points ? "the geometry is not a point"
                                                   : "the geometry is not a line",
             "keep features of one kind in one layer");
      return;
  }
  if (!shape.has_shape()) {
    // Of districts the repair of shapes says more, so this is for the record only.
    const bool district = shape.wanted() == ShapeKind::polygons;
    findings.add("no_shape", district ? Severity::note : Severity::warning, place(),
                 "the feature comes without geometry");
  } else if (shape.degenerate_rings() > 0) {
    findings.add("degenerate_ring", Severity::warning, place(),
                 "rings of fewer than three different vertices are left out");
  }
  if (shape.ring_left_open()) {
    findings.add("unclosed_ring", Severity::warning, place(),
                 "a ring does not end where it begins; it is closed");
  }
  if (shape.points_of_feature() > 1) {
    findings.add("several_points", Severity::note, place(),
                 "the feature holds several points; the first one is used");
  }
}

void LayerBuilder::end() {
  ++table_.ledger.read;
  if (request_.id_field.empty()) id_ = std::to_string(number_);
  if (!rejected_) check_shape();
  if (id_.empty() && shape.wanted() == ShapeKind::polygons) {
    reject("empty_id", "the feature has no id in field " + in_quotes(request_.id_field),
           "give every district an id");
  }
  if (rejected_) {
    ++table_.ledger.rejected;
    shape.drop();
    return;
  }
  ++table_.ledger.used;
  shape.keep();
  table_.ids.push_back(std::move(id_));
  for (std::size_t i = 0; i < row_texts_.size(); ++i) {
    table_.texts[i].push_back(std::move(row_texts_[i]));
  }
  for (std::size_t i = 0; i < row_numbers_.size(); ++i) {
    table_.numbers[i].push_back(row_numbers_[i]);
  }
}

void LayerBuilder::skip_deleted(std::int64_t number) {
  ++table_.ledger.read;
  ++table_.ledger.excluded;
  findings.add("deleted_record", Severity::note, "feature " + std::to_string(number),
               "the file marks the record as deleted");
}

void LayerBuilder::check_ids(bool unique) {
  if (!unique) return;
  const std::size_t n = table_.ids.size();
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order(n);
  for (std::size_t i = 0; i < n; ++i) {
    order[i] = {folded_hash(table_.ids[i]), static_cast<std::uint32_t>(i)};
  }
  std::sort(order.begin(), order.end());
  std::vector<bool> twice(n, false);
  std::vector<bool> near(n, false);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n && order[j].first == order[i].first; ++j) {
      const std::string& a = table_.ids[order[i].second];
      const std::string& b = table_.ids[order[j].second];
      if (a == b) {
        twice[order[i].second] = twice[order[j].second] = true;
        // Equal to its next equal is enough; that one meets the rest of the run itself.
        break;
      }
      if (lower_ascii(trimmed(a)) == lower_ascii(trimmed(b))) {
        near[order[i].second] = near[order[j].second] = true;
      }
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (twice[i]) {
      findings.add("duplicate_id", Severity::rejected, "id " + display_safe(table_.ids[i]),
                   "several features have the same id, so none of them can be told apart",
                   "give every district an id of its own");
    } else if (near[i]) {
      findings.add("near_duplicate_id", Severity::warning, "id " + in_quotes(table_.ids[i]),
                   "ids differ only in blanks or in capital and small letters",
                   "make sure that they stand for different districts");
    }
  }
  const auto twice_count = static_cast<std::uint64_t>(std::count(twice.begin(), twice.end(), true));
  if (twice_count == 0) return;
  table_.ledger.used -= twice_count;
  table_.ledger.rejected += twice_count;
  remove(twice);
}

void LayerBuilder::remove(const std::vector<bool>& unwanted) {
  shape.remove(unwanted);
  const auto compact = [&](auto& column) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < column.size(); ++i) {
      if (unwanted[i]) continue;
      if (kept != i) column[kept] = std::move(column[i]);
      ++kept;
    }
    column.resize(kept);
  };
  compact(table_.ids);
  for (auto& column : table_.texts) compact(column);
  for (auto& column : table_.numbers) compact(column);
}

FeatureTable LayerBuilder::finish(bool ids_unique, bool count_matters) {
  if (!crs_.known()) {
    if (request_.crs.empty()) {
      throw CrsError(file() + ": layer " + in_quotes(table_.layer) +
                         " does not say its coordinate reference system",
                     "name it, for example crs = \"EPSG:25833\"; none is assumed");
    }
    crs_ = crs_from_text(request_.crs);
    findings.add(
        "crs_given", Severity::note, "",
        "the file names no coordinate reference system; " + crs_.name + " is used, as requested");
  } else if (!request_.crs.empty()) {
    const Crs asked = crs_from_text(request_.crs);
    if (asked.name != crs_.name) {
      findings.add(
          "crs_conflict", Severity::warning, "",
          "the file says " + crs_.name + ", the request " + asked.name + "; the file is believed",
          "correct whichever is wrong");
    }
  }
  if (announced_ && *announced_ != table_.ledger.read) {
    findings.add("feature_count_differs", count_matters ? Severity::rejected : Severity::warning,
                 "",
                 "the file announces " + std::to_string(*announced_) + " features and holds " +
                     std::to_string(table_.ledger.read),
                 "export the layer again from its source");
  }
  if (table_.ledger.read == 0) {
    findings.add("empty_layer", Severity::warning, "", "the layer holds no features");
  }
  table_.crs = crs_;
  table_.announced = announced_;
  check_ids(ids_unique);
  return std::move(table_);
}

}  // namespace quartier::io
