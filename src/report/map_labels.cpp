// Names on the map: where a district can hold one, and which of them fit beside each other.

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <vector>

#include "report/page_layout.h"

namespace quartier::report {
namespace {

constexpr double least_room_px = 24.0;
constexpr double air = 3.0;  ///< round a name, page units
// With more dots than this they cannot be avoided, and looking at each takes time.
constexpr std::size_t most_dots = 5000;

/// A level line through a shape, between two of its boundaries.
struct Chord {
  double left = 0.0;
  double right = 0.0;
  [[nodiscard]] double length() const { return right - left; }
};

/// The longest level chord of part `part` at height y.
Chord longest_chord(const Polygons& shapes, std::size_t part, double y) {
  std::vector<double> crossings;
  for (std::size_t r = shapes.part_start[part]; r < shapes.part_start[part + 1]; ++r) {
    const std::span<const Point> ring = shapes.ring(r);
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Point a = ring[i];
      const Point b = ring[i + 1 == ring.size() ? 0 : i + 1];
      if ((a.y <= y) == (b.y <= y)) continue;
      crossings.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
    }
  }
  std::sort(crossings.begin(), crossings.end());
  Chord longest;
  for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
    const Chord chord{crossings[i], crossings[i + 1]};
    if (chord.length() > longest.length()) longest = chord;
  }
  return longest;
}

Box bounds_of_part(const Polygons& shapes, std::size_t part) {
  return bounds_of(shapes.ring(shapes.part_start[part]));
}

/// The part with the largest box.
std::size_t largest_part(const Polygons& shapes, std::size_t district) {
  std::size_t largest = shapes.district_start[district];
  double largest_size = -1.0;
  for (std::size_t p = shapes.district_start[district]; p < shapes.district_start[district + 1];
       ++p) {
    const Box box = bounds_of_part(shapes, p);
    const double size = (box.max_x - box.min_x) * (box.max_y - box.min_y);
    if (size > largest_size) {
      largest_size = size;
      largest = p;
    }
  }
  return largest;
}

/// The chord that best holds a name: long, and near the middle of the shape.
MapLabel label_in(const Polygons& shapes, std::size_t part, const MapView& view) {
  constexpr int lines = 9;
  const Box box = bounds_of_part(shapes, part);
  double best_score = 0.0;
  MapLabel label;
  for (int k = 1; k <= lines; ++k) {
    const double t = static_cast<double>(k) / (lines + 1);
    const double y = box.min_y + t * (box.max_y - box.min_y);
    const Chord chord = longest_chord(shapes, part, y);
    const double score = chord.length() * (1.0 - 1.2 * std::abs(t - 0.5));
    if (score <= best_score) continue;
    best_score = score;
    label.at = view.pixel_of({(chord.left + chord.right) / 2, y});
    label.room_px = chord.length() / view.metres_per_pixel;
  }
  return label;
}

struct Placed {
  PageBox box;
  PangoText text;
};

