#version 330 core
// Draws district numbers: pass 1 of the map.
// Inputs
//   a_place     metres east, north of the centre of the mesh
//   a_district  position of the district in its table
//   u_eye_high, u_eye_low  middle of the picture, metres from the centre of the mesh, in two parts
//                          that add up to a double
//   u_scale     from metres to clip space: 2 / (metres per pixel * pixels), y downwards
//   u_first     number of district 0
layout(location = 0) in vec2 a_place;
layout(location = 1) in uint a_district;
uniform vec2 u_eye_high;
uniform vec2 u_eye_low;
uniform vec2 u_scale;
uniform uint u_first;
flat out uint v_number;

void main() {
  v_number = u_first + a_district;
  gl_Position = vec4(((a_place - u_eye_high) - u_eye_low) * u_scale, 0.0, 1.0);
}
