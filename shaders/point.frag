#version 330 core
// Inputs
//   v_centre   of the sign, pixels from the top left of the picture
//   v_radius   outer radius and width of the outline, pixels
//   v_fill, v_outline  colours, 0 to 1
flat in vec2 v_centre;
flat in vec2 v_radius;
flat in vec4 v_fill;
flat in vec4 v_outline;
layout(location = 0) out vec4 colour;

void main() {
  float from_centre = distance(gl_FragCoord.xy, v_centre);
  float inside = clamp(v_radius.x + 0.5 - from_centre, 0.0, 1.0);
  float filled = clamp(v_radius.x - v_radius.y + 0.5 - from_centre, 0.0, 1.0);
  colour = mix(v_outline, v_fill, filled);
  colour.a *= inside;
}
