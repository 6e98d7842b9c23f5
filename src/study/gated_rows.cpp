// The gate for rows of the whole city. Indices are shown as they are; what is a count in disguise
// is not. Access holds no hidden count, and is told to as many digits as mean something.

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "study/gated.h"
#include "study/rounding.h"

namespace quartier::study {
namespace {

constexpr std::string_view suppressed = "suppressed";

/// The table a row was computed from.
struct Origin {
  std::uint32_t edition = no_index;
  std::size_t date = 0;
  GroupIndex group = no_index;
  GroupIndex reference = no_index;  ///< no_index for the rest, too
};

GroupIndex labelled(const Study& study, std::string_view label) {
  for (GroupIndex g = 0; g < study.groups.size(); ++g) {
    if (study.groups.nodes[g].label == label) return g;
  }
  return no_index;
}

Origin origin_of(const Study& study, const metrics::ResultRow& row) {
  Origin origin;
  for (std::uint32_t e = 0; e < study.editions.size(); ++e) {
    const StudyEdition& edition = study.editions[e];
    const std::string mark = "districts=" + edition.area.id;
    if (study.editions.size() > 1 && row.parameters.substr(0, row.parameters.find(';')) != mark) {
      continue;
    }
    for (std::size_t d = 0; d < edition.counts.size(); ++d) {
      if (edition.counts[d].date == row.date) origin = {e, d};
    }
  }
  if (!row.group.empty()) origin.group = labelled(study, row.group);
  if (!row.reference.empty()) origin.reference = labelled(study, row.reference);
  return origin;
}

/// The districts' values that a row of access is a mean of.
std::string_view averaged(std::string_view metric) {
  if (metric.starts_with("gravity_")) return "gravity_access";
  if (metric.starts_with("window_places_")) return "window_places_within";
  if (metric.starts_with("composite_")) return "composite_access";
  if (metric.starts_with("places_") || metric.starts_with("gap_") ||
      metric.starts_with("scenario_places_")) {
    return "two_step_floating_catchment";
  }
  return metric.starts_with("opportunities_") ? "places_within" : "nearest_service";
}

class Rows {
 public:
  Rows(const Study& study, const std::vector<EditionWeights>& weights)
      : study_(study), gate_(study.gate), weights_(weights) {}

  /// An index of segregation, from the full counts.
  void apply_index(metrics::ResultRow& row) const {
    const Origin origin = origin_of(study_, row);
    if (origin.edition == no_index) return;
    const disclosure::Protection& table = gate_.table(origin.edition, origin.date);
    if (origin.group != no_index) {
      apply_city(row, origin, table);
    } else if (row.family == "composition" && !all_totals_shown(table)) {
      return hide(row);
    }
    if (reads_secret(row, origin, table)) round_index(row);
  }

  /// Access, from the counts as a reader sees them.
  void apply_access(metrics::ResultRow& row, double move) const {
    const Origin origin = origin_of(study_, row);
    const metrics::MetricEntry* const entry = metrics::find_metric(row.metric);
    if (origin.edition == no_index || entry == nullptr) return;
    if (guesses_who_reaches_none(row, *entry, origin)) row.status = "not everyone reaches one";
    const double step = told_step(row.value, move);
    if (!(step > 0.0)) return;
    if (!told_value(row.value, move, scale_of(row, *entry, origin))) return hide(row);
    for (double* const value : {&row.value, &row.lower, &row.upper}) {
      if (is_defined(*value)) *value = rounded(*value, step);
    }
    say_step(row, step);
  }

 private:
  static void hide(metrics::ResultRow& row) {
    row.value = row.lower = row.upper = row.expected = undefined;
    row.status = suppressed;
  }

  [[nodiscard]] const CountTable& counts(const Origin& origin) const {
    return study_.editions[origin.edition].counts[origin.date];
  }

  [[nodiscard]] std::vector<double> values_of(std::string_view column, const Origin& origin,
                                              const std::string& service) const {
    ColumnSpec spec;
    spec.column = column;
    spec.edition = origin.edition;
    spec.date = counts(origin).date;
    spec.service = service;
    return full_values(study_, weights_, spec).values;
  }

  /// The groups that an index reads: its own and the reference's, or all.
  [[nodiscard]] std::vector<GroupIndex> read_by(const metrics::ResultRow& row,
                                                const Origin& origin) const {
    if (origin.group == no_index) return study_.groups.leaves();
    std::vector<GroupIndex> read{origin.group};
    if (!row.reference.empty()) read.push_back(origin.reference == no_index ? 0 : origin.reference);
    return read;
  }

  /// Whether an index reads a hidden count.
  [[nodiscard]] bool reads_secret(const metrics::ResultRow& row, const Origin& origin,
                                  const disclosure::Protection& table) const {
    if (any_secret(table, counts(origin), read_by(row, origin))) return true;
    const metrics::MetricEntry* entry = metrics::find_metric(row.metric);
    if (entry == nullptr || !entry->needs.earlier || origin.date == 0) return false;
    Origin before = origin;
    --before.date;
    return any_secret(gate_.table(before.edition, before.date), counts(before),
                      read_by(row, before));
  }

  /// Measures of the mix of the city are made from its totals.
  [[nodiscard]] bool all_totals_shown(const disclosure::Protection& table) const {
    for (const GroupIndex leaf : study_.groups.leaves()) {
      if (!disclosure::may_show(table.city(leaf))) return false;
    }
    return disclosure::may_show(table.city(0));
  }

