#include "study/load_counts.h"

#include <algorithm>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "io/counts_reader.h"
#include "io/indicator_reader.h"

namespace quartier::study {
namespace {

bool same_tree(const Groups& a, const Groups& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t g = 0; g < a.size(); ++g) {
    if (a.nodes[g].id != b.nodes[g].id || a.nodes[g].parent != b.nodes[g].parent) return false;
  }
  return true;
}

std::string first_file(const std::vector<io::LayerFile>& files) {
  return files.empty() ? std::string() : files.front().name;
}

bool wanted(const io::StudyFile& settings, const StudyEdition& edition, const std::string& date) {
  for (const io::StudyDistricts& districts : settings.districts) {
    if (districts.id != edition.area.id) continue;
    return districts.dates.empty() ||
           std::find(districts.dates.begin(), districts.dates.end(), date) != districts.dates.end();
  }
  return false;
}

/// The counts of a table in district order.
CountTable joined_counts(const io::RawCountsOfDate& raw, const Join& join) {
  CountTable table;
  table.date = raw.counts.date;
  table.groups.reserve(raw.counts.groups.size());
  for (const CountColumn& column : raw.counts.groups) {
    table.groups.push_back(joined_column(column, join));
  }
  if (std::find(join.has_row.begin(), join.has_row.end(), 0) != join.has_row.end()) {
    table.absent.reserve(join.has_row.size());
    for (const std::uint8_t has_row : join.has_row) table.absent.push_back(has_row == 0 ? 1 : 0);
  }
  return table;
}

double persons_in(const io::RawCountsOfDate& raw, const std::vector<std::size_t>& rows) {
  CompensatedSum sum;
  for (const std::size_t row : rows) sum.add(raw.counts.everyone()[row]);
  return sum.value();
}

/// Rows of one district that were read but are not used after all.
void exclude_rows(const io::RawCountsOfDate& raw, std::size_t row, std::size_t first_ledger,
                  Study& study) {
  for (std::size_t l = 0; l < raw.rows.size(); ++l) {
    study.ledgers[first_ledger + l].used -= raw.rows[l][row];
    study.ledgers[first_ledger + l].excluded += raw.rows[l][row];
  }
}

/// Joins one date and adds it to the edition.
void add_date(const io::RawCountsOfDate& raw, const std::string& file, std::size_t first_ledger,
              const DistrictLookup& lookup, const io::DistrictLinks* links, StudyEdition& edition,
              Study& study) {
  const Join join = lookup.by_id(raw.district_ids, links);
  if (join.matched() == 0) {
    throw InputError(
        file,
        raw.counts.date + ": no id of the table is a district of '" + edition.area.label +
            "' (first id: " + (raw.district_ids.empty() ? "none" : raw.district_ids.front()) + ")",
        "check which districts the table belongs to, and the key's padding");
  }
  append(study.findings,
         join_findings(join, raw.district_ids, edition.area.districts, file, raw.counts.date,
                       compensated_sum(raw.counts.everyone()), persons_in(raw, join.unmatched)));
  for (const std::size_t row : join.unmatched) exclude_rows(raw, row, first_ledger, study);
  edition.counts.push_back(joined_counts(raw, join));
}

/// The counts of the date nearest to `date`, for rates of residents.
const CountTable& nearest_counts(const StudyEdition& edition, const std::string& date) {
  const CountTable* best = &edition.counts.front();
  const auto distance = [&](const CountTable& table) {
    return std::abs(std::atoi(table.date.c_str()) - std::atoi(date.c_str()));
  };
  for (const CountTable& table : edition.counts) {
    if (distance(table) < distance(*best)) best = &table;
  }
  return *best;
}

void make_rate(Indicator& indicator, const StudyEdition& edition) {
  const CountTable& counts = nearest_counts(edition, indicator.date);
  const auto residents = counts.everyone();
  for (std::size_t i = 0; i < indicator.values.size(); ++i) {
    const bool exists = residents[i] > 0.0 && is_defined(indicator.values[i]);
    indicator.values[i] = exists ? 100.0 * indicator.values[i] / residents[i] : undefined;
  }
  indicator.base.assign(residents.begin(), residents.end());
  indicator.label += " per 100 residents of " + counts.date.substr(0, 4);
  indicator.unit = "%";
}

}  // namespace

