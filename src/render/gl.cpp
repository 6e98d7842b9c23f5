#include "render/gl.h"

#include <string>

#include "base/error.h"
#include "render/shaders.h"

namespace quartier::render {
namespace {

class ShaderObject {
 public:
  ShaderObject(GLenum stage, const std::string& name) : shader_(glCreateShader(stage)) {
    const char* code = nullptr;
    for (const Shader& entry : shaders()) {
      if (entry.name == name) code = entry.code;
    }
    expects(code != nullptr, "Program: a shader that was embedded");
    glShaderSource(shader_, 1, &code, nullptr);
    glCompileShader(shader_);
    GLint ok = GL_FALSE;
    glGetShaderiv(shader_, GL_COMPILE_STATUS, &ok);
    if (ok == GL_TRUE) return;
    std::string words(2048, '\0');
    GLsizei length = 0;
    glGetShaderInfoLog(shader_, static_cast<GLsizei>(words.size()), &length, words.data());
    words.resize(static_cast<std::size_t>(length));
    glDeleteShader(shader_);
    throw RenderError("shader " + name + ": " + words, "update the graphics driver");
  }
  ~ShaderObject() { glDeleteShader(shader_); }
  ShaderObject(const ShaderObject&) = delete;
  ShaderObject& operator=(const ShaderObject&) = delete;
  [[nodiscard]] GLuint name() const { return shader_; }

 private:
  GLuint shader_;
};

const char* words_of(GLenum error) {
  switch (error) {
    case GL_INVALID_ENUM:
      return "invalid enum";
    case GL_INVALID_VALUE:
      return "invalid value";
    case GL_INVALID_OPERATION:
      return "invalid operation";
    case GL_INVALID_FRAMEBUFFER_OPERATION:
      return "invalid framebuffer operation";
    case GL_OUT_OF_MEMORY:
      return "out of memory";
    default:
      return "unknown error";
  }
}

}  // namespace

Program::Program(std::string_view name) {
  const ShaderObject vertex(GL_VERTEX_SHADER, std::string(name) + ".vert");
  const ShaderObject fragment(GL_FRAGMENT_SHADER, std::string(name) + ".frag");
  glAttachShader(program_.name(), vertex.name());
  glAttachShader(program_.name(), fragment.name());
  glLinkProgram(program_.name());
  GLint ok = GL_FALSE;
  glGetProgramiv(program_.name(), GL_LINK_STATUS, &ok);
  if (ok != GL_TRUE) {
    std::string words(2048, '\0');
    GLsizei length = 0;
    glGetProgramInfoLog(program_.name(), static_cast<GLsizei>(words.size()), &length, words.data());
    words.resize(static_cast<std::size_t>(length));
    throw RenderError("shaders " + std::string(name) + " do not link: " + words,
                      "update the graphics driver");
  }
  glDetachShader(program_.name(), vertex.name());
  glDetachShader(program_.name(), fragment.name());
}

void Target::resize(int width, int height) {
  if (width == width_ && height == height_) return;
  const bool numbers = format_ == GL_R32UI;
  glBindTexture(GL_TEXTURE_2D, texture_.name());
  glTexImage2D(GL_TEXTURE_2D, 0, static_cast<GLint>(format_), width, height, 0,
               numbers ? GL_RED_INTEGER : GL_RGBA, numbers ? GL_UNSIGNED_INT : GL_UNSIGNED_BYTE,
               nullptr);
  const GLint filter = numbers ? GL_NEAREST : GL_LINEAR;
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glBindFramebuffer(GL_FRAMEBUFFER, frame_.name());
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_.name(), 0);
  if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
    throw RenderError("the driver cannot draw a picture of " + std::to_string(width) + " x " +
                          std::to_string(height) + " samples",
                      "ask for a smaller picture, or update the graphics driver");
  }
  check_gl("making room for the picture");
  width_ = width;
  height_ = height;
}

void Target::bind() const {
  glBindFramebuffer(GL_FRAMEBUFFER, frame_.name());
  glViewport(0, 0, width_, height_);
}

void plain_state() {
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_STENCIL_TEST);
  glDisable(GL_SCISSOR_TEST);
  glDisable(GL_CULL_FACE);
  glDisable(GL_BLEND);
  glDisable(GL_FRAMEBUFFER_SRGB);
  glDisable(GL_PRIMITIVE_RESTART);
  glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glPixelStorei(GL_PACK_ALIGNMENT, 4);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glPixelStorei(GL_PACK_ROW_LENGTH, 0);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
  glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
}

void check_gl(const char* doing) {
  const GLenum error = glGetError();
  if (error == GL_NO_ERROR) return;
  throw RenderError(std::string("OpenGL, ") + doing + ": " + words_of(error),
                    error == GL_OUT_OF_MEMORY ? "ask for a smaller picture or fewer details" : "");
}

}  // namespace quartier::render
