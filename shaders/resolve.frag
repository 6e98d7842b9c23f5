#version 330 core
// Colours district numbers: pass 2 of the map. The same steps as src/render/resolve.cpp.
// Inputs
//   u_numbers         image of district numbers, u_samples x u_samples of them to a pixel
//   u_colours         per number: red, green, blue, 1 where hatched
//   u_parents         per number: number of its parent
//   u_marks           per number: 1 where selected
//   u_last_district   numbers above it are background layers
//   u_hover           number of the district under the cursor, 0: none
//   u_*_line          lines and the light casings below them: red, green, blue, opacity: 0 to 1
//   u_*_width         of that line, in samples, at most 24; 0: none
//   u_*_box           pixels that the line may touch: left, top, right, bottom
//   u_hatch_line      red, green, blue, opacity: 0 to 1
//   u_hatch           spacing and width of the hatch along a row, pixels
uniform usampler2D u_numbers;
uniform usamplerBuffer u_colours;
uniform usamplerBuffer u_parents;
uniform usamplerBuffer u_marks;
uniform int u_samples;
uniform uint u_last_district;
uniform uint u_hover;
uniform vec4 u_district_line;
uniform vec4 u_parent_line;
uniform vec4 u_selection_line;
uniform vec4 u_hover_line;
uniform vec4 u_parent_casing_line;
uniform vec4 u_selection_casing_line;
uniform vec4 u_hover_casing_line;
uniform int u_district_width;
uniform int u_parent_width;
uniform int u_selection_width;
uniform int u_hover_width;
uniform int u_parent_casing_width;
uniform int u_selection_casing_width;
uniform int u_hover_casing_width;
uniform ivec4 u_selection_box;
uniform ivec4 u_hover_box;
uniform vec4 u_hatch_line;
uniform vec2 u_hatch;
layout(location = 0) out vec4 colour;

const int by_district = 0;
const int by_parent = 1;
const int by_selection = 2;
const int by_hover = 3;

uint number_at(ivec2 at) { return texelFetch(u_numbers, at, 0).r; }

uint key_of(uint number, int rule) {
  if (rule == by_district) return number;
  if (rule == by_parent) return texelFetch(u_parents, int(number)).r;
  if (rule == by_selection) return texelFetch(u_marks, int(number)).r;
  return number == u_hover ? 1u : 0u;
}

bool parted(uint one, uint other, int rule) {
  return one != other && one <= u_last_district && other <= u_last_district &&
         key_of(one, rule) != key_of(other, rule);
}

// True where a line lies between this sample and the next to the right or below.
bool edge_at(ivec2 at, ivec2 size, int rule) {
  if (at.x < 0 || at.y < 0 || at.x >= size.x || at.y >= size.y) return false;
  uint here = number_at(at);
  if (at.x + 1 < size.x && parted(here, number_at(at + ivec2(1, 0)), rule)) return true;
  return at.y + 1 < size.y && parted(here, number_at(at + ivec2(0, 1)), rule);
}

// Share of the samples of a pixel that the line covers. The edges within its reach are collected
// row by row as bits; a sample is covered where any of the width x width edges round it is set.
float covered(ivec2 first, ivec2 size, int rule, int width) {
  if (width == 0) return 0.0;
  int span = u_samples + width - 1;
  ivec2 corner = first - width / 2;
  uint rows[4] = uint[4](0u, 0u, 0u, 0u);
  for (int y = 0; y < span; ++y) {
    uint edges = 0u;
    for (int x = 0; x < span; ++x) {
      if (edge_at(corner + ivec2(x, y), size, rule)) edges |= 1u << uint(x);
    }
    for (int s = 0; s < u_samples; ++s) {
      if (y >= s && y < s + width) rows[s] |= edges;
    }
  }
  uint reach = (1u << uint(width)) - 1u;
  int count = 0;
  for (int s = 0; s < u_samples; ++s) {
    for (int x = 0; x < u_samples; ++x) {
      if ((rows[s] & (reach << uint(x))) != 0u) ++count;
    }
  }
  return float(count) / float(u_samples * u_samples);
}

bool within(ivec2 pixel, ivec4 box) {
  return all(greaterThanEqual(pixel, box.xy)) && all(lessThan(pixel, box.zw));
}

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  ivec2 first = pixel * u_samples;
  ivec2 size = textureSize(u_numbers, 0);
  uvec4 sum = uvec4(0u);
  for (int y = 0; y < u_samples; ++y) {
    for (int x = 0; x < u_samples; ++x) {
      sum += texelFetch(u_colours, int(number_at(first + ivec2(x, y))));
    }
  }
  vec4 mean = vec4(sum) / float(u_samples * u_samples);
  vec3 rgb = mean.rgb / 255.0;

  float along = mod(float(pixel.x + pixel.y), u_hatch.x) + 0.5;
  float hatch = clamp(u_hatch.y / 2.0 + 0.5 - abs(along - u_hatch.x / 2.0), 0.0, 1.0);
  rgb = mix(rgb, u_hatch_line.rgb, mean.a * hatch * u_hatch_line.a);

  rgb = mix(rgb, u_district_line.rgb,
            u_district_line.a * covered(first, size, by_district, u_district_width));
  rgb = mix(rgb, u_parent_casing_line.rgb,
            u_parent_casing_line.a * covered(first, size, by_parent, u_parent_casing_width));
  rgb = mix(rgb, u_parent_line.rgb,
            u_parent_line.a * covered(first, size, by_parent, u_parent_width));
  if (within(pixel, u_selection_box)) {
    rgb = mix(rgb, u_selection_casing_line.rgb,
              u_selection_casing_line.a *
                  covered(first, size, by_selection, u_selection_casing_width));
    rgb = mix(rgb, u_selection_line.rgb,
              u_selection_line.a * covered(first, size, by_selection, u_selection_width));
  }
  if (within(pixel, u_hover_box)) {
    rgb = mix(rgb, u_hover_casing_line.rgb,
              u_hover_casing_line.a * covered(first, size, by_hover, u_hover_casing_width));
    rgb = mix(rgb, u_hover_line.rgb,
              u_hover_line.a * covered(first, size, by_hover, u_hover_width));
  }
  colour = vec4(rgb, 1.0);
}