void load_population(const io::StudyPopulation& settings, SourceFiles& sources,
                     StudyEdition& edition, Study& study) {
  const io::LayerDefinition& layer =
      sources.layer(settings.layer, io::LayerKind::counts, "[[population]]");
  const std::vector<std::string> dates = edition.area.dates;
  const std::string from = dates.empty() ? "" : *std::min_element(dates.begin(), dates.end());
  const std::string until = dates.empty() ? "" : *std::max_element(dates.begin(), dates.end());
  const std::vector<io::LayerFile> files = sources.files(layer, from, until);

  io::CodeList codes;
  const bool has_codes = !layer.counts.labels.empty();
  if (has_codes) {
    const io::LayerDefinition& code_layer =
        sources.layer(layer.counts.labels, io::LayerKind::codes, "labels of " + layer.id);
    auto loaded = io::read_codes(code_layer, sources.files(code_layer));
    append(study.findings, std::move(loaded.findings));
    for (Ledger& ledger : loaded.value.ledgers) study.ledgers.push_back(std::move(ledger));
    codes = std::move(loaded.value);
  }
  io::DistrictLinks links;
  if (!settings.links.empty()) {
    const io::LayerDefinition& link_layer =
        sources.layer(settings.links, io::LayerKind::links, "links of [[population]]");
    auto loaded = io::read_links(link_layer, sources.files(link_layer));
    append(study.findings, std::move(loaded.findings));
    for (Ledger& ledger : loaded.value.ledgers) study.ledgers.push_back(std::move(ledger));
    links = std::move(loaded.value);
  }

  auto loaded = io::read_counts(layer, files, has_codes ? &codes : nullptr);
  append(study.findings, std::move(loaded.findings));
  const std::size_t first_ledger = study.ledgers.size();
  for (Ledger& ledger : loaded.value.ledgers) study.ledgers.push_back(std::move(ledger));
  if (study.groups.nodes.empty()) {
    study.groups = loaded.value.groups;
  } else if (!same_tree(study.groups, loaded.value.groups)) {
    throw InputError(
        study.settings.file,
        "[[population]]: layer '" + layer.id + "' has other groups than the layers before it",
        "one study has one tree of groups; make a study of its own for this layer");
  }

  const DistrictLookup lookup(edition.area.districts);
  std::vector<std::string> used_dates;
  std::vector<std::string> all_dates;
  for (const io::RawCountsOfDate& raw : loaded.value.dates) {
    all_dates.push_back(raw.counts.date);
    if (!wanted(study.settings, edition, raw.counts.date)) {
      for (std::size_t row = 0; row < raw.district_ids.size(); ++row) {
        exclude_rows(raw, row, first_ledger, study);
      }
      continue;
    }
    add_date(raw, first_file(files), first_ledger, lookup,
             settings.links.empty() ? nullptr : &links, edition, study);
    used_dates.push_back(raw.counts.date);
  }
  for (const std::string& date : dates) {
    if (std::find(used_dates.begin(), used_dates.end(), date) == used_dates.end()) {
      throw InputError(study.settings.file,
                       "[[districts]] '" + edition.area.id + "': layer '" + layer.id +
                           "' has no counts of " + date,
                       "dates there are: " + joined(all_dates, ", "));
    }
  }
}

void add_counts_of(const io::RawCounts& counts, const std::string& file, StudyEdition& edition,
                   Study& study) {
  const std::size_t first_ledger = study.ledgers.size();
  study.ledgers.insert(study.ledgers.end(), counts.ledgers.begin(), counts.ledgers.end());
  const DistrictLookup lookup(edition.area.districts);
  for (const io::RawCountsOfDate& raw : counts.dates) {
    add_date(raw, file, first_ledger, lookup, nullptr, edition, study);
    edition.area.dates.push_back(raw.counts.date);
  }
}

void load_indicators(const io::StudyIndicator& settings, SourceFiles& sources,
                     StudyEdition& edition, Study& study) {
  const io::LayerDefinition& layer =
      sources.layer(settings.layer, io::LayerKind::indicators, "[[indicators]]");
  const std::vector<io::LayerFile> files = sources.files(layer, settings.from, settings.until);
  auto loaded = io::read_indicators(layer, files);
  append(study.findings, std::move(loaded.findings));
  for (Ledger& ledger : loaded.value.ledgers) study.ledgers.push_back(std::move(ledger));

  std::vector<std::string> known;
  for (const io::RawIndicator& raw : loaded.value.indicators) known.push_back(raw.indicator.id);
  for (const std::string& id : settings.indicators) {
    if (std::find(known.begin(), known.end(), id) != known.end()) continue;
    const std::string near = nearest_word(id, known);
    throw InputError(study.settings.file,
                     "[[indicators]]: layer '" + layer.id + "' has no indicator '" + id + "'",
                     near.empty() ? "" : "did you mean '" + near + "'?");
  }

  const DistrictLookup lookup(edition.area.districts);
  for (io::RawIndicator& raw : loaded.value.indicators) {
    const std::string& date = raw.indicator.date;
    if (!settings.from.empty() && date < settings.from) continue;
    if (!settings.until.empty() && date > settings.until) continue;
    const auto& ids = settings.indicators;
    if (!ids.empty() && std::find(ids.begin(), ids.end(), raw.indicator.id) == ids.end()) continue;
    const Join join = loaded.value.by_name ? lookup.by_name(raw.district_ids)
                                           : lookup.by_id(raw.district_ids, nullptr);
    Indicator indicator = raw.indicator;
    indicator.values.assign(edition.area.districts.size(), undefined);
    if (!raw.indicator.base.empty()) {
      indicator.base.assign(edition.area.districts.size(), undefined);
    }
    for (std::size_t row = 0; row < join.district_of_row.size(); ++row) {
      const DistrictIndex i = join.district_of_row[row];
      if (i == no_index) continue;
      indicator.values[i] = raw.indicator.values[row];
      if (!raw.indicator.base.empty()) indicator.base[i] = raw.indicator.base[row];
    }
    const bool first_of_its_file =
        &raw == &loaded.value.indicators.front() || (&raw)[-1].indicator.date != raw.indicator.date;
    if (first_of_its_file) {
      append(study.findings,
             join_findings(join, raw.district_ids, edition.area.districts, first_file(files),
                           indicator.date, undefined, undefined));
    }
    if (settings.per == "residents" && !edition.counts.empty()) make_rate(indicator, edition);
    edition.indicators.push_back(std::move(indicator));
  }
}

}  // namespace quartier::study