  void apply_city(metrics::ResultRow& row, const Origin& origin,
                  const disclosure::Protection& table) const {
    const bool city_shown =
        disclosure::may_show(table.city(0)) && disclosure::may_show(table.city(origin.group)) &&
        (origin.reference == no_index || disclosure::may_show(table.city(origin.reference)));
    if (city_shown) return;
    // Shares of the city are its totals in other words.
    if (row.metric == "city_share") hide(row);
    if (row.metric == "isolation" || row.metric == "interaction") row.expected = undefined;
  }

  /// What is made from city totals alone (family "composition") holds no count of a district.
  static void round_index(metrics::ResultRow& row) {
    if (row.family == "composition") return;
    for (double* const value : {&row.value, &row.lower, &row.upper}) {
      if (is_defined(*value)) *value = rounded(*value, index_step);
    }
    // What isolation and interaction expect is a share of the city; what these statistics of
    // clustering expect is made from the number of districts.
    constexpr std::array<std::string_view, 7> without_counts{
        "isolation",       "interaction", "moran_i",    "moran_i_rates",
        "moran_bivariate", "geary_c",     "getis_ord_g"};
    const bool from_counts =
        std::find(without_counts.begin(), without_counts.end(), row.metric) == without_counts.end();
    if (from_counts && is_defined(row.expected)) row.expected = rounded(row.expected, index_step);
    if (is_defined(row.value)) say_step(row, index_step);
  }

  /// Districts some of whose people reach no site, today or under the row's scenario.
  [[nodiscard]] std::vector<std::uint8_t> not_all_reached(const metrics::ResultRow& row,
                                                          const Origin& origin) const {
    const StudyEdition& edition = study_.editions[origin.edition];
    const std::uint32_t service = service_position(study_, row.service);
    std::vector<std::uint8_t> lacking(edition.area.districts.size(), 0);
    if (service == no_index) return lacking;  // of several services no status tells of people
    const auto look = [&](const Impedance& ways) {
      for (std::size_t i = 0; i < ways.nearest.cost.size(); ++i) {
        if (ways.nearest.cost[i] != no_cost) continue;
        lacking[edition.origins.points.empty() ? i : edition.origins.points.district[i]] = 1;
      }
    };
    look(edition.impedance[service]);
    for (std::size_t s = 0; s < edition.scenario_impedance.size(); ++s) {
      const std::string mark = "scenario=" + study_.settings.scenarios[s].id;
      if (row.parameters.find(mark) != std::string::npos) {
        look(edition.scenario_impedance[s][service]);
      }
    }
    return lacking;
  }

  /// Whether a hidden count lies where not everyone reaches a site: how many do not is a guess.
  [[nodiscard]] bool guesses_who_reaches_none(const metrics::ResultRow& row,
                                              const metrics::MetricEntry& entry,
                                              const Origin& origin) const {
    const disclosure::SeenCounts& seen = study_.editions[origin.edition].seen[origin.date];
    const std::vector<GroupIndex> read = groups_read(entry, study_, origin.group, origin.reference,
                                                     service_position(study_, row.service));
    if (!reads_hidden(study_.editions[origin.edition], origin.date, read)) return false;
    const std::vector<std::uint8_t> lacking = not_all_reached(row, origin);
    for (const GroupIndex group : read) {
      const auto least = seen.as(disclosure::Fill::least).group(group);
      const auto greatest = seen.as(disclosure::Fill::greatest).group(group);
      for (std::size_t i = 0; i < lacking.size(); ++i) {
        if (lacking[i] != 0 && least[i] < greatest[i]) return true;
      }
    }
    return false;
  }

  /// What a step is compared with: the whole of a share or an index, the range of the districts'
  /// values of which a row is a mean, else the value itself.
  [[nodiscard]] double scale_of(const metrics::ResultRow& row, const metrics::MetricEntry& entry,
                                const Origin& origin) const {
    if (std::isfinite(entry.highest) || entry.unit == "nats") return 1.0;
    if (origin.group == no_index || row.service.empty() || entry.unit == "persons" ||
        entry.unit == "ratio") {
      return std::abs(row.value);
    }
    double least = unreachable;
    double greatest = 0.0;
    for (const double value : values_of(averaged(row.metric), origin, row.service)) {
      if (!std::isfinite(value)) continue;
      least = std::min(least, value);
      greatest = std::max(greatest, value);
    }
    return greatest > least ? greatest - least : 0.0;
  }

  static void say_step(metrics::ResultRow& row, double step) {
    row.status +=
        (row.status.empty() ? "" : "; ") + std::string("to the nearest ") + exact_text(step);
  }

  const Study& study_;
  const Gate& gate_;
  const std::vector<EditionWeights>& weights_;
};

}  // namespace

void gate_rows(const Study& study, const std::vector<EditionWeights>& weights,
               std::vector<metrics::ResultRow>& rows, std::span<const double> moves) {
  const Rows rules(study, weights);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const metrics::MetricEntry* const entry = metrics::find_metric(rows[r].metric);
    if (entry == nullptr || !entry->needs.service) {
      rules.apply_index(rows[r]);
    } else {
      rules.apply_access(rows[r], moves[r]);
    }
  }
}

}  // namespace quartier::study
