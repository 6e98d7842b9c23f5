#version 330 core
// Draws round signs, one square for each: from the number of its vertex.
// Inputs
//   a_centre   of the sign, pixels from the top left of the picture
//   a_radius   outer radius and width of the outline, pixels
//   a_fill, a_outline  colours, 0 to 1
//   u_size     of the picture, pixels
layout(location = 0) in vec2 a_centre;
layout(location = 1) in vec2 a_radius;
layout(location = 2) in vec4 a_fill;
layout(location = 3) in vec4 a_outline;
uniform vec2 u_size;
flat out vec2 v_centre;
flat out vec2 v_radius;
flat out vec4 v_fill;
flat out vec4 v_outline;

void main() {
  v_centre = a_centre;
  v_radius = a_radius;
  v_fill = a_fill;
  v_outline = a_outline;
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1)) * 2.0 - 1.0;
  vec2 at = a_centre + corner * (a_radius.x + 1.0);
  gl_Position = vec4(2.0 * at / u_size - 1.0, 0.0, 1.0);
}
