#pragma once
/// A mesh on the graphics side: districts in chunks of neighbours, each with its box, so that a
/// view draws no more than the chunks it shows.

#include <cstdint>
#include <vector>

#include "domain/mesh.h"
#include "render/camera.h"
#include "render/gl.h"

namespace quartier::render {

/// Uniforms of the shader pair "fill".
struct FillProgram {
  Program program{"fill"};
  GLint eye_high = program.at("u_eye_high");
  GLint eye_low = program.at("u_eye_low");
  GLint scale = program.at("u_scale");
  GLint first = program.at("u_first");
};

/// Vertices, triangles and boxes of one mesh.
class ChunkedMesh {
 public:
  /// Uploads `mesh`. @param boxes  box of each district, metres from the mesh's centre
  /// (district_boxes)
  ChunkedMesh(const Mesh& mesh, const std::vector<Box>& boxes);

  /// Draws what `camera` shows; district i gets the number `first` + i.
  void draw(const FillProgram& fill, const Camera& camera, std::uint32_t first) const;

  [[nodiscard]] double grid_m() const { return grid_m_; }

 private:
  struct Chunk {
    Box box;  ///< metres from the centre
    std::size_t corner_begin = 0;
    std::size_t corner_end = 0;  ///< triangle corners in the index buffer
  };

  Point centre_;
  double grid_m_ = 0.0;
  Buffer vertices_;
  Buffer corners_;
  VertexArray array_;
  std::vector<Chunk> chunks_;
};

/// The box of every district, metres from the mesh's centre; empty without triangles. [district
/// count]
std::vector<Box> district_boxes(const Mesh& mesh);

}  // namespace quartier::render
