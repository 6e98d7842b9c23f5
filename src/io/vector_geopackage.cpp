#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <memory>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "io/vector_crs.h"
#include "io/vector_sources.h"
#include "io/vector_text.h"

namespace quartier::io {
namespace {

constexpr int blob_limit = 256 << 20;
constexpr int steps_per_call = 1 << 16;
/// A view is SQL out of the file: it may run for as long as about a second of plain work takes.
constexpr std::uint64_t view_step_limit = std::uint64_t{1} << 28U;

struct CloseDatabase {
  void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

std::string file_uri(const std::filesystem::path& file) {
  std::string uri = "file:";
  for (const char c : file.string()) {
    if (c == '%' || c == '?' || c == '#') {
      constexpr std::string_view digits = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      uri += {'%', digits[byte >> 4U], digits[byte & 15U]};
    } else {
      uri += c;
    }
  }
  return uri + "?mode=ro&immutable=1";
}

std::string identifier(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    text += c;
    if (c == '"') text += c;
  }
  return text + '"';
}

class Database {
 public:
  explicit Database(const std::filesystem::path& file) : name_(file.filename().string()) {
    sqlite3* opened = nullptr;
    const int status = sqlite3_open_v2(file_uri(file).c_str(), &opened,
                                       SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr);
    handle_.reset(opened);
    if (status != SQLITE_OK) fail();
    // Nothing that the file brings along (views, triggers, defaults) may call a function with
    // effects, load code or change the file.
    sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_limit(opened, SQLITE_LIMIT_LENGTH, blob_limit);
    sqlite3_limit(opened, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_progress_handler(opened, steps_per_call, &Database::keep_going, this);
    static_cast<void>(step(prepared("PRAGMA cell_size_check=ON")));
  }

  [[nodiscard]] Statement prepared(const std::string& sql) const {
    sqlite3_stmt* statement = nullptr;
    const int status = sqlite3_prepare_v2(handle_.get(), sql.c_str(), static_cast<int>(sql.size()),
                                          &statement, nullptr);
    if (status != SQLITE_OK) fail();
    return Statement(statement);
  }
  [[nodiscard]] bool step(const Statement& statement) const {
    const int status = sqlite3_step(statement.get());
    if (status != SQLITE_ROW && status != SQLITE_DONE) fail();
    return status == SQLITE_ROW;
  }
  [[nodiscard]] bool has(const char* table) const {
    const Statement found = prepared("SELECT 1 FROM sqlite_master WHERE name = ?1");
    sqlite3_bind_text(found.get(), 1, table, -1, SQLITE_STATIC);
    return step(found);
  }
  void limit_steps(std::uint64_t limit) { steps_left_ = limit; }
  [[noreturn]] void fail() const {
    throw InputError(
        name_ + ": " +
            std::string(display_safe(handle_ ? sqlite3_errmsg(handle_.get()) : "out of memory")),
        "the file is damaged or no GeoPackage; export it again from its source");
  }

 private:
  static int keep_going(void* self) {
    auto& left = static_cast<Database*>(self)->steps_left_;
    if (!left) return 0;
    if (*left < steps_per_call) return 1;
    *left -= steps_per_call;
    return 0;
  }
  std::string name_;
  std::unique_ptr<sqlite3, CloseDatabase> handle_;
  std::optional<std::uint64_t> steps_left_;
};

std::string text_of(const Statement& row, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row.get(), column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(row.get(), column))};
}

FieldKind kind_of(const std::string& declared) {
  const std::string type = lower_ascii(declared.substr(0, declared.find('(')));
  for (const char* name :
       {"boolean", "tinyint", "smallint", "mediumint", "int", "integer", "bigint"}) {
    if (type == name) return FieldKind::integer;
  }
  for (const char* name : {"float", "double", "double precision", "real", "numeric", "decimal"}) {
    if (type == name) return FieldKind::real;
  }
  return type == "blob" ? FieldKind::other : FieldKind::text;
}

ShapeKind shape_of(const std::string& type) {
  const std::string lower = lower_ascii(type);
  if (lower == "polygon" || lower == "multipolygon") return ShapeKind::polygons;
  if (lower == "point" || lower == "multipoint") return ShapeKind::points;
  if (lower == "linestring" || lower == "multilinestring") return ShapeKind::lines;
  return ShapeKind::mixed;
}

/// A features table as the contents of the file describe it.
struct FeaturesTable {
  LayerInfo info;
  std::string geometry;
  std::string key;  ///< its integer primary key; empty for views
  std::int64_t srs = 0;
  bool is_view = false;
  bool exists = false;
};

void add_columns(const Database& database, FeaturesTable& table) {
  const Statement columns = database.prepared(
      "SELECT name, type, pk FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid");
  sqlite3_bind_text(columns.get(), 1, table.info.name.data(),
                    static_cast<int>(table.info.name.size()), SQLITE_STATIC);
  while (database.step(columns)) {
    std::string name = text_of(columns, 0);
    if (name == table.geometry) continue;
    const bool is_key = sqlite3_column_int(columns.get(), 2) == 1;
    const FieldKind kind = kind_of(text_of(columns, 1));
    if (is_key && kind == FieldKind::integer && table.key.empty()) table.key = name;
    table.info.fields.push_back({std::move(name), kind});
  }
  // The row number is no attribute, unless it is all there is.
  const auto& key = table.key;
  if (key != "id") {
    std::erase_if(table.info.fields, [&](const FieldInfo& field) { return field.name == key; });
  }
}

std::vector<FeaturesTable> features_tables(const Database& database) {
  if (!database.has("gpkg_contents") || !database.has("gpkg_geometry_columns")) return {};
  std::vector<FeaturesTable> tables;
  const Statement contents = database.prepared(
      "SELECT c.table_name, g.column_name, g.geometry_type_name, g.srs_id, m.type"
      " FROM gpkg_contents c JOIN gpkg_geometry_columns g ON g.table_name = c.table_name"
      " LEFT JOIN sqlite_master m ON m.name = c.table_name AND m.type IN ('table', 'view')"
      " WHERE c.data_type = 'features' ORDER BY c.rowid");
  while (database.step(contents)) {
    FeaturesTable table;
    table.info.name = text_of(contents, 0);
    table.geometry = text_of(contents, 1);
    table.info.shape = shape_of(text_of(contents, 2));
    table.srs = sqlite3_column_int64(contents.get(), 3);
    const std::string type = text_of(contents, 4);
    table.exists = !type.empty();
    table.is_view = type == "view";
    tables.push_back(std::move(table));
  }
  for (FeaturesTable& table : tables) {
    if (table.exists) {
      add_columns(database, table);
    } else {
      table.info.damage = "the contents list a table that does not exist";
    }
  }
  if (database.has("gpkg_ogr_contents")) {
    const Statement counts =
        database.prepared("SELECT table_name, feature_count FROM gpkg_ogr_contents");
    while (database.step(counts)) {
      if (sqlite3_column_type(counts.get(), 1) != SQLITE_INTEGER) continue;
      const std::string name = text_of(counts, 0);
      for (FeaturesTable& table : tables) {
        const auto count = sqlite3_column_int64(counts.get(), 1);
        if (table.info.name == name && count >= 0) {
          table.info.announced = static_cast<std::uint64_t>(count);
        }
      }
    }
  }
  return tables;
}

/// What the file says about a reference system: its code where EPSG is named, else its definition.
Crs crs_of(const Database& database, std::int64_t srs) {
  const Statement row = database.prepared(
      "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys"
      " WHERE srs_id = ?1");
  sqlite3_bind_int64(row.get(), 1, srs);
  if (!database.step(row)) return {};
  const std::string definition = text_of(row, 2);
  if (lower_ascii(text_of(row, 0)) == "epsg") {
    try {
      return crs_from_epsg(sqlite3_column_int(row.get(), 1));
    } catch (const CrsError&) {
      if (definition == "undefined") throw;
    }
  }
  if (definition.empty() || lower_ascii(definition) == "undefined") return {};
  return crs_from_text(definition);
}

/// The well-known binary inside a GeoPackage geometry; nothing where the header is not one.
std::optional<std::span<const std::byte>> wkb_inside(std::span<const std::byte> blob) {
  if (blob.size() < 8 || blob[0] != std::byte{'G'} || blob[1] != std::byte{'P'} ||
      blob[2] != std::byte{0}) {
    return std::nullopt;
  }
  const auto flags = std::to_integer<unsigned>(blob[3]);
  constexpr std::size_t envelope_sizes[] = {0, 32, 48, 48, 64};
  const unsigned envelope = (flags >> 1U) & 7U;
  if (envelope > 4 || (flags & 0x20U) != 0) return std::nullopt;
  const std::size_t header = 8 + envelope_sizes[envelope];
  if (blob.size() < header) return std::nullopt;
  return blob.subspan(header);
}

FieldValue value_of(const Statement& row, int column) {
  switch (sqlite3_column_type(row.get(), column)) {
    case SQLITE_INTEGER:
      return FieldValue::of(std::int64_t{sqlite3_column_int64(row.get(), column)});
    case SQLITE_FLOAT:
      return FieldValue::of(sqlite3_column_double(row.get(), column));
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row.get(), column));
      const int size = sqlite3_column_bytes(row.get(), column);
      return FieldValue::of(std::string_view(text, static_cast<std::size_t>(size)));
    }
    case SQLITE_BLOB:
      return {FieldValue::Kind::other, {}, 0, 0.0};
    default:
      return {};
  }
}

