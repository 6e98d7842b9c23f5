#include "report/tables.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/csv_text.h"
#include "base/error.h"
#include "base/text.h"
#include "domain/indicators.h"

namespace quartier::report {
namespace {

std::string label_of_group(const Groups& groups, const std::string& id) {
  const GroupIndex node = id.empty() ? no_index : groups.find(id);
  return node == no_index ? id : groups.nodes[node].label;
}

std::vector<std::string_view> result_header() {
  return {metrics::result_columns.begin(), metrics::result_columns.end()};
}

std::string_view status_of_value(study::ValueState state, double value) {
  if (state == study::ValueState::shown && std::isinf(value)) return "unreachable";
  return status_of(state);
}

}  // namespace

std::string_view status_of(study::ValueState state) {
  switch (state) {
    case study::ValueState::shown:
      return "";
    case study::ValueState::undefined:
      return "undefined";
    case study::ValueState::no_data:
      return "no data";
    case study::ValueState::suppressed:
      return "suppressed";
  }
  return "";
}

std::string results_csv(std::span<const metrics::ResultRow> rows) {
  CsvText table(result_header());
  for (const metrics::ResultRow& row : rows) {
    table.text(row.date).text(row.metric).text(row.family).text(row.group).text(row.reference);
    table.text(row.service).text(row.parameters);
    table.number(row.value).number(row.lower).number(row.upper);
    table.number(row.p_value).number(row.expected).text(row.status).end_row();
  }
  return table.written();
}

std::string district_values_header() { return "district," + CsvText(result_header()).written(); }

void append_district_values(std::string& out, const study::Column& column,
                            const Districts& districts, const Groups& groups) {
  const std::size_t count = districts.size();
  expects(column.values.size() == count && column.states.size() == count,
          "append_district_values: one value for each district");
  expects(column.p_values.empty() || column.p_values.size() == count,
          "append_district_values: one p-value for each district, or none");
  // What is the same in every row is written once.
  std::string conditions;
  for (const std::string& text :
       {column.spec.date, column.spec.column, column.spec.family,
        label_of_group(groups, column.spec.group), label_of_group(groups, column.spec.reference),
        column.spec.service, column.parameters}) {
    conditions += ',';
    append_csv_text(conditions, text);
  }
  conditions += ',';
  for (std::size_t d = 0; d < count; ++d) {
    const bool shown = column.states[d] == study::ValueState::shown;
    append_csv_text(out, districts.ids[d]);
    out += conditions;
    if (shown) append_csv_number(out, column.values[d]);
    out += ",,,";
    if (shown && !column.p_values.empty()) append_csv_number(out, column.p_values[d]);
    out += ",,";
    const bool at_least = shown && !column.at_least.empty() && column.at_least[d] != 0;
    std::string_view status =
        at_least ? at_least_status : status_of_value(column.states[d], column.values[d]);
    const std::vector<std::string>& categories = column.spec.categories;
    if (shown && column.spec.categorical) {
      const auto category = static_cast<std::size_t>(column.values[d]);
      if (category < categories.size()) status = categories[category];
    }
    append_csv_text(out, status);
    out += '\n';
  }
}

std::vector<DistrictIndex> by_rank(const study::PublishedRanking& ranking) {
  std::vector<DistrictIndex> order(ranking.rank.size());
  std::iota(order.begin(), order.end(), DistrictIndex{0});
  // Rank 0 is no rank; less one it is the largest number there is.
  std::stable_sort(order.begin(), order.end(), [&](DistrictIndex a, DistrictIndex b) {
    return ranking.rank[a] - 1U < ranking.rank[b] - 1U;
  });
  return order;
}

std::string priorities_csv(std::span<const study::PublishedRanking> rankings,
                           std::span<const Districts* const> editions) {
  CsvText table({"profile", "district", "name", "rank", "score", "coverage", "indicator", "domain",
                 "lever", "direction", "weight", "date", "unit", "value", "contribution",
                 "status"});
  for (const study::PublishedRanking& ranking : rankings) {
    expects(ranking.edition < editions.size(), "priorities_csv: an edition that exists");
    const Districts& districts = *editions[ranking.edition];
    expects(ranking.rank.size() == districts.size() && ranking.score.size() == districts.size() &&
                ranking.coverage.size() == districts.size(),
            "priorities_csv: a rank, score and coverage for each district");
    for (const DistrictIndex d : by_rank(ranking)) {
      for (const study::RankedItem& item : ranking.items) {
        const bool shown = item.states[d] == study::ValueState::shown;
        table.text(ranking.id).text(districts.ids[d]).text(districts.names[d]);
        if (ranking.rank[d] == 0) {
          table.empty();
        } else {
          table.integer(ranking.rank[d]);
        }
        table.number(ranking.score[d]).number(ranking.coverage[d]).text(item.indicator);
        table.text(id_of(item.domain)).text(id_of(item.lever)).text(id_of(item.direction));
        table.number(item.weight).text(item.date).text(item.unit);
        table.number(shown ? item.values[d] : undefined);
        table.number(shown && item.ranked ? item.contributions[d] : undefined);
        table.text(shown && !item.ranked ? "ask list" : status_of(item.states[d])).end_row();
      }
    }
  }
  return table.written();
}

std::string findings_csv(std::span<const Finding> findings) {
  CsvText table({"severity", "kind", "file", "layer", "count", "rows", "message", "way_out"});
  for (const Finding& finding : findings) {
    table.text(name_of(finding.severity)).text(finding.kind).text(finding.file);
    table.text(finding.layer).integer(finding.count).text(joined(finding.rows, "; "));
    table.text(finding.message).text(finding.way_out).end_row();
  }
  return table.written();
}

std::string ledger_csv(std::span<const Ledger> ledgers) {
  CsvText table({"file", "layer", "unit", "read", "used", "excluded", "rejected", "closes"});
  for (const Ledger& ledger : ledgers) {
    table.text(ledger.file).text(ledger.layer).text(ledger.unit).integer(ledger.read);
    table.integer(ledger.used).integer(ledger.excluded).integer(ledger.rejected);
    table.text(ledger.closes() ? "yes" : "no").end_row();
  }
  return table.written();
}

}  // namespace quartier::report
