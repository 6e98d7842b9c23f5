#pragma once
/// The shaders of `shaders/`, embedded in the program when it is built.

#include <span>
#include <string_view>

namespace quartier::render {

struct Shader {
  std::string_view name;  ///< file name: "fill.vert"
  const char* code;
};

std::span<const Shader> shaders();

}  // namespace quartier::render
