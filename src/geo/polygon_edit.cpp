#include "geo/polygon_edit.h"

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "base/parallel.h"

namespace quartier::geo {

Polygons without(const Polygons& shapes, const std::vector<bool>& dropped) {
  expects(dropped.size() == shapes.district_count(), "without: one mark per district");
  Polygons kept;
  kept.vertices.reserve(shapes.vertices.size());
  for (std::size_t i = 0; i < dropped.size(); ++i) {
    if (!dropped[i]) {
      for (std::uint32_t p = shapes.district_start[i]; p < shapes.district_start[i + 1]; ++p) {
        for (std::uint32_t r = shapes.part_start[p]; r < shapes.part_start[p + 1]; ++r) {
          const std::span<const Point> ring = shapes.ring(r);
          kept.vertices.insert(kept.vertices.end(), ring.begin(), ring.end());
          kept.close_ring();
        }
        kept.close_part();
      }
    }
    kept.close_district();
  }
  return kept;
}

Polygons joined(std::vector<Polygons>& pieces) {
  struct Offset {
    std::uint64_t vertices = 0, rings = 0, parts = 0, districts = 0;
  };
  std::vector<Offset> offsets(pieces.size() + 1);
  for (std::size_t k = 0; k < pieces.size(); ++k) {
    offsets[k + 1] = {offsets[k].vertices + pieces[k].vertices.size(),
                      offsets[k].rings + pieces[k].ring_count(),
                      offsets[k].parts + pieces[k].part_count(),
                      offsets[k].districts + pieces[k].district_count()};
  }
  const Offset& all = offsets.back();
  if (all.vertices >= std::numeric_limits<std::uint32_t>::max()) {
    throw GeometryError("a layer of more than 4,294,967,294 vertices cannot be held",
                        "split the layer, or simplify its shapes");
  }
  Polygons whole;
  whole.vertices.resize(all.vertices);
  whole.ring_start.resize(all.rings + 1);
  whole.part_start.resize(all.parts + 1);
  whole.district_start.resize(all.districts + 1);
  for_chunks(pieces.size(), 1, [&](std::size_t k, std::size_t, std::size_t) {
    Polygons& piece = pieces[k];
    const Offset& at = offsets[k];
    std::copy(piece.vertices.begin(), piece.vertices.end(),
              whole.vertices.begin() + static_cast<std::ptrdiff_t>(at.vertices));
    const auto shift = [](const std::vector<std::uint32_t>& from, std::vector<std::uint32_t>& to,
                          std::uint64_t first, std::uint64_t added) {
      for (std::size_t i = 1; i < from.size(); ++i) {
        to[first + i] = from[i] + static_cast<std::uint32_t>(added);
      }
    };
    shift(piece.ring_start, whole.ring_start, at.rings, at.vertices);
    shift(piece.part_start, whole.part_start, at.parts, at.rings);
    shift(piece.district_start, whole.district_start, at.districts, at.parts);
    piece = Polygons{};
  });
  return whole;
}

}  // namespace quartier::geo
