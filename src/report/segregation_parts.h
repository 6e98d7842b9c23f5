#pragma once
/// Pieces of the report's chapter on segregation. Private to the room.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "metrics/result.h"
#include "report/report_html.h"

namespace quartier::report {

using ResultRows = std::vector<const metrics::ResultRow*>;

/// "name=value" pairs of a parameters text, in order.
std::vector<std::pair<std::string, std::string>> parameter_pairs(std::string_view parameters);

/// Value of one parameter; empty where it is not told.
std::string parameter_of(std::string_view parameters, std::string_view name);

/// "environment kernel; bandwidth 1 000 m": parameters for people.
std::string parameters_in_words(std::string_view parameters);

/// Whether `change_part` tells the metric.
bool told_as_change(const std::string& metric);

/// "p = 0.001"; empty where there is none.
std::string p_text(double p_value);

/// Tables of one family: groups by metrics at the latest date of its rows, at most seven columns
/// each, a column "by chance" where a row has an expected value; then metrics of the whole city
/// over dates; under them how they were computed.
std::string family_tables(const ReportContent& content, const std::string& label,
                          const ResultRows& rows);

/// A paragraph with the full names of labels longer than `letters`; nothing where none is.
std::string full_names(const std::vector<std::string>& labels, std::size_t letters);

/// A paragraph with the parameters that all rows of a metric share, told once for all metrics that
/// have the same; nothing where there are none.
std::string computed_how(const ResultRows& rows);

/// Charts, each with heading and a sentence on how to read it, or a sentence why there is none;
/// nothing where it would not belong.
std::string dissimilarity_part(const ReportContent& content);
std::string curves_part(const ReportContent& content);
std::string exposure_part(const ReportContent& content);
std::string scatter_part(const ReportContent& content);
std::string profile_part(const ReportContent& content);
std::string change_part(const ReportContent& content);

}  // namespace quartier::report
