#pragma once
/// Pictures in tests: read and written as PNG, and compared.

#include <filesystem>

#include "render/context.h"
#include "render/image.h"

namespace quartier::test {

/// @throws std::runtime_error where the file cannot be read
render::Image read_png(const std::filesystem::path& file);
void write_png(const render::Image& image, const std::filesystem::path& file);

/// The greatest difference of any channel of any pixel; 256 where the sizes differ.
int greatest_difference(const render::Image& one, const render::Image& other);

/// Share of pixels with a channel that differs by more than `tolerance`.
double share_differing(const render::Image& one, const render::Image& other, int tolerance);

/// One off-screen context for all tests of the program; ends it with code 77 (skipped) where there
/// is no OpenGL.
const render::Context& context();

}  // namespace quartier::test
