#pragma once
/// Results as tidy CSV: one value per row, every condition of it in columns. An undefined, unknown
/// or hidden value is an empty cell with the reason in `status`; identifiers are text.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "domain/districts.h"
#include "domain/groups.h"
#include "metrics/result.h"
#include "study/publication.h"

namespace quartier::report {

/// The word in `status` for a cell: empty where it is shown, else "undefined", "no data" or
/// "suppressed".
std::string_view status_of(study::ValueState state);

/// The word for a count of which finer cells are hidden at the source.
inline constexpr std::string_view at_least_status = "at least";

/// Rows of city-wide results (`segregation.csv`, `access.csv`), in the columns of
/// `metrics::result_columns`.
std::string results_csv(std::span<const metrics::ResultRow> rows);

/// The header row of `districts.csv`: `district`, then the columns of `metrics::result_columns`.
std::string district_values_header();

/// The rows of one published column, one per district in district order: appended to `out`, so that
/// a long table can be written in pieces. Group and reference are written by label, as in
/// `results_csv`; a cost that is never reached is "inf" with status "unreachable".
/// @throws std::logic_error where the column does not have one value per district
void append_district_values(std::string& out, const study::Column& column,
                            const Districts& districts, const Groups& groups);

/// `priorities.csv`: for each ranking, district by district from rank 1 (those without a score
/// last), one row per indicator of the profile. Columns `profile,district,name,rank,score,coverage,
/// indicator,domain,lever,direction,weight,date,unit,value,contribution,status`. An indicator that
/// only a higher level can move has no contribution and status "ask list"; a district with a rank
/// whose score would give a hidden contribution away has an empty score.
/// @param editions  the districts of each edition; rankings name them by position
/// @throws std::logic_error for a ranking that does not fit its edition
std::string priorities_csv(std::span<const study::PublishedRanking> rankings,
                           std::span<const Districts* const> editions);

/// `findings.csv`: `severity,kind,file,layer,count,rows,message,way_out`, in the order given.
std::string findings_csv(std::span<const Finding> findings);

/// `ledger.csv`: `file,layer,unit,read,used,excluded,rejected,closes` ("yes" or "no").
std::string ledger_csv(std::span<const Ledger> ledgers);

/// Positions of the districts of a ranking in order of rank, those without one last, ties in
/// district order.
std::vector<DistrictIndex> by_rank(const study::PublishedRanking& ranking);

}  // namespace quartier::report
