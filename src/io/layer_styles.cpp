#include "io/layer_styles.h"

#include <sqlite3.h>

#include <memory>

#include "base/error.h"

namespace quartier::io {
namespace {

struct CloseDatabase {
  void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

class StyleTable {
 public:
  explicit StyleTable(const std::filesystem::path& file) : name_(file.filename().string()) {
    sqlite3* opened = nullptr;
    const int status = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
    handle_.reset(opened);
    if (status != SQLITE_OK) fail();
    run("PRAGMA synchronous=OFF", {});
    run("PRAGMA journal_mode=OFF", {});
    run("BEGIN", {});
    run("CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
        " f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),"
        " f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,"
        " useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),"
        " update_time DATETIME DEFAULT CURRENT_TIMESTAMP)",
        {});
    run("INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)"
        " VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?1)",
        {layer_date});
  }

  void add(const std::string& layer, const LayerStyle& style, bool is_default) {
    run("INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
        " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, ui,"
        " update_time) VALUES ('', '', ?1, 'geom', ?2, ?3, ?4, " +
            std::string(is_default ? "1" : "0") + ", ?5, '', '', ?6)",
        {layer, style.name, style.qml, style.sld, style.description, layer_date});
  }

  void finish() { run("COMMIT", {}); }

 private:
  void run(const std::string& sql, const std::vector<std::string>& values) {
    sqlite3_stmt* statement = nullptr;
    int status = sqlite3_prepare_v2(handle_.get(), sql.c_str(), -1, &statement, nullptr);
    const std::unique_ptr<sqlite3_stmt, FinalizeStatement> owner(statement);
    if (status != SQLITE_OK) fail();
    for (std::size_t i = 0; i < values.size(); ++i) {
      sqlite3_bind_text(statement, static_cast<int>(i) + 1, values[i].data(),
                        static_cast<int>(values[i].size()), SQLITE_STATIC);
    }
    do {
      status = sqlite3_step(statement);
    } while (status == SQLITE_ROW);
    if (status != SQLITE_DONE) fail();
  }
  [[noreturn]] void fail() const {
    throw InputError(name_ + ": the styles cannot be written: " +
                     (handle_ ? sqlite3_errmsg(handle_.get()) : "out of memory"));
  }
  std::string name_;
  std::unique_ptr<sqlite3, CloseDatabase> handle_;
};

}  // namespace

void write_layer_styles(const std::filesystem::path& file, const std::vector<StyledLayer>& layers) {
  bool any = false;
  for (const StyledLayer& layer : layers) any = any || !layer.styles.empty();
  if (!any) return;
  StyleTable table(file);
  for (const StyledLayer& layer : layers) {
    for (std::size_t i = 0; i < layer.styles.size(); ++i) {
      table.add(layer.layer, layer.styles[i], i == 0);
    }
  }
  table.finish();
}

}  // namespace quartier::io
