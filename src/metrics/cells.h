#pragma once
/// The cells a metric reads, and what becomes of those that are not fully known (private to the
/// room).

#include <functional>
#include <string>
#include <vector>

#include "metrics/columns.h"
#include "metrics/registry.h"

namespace quartier::metrics {

/// A column of persons: a node of the tree, or everyone less that node.
struct ColumnRef {
  GroupIndex node = 0;
  bool rest = false;
};

/// The columns most metrics read.
std::vector<ColumnRef> group_and_reference(const MetricInput& in);
std::vector<ColumnRef> group_and_everyone(const MetricInput& in);
std::vector<ColumnRef> whole_partition(const MetricInput& in);

/// `status` and `reason`, joined by "; ".
void add_reason(std::string& status, const std::string& reason);

/// Computes an index of the city from columns of counts, with the input's policy for unknown
/// cells, the range under its scenarios, and the reason where it is undefined.
CityValue city_index(const MetricInput& in, const std::vector<ColumnRef>& columns,
                     const std::function<double(GroupColumns)>& index);

/// Whether a district's value depends on its own cells alone or on those of the whole city.
enum class Reads : std::uint8_t { own_cells, whole_city };

/// The same for one value per district.
DistrictValues district_index(const MetricInput& in, const std::vector<ColumnRef>& columns,
                              Reads reads,
                              const std::function<std::vector<double>(GroupColumns)>& index);

/// The counts of `columns` under the input's policy, readable parts only, handed to `use`.
/// @returns what to say of unknown cells; empty where all are known
std::string with_readable(const MetricInput& in, const std::vector<ColumnRef>& columns,
                          const std::function<void(GroupColumns)>& use);

}  // namespace quartier::metrics