void add_geometry(const Statement& row, int column, LayerBuilder& builder) {
  const int type = sqlite3_column_type(row.get(), column);
  if (type == SQLITE_NULL) return;
  const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(row.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row.get(), column));
  if (type != SQLITE_BLOB || bytes == nullptr) {
    builder.note(ShapeProblem::damaged);
    return;
  }
  if (const auto wkb = wkb_inside({bytes, size})) {
    builder.add_wkb(*wkb);
  } else {
    builder.note(ShapeProblem::damaged);
  }
}

void note_open_journal(const std::filesystem::path& file, LayerBuilder& builder) {
  auto journal = file;
  journal += "-wal";
  std::error_code error;
  if (std::filesystem::file_size(journal, error) == 0 || error) return;
  builder.findings.add("unsaved_edits", Severity::warning, "",
                       "another program has the file open; what it has not yet written into it is "
                       "not seen",
                       "close the file there and load it again");
}

}  // namespace

std::vector<LayerInfo> geopackage_layers(const std::filesystem::path& file) {
  const Database database(file);
  std::vector<LayerInfo> layers;
  for (FeaturesTable& table : features_tables(database)) layers.push_back(std::move(table.info));
  return layers;
}

void read_geopackage(const std::filesystem::path& file, LayerBuilder& builder) {
  Database database(file);
  const auto tables = features_tables(database);
  const auto table = std::find_if(tables.begin(), tables.end(), [&](const FeaturesTable& t) {
    return t.info.name == builder.request().layer;
  });
  if (table == tables.end()) {
    throw InputError(builder.file() + ": there is no layer " + in_quotes(builder.request().layer));
  }
  if (const Crs crs = crs_of(database, table->srs); crs.known()) builder.set_crs(crs);
  note_open_journal(file, builder);
  // The file is at least as large as its coordinates.
  builder.reserve(table->info.announced.value_or(0),
                  std::filesystem::file_size(file) / sizeof(Point));
  if (table->info.announced) builder.set_announced(*table->info.announced);

  std::string sql = "SELECT " + (table->key.empty() ? "NULL" : identifier(table->key)) + ", " +
                    identifier(table->geometry);
  for (const std::string& field : builder.fields()) sql += ", " + identifier(field);
  sql += " FROM " + identifier(table->info.name);
  if (table->is_view) database.limit_steps(view_step_limit);
  const Statement row = database.prepared(sql);
  std::int64_t number = 0;
  const auto field_count = static_cast<int>(builder.fields().size());
  while (database.step(row)) {
    ++number;
    const bool keyed = sqlite3_column_type(row.get(), 0) == SQLITE_INTEGER;
    builder.begin(keyed ? sqlite3_column_int64(row.get(), 0) : number);
    for (int i = 0; i < field_count; ++i) {
      builder.set(static_cast<std::size_t>(i), value_of(row, i + 2));
    }
    add_geometry(row, 1, builder);
    builder.end();
  }
}

}  // namespace quartier::io
