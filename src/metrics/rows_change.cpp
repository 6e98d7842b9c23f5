#include <optional>

#include "base/error.h"
#include "metrics/change.h"
#include "metrics/rows.h"

namespace quartier::metrics::rows {
namespace {

/// Two dates as one input: the columns of the later date, then those of the earlier one, so that
/// unknown cells of both are treated by one policy and a district left out is so at both.
class TwoDates {
 public:
  explicit TwoDates(const MetricInput& in) : in_(in) {
    expects(in.counts != nullptr && in.groups != nullptr, "metric: counts and groups");
    expects(in.earlier != nullptr, "metric: counts of an earlier date");
    expects(in.earlier->groups.size() == in.counts->groups.size() &&
                in.earlier->district_count() == in.counts->district_count(),
            "metric: the same districts and groups at both dates");
    counts_ = *in.counts;
    groups_ = *in.groups;
    counts_.groups.insert(counts_.groups.end(), in.earlier->groups.begin(),
                          in.earlier->groups.end());
    groups_.nodes.insert(groups_.nodes.end(), in.groups->nodes.begin(), in.groups->nodes.end());
    columns_ = whole_partition(in);
    group_count_ = columns_.size();
    const auto offset = static_cast<GroupIndex>(in.groups->size());
    for (std::size_t k = 0; k < group_count_; ++k) {
      columns_.push_back({columns_[k].node + offset, false});
    }
    in_.counts = &counts_;
    in_.groups = &groups_;
  }
  TwoDates(const TwoDates&) = delete;
  TwoDates& operator=(const TwoDates&) = delete;

  [[nodiscard]] const MetricInput& input() const { return in_; }
  [[nodiscard]] const std::vector<ColumnRef>& columns() const { return columns_; }

  /// The change, or nothing where it cannot be split; the first result (of the readable counts) and
  /// the reason are kept.
  std::optional<SegregationChange> change(GroupColumns both, ChangeOf of) {
    try {
      SegregationChange made =
          segregation_change(both.subspan(group_count_), both.first(group_count_), of);
      if (!note_) note_ = coverage(made);
      return made;
    } catch (const Error& error) {
      failure_ = error.what();
      return std::nullopt;
    }
  }

  void finish(std::string& status, std::string& parameters, ChangeOf of) const {
    add_reason(status, failure_);
    if (note_) add_reason(status, *note_);
    add_parameter(parameters, "index", of == ChangeOf::mutual_information ? "M" : "H");
    add_parameter(parameters, "since", in_.earlier->date);
    add_parameter(parameters, "method", "Elbers 2021");
  }

 private:
  static std::string coverage(const SegregationChange& change) {
    std::string note;
    const auto tell = [&](std::size_t count, const char* one, const char* many, const char* when) {
      if (count > 0) add_reason(note, number_of(count, one, many) + " with residents " + when);
    };
    tell(change.districts_added, "district", "districts", "at the later date only");
    tell(change.districts_removed, "district", "districts", "at the earlier date only");
    tell(change.groups_added, "group", "groups", "at the later date only");
    tell(change.groups_removed, "group", "groups", "at the earlier date only");
    return note;
  }

