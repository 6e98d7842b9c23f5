#pragma once
/// Private to study: what a metric is given, for a column or a row of results.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/registry.h"
#include "study/study.h"

namespace quartier::study {

/// Who neighbours and who surrounds whom in an edition, and by which settings; made once.
struct EditionWeights {
  SpatialWeights weights;
  std::string label;                                   ///< "queen, row-standardised"
  std::vector<metrics::EnvironmentSpec> environments;  ///< one per size, smallest first
  std::vector<DistrictIndex> centres;                  ///< of the city, where the study names any
  metrics::Conventions conventions;
  std::uint32_t level = no_index;  ///< position of the parent level of decompositions
};

EditionWeights weights_of(const Study& study, const StudyEdition& edition);

/// Why a metric cannot be computed for a date of an edition ("the districts have no shapes");
/// empty where it can.
std::string missing_for(const metrics::MetricEntry& entry, const Study& study,
                        const StudyEdition& edition, std::size_t date);

/// The input of a metric for one edition, date, group and service.
/// @param date      position among the edition's dates
/// @param service   position among the study's services; no_index: none
/// @param environment  position among the edition's environments
/// @param scenario  position among the study's scenarios, whose services and ways are then those of
///                  the input, and today's the earlier ones; no_index: today
/// @param fill      of hidden counts, for metrics of access: the input holds the counts as a reader
///                  sees them, never those that are hidden; none: the full counts, without a
///                  service
metrics::MetricInput metric_input(const Study& study, const StudyEdition& edition, std::size_t date,
                                  const EditionWeights& weights, GroupIndex group,
                                  GroupIndex reference, std::uint32_t service,
                                  std::size_t environment = 0, std::uint32_t scenario = no_index,
                                  std::optional<disclosure::Fill> fill = std::nullopt);

/// The groups whose counts a metric of access may read: everyone, the group and the reference (or
/// no_index), who needs the service, and the partition where the metric asks for it.
std::vector<GroupIndex> groups_read(const metrics::MetricEntry& entry, const Study& study,
                                    GroupIndex group, GroupIndex reference, std::uint32_t service);

/// Whether a hidden count of these groups is filled in at a date.
bool reads_hidden(const StudyEdition& edition, std::size_t date,
                  std::span<const GroupIndex> groups);

/// Why a metric cannot be computed for a service ("its sites publish no fees"); empty where it can.
std::string missing_for(const metrics::MetricEntry& entry, const Services& services);

/// Hands an input all services of the study, for metrics that read several at once.
/// @param scenario  as of `metric_input`
void add_services(const Study& study, const StudyEdition& edition, std::uint32_t scenario,
                  metrics::MetricInput& input);

/// The group the study shows first, and its reference (no_index: the rest).
/// @throws InputError where the study names a group that does not exist
GroupIndex first_group(const Study& study);
GroupIndex reference_group(const Study& study);

/// The groups that the study analyses: those it names, else every node but everyone.
/// @throws InputError where the study names a group that does not exist
std::vector<GroupIndex> analysed_groups(const Study& study);

/// A group by id or label. @throws InputError with the nearest one
GroupIndex group_named(const Study& study, std::string_view name, std::string_view wanted_by);

/// Everyone's label of a reference: "rest" for no_index.
std::string reference_label(const Study& study, GroupIndex reference);

/// True where a metric says who lives in a district rather than how they fare.
bool is_composition(const metrics::MetricEntry& entry);

}  // namespace quartier::study
