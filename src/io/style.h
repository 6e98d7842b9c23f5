#pragma once
/// Layer styles as text: the classes of a map in QGIS's own form (QML) and in OGC's (SLD).

#include <string>
#include <vector>

#include "io/layer_writer.h"

namespace quartier::io {

/// A class of a graduated map: lower < value <= upper (the first class holds its lower bound too).
struct StyleClass {
  double lower = 0.0;
  double upper = 0.0;
  std::string label;
  std::string colour;  ///< "#rrggbb"
};

/// How a column of numbers is drawn.
struct GraduatedStyle {
  std::string name;    ///< shown in QGIS's list of styles
  std::string column;  ///< of the layer; `column_state` is read where `with_states`
  std::vector<StyleClass> classes;
  std::string outline = "#ffffff";
  double outline_mm = 0.1;
  std::string no_data_colour = "#d9d9d9";
  std::string no_data_label = "no data";
  bool with_states = false;  ///< a further rule for rows whose state is "suppressed"
  std::string suppressed_colour = "#a6a6a6";
  std::string suppressed_label = "suppressed";
};

/// The style of polygons coloured by classes. Values beyond every class fall under no data.
/// @throws std::logic_error for a colour that is not "#rrggbb" or no class at all
LayerStyle graduated_style(const GraduatedStyle& style);

/// The style of points or lines in one colour. @param size_mm diameter, or width of the line
LayerStyle plain_point_style(const std::string& name, const std::string& colour, double size_mm);
LayerStyle plain_line_style(const std::string& name, const std::string& colour, double width_mm);

}  // namespace quartier::io
