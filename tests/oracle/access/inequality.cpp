#include "oracle/access/inequality.h"

#include <cmath>
#include <optional>
#include <vector>

#include "base/number.h"
#include "base/text.h"
#include "metrics/inequality.h"
#include "oracle/tally.h"

namespace quartier::oracle {

using namespace metrics;

namespace {

std::optional<std::string> between(const std::string& text, const std::string& head,
                                   const std::string& tail) {
  if (text.size() <= head.size() + tail.size() || !text.starts_with(head) ||
      !text.ends_with(tail)) {
    return std::nullopt;
  }
  return text.substr(head.size(), text.size() - head.size() - tail.size());
}

/// "income_per_capita" and "incomepc" are one name.
std::string plain_name(const std::string& name) {
  std::string plain;
  for (const char c : lower_ascii(name)) {
    if (c != '_') plain += c;
  }
  const std::string long_form = "percapita";
  const std::size_t at = plain.find(long_form);
  return at == std::string::npos ? plain : plain.replace(at, long_form.size(), "pc");
}

const std::vector<double>& column_called(const std::string& name, const Places& places) {
  for (std::size_t c = 0; c < places.names.size(); ++c) {
    if (plain_name(places.names[c]) == plain_name(name)) return places.columns[c];
  }
  throw Uncovered(places.file.filename().string() + " has no column like " + name);
}

double poverty(const std::string& name, std::span<const double> people,
               std::span<const double> access) {
  const std::optional<double> line =
      parse_number(between(name.substr(4), "_line", "").value_or(""));
  if (!line) throw Uncovered("no line in the name");
  const AccessPoverty poverty = access_poverty(people, access, *line, PoorSide::below);
  if (name[3] == '0') return poverty.share;
  if (name[3] == '1') return poverty.gap;
  if (name[3] == '2') return poverty.severity;
  throw Uncovered("only FGT 0, 1 and 2 are there");
}

}  // namespace

double inequality_of(const std::string& name, const Places& places,
                     std::span<const double> access) {
  const std::vector<double> people = places.counts("population");
  if (name == "gini") return access_gini(people, access);
  if (name == "theil_t") return access_theil(people, access, {}).total;
  if (name.size() > 4 && name.starts_with("FGT")) return poverty(name, people, access);
  if (const auto ranking = between(name, "palma_", "")) {
    return access_palma(people, access, column_called(*ranking, places));
  }
  for (const char* kind : {"conc_index_standard_", "conc_index_corrected_"}) {
    const auto ranking = between(name, kind, "");
    if (!ranking) continue;
    const Concentration index =
        access_concentration(people, access, column_called(*ranking, places), RankTies::row_order);
    return std::string(kind).ends_with("standard_") ? index.standard : index.corrected;
  }
  for (const char* part : {"_between_group", "_within_group", "_total"}) {
    const auto category = between(name, "theil_", part);
    if (!category) continue;
    std::vector<std::uint32_t> categories;
    for (const double value : column_called(*category, places)) {
      categories.push_back(is_defined(value) ? static_cast<std::uint32_t>(value) : 0U);
    }
    const TheilParts theil = access_theil(people, access, categories);
    const std::string which = part;
    return which == "_total"           ? theil.total
           : which == "_between_group" ? theil.between
                                       : theil.within;
  }
  throw Uncovered("no known measure of inequality");
}

}  // namespace quartier::oracle
