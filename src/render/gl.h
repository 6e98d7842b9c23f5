#pragma once
/// OpenGL for this room alone: the loader, and a move-only class for each kind of object.
/// Objects are made and destroyed while their context is current.

#include <epoxy/gl.h>

#include <cstddef>
#include <string_view>
#include <utility>

namespace quartier::render {

/// Owns one name of OpenGL; `Kind` says how it is made and deleted.
template <typename Kind>
class GlObject {
 public:
  GlObject() { Kind::make(name_); }
  ~GlObject() {
    if (name_ != 0) Kind::release(name_);
  }
  GlObject(GlObject&& other) noexcept : name_(std::exchange(other.name_, 0)) {}
  GlObject& operator=(GlObject&& other) noexcept {
    std::swap(name_, other.name_);
    return *this;
  }
  [[nodiscard]] GLuint name() const { return name_; }

 private:
  GLuint name_ = 0;
};

struct BufferKind {
  static void make(GLuint& name) { glGenBuffers(1, &name); }
  static void release(GLuint name) { glDeleteBuffers(1, &name); }
};
struct TextureKind {
  static void make(GLuint& name) { glGenTextures(1, &name); }
  static void release(GLuint name) { glDeleteTextures(1, &name); }
};
struct FramebufferKind {
  static void make(GLuint& name) { glGenFramebuffers(1, &name); }
  static void release(GLuint name) { glDeleteFramebuffers(1, &name); }
};
struct VertexArrayKind {
  static void make(GLuint& name) { glGenVertexArrays(1, &name); }
  static void release(GLuint name) { glDeleteVertexArrays(1, &name); }
};
struct ProgramKind {
  static void make(GLuint& name) { name = glCreateProgram(); }
  static void release(GLuint name) { glDeleteProgram(name); }
};

using Buffer = GlObject<BufferKind>;
using Texture = GlObject<TextureKind>;
using Framebuffer = GlObject<FramebufferKind>;
using VertexArray = GlObject<VertexArrayKind>;

/// A linked program of the shaders `name`.vert and `name`.frag.
class Program {
 public:
  /// @throws RenderError with the shader's name and the driver's words
  explicit Program(std::string_view name);
  void use() const { glUseProgram(program_.name()); }
  /// Location of a uniform; -1, which OpenGL ignores, where the driver has dropped it.
  [[nodiscard]] GLint at(const char* uniform) const {
    return glGetUniformLocation(program_.name(), uniform);
  }

 private:
  GlObject<ProgramKind> program_;
};

/// An image of one format that is drawn into and looked up pixel by pixel.
class Target {
 public:
  explicit Target(GLenum format) : format_(format) {}
  /// Makes room for width x height pixels, if they are not there already.
  /// @throws RenderError where the driver cannot draw into it
  void resize(int width, int height);
  void bind() const;  ///< everything is drawn here until another target is bound
  [[nodiscard]] GLuint texture() const { return texture_.name(); }
  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }

 private:
  GLenum format_;
  Texture texture_;
  Framebuffer frame_;
  int width_ = 0;
  int height_ = 0;
};

/// A place in a bound buffer, as OpenGL wants it: bytes from its start, dressed as a pointer.
inline const void* at_byte(std::size_t bytes) {
  return reinterpret_cast<const void*>(bytes);  // NOLINT(performance-no-int-to-ptr)
}

/// Turns off what a window may have left on: depth, blending, culling, scissors, stencil.
void plain_state();

/// @throws RenderError with OpenGL's words where an error stands since the last call
void check_gl(const char* doing);

}  // namespace quartier::render
