#include "metrics/cells.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/error.h"

namespace quartier::metrics {
namespace {

enum class Scenario : std::uint8_t { readable, least, greatest };

std::span<const double> counts_of(const CountColumn& column, Scenario scenario) {
  if (scenario == Scenario::least && !column.least.empty()) return column.least;
  if (scenario == Scenario::greatest && !column.greatest.empty()) return column.greatest;
  return column.readable;
}

std::uint16_t hidden_in(const CountColumn& column, std::size_t district) {
  return column.hidden.empty() ? std::uint16_t{0} : column.hidden[district];
}

class Cells {
 public:
  Cells(const MetricInput& in, const std::vector<ColumnRef>& columns);

  [[nodiscard]] std::size_t district_count() const { return unknown_in_.size(); }
  [[nodiscard]] std::size_t unknown_count() const { return unknown_count_; }
  [[nodiscard]] bool unknown(std::size_t district) const { return unknown_in_[district]; }
  [[nodiscard]] bool bounded() const { return unlimited_count_ == 0; }
  /// True where the range under the scenarios exists and says something.
  [[nodiscard]] bool has_range() const {
    return unknown_count_ > 0 && bounded() && in_.unknown == UnknownPolicy::left_out_of_sums;
  }
  [[nodiscard]] bool forbids_index() const {
    return unknown_count_ > 0 && in_.unknown == UnknownPolicy::index_undefined;
  }
  [[nodiscard]] std::string status() const;
  [[nodiscard]] std::string reason_undefined() const;
  void use(Scenario scenario, const std::function<void(GroupColumns)>& body) const;

 private:
  [[nodiscard]] const CountColumn& everyone() const { return in_.counts->groups.front(); }
  [[nodiscard]] const CountColumn& node(const ColumnRef& ref) const {
    return in_.counts->groups[ref.node];
  }
  [[nodiscard]] bool unknown(const ColumnRef& ref, std::size_t district) const {
    const std::uint16_t hidden = hidden_in(node(ref), district);
    return ref.rest ? hidden != hidden_in(everyone(), district) : hidden != 0;
  }
  [[nodiscard]] std::string label(const ColumnRef& ref) const;

  const MetricInput& in_;
  const std::vector<ColumnRef>& columns_;
  std::vector<bool> unknown_in_;
  std::size_t unknown_count_ = 0;
  std::size_t unknown_district_count_ = 0;
  std::size_t unlimited_count_ = 0;
};

Cells::Cells(const MetricInput& in, const std::vector<ColumnRef>& columns)
    : in_(in), columns_(columns), unknown_in_(in.counts->district_count(), false) {
  for (const ColumnRef& ref : columns_) {
    if (node(ref).hidden.empty() && (!ref.rest || everyone().hidden.empty())) continue;
    const std::span<const double> greatest =
        counts_of(ref.rest ? everyone() : node(ref), Scenario::greatest);
    for (std::size_t i = 0; i < district_count(); ++i) {
      if (!unknown(ref, i)) continue;
      unknown_in_[i] = true;
      ++unknown_count_;
      if (std::isinf(greatest[i])) ++unlimited_count_;
    }
  }
  unknown_district_count_ =
      static_cast<std::size_t>(std::count(unknown_in_.begin(), unknown_in_.end(), true));
}

std::string Cells::label(const ColumnRef& ref) const {
  const std::string& name = in_.groups->nodes[ref.node].label;
  return ref.rest ? "the rest (everyone but " + name + ")" : name;
}

std::string Cells::status() const {
  if (unknown_count_ == 0) return {};
  const std::string cells = std::to_string(unknown_count_) + " of " +
                            std::to_string(columns_.size() * district_count()) +
                            " cells partly unknown";
  switch (in_.unknown) {
    case UnknownPolicy::left_out_of_sums:
      return bounded() ? cells
                       : cells + "; no range: " + std::to_string(unlimited_count_) +
                             " of them have no greatest count";
    case UnknownPolicy::district_left_out:
      return cells + "; " + std::to_string(unknown_district_count_) + " of " +
             std::to_string(district_count()) + " districts left out";
    case UnknownPolicy::index_undefined:
      return "undefined: " + cells;
  }
  return cells;
}

std::string Cells::reason_undefined() const {
  std::string reason;
  use(Scenario::readable, [&](GroupColumns groups) {
    const std::vector<double> totals = group_totals(groups);
    const auto with_members =
        std::count_if(totals.begin(), totals.end(), [](double persons) { return persons > 0.0; });
    if (totals.size() > 2) {
      if (with_members < 2) reason = "undefined: fewer than two groups have members";
      return;
    }
    for (std::size_t k = 0; k < totals.size(); ++k) {
      if (totals[k] > 0.0) continue;
      reason = "undefined: nobody is counted in " + label(columns_[k]);
      return;
    }
  });
  return reason.empty() ? "undefined: not enough to compute from" : reason;
}

void Cells::use(Scenario scenario, const std::function<void(GroupColumns)>& body) const {
  const bool leave_out = unknown_count_ > 0 && in_.unknown == UnknownPolicy::district_left_out;
  std::vector<std::vector<double>> changed(columns_.size());
  std::vector<std::span<const double>> spans;
  spans.reserve(columns_.size());
  for (std::size_t k = 0; k < columns_.size(); ++k) {
    const std::span<const double> counts = counts_of(node(columns_[k]), scenario);
    if (!columns_[k].rest && !leave_out) {
      spans.push_back(counts);
      continue;
    }
    changed[k].assign(counts.begin(), counts.end());
    if (columns_[k].rest) {
      const std::span<const double> all = counts_of(everyone(), scenario);
      for (std::size_t i = 0; i < all.size(); ++i) {
        changed[k][i] = std::max(0.0, all[i] - counts[i]);
      }
    }
    for (std::size_t i = 0; leave_out && i < changed[k].size(); ++i) {
      if (unknown_in_[i]) changed[k][i] = 0.0;
    }
    spans.push_back(changed[k]);
  }
  body(spans);
}

void check_columns(const MetricInput& in, const std::vector<ColumnRef>& columns) {
  expects(in.counts != nullptr && in.groups != nullptr, "metric: counts and groups");
  expects(in.counts->groups.size() == in.groups->size(), "metric: a column for each group");
  for (const ColumnRef& ref : columns) {
    expects(ref.node < in.groups->size(), "metric: a group of the tree");
  }
}

}  // namespace

std::vector<ColumnRef> group_and_reference(const MetricInput& in) {
  expects(in.group != no_index, "metric: a group");
  const bool rest = in.reference == no_index;
  return {{in.group, false}, {rest ? in.group : in.reference, rest}};
}

std::vector<ColumnRef> group_and_everyone(const MetricInput& in) {
  expects(in.group != no_index, "metric: a group");
  return {{in.group, false}, {0, false}};
}

std::vector<ColumnRef> whole_partition(const MetricInput& in) {
  expects(in.groups != nullptr, "metric: groups");
  const std::vector<GroupIndex> leaves =
      in.partition.empty() ? in.groups->leaves()
                           : std::vector<GroupIndex>(in.partition.begin(), in.partition.end());
  std::vector<ColumnRef> columns;
  columns.reserve(leaves.size());
  for (const GroupIndex leaf : leaves) columns.push_back({leaf, false});
  return columns;
}

void add_reason(std::string& status, const std::string& reason) {
  if (reason.empty()) return;
  if (!status.empty()) status += "; ";
  status += reason;
}

namespace {

/// Whether anyone is counted in just one of the districts.
bool in_one_district(GroupColumns counts) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < district_count(counts) && found < 2; ++i) {
    bool any = false;
    for (const std::span<const double> column : counts) any = any || column[i] > 0.0;
    found += any ? 1 : 0;
  }
  return found == 1;
}

}  // namespace

