#include "render/chunked_mesh.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "base/parallel.h"

namespace quartier::render {
namespace {

constexpr std::size_t chunk_districts = 256;
constexpr std::size_t grain = 1024;

struct Vertex {
  float x, y;
  std::uint32_t district;
};
static_assert(sizeof(Vertex) == 12);

/// Place of (x, y) on Hilbert's curve over a square of 2^16 cells: neighbours on the curve are
/// neighbours in the plane.
std::uint64_t hilbert(std::uint32_t x, std::uint32_t y) {
  std::uint64_t place = 0;
  for (std::uint32_t side = 1U << 15U; side > 0; side /= 2) {
    const std::uint32_t right = (x & side) > 0 ? 1U : 0U;
    const std::uint32_t up = (y & side) > 0 ? 1U : 0U;
    place += std::uint64_t{side} * side * ((3U * right) ^ up);
    if (up == 0) {
      if (right == 1) {
        x = 65535U - x;
        y = 65535U - y;
      }
      std::swap(x, y);
    }
  }
  return place;
}

std::vector<std::uint32_t> along_curve(const std::vector<Box>& boxes) {
  Box all;
  for (const Box& box : boxes) {
    if (box.empty()) continue;
    all.extend({box.min_x, box.min_y});
    all.extend({box.max_x, box.max_y});
  }
  const double span = std::max({all.max_x - all.min_x, all.max_y - all.min_y, 1e-9});
  std::vector<std::uint64_t> place(boxes.size(), 0);
  for (std::size_t d = 0; d < boxes.size(); ++d) {
    if (boxes[d].empty()) continue;
    const double x = ((boxes[d].min_x + boxes[d].max_x) / 2.0 - all.min_x) / span;
    const double y = ((boxes[d].min_y + boxes[d].max_y) / 2.0 - all.min_y) / span;
    place[d] =
        hilbert(static_cast<std::uint32_t>(65535.0 * x), static_cast<std::uint32_t>(65535.0 * y));
  }
  std::vector<std::uint32_t> order(boxes.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return place[a] != place[b] ? place[a] < place[b] : a < b;
  });
  return order;
}

std::span<const std::uint32_t> corners_of(const Mesh& mesh, std::size_t district) {
  const std::size_t begin = mesh.district_start[district];
  const std::size_t end = mesh.district_start[district + 1];
  return std::span(mesh.triangles).subspan(3 * begin, 3 * (end - begin));
}

/// The vertices a district uses: a run of the mesh's where it uses little else, else a sorted list.
struct UsedVertices {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  bool run = true;
};

std::vector<std::uint32_t> listed(std::span<const std::uint32_t> corners) {
  std::vector<std::uint32_t> used(corners.begin(), corners.end());
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

UsedVertices used_vertices(std::span<const std::uint32_t> corners) {
  if (corners.empty()) return {};
  const auto [least, greatest] = std::minmax_element(corners.begin(), corners.end());
  const std::uint32_t range = *greatest - *least + 1;
  if (range <= corners.size() + 2) return {*least, range, true};
  return {*least, static_cast<std::uint32_t>(listed(corners).size()), false};
}

/// Memory of a new buffer of OpenGL, written once.
template <typename T>
class Upload {
 public:
  Upload(GLenum target, std::size_t count) : target_(target), count_(count) {
    const auto bytes = static_cast<GLsizeiptr>(std::max<std::size_t>(count, 1) * sizeof(T));
    glBufferData(target, bytes, nullptr, GL_STATIC_DRAW);
    data_ = static_cast<T*>(
        glMapBufferRange(target, 0, bytes, GL_MAP_WRITE_BIT | GL_MAP_INVALIDATE_BUFFER_BIT));
    if (data_ == nullptr) {
      throw RenderError("the driver has no room for " + std::to_string(count) + " vertices",
                        "draw fewer districts, or simplify them");
    }
  }
  ~Upload() { glUnmapBuffer(target_); }
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;
  T* data() { return data_; }

 private:
  GLenum target_;
  std::size_t count_;
  T* data_ = nullptr;
};

}  // namespace

std::vector<Box> district_boxes(const Mesh& mesh) {
  std::vector<Box> boxes(mesh.district_count());
  for_chunks(boxes.size(), grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t d = begin; d < end; ++d) {
      for (const std::size_t vertex : corners_of(mesh, d)) {
        boxes[d].extend({mesh.xy[2 * vertex], mesh.xy[2 * vertex + 1]});
      }
    }
  });
  return boxes;
}

