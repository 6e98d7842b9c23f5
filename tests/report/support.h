#pragma once
/// A small city to draw and tabulate: a grid of square districts, two boroughs.

#include <cstdint>
#include <string>
#include <vector>

#include "base/number.h"
#include "carto/choropleth.h"
#include "domain/districts.h"

namespace quartier::test {

/// columns x rows squares of `side_m` metres from (0, 0), row by row from the south; the western
/// half is borough "w", the eastern "e".
inline Districts square_city(int columns, int rows, double side_m) {
  Districts city;
  ParentLevel boroughs{"borough", "Borough", {"w", "e"}, {"West", "East"}, {}};
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      city.ids.push_back(std::to_string(city.ids.size()));
      city.names.push_back("District " + std::to_string(city.ids.size()));
      const double x = c * side_m;
      const double y = r * side_m;
      for (const Point p : {Point{x, y}, Point{x + side_m, y}, Point{x + side_m, y + side_m},
                            Point{x, y + side_m}}) {
        city.shapes.vertices.push_back(p);
      }
      city.shapes.close_ring();
      city.shapes.close_part();
      city.shapes.close_district();
      city.area_m2.push_back(side_m * side_m);
      city.perimeter_m.push_back(4 * side_m);
      city.centroids.push_back({x + side_m / 2, y + side_m / 2});
      boroughs.of_district.push_back(c < columns / 2 ? 0 : 1);
    }
  }
  city.crs.name = "EPSG:25831";
  city.levels.push_back(boroughs);
  return city;
}

/// A map of 0, 1, 2 ... in four classes; district 1 has no data, district 2 is suppressed.
inline carto::Choropleth counting_map(std::size_t district_count) {
  std::vector<double> values;
  std::vector<std::uint8_t> suppressed(district_count, 0);
  for (std::size_t d = 0; d < district_count; ++d) values.push_back(static_cast<double>(d) / 100);
  if (district_count > 2) {
    values[1] = undefined;
    suppressed[2] = 1;
  }
  return carto::choropleth(values, suppressed, carto::equal_interval_breaks(values, 4),
                           {.title = "Share of residents", .unit = "%", .factor = 100.0});
}

}  // namespace quartier::test
