#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "io/vector_builder.h"
#include "io/vector_text.h"

namespace quartier::io {
namespace {

std::string default_id_field(const std::vector<FieldInfo>& fields) {
  for (const FieldInfo& field : fields) {
    if (field.name == "id") return field.name;
  }
  for (const FieldInfo& field : fields) {
    if (lower_ascii(field.name) == "id") return field.name;
  }
  for (const FieldInfo& field : fields) {
    if (field.kind == FieldKind::text) return field.name;
  }
  return fields.empty() ? std::string() : fields.front().name;
}

}  // namespace

void expect_field(const std::string& name, const std::vector<FieldInfo>& fields,
                  const std::string& file) {
  std::vector<std::string> names;
  for (const FieldInfo& field : fields) {
    if (field.name == name) return;
    names.push_back(display_safe(field.name));
  }
  const std::string near = nearest_word(name, names);
  std::string way_out = near.empty() ? std::string() : "did you mean \"" + near + "\"? ";
  names.resize(std::min<std::size_t>(names.size(), 20));
  way_out += names.empty() ? "the layer has no fields" : "its fields are " + joined(names, ", ");
  throw InputError(file + ": there is no field " + in_quotes(name), way_out);
}

VectorRequest resolved_request(const LayerInfo& info, const VectorRequest& request, bool ids_needed,
                               const std::string& file) {
  if (!info.damage.empty()) {
    throw InputError(file + ": layer " + in_quotes(info.name) + ": " + info.damage,
                     "export the layer again from its source");
  }
  VectorRequest resolved = request;
  resolved.layer = info.name;
  resolved.shown_as = file;
  if (resolved.id_field.empty()) {
    resolved.id_field = default_id_field(info.fields);
    const bool holds_nothing = info.fields.empty() && info.shape == ShapeKind::none;
    if (ids_needed && resolved.id_field.empty() && !holds_nothing) {
      throw InputError(file + ": layer " + in_quotes(info.name) + " has no field to take ids from",
                       "districts need an attribute that names them");
    }
  } else {
    expect_field(resolved.id_field, info.fields, file);
  }
  for (const std::string& name : resolved.text_fields) expect_field(name, info.fields, file);
  for (const std::string& name : resolved.number_fields) expect_field(name, info.fields, file);
  return resolved;
}

}  // namespace quartier::io