ChunkedMesh::ChunkedMesh(const Mesh& mesh, const std::vector<Box>& boxes)
    : centre_(mesh.centre), grid_m_(mesh.grid_m) {
  const std::size_t count = mesh.district_count();
  const std::vector<std::uint32_t> order = along_curve(boxes);
  std::vector<UsedVertices> used(count);
  for_chunks(count, grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) used[i] = used_vertices(corners_of(mesh, order[i]));
  });
  std::vector<std::uint32_t> vertex_start(count + 1, 0);
  std::vector<std::size_t> corner_start(count + 1, 0);
  for (std::size_t i = 0; i < count; ++i) {
    vertex_start[i + 1] = vertex_start[i] + used[i].count;
    corner_start[i + 1] = corner_start[i] + corners_of(mesh, order[i]).size();
    if (i % chunk_districts == 0) chunks_.push_back({{}, corner_start[i], corner_start[i]});
    Chunk& chunk = chunks_.back();
    chunk.corner_end = corner_start[i + 1];
    const Box& box = boxes[order[i]];
    if (box.empty()) continue;
    chunk.box.extend({box.min_x, box.min_y});
    chunk.box.extend({box.max_x, box.max_y});
  }

  glBindVertexArray(array_.name());
  glBindBuffer(GL_ARRAY_BUFFER, vertices_.name());
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, corners_.name());
  {
    Upload<Vertex> vertices(GL_ARRAY_BUFFER, vertex_start.back());
    Upload<std::uint32_t> corners(GL_ELEMENT_ARRAY_BUFFER, corner_start.back());
    for_chunks(count, grain, [&](std::size_t, std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) {
        const auto old_corners = corners_of(mesh, order[i]);
        const std::vector<std::uint32_t> list =
            used[i].run ? std::vector<std::uint32_t>() : listed(old_corners);
        for (std::uint32_t v = 0; v < used[i].count; ++v) {
          const std::size_t old = used[i].run ? used[i].first + v : list[v];
          vertices.data()[vertex_start[i] + v] = {mesh.xy[2 * old], mesh.xy[2 * old + 1], order[i]};
        }
        std::uint32_t* corner = corners.data() + corner_start[i];
        for (const std::uint32_t old : old_corners) {
          const auto place =
              used[i].run ? old - used[i].first
                          : static_cast<std::uint32_t>(
                                std::lower_bound(list.begin(), list.end(), old) - list.begin());
          *corner++ = vertex_start[i] + place;
        }
      }
    });
  }
  glEnableVertexAttribArray(0);
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(Vertex), nullptr);
  glEnableVertexAttribArray(1);
  glVertexAttribIPointer(1, 1, GL_UNSIGNED_INT, sizeof(Vertex), at_byte(2 * sizeof(float)));
  glBindVertexArray(0);
  glBindBuffer(GL_ARRAY_BUFFER, 0);
  check_gl("uploading a mesh");
}

void ChunkedMesh::draw(const FillProgram& fill, const Camera& camera, std::uint32_t first) const {
  const Point eye{camera.centre.x - centre_.x, camera.centre.y - centre_.y};
  const auto high_x = static_cast<float>(eye.x);
  const auto high_y = static_cast<float>(eye.y);
  glUniform2f(fill.eye_high, high_x, high_y);
  glUniform2f(fill.eye_low, static_cast<float>(eye.x - high_x), static_cast<float>(eye.y - high_y));
  // Clip space upside down, so that the first row of the image is the top of the picture.
  glUniform2f(fill.scale, static_cast<float>(2.0 / (camera.metres_per_pixel * camera.width)),
              static_cast<float>(-2.0 / (camera.metres_per_pixel * camera.height)));
  glUniform1ui(fill.first, first);

  const double half_width = camera.width / 2.0 * camera.metres_per_pixel;
  const double half_height = camera.height / 2.0 * camera.metres_per_pixel;
  std::vector<GLsizei> counts;
  std::vector<const void*> offsets;
  std::size_t last_end = 0;
  for (const Chunk& chunk : chunks_) {
    const bool seen = !chunk.box.empty() && chunk.box.max_x >= eye.x - half_width &&
                      chunk.box.min_x <= eye.x + half_width &&
                      chunk.box.max_y >= eye.y - half_height &&
                      chunk.box.min_y <= eye.y + half_height;
    if (!seen || chunk.corner_end == chunk.corner_begin) continue;
    const auto count = static_cast<GLsizei>(chunk.corner_end - chunk.corner_begin);
    if (!counts.empty() && last_end == chunk.corner_begin) {
      counts.back() += count;
    } else {
      counts.push_back(count);
      offsets.push_back(at_byte(chunk.corner_begin * sizeof(std::uint32_t)));
    }
    last_end = chunk.corner_end;
  }
  if (counts.empty()) return;
  glBindVertexArray(array_.name());
  glMultiDrawElements(GL_TRIANGLES, counts.data(), GL_UNSIGNED_INT, offsets.data(),
                      static_cast<GLsizei>(counts.size()));
  glBindVertexArray(0);
}

}  // namespace quartier::render
