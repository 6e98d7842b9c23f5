#include <algorithm>
#include <cctype>
#include <cstdio>

#include "oracle/check.h"

namespace quartier::oracle {

namespace {

std::string name_of(const Row& row) {
  std::string name = row.year;
  for (const std::string& part : {row.index, row.family, row.focal, row.other}) {
    if (part.empty()) continue;
    if (!name.empty()) name += ' ';
    name += part;
  }
  return row.params.empty() ? name : name + " [" + row.params + "]";
}

/// Significant digits of the most precise number of a column.
int digits_of(const Table& table, std::size_t column) {
  int most = 0;
  for (const auto& row : table.rows) {
    int digits = 0;
    for (const char c : row[column]) {
      if (c == 'e' || c == 'E') break;
      if (std::isdigit(static_cast<unsigned char>(c)) != 0 && (digits > 0 || c != '0')) ++digits;
    }
    most = std::max(most, digits);
  }
  return most;
}

/// Whether a file gives its numbers with fewer digits than a double holds.
bool is_rounded(const Table& table) {
  int digits = 0;
  for (std::size_t c = 1; c < table.header.size(); ++c) {
    digits = std::max(digits, digits_of(table, c));
  }
  return digits < 15;
}

}  // namespace

void check_folder(const std::filesystem::path& path, Report& report) {
  Folder folder = read_folder(path);
  for (const Row& row : folder.rows) {
    report.row(row.family, name_of(row), row.value,
               [&] { return answer_of(question_of(folder, row)); });
  }
  if (folder.local.empty()) std::printf("no local_reference*.csv: no local values compared\n");
  for (const LocalTable& local : folder.local) {
    City& city = folder.tables.front().at(local.year);
    const bool rounded = is_rounded(local.table);
    for (std::size_t c = 1; c < local.table.header.size(); ++c) {
      const std::string& column = local.table.header[c];
      const std::string name = local.table.file.filename().string() + ' ' + column;
      report.column({name, rounded}, city.ids, local.districts, local.table.numbers(c),
                    [&] { return local_answer(city, column); });
    }
  }
}

}  // namespace quartier::oracle
