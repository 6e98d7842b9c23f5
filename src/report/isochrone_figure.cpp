#include "report/isochrone_figure.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/number.h"
#include "base/text.h"
#include "carto/colour.h"
#include "report/html_parts.h"
#include "report/layer_style.h"
#include "report/map_page.h"
#include "report/markup.h"
#include "report/simplified.h"

namespace quartier::report {
namespace {

constexpr double map_width = 640.0;
constexpr double most_height = 620.0;
constexpr double margin = 6.0;
constexpr int steps = 2;
constexpr double slack = 1.0;  ///< steps that a vertex of an outline may be off
constexpr std::uint8_t see_through = 190;

const std::string ground = "#f1f3f5";
const std::string boundary = "#c3cbd3";
const std::string site_colour = "#18222d";
/// Within the whole cutoff, and within a part of it.
const carto::Colour calm = carto::rgb(0x9CCBD6);
const carto::Colour darker = carto::rgb(0x3C8BA5);

/// A view of all districts, as wide as the figure or as high as it may be.
MapView view_of(const Districts& districts) {
  const Box box = bounds_of(districts.shapes.vertices);
  const double width_m = std::max(box.max_x - box.min_x, 1.0);
  const double height_m = std::max(box.max_y - box.min_y, 1.0);
  MapView view;
  view.centre = {(box.min_x + box.max_x) / 2.0, (box.min_y + box.max_y) / 2.0};
  view.metres_per_pixel =
      std::max(width_m / (map_width - 2.0 * margin), height_m / (most_height - 2.0 * margin));
  view.width = static_cast<int>(map_width);
  view.height = static_cast<int>(std::ceil(height_m / view.metres_per_pixel + 2.0 * margin));
  return view;
}

double distance_to_line(GridPoint p, GridPoint a, GridPoint b) {
  const double x = b.x - a.x;
  const double y = b.y - a.y;
  const double length = std::hypot(x, y);
  if (length == 0.0) return std::hypot(p.x - a.x, p.y - a.y);
  return std::abs(x * (p.y - a.y) - y * (p.x - a.x)) / length;
}

/// Marks the vertices between two others that are needed for lines to stay within `slack` of them
/// (Douglas & Peucker 1973).
void mark_needed(const std::vector<GridPoint>& ring, std::size_t first, std::size_t last,
                 std::vector<bool>& needed) {
  std::size_t farthest = first;
  double distance = slack;
  for (std::size_t k = first + 1; k < last; ++k) {
    const double off = distance_to_line(ring[k], ring[first], ring[last % ring.size()]);
    if (off <= distance) continue;
    distance = off;
    farthest = k;
  }
  if (farthest == first) return;
  needed[farthest] = true;
  mark_needed(ring, first, farthest, needed);
  mark_needed(ring, farthest, last, needed);
}

/// Outlines of one shape, with fewer vertices; specks are dropped.
std::vector<GridRings> outline_of(const Polygons& area, const MapView& view) {
  std::vector<GridRings> shapes = simplified(area, view, steps);
  for (GridRings& rings : shapes) {
    GridRings kept;
    for (const std::vector<GridPoint>& ring : rings) {
      std::vector<bool> needed(ring.size(), false);
      needed[0] = true;
      mark_needed(ring, 0, ring.size(), needed);
      std::vector<GridPoint> points;
      for (std::size_t k = 0; k < ring.size(); ++k) {
        if (needed[k]) points.push_back(ring[k]);
      }
      if (points.size() >= 3) kept.push_back(std::move(points));
    }
    rings = std::move(kept);
  }
  return shapes;
}

/// Rings as one path in steps of the grid, each vertex told by its way from the one before.
std::string path_of(const std::vector<GridRings>& shapes) {
  std::string path;
  for (const GridRings& rings : shapes) {
    for (const std::vector<GridPoint>& ring : rings) {
      path += "M" + std::to_string(ring.front().x) + " " + std::to_string(ring.front().y) + "l";
      for (std::size_t k = 1; k < ring.size(); ++k) {
        const std::int32_t x = ring[k].x - ring[k - 1].x;
        const std::int32_t y = ring[k].y - ring[k - 1].y;
        if (k > 1 && x >= 0) path += " ";
        path += std::to_string(x) + (y < 0 ? "" : " ") + std::to_string(y);
      }
      path += "z";
    }
  }
  return path;
}

std::string filled(const std::vector<GridRings>& shapes, const std::string& attributes) {
  return "<path fill-rule=\"evenodd\" " + attributes + " d=\"" + path_of(shapes) + "\"/>";
}

std::string dots(const std::vector<Point>& places, const MapView& view) {
  std::string marks;
  for (const Point place : places) {
    const Point at = view.pixel_of(place);
    if (!(at.x >= 0.0 && at.y >= 0.0 && at.x <= view.width && at.y <= view.height)) continue;
    marks +=
        "<circle cx=\"" + coordinate(at.x, 1) + "\" cy=\"" + coordinate(at.y, 1) + "\" r=\"2.6\"/>";
  }
  return "<g fill=\"" + site_colour + "\" stroke=\"#fff\" stroke-width=\"0.9\">" + marks + "</g>";
}

std::string scale_of(const MapView& view) {
  const ScaleBar bar = scale_bar(view.metres_per_pixel, 0.2 * view.width);
  const std::string y = std::to_string(view.height - 8);
  const std::string end = coordinate(margin + bar.length, 1);
  return "<path stroke=\"" + site_colour + "\" stroke-width=\"1.5\" fill=\"none\" d=\"M" +
         coordinate(margin) + " " + std::to_string(view.height - 13) + "V" + y + "H" + end + "V" +
         std::to_string(view.height - 13) + "\"/><text class=\"s\" x=\"" +
         coordinate(margin + bar.length + 6.0, 1) + "\" y=\"" + y + "\">" + escaped(bar.label) +
         "</text>";
}

std::string length_of(const study::Isochrone& one) {
  return display_text(one.cutoff, std::round(one.cutoff) == one.cutoff ? 0 : 1) + "\xC2\xA0" +
         one.unit;
}

/// "800 m along the streets", "15 min along the streets, cycling", "800 m in a straight line ...".
std::string way_of(const study::Isochrone& one) {
  const std::string streets = "streets";
  if (!one.along_streets) return length_of(one) + " (straight line times detour factor)";
  return length_of(one) + " along the streets" +
         (one.ways.starts_with(streets) ? one.ways.substr(streets.size()) : "");
}

std::string area_of(const study::Isochrone& one) {
  return display_text(one.area_km2, one.area_km2 < 100.0 ? 1 : 0) + "\xC2\xA0km²";
}

std::string sentence_of(const study::Isochrone& one, bool first) {
  const std::string way = first ? way_of(one) : length_of(one);
  if (one.area.part_count() == 0) return "Nowhere is a site within " + way + ".";
  if (!is_defined(one.share_of_residents)) return "Within " + way + ": " + area_of(one) + ".";
  return shown_value(one.share_of_residents, "share", true) + " of residents live within " + way +
         "; " + area_of(one) + ".";
}

carto::Colour colour_of_part(std::size_t position) { return position == 0 ? calm : darker; }

std::string key_of(const std::vector<const study::Isochrone*>& order, const std::string& label) {
  std::string key;
  for (std::size_t k = 0; k < order.size(); ++k) {
    key += "<span><i style=\"background:" + carto::hex_text(colour_of_part(k)) + "\"></i>within " +
           escaped(length_of(*order[k])) + "</span>";
  }
  return "<p class=\"key\">" + key + "<span><i style=\"background:" + site_colour +
         ";width:9px;height:9px;border-radius:50%;vertical-align:1px\"></i>" + escaped(label) +
         "</span></p>";
}

}  // namespace

std::string isochrone_figure(const Districts& districts, const study::ServicePoints& sites,
                             std::span<const study::Isochrone> isochrones) {
  if (isochrones.empty() || districts.shapes.vertices.empty()) return {};
  std::vector<const study::Isochrone*> order;
  for (const study::Isochrone& one : isochrones) order.push_back(&one);
  std::stable_sort(
      order.begin(), order.end(),
      [](const study::Isochrone* a, const study::Isochrone* b) { return a->cutoff > b->cutoff; });
  const MapView view = view_of(districts);
  std::string caption = sentence_of(*order.front(), true);
  for (std::size_t k = 1; k < order.size(); ++k) caption += " " + sentence_of(*order[k], false);

  const std::vector<GridRings> outlines = simplified(districts.shapes, view, steps);
  const std::string on_grid = "<g transform=\"scale(" + coordinate(1.0 / steps, 4) + ")\">";
  const std::string title = sites.label + ": what is within reach";
  std::string svg = "<svg class=\"chart\" style=\"max-width:" + std::to_string(view.width) +
                    "px\" viewBox=\"0 0 " + std::to_string(view.width) + " " +
                    std::to_string(view.height) + "\" role=\"img\" aria-label=\"" +
                    escaped(title + ". " + caption) + "\"><title>" + escaped(title) + "</title>";
  // The boundaries are drawn twice, below and above, and written once.
  const std::string id = "reach-" + escaped(sites.id);
  svg += "<defs>" + filled(outlines, "id=\"" + id + "\"") + "</defs>" + on_grid;
  svg += "<use href=\"#" + id + "\" fill=\"" + ground + "\"/>";
  for (std::size_t k = 0; k < order.size(); ++k) {
    svg += filled(outline_of(order[k]->area, view),
                  "fill=\"" + carto::hex_text(colour_of_part(k)) + "\"");
  }
  svg += "<use href=\"#" + id + "\" fill=\"none\" stroke=\"" + boundary +
         "\" stroke-width=\"1.4\" stroke-linejoin=\"round\"/>";
  svg += "</g>" + dots(sites.places, view) + scale_of(view) + "</svg>";
  return "<figure class=\"reach\">" + key_of(order, sites.label) + svg + "<figcaption>" +
         escaped(caption) + "</figcaption></figure>\n";
}

study::LayerStyleText isochrone_style() {
  constexpr double between_half_and_whole = 0.75;
  const auto clear = [](carto::Colour colour) {
    colour.a = see_through;
    return colour;
  };
  LayerStyle style;
  style.name = "isochrones";
  style.value_field = "part";
  style.breaks.edges = {0.0, between_half_and_whole, 1.0};
  style.legend.title = "Within reach";
  style.legend.entries = {{"within half of the cutoff", clear(darker)},
                          {"within the cutoff", clear(calm)}};
  return {style.name, style.legend.title, layer_qml(style), layer_sld(style)};
}

}  // namespace quartier::report
