#include "io/table.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "io/text_decode.h"

namespace quartier::io {

/// Splits text into cells in place: unquoted text is never longer than quoted text, so cells are
/// written behind the reading position of the same buffer.
class TableParser {
 public:
  TableParser(RawTable& table, const TextLayout& layout, std::vector<Finding>& findings)
      : table_(table), text_(table.text_), layout_(layout), findings_(findings) {}

  void parse() {
    for (std::size_t i = 0; i < layout_.skip; ++i) skip_line();
    delimiter_ = layout_.delimiter != 0 ? layout_.delimiter : commonest_delimiter();
    read_header();
    const std::size_t columns = table_.header_.size();
    std::vector<RawTable::Cell> cells;
    while (position_ < text_.size()) {
      const std::size_t line = line_;
      cells.clear();
      if (!read_row(cells)) {
        table_.broken_.push_back({line, cells.size(), true});
        if (table_.broken_.size() > broken_limit) give_up();
        continue;
      }
      if (cells.size() == 1 && cells.front().size == 0) continue;  // a blank line
      if (cells.size() != columns) {
        table_.broken_.push_back({line, cells.size(), false});
        if (table_.broken_.size() > broken_limit) give_up();
        continue;
      }
      table_.cells_.insert(table_.cells_.end(), cells.begin(), cells.end());
      table_.lines_.push_back(static_cast<std::uint32_t>(line));
    }
    tell();
  }

 private:
  static constexpr std::size_t broken_limit = 10000;

  [[noreturn]] void give_up() const {
    throw InputError(std::filesystem::path(table_.file_),
                     "more than " + std::to_string(broken_limit) +
                         " rows do not fit the header; the first on line " +
                         std::to_string(table_.broken_.front().line),
                     "check delimiter and encoding in the layer definition");
  }

  void skip_line() {
    while (position_ < text_.size() && !at_line_end()) ++position_;
    take_line_end();
  }

  [[nodiscard]] bool at_line_end() const {
    return text_[position_] == '\n' || text_[position_] == '\r';
  }

  void take_line_end() {
    if (position_ >= text_.size()) return;
    if (text_[position_] == '\r' && position_ + 1 < text_.size() && text_[position_ + 1] == '\n') {
      ++position_;
    }
    ++position_;
    ++line_;
  }

  [[nodiscard]] char commonest_delimiter() const {
    std::size_t commas = 0;
    std::size_t semicolons = 0;
    std::size_t tabs = 0;
    bool quoted = false;
    for (std::size_t i = position_; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '"') quoted = !quoted;
      if (quoted) continue;
      if (c == '\n' || c == '\r') break;
      commas += c == ',' ? 1 : 0;
      semicolons += c == ';' ? 1 : 0;
      tabs += c == '\t' ? 1 : 0;
    }
    if (semicolons > commas && semicolons >= tabs) return ';';
    return tabs > commas ? '\t' : ',';
  }

  /// Where the quote opened before `begin` closes, or npos.
  [[nodiscard]] std::size_t closing_quote(std::size_t begin) const {
    std::size_t i = begin;
    for (;;) {
      i = text_.find('"', i);
      if (i == std::string::npos) return i;
      if (i + 1 >= text_.size() || text_[i + 1] != '"') return i;
      i += 2;
    }
  }

  RawTable::Cell trimmed_cell(std::size_t begin, std::size_t end) {
    std::string_view whole(text_.data() + begin, end - begin);
    std::string_view cell = trimmed(whole);
    while (cell.starts_with(byte_order_mark)) {
      cell = trimmed(cell.substr(byte_order_mark.size()));
      ++marks_;
      if (mark_lines_.size() < named_rows_limit) mark_lines_.push_back(line_);
    }
    return {static_cast<std::uint32_t>(cell.data() - text_.data()),
            static_cast<std::uint32_t>(cell.size())};
  }

