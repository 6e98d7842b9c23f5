#include "study/point_table.h"

#include "base/text.h"

namespace quartier::study {

io::RawTable table_of_points(const io::PointLayer& points, const std::vector<std::string>& fields,
                             const std::string& file) {
  std::vector<std::string> header = fields;
  header.emplace_back(x_column);
  header.emplace_back(y_column);
  io::RawTable table(file, header);
  std::vector<std::string> cells(header.size());
  for (std::size_t i = 0; i < points.table.size(); ++i) {
    for (std::size_t f = 0; f < fields.size(); ++f) cells[f] = points.table.texts[f][i];
    cells[fields.size()] = exact_text(points.places[i].x);
    cells[fields.size() + 1] = exact_text(points.places[i].y);
    table.add_row(i + 1, cells);
  }
  return table;
}

}  // namespace quartier::study
