#include "pictures.h"

#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#include <stb/stb_image.h>
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb/stb_image_write.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "base/error.h"

namespace quartier::test {

render::Image read_png(const std::filesystem::path& file) {
  render::Image image;
  int channels = 0;
  stbi_uc* pixels = stbi_load(file.c_str(), &image.width, &image.height, &channels, 4);
  if (pixels == nullptr) throw std::runtime_error(file.string() + ": cannot be read");
  image.rgba.assign(pixels, pixels + 4 * static_cast<std::size_t>(image.width) * image.height);
  stbi_image_free(pixels);
  return image;
}

void write_png(const render::Image& image, const std::filesystem::path& file) {
  std::filesystem::create_directories(file.parent_path());
  if (stbi_write_png(file.c_str(), image.width, image.height, 4, image.rgba.data(),
                     4 * image.width) == 0) {
    throw std::runtime_error(file.string() + ": cannot be written");
  }
}

int greatest_difference(const render::Image& one, const render::Image& other) {
  if (one.width != other.width || one.height != other.height) return 256;
  int greatest = 0;
  for (std::size_t i = 0; i < one.rgba.size(); ++i) {
    greatest = std::max(greatest, std::abs(int{one.rgba[i]} - int{other.rgba[i]}));
  }
  return greatest;
}

double share_differing(const render::Image& one, const render::Image& other, int tolerance) {
  if (one.width != other.width || one.height != other.height) return 1.0;
  std::size_t differing = 0;
  for (std::size_t i = 0; i < one.rgba.size(); i += 4) {
    bool differs = false;
    for (std::size_t c = 0; c < 4; ++c) {
      differs = differs || std::abs(int{one.rgba[i + c]} - int{other.rgba[i + c]}) > tolerance;
    }
    if (differs) ++differing;
  }
  return 4.0 * static_cast<double>(differing) / static_cast<double>(one.rgba.size());
}

const render::Context& context() {
  static const render::Context shared = [] {
    try {
      return render::Context::off_screen();
    } catch (const RenderError& error) {
      std::fprintf(stderr, "skipped: %s\n", error.what());
      std::exit(77);
    }
  }();
  return shared;
}

}  // namespace quartier::test