  /// Reads the cells of one row and its line end; false where a quote never closes.
  bool read_row(std::vector<RawTable::Cell>& cells) {
    const std::size_t row_written = written_;
    for (;;) {
      const std::size_t begin = written_;
      if (position_ < text_.size() && text_[position_] == '"') {
        const std::size_t close = closing_quote(position_ + 1);
        if (close == std::string::npos) {
          // Cells are compacted in place: what was read of this row is gone, so reading goes on
          // below the line with the open quote.
          written_ = row_written;
          skip_line();
          return false;
        }
        take_quoted(close);
      }
      while (position_ < text_.size() && text_[position_] != delimiter_ && !at_line_end()) {
        text_[written_++] = text_[position_++];
      }
      cells.push_back(trimmed_cell(begin, written_));
      if (position_ < text_.size() && text_[position_] == delimiter_) {
        ++position_;
        continue;
      }
      take_line_end();
      return true;
    }
  }

  void take_quoted(std::size_t close) {
    ++position_;
    while (position_ < close) {
      const char c = text_[position_];
      if (c == '\n' || (c == '\r' && text_[position_ + 1] != '\n')) ++line_;
      text_[written_++] = c;
      position_ += c == '"' ? 2 : 1;
    }
    position_ = close + 1;
  }

  void read_header() {
    std::vector<RawTable::Cell> cells;
    while (position_ < text_.size() && cells.size() <= 1) {
      cells.clear();
      if (!read_row(cells))
        throw InputError(std::filesystem::path(table_.file_),
                         "a quote in the header is never closed");
      if (cells.size() == 1 && cells.front().size == 0) continue;
      break;
    }
    if (cells.empty() || (cells.size() == 1 && cells.front().size == 0)) {
      throw InputError(std::filesystem::path(table_.file_),
                       "the table is empty: not even a header");
    }
    if (cells.size() > table_columns_limit) {
      throw InputError(std::filesystem::path(table_.file_),
                       std::to_string(cells.size()) + " columns, more than the limit of " +
                           std::to_string(table_columns_limit));
    }
    std::set<std::string> seen;
    for (const RawTable::Cell cell : cells) {
      std::string name(text_.data() + cell.begin, cell.size);
      if (name.empty()) name = "column " + std::to_string(table_.header_.size() + 1);
      if (!seen.insert(name).second) {
        throw InputError(std::filesystem::path(table_.file_),
                         "the column '" + display_safe(name) + "' occurs twice in the header",
                         "rename or remove one of them");
      }
      table_.header_.push_back(std::move(name));
    }
  }

  void tell() {
    std::vector<std::string> ragged;
    std::vector<std::string> open;
    std::size_t ragged_count = 0;
    std::size_t open_count = 0;
    for (const BrokenRow& row : table_.broken_) {
      std::vector<std::string>& rows = row.unterminated ? open : ragged;
      ++(row.unterminated ? open_count : ragged_count);
      if (rows.size() < named_rows_limit) rows.push_back("row " + std::to_string(row.line));
    }
    if (ragged_count > 0) {
      add("ragged_row", Severity::rejected, std::move(ragged), ragged_count,
          "rows with more or fewer cells than the header (" +
              std::to_string(table_.header_.size()) + ") are not used");
    }
    if (open_count > 0) {
      add("unterminated_quote", Severity::rejected, std::move(open), open_count,
          "a quote is opened and never closed; the row is not used");
    }
    if (marks_ > 0) {
      std::vector<std::string> rows;
      for (const std::size_t line : mark_lines_) rows.push_back("row " + std::to_string(line));
      add("bom_in_cell", Severity::note, std::move(rows), marks_,
          "byte order marks inside cells are taken off");
    }
    if (table_.rows_read() == 0) {
      add("no_rows", Severity::warning, {}, 1, "the table has a header and no rows");
    }
  }

  void add(std::string kind, Severity severity, std::vector<std::string> rows, std::size_t count,
           std::string message) {
    Finding finding;
    finding.kind = std::move(kind);
    finding.severity = severity;
    finding.file = table_.file_;
    finding.rows = std::move(rows);
    finding.count = count;
    finding.message = std::move(message);
    findings_.push_back(std::move(finding));
  }

  static constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

