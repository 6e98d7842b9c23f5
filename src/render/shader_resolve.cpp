#include "render/shader_resolve.h"

#include <array>
#include <cstddef>
#include <string>

namespace quartier::render {
namespace {

void set_line(const Program& program, const std::string& name, const ShaderLine& line) {
  glUniform4f(program.at(("u_" + name + "_line").c_str()), line.ink.rgb[0] / 255.0F,
              line.ink.rgb[1] / 255.0F, line.ink.rgb[2] / 255.0F, line.ink.opacity);
  glUniform1i(program.at(("u_" + name + "_width").c_str()), line.width);
}

void set_box(const Program& program, const char* name, const PixelBox& box) {
  glUniform4i(program.at(name), box.left, box.top, box.right, box.bottom);
}

}  // namespace

void LookupTable::upload(std::span<const std::uint32_t> values, GLenum format) {
  glBindBuffer(GL_TEXTURE_BUFFER, buffer_.name());
  glBufferData(GL_TEXTURE_BUFFER, static_cast<GLsizeiptr>(values.size_bytes()), values.data(),
               GL_DYNAMIC_DRAW);
  glBindTexture(GL_TEXTURE_BUFFER, texture_.name());
  glTexBuffer(GL_TEXTURE_BUFFER, format, buffer_.name());
  glBindBuffer(GL_TEXTURE_BUFFER, 0);
}

void LookupTable::bind(int unit) const {
  glActiveTexture(static_cast<GLenum>(GL_TEXTURE0 + unit));
  glBindTexture(GL_TEXTURE_BUFFER, texture_.name());
}

void ShaderResolve::draw(const Target& numbers, const ShaderResolveInput& input,
                         const Target& picture) const {
  picture.bind();
  resolve_.use();
  colours.bind(1);
  parents.bind(2);
  marks.bind(3);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, numbers.texture());
  glUniform1i(resolve_.at("u_numbers"), 0);
  glUniform1i(resolve_.at("u_colours"), 1);
  glUniform1i(resolve_.at("u_parents"), 2);
  glUniform1i(resolve_.at("u_marks"), 3);
  glUniform1i(resolve_.at("u_samples"), input.samples);
  glUniform1ui(resolve_.at("u_last_district"), input.last_district);
  glUniform1ui(resolve_.at("u_hover"), input.hover);
  set_line(resolve_, "district", input.district);
  set_line(resolve_, "parent", input.parent);
  set_line(resolve_, "selection", input.selection);
  set_line(resolve_, "hover", input.hovered);
  set_line(resolve_, "parent_casing", input.parent_casing);
  set_line(resolve_, "selection_casing", input.selection_casing);
  set_line(resolve_, "hover_casing", input.hover_casing);
  set_box(resolve_, "u_selection_box", input.selection_box);
  set_box(resolve_, "u_hover_box", input.hover_box);
  const Ink& hatch = input.hatch.ink;
  glUniform4f(resolve_.at("u_hatch_line"), hatch.rgb[0] / 255.0F, hatch.rgb[1] / 255.0F,
              hatch.rgb[2] / 255.0F, hatch.opacity);
  glUniform2f(resolve_.at("u_hatch"), static_cast<float>(input.hatch.spacing_px),
              input.hatch.width_px);
  glBindVertexArray(nothing_.name());
  glDrawArrays(GL_TRIANGLES, 0, 3);
  glBindVertexArray(0);
}

void ShaderResolve::draw_symbols(std::span<const PlacedSymbol> symbols,
                                 const Target& picture) const {
  if (symbols.empty()) return;
  picture.bind();
  point_.use();
  glUniform2f(point_.at("u_size"), static_cast<float>(picture.width()),
              static_cast<float>(picture.height()));
  glBindVertexArray(symbol_array_.name());
  glBindBuffer(GL_ARRAY_BUFFER, symbol_buffer_.name());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(symbols.size_bytes()), symbols.data(),
               GL_STREAM_DRAW);
  const std::array<std::size_t, 4> offsets{
      offsetof(PlacedSymbol, centre), offsetof(PlacedSymbol, radius), offsetof(PlacedSymbol, fill),
      offsetof(PlacedSymbol, outline)};
  for (GLuint i = 0; i < offsets.size(); ++i) {
    glEnableVertexAttribArray(i);
    glVertexAttribPointer(i, i < 2 ? 2 : 4, GL_FLOAT, GL_FALSE, sizeof(PlacedSymbol),
                          at_byte(offsets[i]));
    glVertexAttribDivisor(i, 1);
  }
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ZERO, GL_ONE);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(symbols.size()));
  glDisable(GL_BLEND);
  glBindVertexArray(0);
  glBindBuffer(GL_ARRAY_BUFFER, 0);
}

}  // namespace quartier::render