bool overlap(const PageBox& a, const PageBox& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

bool inside(const PageBox& box, const PageBox& frame) {
  constexpr double edge = 4.0;
  return box.x >= frame.x + edge && box.y >= frame.y + edge &&
         box.x + box.width <= frame.x + frame.width - edge &&
         box.y + box.height <= frame.y + frame.height - edge;
}

/// The name in one line, or in two or three narrower ones where that makes it fit.
PangoText fitted(cairo_t* cairo, const std::string& name, double room) {
  TextStyle style{.size = 12.0, .weight = 500, .align = TextAlign::centre};
  PangoText text = set_text(cairo, name, style);
  const double full = width_of(text.get());
  if (room <= 0.0 || full <= room) return text;
  for (const int lines : {2, 3}) {
    style.width = std::max(full / lines * 1.25, 36.0);
    style.lines = lines;
    PangoText wrapped = set_text(cairo, name, style);
    pango_layout_set_wrap(wrapped.get(), PANGO_WRAP_WORD);
    if (pango_layout_is_ellipsized(wrapped.get()) != 0) continue;
    int widest = 0;
    PangoRectangle extents{};
    pango_layout_get_extents(wrapped.get(), nullptr, &extents);
    widest = extents.width;
    const double needed = static_cast<double>(widest) / PANGO_SCALE;
    if (needed > room || needed > style.width + 0.5) continue;
    pango_layout_set_width(wrapped.get(), widest + PANGO_SCALE / 4);
    return wrapped;
  }
  return nullptr;
}

/// The box round a name: in its middle, or a little above or below where that keeps it off a dot.
/// Other names are never touched; where nothing else helps, dots are. Nothing: no room.
std::optional<PageBox> free_place(const PageBox& frame, const MapLabel& label, double scale,
                                  PangoLayout* text, const std::vector<Placed>& placed,
                                  const std::vector<PageBox>& dots) {
  const double width = width_of(text) + 2 * air;
  const double height = height_of(text) + 2 * air;
  const double reach = std::min(label.room_px / scale * 0.22, 22.0);
  std::optional<PageBox> on_dots;
  for (const double shift : {0.0, -0.5, 0.5, -1.0, 1.0}) {
    const PageBox box{frame.x + label.at.x / scale - width / 2,
                      frame.y + label.at.y / scale - height / 2 + shift * reach, width, height};
    bool free = inside(box, frame);
    for (const Placed& other : placed) free = free && !overlap(box, other.box);
    if (!free) continue;
    bool clear = true;
    for (const PageBox& dot : dots) clear = clear && !overlap(box, dot);
    if (clear) return box;
    if (!on_dots) on_dots = box;
  }
  return on_dots;
}

}  // namespace

std::vector<MapLabel> district_labels(const Districts& districts, const MapView& view,
                                      std::size_t most) {
  struct Candidate {
    std::size_t district = 0;
    double size = 0.0;
  };
  const Polygons& shapes = districts.shapes;
  const double area_px = view.metres_per_pixel * view.metres_per_pixel;
  std::vector<Candidate> candidates;
  for (std::size_t d = 0; d < districts.size(); ++d) {
    if (!shapes.has_shape(d) || districts.names[d].empty()) continue;
    const Point at = view.pixel_of(districts.centroids[d]);
    const bool seen = at.x >= 0 && at.y >= 0 && at.x < view.width && at.y < view.height;
    const double size = districts.area_m2[d] / area_px;
    if (seen && size >= least_room_px * least_room_px / 2) candidates.push_back({d, size});
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.size > b.size; });
  if (candidates.size() > most) candidates.resize(most);

  std::vector<MapLabel> labels;
  for (const Candidate& candidate : candidates) {
    MapLabel label = label_in(shapes, largest_part(shapes, candidate.district), view);
    if (label.room_px < least_room_px) continue;
    label.text = districts.names[candidate.district];
    label.priority = candidate.size;
    labels.push_back(std::move(label));
  }
  return labels;
}

void draw_labels(cairo_t* cairo, const MapPage& page, const PixelBox& map) {
  const double scale = page.size.scale;
  const PageBox frame{map.x / scale, map.y / scale, map.width / scale, map.height / scale};
  std::vector<std::size_t> order(page.labels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return page.labels[a].priority > page.labels[b].priority;
  });

  std::vector<PageBox> dots;
  for (const MapSites& sites : page.sites) {
    for (std::size_t i = 0; i < sites.at.size() && dots.size() < most_dots; ++i) {
      constexpr double radius = 3.0;
      dots.push_back({frame.x + sites.at[i].x / scale - radius,
                      frame.y + sites.at[i].y / scale - radius, 2 * radius, 2 * radius});
    }
  }

  std::vector<Placed> placed;
  for (const std::size_t i : order) {
    const MapLabel& label = page.labels[i];
    // A name may reach a little over the edge of its district: the halo keeps it legible.
    PangoText text = fitted(cairo, label.text, label.room_px / scale * 1.1);
    if (!text) continue;
    const std::optional<PageBox> found = free_place(frame, label, scale, text.get(), placed, dots);
    if (!found) continue;
    const PageBox& box = *found;
    cairo_move_to(cairo, box.x + air, box.y + air);
    pango_cairo_layout_path(cairo, text.get());
    set_ink(cairo, ink(0xFFFFFF, 0.85));
    cairo_set_line_width(cairo, 3.2);
    cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cairo);
    show_text(cairo, text.get(), box.x + air, box.y + air, ink_text);
    placed.push_back({box, std::move(text)});
  }
}

}  // namespace quartier::report