CityValue city_index(const MetricInput& in, const std::vector<ColumnRef>& columns,
                     const std::function<double(GroupColumns)>& index) {
  check_columns(in, columns);
  const Cells cells(in, columns);
  CityValue result;
  result.status = cells.status();
  if (cells.forbids_index()) return result;
  bool one_district = false;
  cells.use(Scenario::readable, [&](GroupColumns counts) {
    result.value = index(counts);
    one_district = in_one_district(counts);
  });
  if (one_district) add_reason(result.status, "only one district has residents to compare");
  if (!is_defined(result.value)) add_reason(result.status, cells.reason_undefined());
  if (!cells.has_range() || !is_defined(result.value)) return result;
  result.lower = result.upper = result.value;
  for (const Scenario scenario : {Scenario::least, Scenario::greatest}) {
    cells.use(scenario, [&](GroupColumns counts) {
      const double value = index(counts);
      if (!is_defined(value)) return;
      result.lower = std::min(result.lower, value);
      result.upper = std::max(result.upper, value);
    });
  }
  return result;
}

DistrictValues district_index(const MetricInput& in, const std::vector<ColumnRef>& columns,
                              Reads reads,
                              const std::function<std::vector<double>(GroupColumns)>& index) {
  check_columns(in, columns);
  const Cells cells(in, columns);
  DistrictValues result;
  result.status = cells.status();
  if (cells.forbids_index() && reads == Reads::whole_city) {
    result.values.assign(cells.district_count(), undefined);
    return result;
  }
  cells.use(Scenario::readable, [&](GroupColumns counts) { result.values = index(counts); });
  if (cells.unknown_count() > 0 && in.unknown != UnknownPolicy::left_out_of_sums) {
    for (std::size_t i = 0; i < result.values.size(); ++i) {
      if (cells.unknown(i)) result.values[i] = undefined;
    }
  }
  if (!cells.has_range()) return result;
  result.lower = result.upper = result.values;
  for (const Scenario scenario : {Scenario::least, Scenario::greatest}) {
    cells.use(scenario, [&](GroupColumns counts) {
      const std::vector<double> values = index(counts);
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (!is_defined(values[i]) || !is_defined(result.values[i])) continue;
        result.lower[i] = std::min(result.lower[i], values[i]);
        result.upper[i] = std::max(result.upper[i], values[i]);
      }
    });
  }
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    if (result.lower[i] == result.upper[i]) result.lower[i] = result.upper[i] = undefined;
  }
  return result;
}

std::string with_readable(const MetricInput& in, const std::vector<ColumnRef>& columns,
                          const std::function<void(GroupColumns)>& use) {
  check_columns(in, columns);
  const Cells cells(in, columns);
  if (!cells.forbids_index()) cells.use(Scenario::readable, use);
  return cells.status();
}

}  // namespace quartier::metrics
