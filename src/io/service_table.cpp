#include "io/service_table.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "io/table_findings.h"

namespace quartier::io {
namespace {

/// Positions of the columns that a services layer names; absent ones are nothing.
struct Columns {
  std::optional<std::size_t> id, name, supply, languages, hours, eligibility, fee, district;
  std::size_t x = 0;
  std::size_t y = 0;
  std::vector<std::optional<std::size_t>> category;

  Columns(const ServicesLayout& layout, const RawTable& table) {
    const auto column = [&](const std::string& wanted) -> std::optional<std::size_t> {
      if (wanted.empty()) return std::nullopt;
      return table.at(wanted);
    };
    id = column(layout.id);
    name = column(layout.name);
    supply = column(layout.supply);
    languages = column(layout.languages);
    hours = column(layout.hours);
    eligibility = column(layout.eligibility);
    fee = column(layout.fee);
    district = column(layout.district);
    x = table.at(layout.x);
    y = table.at(layout.y);
    for (const ServiceKind& kind : layout.kinds) category.push_back(column(kind.column));
  }
};

bool belongs(const ServiceKind& kind, std::string_view category) {
  if (kind.column.empty()) return true;
  if (std::find(kind.values.begin(), kind.values.end(), category) != kind.values.end()) return true;
  const std::string lower = lower_ascii(category);
  for (const std::string& piece : kind.contains) {
    if (lower.find(lower_ascii(piece)) != std::string::npos) return true;
  }
  return false;
}

class ServiceCollector {
 public:
  ServiceCollector(const LayerDefinition& layer, const RawTable& table, RawServices& services,
                   std::vector<std::set<std::string>>& seen, FindingTally& tally)
      : layout_(layer.services),
        table_(table),
        columns_(layer.services, table),
        services_(services),
        seen_(seen),
        tally_(tally) {}

  Ledger read() {
    Ledger ledger;
    ledger.file = table_.file();
    ledger.layer = services_.layer;
    ledger.read = table_.rows_read();
    ledger.rejected = table_.broken().size();
    for (std::size_t row = 0; row < table_.row_count(); ++row) {
      switch (read_row(row)) {
        case Fate::used:
          ++ledger.used;
          break;
        case Fate::excluded:
          ++ledger.excluded;
          break;
        case Fate::rejected:
          ++ledger.rejected;
          break;
      }
    }
    return ledger;
  }

 private:
  enum class Fate : std::uint8_t { used, excluded, rejected };

  [[nodiscard]] std::string_view cell(std::size_t row, std::optional<std::size_t> column) const {
    return column ? table_.cell(row, *column) : std::string_view{};
  }

  Fate read_row(std::size_t row) {
    std::vector<std::size_t> kinds;
    bool uncategorised = true;
    for (std::size_t k = 0; k < layout_.kinds.size(); ++k) {
      const std::string_view category = cell(row, columns_.category[k]);
      uncategorised = uncategorised && layout_.kinds[k].column != layout_.name &&
                      columns_.category[k].has_value() && category.empty();
      if (belongs(layout_.kinds[k], category)) kinds.push_back(k);
    }
    if (kinds.empty()) {
      if (uncategorised) {
        tally_.add("service_without_category", Severity::warning,
                   "rows without a category belong to no kind of service", table_.place(row));
      }
      return Fate::excluded;
    }
    const std::string id = columns_.id ? std::string(table_.cell(row, *columns_.id))
                                       : std::to_string(table_.line(row));
    std::vector<std::size_t> fresh;
    for (const std::size_t k : kinds) {
      if (!seen_[k].contains(id)) fresh.push_back(k);
    }
    if (columns_.id && fresh.empty()) return repeated(row, id);
    const std::string_view x_text = table_.cell(row, columns_.x);
    const std::string_view y_text = table_.cell(row, columns_.y);
    if (x_text.empty() || y_text.empty()) {
      tally_.add("service_without_place",
                 layout_.no_place_excluded ? Severity::warning : Severity::rejected,
                 "facilities without coordinates are not used",
                 table_.place(row) + ", id " + display_safe(id));
      return layout_.no_place_excluded ? Fate::excluded : Fate::rejected;
    }
    const std::optional<double> x = parse_number(x_text);
    const std::optional<double> y = parse_number(y_text);
    if (!x || !y) {
      tally_.add("bad_coordinate", Severity::rejected,
                 "facilities whose coordinates are no numbers are not used", table_.place(row));
      return Fate::rejected;
    }
    tell_oddities(row, id);
    for (const std::size_t k : fresh) {
      seen_[k].insert(id);
      add(services_.kinds[k], row, id, {*x, *y});
    }
    return Fate::used;
  }

