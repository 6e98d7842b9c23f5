#pragma once
/// Private to study: the points of a vector layer as a table, for the readers of services and
/// streets.

#include <string>
#include <vector>

#include "io/table.h"
#include "io/vector_reader.h"

namespace quartier::study {

/// Columns that carry the coordinates of a vector layer's features through the table readers.
inline constexpr const char* x_column = "\x1Fx";
inline constexpr const char* y_column = "\x1Fy";

/// The features of a point layer as a table that the table readers take.
io::RawTable table_of_points(const io::PointLayer& points, const std::vector<std::string>& fields,
                             const std::string& file);

}  // namespace quartier::study
