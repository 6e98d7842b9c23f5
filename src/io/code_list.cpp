#include "io/code_list.h"

#include "base/text.h"
#include "io/table.h"

namespace quartier::io {

std::string_view CodeList::label(std::string_view dimension, std::string_view code) const {
  const auto codes = labels.find(dimension);
  if (codes == labels.end()) return {};
  const auto found = codes->second.find(code);
  return found == codes->second.end() ? std::string_view{} : std::string_view(found->second);
}

namespace {

/// Labels are set with no-break spaces between words here and there.
std::string plain_spaces(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\xC2\xA0")) {
      plain += ' ';
      ++i;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

}  // namespace

Loaded<CodeList> read_codes(const LayerDefinition& layer, std::span<const LayerFile> files) {
  Loaded<CodeList> list;
  for (const LayerFile& file : files) {
    Loaded<RawTable> read = read_table(file.path, file.name, layer.text);
    append(list.findings, std::move(read.findings));
    const RawTable& table = read.value;
    const bool parted = !layer.codes.dimension.empty();
    const std::size_t dimension = parted ? table.at(layer.codes.dimension) : 0;
    const std::size_t code = table.at(layer.codes.code);
    const std::size_t label = table.at(layer.codes.label);
    Ledger ledger;
    ledger.file = file.name;
    ledger.layer = layer.id;
    ledger.read = table.rows_read();
    ledger.rejected = table.broken().size();
    Finding repeated;
    repeated.count = 0;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      auto& codes = list.value.labels[parted ? std::string(table.cell(row, dimension)) : ""];
      std::string text = plain_spaces(table.cell(row, label));
      const auto [place, added] = codes.emplace(std::string(table.cell(row, code)), text);
      if (added) {
        ++ledger.used;
      } else if (place->second == text) {
        ++ledger.excluded;
      } else {
        ++ledger.rejected;
        ++repeated.count;
        if (repeated.rows.size() < named_rows_limit) repeated.rows.push_back(table.place(row));
      }
    }
    if (repeated.count > 0) {
      repeated.kind = "repeated_row";
      repeated.severity = Severity::rejected;
      repeated.file = file.name;
      repeated.layer = layer.id;
      repeated.message = "a code has two labels; the first one is used";
      list.findings.push_back(std::move(repeated));
    }
    list.value.ledgers.push_back(ledger);
  }
  return list;
}

}  // namespace quartier::io