  MetricInput in_;
  CountTable counts_;
  Groups groups_;
  std::vector<ColumnRef> columns_;
  std::size_t group_count_ = 0;
  std::optional<std::string> note_;  ///< of the first change that was split
  std::string failure_;
};

CityValue city_change(const MetricInput& in, ChangeOf of,
                      double (*value)(const SegregationChange&)) {
  TwoDates dates(in);
  CityValue result = city_index(dates.input(), dates.columns(), [&](GroupColumns both) {
    const std::optional<SegregationChange> change = dates.change(both, of);
    return change ? value(*change) : undefined;
  });
  dates.finish(result.status, result.parameters, of);
  return result;
}

template <ChangeOf of>
CityValue total(const MetricInput& in) {
  return city_change(in, of, [](const SegregationChange& change) { return change.total(); });
}

template <ChangeOf of, ChangePart SegregationChange::*part>
CityValue city_part(const MetricInput& in) {
  return city_change(in, of, [](const SegregationChange& change) { return (change.*part).value; });
}

DistrictValues district_change(const MetricInput& in,
                               std::vector<double> (*values)(const SegregationChange&)) {
  constexpr ChangeOf of = ChangeOf::mutual_information;
  TwoDates dates(in);
  DistrictValues result =
      district_index(dates.input(), dates.columns(), Reads::whole_city, [&](GroupColumns both) {
        const std::optional<SegregationChange> change = dates.change(both, of);
        return change ? values(*change) : std::vector<double>(district_count(both), undefined);
      });
  dates.finish(result.status, result.parameters, of);
  return result;
}

DistrictValues change_contribution(const MetricInput& in) {
  return district_change(in,
                         [](const SegregationChange& change) { return change.all().by_district; });
}

DistrictValues structure_contribution(const MetricInput& in) {
  return district_change(
      in, [](const SegregationChange& change) { return change.structure.by_district; });
}

constexpr Needs two_dates{.partition = true, .earlier = true};
constexpr ChangeOf of_m = ChangeOf::mutual_information;
constexpr ChangeOf of_h = ChangeOf::theil_entropy;

constexpr MetricEntry city_row(std::string_view id, std::string_view label, std::string_view symbol,
                               ChangeOf of, std::string_view meaning,
                               CityValue (*compute)(const MetricInput&)) {
  MetricEntry entry;
  entry.id = id;
  entry.label = label;
  entry.symbol = symbol;
  entry.family = "change";
  entry.unit = of == of_m ? "nats" : "index";
  entry.needs = two_dates;
  entry.lowest = of == of_m ? -no_limit : -1.0;
  entry.highest = of == of_m ? no_limit : 1.0;
  entry.neutral = 0.0;
  entry.on_request = of == of_h;
  entry.source = "Elbers 2021";
  entry.meaning = meaning;
  entry.city = compute;
  return entry;
}

constexpr MetricEntry district_row(std::string_view id, std::string_view label,
                                   std::string_view symbol, std::string_view meaning,
                                   DistrictValues (*compute)(const MetricInput&)) {
  MetricEntry entry = city_row(id, label, symbol, of_m, meaning, nullptr);
  entry.scope = Scope::district;
  entry.districts = compute;
  return entry;
}

constexpr std::string_view of_total = "How much segregation changed since the earlier date.";
constexpr std::string_view of_structure =
    "Change because people of a group live in other districts, all totals being equal.";
constexpr std::string_view of_units = "Change because districts became larger or smaller.";
constexpr std::string_view of_groups = "Change because groups became larger or smaller.";
constexpr std::string_view of_additions =
    "Change by districts and groups that have residents at the later date only.";
constexpr std::string_view of_removals =
    "Change by districts and groups that had residents at the earlier date only.";

using Change = SegregationChange;

constexpr std::array<MetricEntry, 14> table{
    city_row("change_total", "Change of M", "ΔM", of_m, of_total, total<of_m>),
    city_row("change_structure", "Change of M by structure", "ΔM_structure", of_m, of_structure,
             city_part<of_m, &Change::structure>),
    city_row("change_units", "Change of M by district sizes", "ΔM_units", of_m, of_units,
             city_part<of_m, &Change::units>),
    city_row("change_groups", "Change of M by group sizes", "ΔM_groups", of_m, of_groups,
             city_part<of_m, &Change::groups>),
    city_row("change_additions", "Change of M by additions", "ΔM_added", of_m, of_additions,
             city_part<of_m, &Change::additions>),
    city_row("change_removals", "Change of M by removals", "ΔM_removed", of_m, of_removals,
             city_part<of_m, &Change::removals>),
    city_row("theil_h_change_total", "Change of H", "ΔH", of_h, of_total, total<of_h>),
    city_row("theil_h_change_structure", "Change of H by structure", "ΔH_structure", of_h,
             of_structure, city_part<of_h, &Change::structure>),
    city_row("theil_h_change_units", "Change of H by district sizes", "ΔH_units", of_h, of_units,
             city_part<of_h, &Change::units>),
    city_row("theil_h_change_groups", "Change of H by group sizes", "ΔH_groups", of_h, of_groups,
             city_part<of_h, &Change::groups>),
    city_row("theil_h_change_additions", "Change of H by additions", "ΔH_added", of_h, of_additions,
             city_part<of_h, &Change::additions>),
    city_row("theil_h_change_removals", "Change of H by removals", "ΔH_removed", of_h, of_removals,
             city_part<of_h, &Change::removals>),
    district_row("change_contribution", "Contribution to the change of M", "ΔM_i",
                 "What the district adds to the change of M; the contributions sum to it.",
                 change_contribution),
    district_row("structure_contribution", "Contribution to the structural change of M",
                 "ΔM_structure,i",
                 "What the district adds to the structural change of M, all totals being equal.",
                 structure_contribution),
};

}  // namespace

std::span<const MetricEntry> change() { return table; }

}  // namespace quartier::metrics::rows
