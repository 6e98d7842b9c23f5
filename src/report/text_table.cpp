#include "report/text_table.h"

#include <glib.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace quartier::report {
namespace {

constexpr std::string_view ellipsis = "\xE2\x80\xA6";

/// One character of a text: its bytes and its width.
struct Glyph {
  std::string_view bytes;
  std::size_t width = 1;
};

Glyph first_glyph(std::string_view text) {
  const gunichar code = g_utf8_get_char_validated(
      text.data(), static_cast<gssize>(std::min<std::size_t>(text.size(), 4)));
  if (code == static_cast<gunichar>(-1) || code == static_cast<gunichar>(-2)) {
    return {text.substr(0, 1), 1};
  }
  const auto length = static_cast<std::size_t>(g_unichar_to_utf8(code, nullptr));
  const std::size_t width = g_unichar_iszerowidth(code) != 0 ? 0U
                            : g_unichar_iswide(code) != 0    ? 2U
                                                             : 1U;
  return {text.substr(0, length), width};
}

void append_cell(std::string& line, const std::string& cell, std::size_t width, Align align) {
  const std::size_t blanks = width - std::min(width, display_width(cell));
  if (align == Align::right) line.append(blanks, ' ');
  line += cell;
  if (align == Align::left) line.append(blanks, ' ');
}

void end_line(std::string& line) {
  line.erase(line.find_last_not_of(' ') + 1);
  line += '\n';
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    width += glyph.width;
    text.remove_prefix(glyph.bytes.size());
  }
  return width;
}

std::string clipped(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  std::string kept;
  std::size_t used = 1;
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    if (used + glyph.width > width) break;
    used += glyph.width;
    kept += glyph.bytes;
    text.remove_prefix(glyph.bytes.size());
  }
  return kept + std::string(ellipsis);
}

std::string text_table(const std::vector<TextColumn>& columns,
                       const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const TextColumn& column : columns) widths.push_back(display_width(column.title));

  std::vector<std::vector<std::string>> cells;
  cells.reserve(rows.size());
  for (const std::vector<std::string>& row : rows) {
    expects(row.size() == columns.size(), "text_table: one cell for each column");
    std::vector<std::string>& safe = cells.emplace_back();
    for (std::size_t c = 0; c < row.size(); ++c) {
      safe.push_back(clipped(display_safe(row[c]), columns[c].widest));
      widths[c] = std::max(widths[c], display_width(safe.back()));
    }
  }

  std::string text;
  std::string line;
  const auto finish = [&] {
    end_line(line);
    text += line;
    line.clear();
  };
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (c > 0) line += "  ";
    append_cell(line, columns[c].title, widths[c], columns[c].align);
  }
  finish();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (c > 0) line += "  ";
    for (std::size_t i = 0; i < widths[c]; ++i) line += "\xE2\x94\x80";
  }
  finish();
  for (const std::vector<std::string>& row : cells) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) line += "  ";
      append_cell(line, row[c], widths[c], columns[c].align);
    }
    finish();
  }
  return text;
}

}  // namespace quartier::report