  Fate repeated(std::size_t row, const std::string& id) {
    const bool expected = !layout_.one_row_each;
    tally_.add("service_repeated", expected ? Severity::note : Severity::rejected,
               expected ? "further rows of a facility already read are left out"
                        : "an id that another facility has is refused",
               table_.place(row) + ", id " + display_safe(id));
    return expected ? Fate::excluded : Fate::rejected;
  }

  void tell_oddities(std::size_t row, const std::string& id) {
    if (columns_.name && table_.cell(row, *columns_.name).empty()) {
      tally_.add("service_without_name", Severity::note, "facilities without a name are used",
                 table_.place(row) + ", id " + display_safe(id));
    }
    if (columns_.district && !layout_.outside.empty()) {
      const std::string_view district = table_.cell(row, *columns_.district);
      if (std::find(layout_.outside.begin(), layout_.outside.end(), district) !=
          layout_.outside.end()) {
        tally_.add("service_outside", Severity::note,
                   "facilities outside the city, as the file says; used, since people cross its "
                   "boundary",
                   table_.place(row));
      }
    }
  }

  void add(Services& kind, std::size_t row, const std::string& id, Point place) {
    kind.ids.push_back(id);
    kind.names.emplace_back(cell(row, columns_.name));
    kind.places.push_back(place);
    double supply = 1.0;
    if (columns_.supply) {
      const std::optional<double> read = parse_number(table_.cell(row, *columns_.supply));
      if (read && *read >= 0.0) {
        supply = *read;
      } else {
        supply = 0.0;
        tally_.add("capacity_missing", Severity::warning,
                   "facilities without a readable number of places; counted as having none",
                   table_.place(row) + ", id " + display_safe(id));
      }
    }
    kind.supply.push_back(supply);
    kind.languages.emplace_back(cell(row, columns_.languages));
    kind.opening_hours.emplace_back(cell(row, columns_.hours));
    kind.eligibility.emplace_back(cell(row, columns_.eligibility));
    kind.fee.push_back(parse_number(cell(row, columns_.fee)).value_or(undefined));
  }

  const ServicesLayout& layout_;
  const RawTable& table_;
  Columns columns_;
  RawServices& services_;
  std::vector<std::set<std::string>>& seen_;
  FindingTally& tally_;
};

RawServices empty_services(const LayerDefinition& layer) {
  RawServices services;
  services.layer = layer.id;
  services.crs = layer.services.crs;
  for (const ServiceKind& kind : layer.services.kinds) {
    Services sites;
    sites.id = kind.id;
    sites.label = kind.label;
    sites.supply_published = !layer.services.supply.empty();
    services.kinds.push_back(std::move(sites));
  }
  return services;
}

}  // namespace

Loaded<RawServices> services_of_table(const LayerDefinition& layer, const RawTable& table) {
  Loaded<RawServices> services{empty_services(layer), {}};
  std::vector<std::set<std::string>> seen(layer.services.kinds.size());
  FindingTally tally(table.file(), layer.id);
  services.value.ledgers.push_back(
      ServiceCollector(layer, table, services.value, seen, tally).read());
  append(services.findings, tally.take());
  append(services.findings, notices_for(layer, {std::string()}));
  return services;
}

Loaded<RawServices> read_service_tables(const LayerDefinition& layer,
                                        std::span<const LayerFile> files) {
  Loaded<RawServices> services{empty_services(layer), {}};
  std::vector<std::set<std::string>> seen(layer.services.kinds.size());
  for (const LayerFile& file : files) {
    Loaded<RawTable> table = read_table(file.path, file.name, layer.text);
    append(services.findings, std::move(table.findings));
    FindingTally tally(file.name, layer.id);
    services.value.ledgers.push_back(
        ServiceCollector(layer, table.value, services.value, seen, tally).read());
    append(services.findings, tally.take());
  }
  append(services.findings, notices_for(layer, {std::string()}));
  return services;
}

}  // namespace quartier::io