  RawTable& table_;
  std::string& text_;
  const TextLayout& layout_;
  std::vector<Finding>& findings_;
  char delimiter_ = ',';
  std::size_t position_ = 0;
  std::size_t written_ = 0;
  std::size_t line_ = 1;
  std::size_t marks_ = 0;
  std::vector<std::size_t> mark_lines_;
};

namespace {

/// True for the wrong export that quotes a whole row, doubles its quotes, and then splits it anew
/// at the commas of its numbers: `"201512;""03010104"";...;43",00;18,00;...`.
bool was_exported_twice(std::string_view text, char delimiter) {
  const std::string_view first = text.substr(0, text.find_first_of("\r\n"));
  return first.starts_with('"') && first.find(std::string(1, delimiter) + "\"\"") != first.npos;
}

/// Undoes the outer quoting; what it parted by commas stays parted by commas, which are the decimal
/// commas of the inner table. Commas that only fill up a row at its end are taken away.
std::string unpacked(std::string_view text) {
  std::string inner;
  inner.reserve(text.size());
  bool quoted = false;
  const auto strip = [&inner] {
    while (inner.ends_with(',')) inner.pop_back();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      if (quoted && i + 1 < text.size() && text[i + 1] == '"') {
        inner += c;
        ++i;
      } else {
        quoted = !quoted;
      }
      continue;
    }
    if (!quoted && (c == '\r' || c == '\n')) strip();
    inner += c;
  }
  strip();
  return inner;
}

}  // namespace

RawTable::RawTable(std::string file, std::vector<std::string> header)
    : file_(std::move(file)), header_(std::move(header)) {}

void RawTable::add_row(std::size_t line, const std::vector<std::string>& cells) {
  expects(cells.size() == header_.size(), "RawTable::add_row: a cell for every column");
  for (const std::string& cell : cells) {
    if (text_.size() + cell.size() > std::numeric_limits<std::uint32_t>::max()) {
      throw InputError(std::filesystem::path(file_), "more than 4 GiB of text");
    }
    cells_.push_back(
        {static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(cell.size())});
    text_ += cell;
  }
  lines_.push_back(static_cast<std::uint32_t>(line));
}

std::string RawTable::place(std::size_t row) const { return "row " + std::to_string(line(row)); }

std::size_t RawTable::find(std::string_view column) const {
  return static_cast<std::size_t>(std::find(header_.begin(), header_.end(), column) -
                                  header_.begin());
}

std::size_t RawTable::at(std::string_view column) const {
  const std::size_t place = find(column);
  if (place < header_.size()) return place;
  const std::string near = nearest_word(column, header_);
  throw InputError(
      std::filesystem::path(file_), "no column '" + std::string(column) + "'",
      near.empty() ? "the table has " + joined(header_, ", ") : "did you mean '" + near + "'?");
}

Loaded<RawTable> parse_table(std::string text, const std::string& name, const TextLayout& layout) {
  Loaded<RawTable> table{RawTable(name, {}), {}};
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw InputError(std::filesystem::path(name), "more than 4 GiB of text");
  }
  if (layout.unpack_twice && was_exported_twice(text, layout.delimiter)) {
    text = unpacked(text);
    Finding finding;
    finding.kind = "exported_twice";
    finding.severity = Severity::note;
    finding.file = name;
    finding.message =
        "every row was quoted as a whole and split again at its decimal commas; put together again";
    table.findings.push_back(std::move(finding));
  }
  table.value.take_text(std::move(text));
  TableParser(table.value, layout, table.findings).parse();
  return table;
}

Loaded<RawTable> read_table(const std::filesystem::path& file, const std::string& name,
                            const TextLayout& layout) {
  Loaded<std::string> text = decoded(read_bytes(file, table_bytes_limit), name, layout.encoding);
  if (text.value.empty()) throw InputError(std::filesystem::path(name), "the file is empty");
  Loaded<RawTable> table = parse_table(std::move(text.value), name, layout);
  text.findings.insert(text.findings.end(), table.findings.begin(), table.findings.end());
  table.findings = std::move(text.findings);
  return table;
}

}  // namespace quartier::io
