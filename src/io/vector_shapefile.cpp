#include "io/vector_shapefile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace quartier::io {
namespace {

constexpr const char* export_again = "export the layer again from its source";

std::uint32_t big(const unsigned char* at) {
  return (std::uint32_t{at[0]} << 24U) | (std::uint32_t{at[1]} << 16U) |
         (std::uint32_t{at[2]} << 8U) | at[3];
}
std::uint32_t little(const unsigned char* at) {
  return (std::uint32_t{at[3]} << 24U) | (std::uint32_t{at[2]} << 16U) |
         (std::uint32_t{at[1]} << 8U) | at[0];
}

/// Reads anywhere in a file without moving through it.
class RandomFile {
 public:
  explicit RandomFile(const std::filesystem::path& path)
      : name_(path.filename().string()), number_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat status {};
    if (number_ < 0 || fstat(number_, &status) != 0) {
      throw InputError(name_ + ": " + std::strerror(errno));
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
  }
  ~RandomFile() {
    if (number_ >= 0) close(number_);
  }
  RandomFile(const RandomFile&) = delete;
  RandomFile& operator=(const RandomFile&) = delete;

  /// False where the file ends before.
  bool read(std::uint64_t offset, unsigned char* into, std::size_t size) const {
    if (offset > size_ || size > size_ - offset) return false;
    return pread(number_, into, size, static_cast<off_t>(offset)) == static_cast<ssize_t>(size);
  }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::string name_;
  int number_;
  std::uint64_t size_ = 0;
};

/// The file beside `file` with this extension, in small or capital letters; empty: none.
std::filesystem::path sibling(const std::filesystem::path& file, const std::string& extension) {
  std::string capital = extension;
  for (char& c : capital) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  for (const std::string& spelling : {extension, capital}) {
    auto path = file;
    path.replace_extension(spelling);
    std::error_code error;
    if (!std::filesystem::exists(path, error)) continue;
    const auto target = std::filesystem::canonical(path, error);
    if (error || !std::filesystem::is_regular_file(target) ||
        target.parent_path() != std::filesystem::canonical(file).parent_path()) {
      throw InputError(path.filename().string() + ": not a plain file in the folder of " +
                           file.filename().string(),
                       "keep the parts of a Shapefile together");
    }
    return path;
  }
  return {};
}

std::string language_encoding(unsigned char language) {
  constexpr std::pair<unsigned char, const char*> encodings[] = {
      {0x01, "CP437"},  {0x02, "CP850"},  {0x03, "CP1252"}, {0x57, "CP1252"}, {0x58, "CP1252"},
      {0x59, "CP1252"}, {0x64, "CP852"},  {0x65, "CP866"},  {0x6B, "CP857"},  {0x78, "CP950"},
      {0x79, "CP949"},  {0x7A, "CP936"},  {0x7B, "CP932"},  {0xC8, "CP1250"}, {0xC9, "CP1251"},
      {0xCA, "CP1254"}, {0xCB, "CP1253"}, {0xCC, "CP1257"},
  };
  for (const auto& [code, name] : encodings) {
    if (code == language) return name;
  }
  return {};
}

std::string code_page_file(const std::filesystem::path& file) {
  if (file.empty()) return {};
  const RandomFile cpg(file);
  std::array<unsigned char, 64> bytes{};
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(cpg.size(), bytes.size()));
  if (!cpg.read(0, bytes.data(), size)) return {};
  return std::string(trimmed(std::string_view(reinterpret_cast<const char*>(bytes.data()), size)));
}

/// The attribute table: row count, deletion marks, and the encoding of its language byte.
void check_table(const std::filesystem::path& path, ShapefileParts& parts) {
  const RandomFile table(path);
  std::array<unsigned char, 32> header{};
  if (!table.read(0, header.data(), header.size())) {
    throw InputError(table.name() + ": the header is damaged", export_again);
  }
  const std::uint64_t rows = little(&header[4]);
  const std::uint64_t header_size = header[8] | (std::uint64_t{header[9]} << 8U);
  const std::uint64_t row_size = header[10] | (std::uint64_t{header[11]} << 8U);
  if (row_size == 0 || header_size < header.size() || header_size > table.size()) {
    throw InputError(table.name() + ": the header is damaged", export_again);
  }
  const std::uint64_t room = (table.size() - header_size) / row_size;
  if (rows > room) {
    throw InputError(table.name() + ": the table claims " + std::to_string(rows) +
                         " rows and has room for " + std::to_string(room),
                     export_again);
  }
  if (rows != parts.record_count) {
    throw InputError(table.name() + ": " + std::to_string(parts.record_count) + " shapes, but " +
                         std::to_string(rows) + " attribute rows",
                     "the files do not belong together; " + std::string(export_again));
  }
  for (std::uint64_t i = 0; i < rows; ++i) {
    unsigned char mark = ' ';
    if (table.read(header_size + i * row_size, &mark, 1)) parts.deleted[i] = mark == '*';
  }
  if (parts.encoding.empty()) parts.encoding = language_encoding(header[29]);
}

enum ShapeCode : std::uint32_t { null_shape = 0, point_shape = 1, multi_point_shape = 8 };

/// True where a record is as long as its own counts say. `content` begins with the shape type.
bool consistent(const RandomFile& shp, std::uint64_t offset, std::uint64_t size,
                std::uint32_t layer_type) {
  std::array<unsigned char, 44> head{};
  const auto read = static_cast<std::size_t>(std::min<std::uint64_t>(size, head.size()));
  if (size < 4 || !shp.read(offset, head.data(), read)) return false;
  const std::uint32_t type = little(head.data());
  if (type == null_shape) return true;
  if (type != layer_type) return false;
  const std::uint32_t flat = type % 10;
  if (flat == point_shape) return size >= 20;
  if (flat == multi_point_shape) return size >= 40 && (size - 40) / 16 >= little(&head[36]);
  if (size < 44) return false;
  const std::uint64_t part_count = little(&head[36]);
  const std::uint64_t point_count = little(&head[40]);
  if (part_count > point_count || 44 + 4 * part_count + 16 * point_count > size) return false;
  std::vector<unsigned char> starts(static_cast<std::size_t>(4 * part_count));
  if (!shp.read(offset + 44, starts.data(), starts.size())) return false;
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < part_count; ++i) {
    const std::uint32_t start = little(&starts[4 * i]);
    if (start >= point_count || (i == 0 ? start != 0 : start <= last)) return false;
    last = start;
  }
  return true;
}

void check_records(const RandomFile& shp, const RandomFile& shx, ShapefileParts& parts) {
  std::array<unsigned char, 100> header{};
  if (!shp.read(0, header.data(), header.size()) || big(header.data()) != 9994) {
    throw InputError(shp.name() + ": the header is damaged", export_again);
  }
  const std::uint32_t type = little(&header[32]);
  for (std::uint32_t i = 0; i < parts.record_count; ++i) {
    std::array<unsigned char, 8> entry{};
    std::array<unsigned char, 8> record{};
    parts.damaged[i] = true;
    if (!shx.read(100 + 8 * std::uint64_t{i}, entry.data(), entry.size())) continue;
    const std::uint64_t offset = 2 * std::uint64_t{big(entry.data())};
    const std::uint64_t size = 2 * std::uint64_t{big(&entry[4])};
    if (offset < 100 || !shp.read(offset, record.data(), record.size())) continue;
    if (big(&record[4]) != big(&entry[4]) || offset + 8 + size > shp.size()) continue;
    parts.damaged[i] = !consistent(shp, offset + 8, size, type);
  }
}

}  // namespace

ShapefileParts checked_shapefile(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  const auto index = sibling(file, ".shx");
  const auto table = sibling(file, ".dbf");
  sibling(file, ".prj");
  if (index.empty()) {
    throw InputError(name + ": the index (.shx) is missing",
                     "copy all files of the Shapefile; an index is never written beside an input");
  }
  if (table.empty()) {
    throw InputError(name + ": the attributes (.dbf) are missing, so the features have no ids",
                     "copy all files of the Shapefile");
  }
  const RandomFile shp(file);
  const RandomFile shx(index);
  if (shx.size() < 100 || (shx.size() - 100) % 8 != 0) {
    throw InputError(shx.name() + ": the index is damaged", export_again);
  }
  ShapefileParts parts;
  parts.record_count = static_cast<std::uint32_t>((shx.size() - 100) / 8);
  parts.damaged.resize(parts.record_count);
  parts.deleted.resize(parts.record_count);
  parts.encoding = code_page_file(sibling(file, ".cpg"));
  check_table(table, parts);
  check_records(shp, shx, parts);
  return parts;
}

}  // namespace quartier::io
