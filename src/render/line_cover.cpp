#include "render/line_cover.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/parallel.h"

namespace quartier::render {
namespace {

constexpr std::size_t rows_per_chunk = 24;

QUARTIER_HOT void look_up(const std::uint32_t* numbers, std::size_t count,
                          const std::uint32_t* keys, std::uint32_t* found) {
  for (std::size_t x = 0; x < count; ++x) found[x] = keys[numbers[x]];
}

/// edge[x] = 1 where a line lies between sample x and the next to the right, or the one below.
/// All rows have one sample more than `count`, which repeats the last.
QUARTIER_HOT void find_edges(const std::uint32_t* numbers, const std::uint32_t* keys,
                             const std::uint32_t* below_numbers, const std::uint32_t* below_keys,
                             std::size_t count, std::uint32_t last, std::uint8_t* edge) {
  for (std::size_t x = 0; x < count; ++x) {
    const std::uint32_t right = keys[x] != keys[x + 1] ? 1U : 0U;
    const std::uint32_t right_counts = numbers[x + 1] <= last ? 1U : 0U;
    const std::uint32_t below = keys[x] != below_keys[x] ? 1U : 0U;
    const std::uint32_t below_counts = below_numbers[x] <= last ? 1U : 0U;
    const std::uint32_t here_counts = numbers[x] <= last ? 1U : 0U;
    edge[x] =
        static_cast<std::uint8_t>(here_counts & ((right & right_counts) | (below & below_counts)));
  }
}

QUARTIER_HOT void spread(const std::uint8_t* from, std::size_t count, std::uint8_t* to) {
  for (std::size_t x = 0; x < count; ++x) to[x] = static_cast<std::uint8_t>(to[x] | from[x]);
}

QUARTIER_HOT void count_samples(const std::uint8_t* row, std::size_t pixels, std::size_t samples,
                                std::uint8_t* cover) {
  if (samples == 1) {
    for (std::size_t x = 0; x < pixels; ++x)
      cover[x] = static_cast<std::uint8_t>(cover[x] + row[x]);
  } else if (samples == 2) {
    for (std::size_t x = 0; x < pixels; ++x) {
      cover[x] = static_cast<std::uint8_t>(cover[x] + row[2 * x] + row[2 * x + 1]);
    }
  } else {
    for (std::size_t x = 0; x < pixels; ++x) {
      for (std::size_t s = 0; s < samples; ++s) {
        cover[x] = static_cast<std::uint8_t>(cover[x] + row[samples * x + s]);
      }
    }
  }
}

/// The lines of a run of pixel rows, from a few rows of samples at a time.
class Band {
 public:
  Band(const NumberImage& image, std::span<const std::uint32_t> keys, int width, PixelBox box)
      : image_(image),
        keys_(keys),
        before_((width - 1) / 2),
        after_(width / 2),
        left_(std::max(0, box.left * image.samples - after_)),
        right_(std::min(image.width, box.right * image.samples + before_)),
        box_(box) {}

  void cover(int top, int bottom, std::uint8_t* cover, std::size_t stride) {
    const int first = top * image_.samples;
    const int end = bottom * image_.samples;
    const int edge_first = std::max(0, first - after_);
    const int edge_end = std::min(image_.height, end + before_);
    const auto columns = static_cast<std::size_t>(right_ - left_);
    const auto inner_left = static_cast<std::size_t>(box_.left * image_.samples - left_);

    find_rows(edge_first, edge_end);
    std::vector<std::uint8_t> line(columns);
    for (int y = first; y < end; ++y) {
      std::fill(line.begin(), line.end(), std::uint8_t{0});
      const int from = std::max(edge_first, y - after_);
      const int to = std::min(edge_end - 1, y + before_);
      for (int e = from; e <= to; ++e) {
        spread(&edges_[static_cast<std::size_t>(e - edge_first) * columns], columns, line.data());
      }
      const auto row = static_cast<std::size_t>(y / image_.samples - box_.top);
      count_samples(line.data() + inner_left, static_cast<std::size_t>(box_.width()),
                    static_cast<std::size_t>(image_.samples), cover + row * stride);
    }
  }

 private:
  /// Edges of the rows of samples, already spread sideways.
  void find_rows(int begin, int end) {
    const auto columns = static_cast<std::size_t>(right_ - left_);
    edges_.assign(columns * static_cast<std::size_t>(std::max(0, end - begin)), 0);
    std::vector<std::uint8_t> edge(columns);
    Row here;
    Row below;
    load(begin, here);
    for (int y = begin; y < end; ++y) {
      load(std::min(y + 1, image_.height - 1), below);
      find_edges(here.numbers.data(), here.keys.data(), below.numbers.data(), below.keys.data(),
                 columns, image_.last_district, edge.data());
      std::uint8_t* row = &edges_[static_cast<std::size_t>(y - begin) * columns];
      for (int shift = -before_; shift <= after_; ++shift) {
        const auto by = static_cast<std::size_t>(std::abs(shift));
        if (by >= columns) continue;
        if (shift >= 0) {
          spread(edge.data(), columns - by, row + by);
        } else {
          spread(edge.data() + by, columns - by, row);
        }
      }
      std::swap(here, below);
    }
  }

  struct Row {
    std::vector<std::uint32_t> numbers;
    std::vector<std::uint32_t> keys;
  };

  void load(int y, Row& row) const {
    const auto columns = static_cast<std::size_t>(right_ - left_);
    const auto start = static_cast<std::size_t>(y) * static_cast<std::size_t>(image_.width) +
                       static_cast<std::size_t>(left_);
    const std::uint32_t* numbers = image_.numbers.data() + start;
    row.numbers.assign(numbers, numbers + columns);
    row.numbers.push_back(right_ < image_.width ? numbers[columns] : numbers[columns - 1]);
    if (keys_.empty()) {
      row.keys = row.numbers;
      return;
    }
    row.keys.resize(columns + 1);
    look_up(row.numbers.data(), columns + 1, keys_.data(), row.keys.data());
  }

  const NumberImage& image_;
  std::span<const std::uint32_t> keys_;
  int before_;  ///< samples that a line reaches to the left of, and above, its edge
  int after_;   ///< samples to the right and below
  int left_;
  int right_;
  PixelBox box_;
  std::vector<std::uint8_t> edges_;
};

}  // namespace

SampledLine sampled_line(double width_px, int samples) {
  const double wish = width_px * samples;
  if (wish <= 0.0) return {};
  const int width = std::max(1, static_cast<int>(std::lround(wish)));
  return {width, static_cast<float>(std::min(1.0, wish / width))};
}

void cover_with_lines(const NumberImage& image, std::span<const std::uint32_t> keys, int width,
                      PixelBox box, std::uint8_t* cover, std::size_t stride) {
  if (box.empty()) return;
  for (int y = 0; y < box.height(); ++y) {
    std::fill_n(cover + static_cast<std::size_t>(y) * stride, box.width(), std::uint8_t{0});
  }
  if (width == 0) return;
  for_chunks(static_cast<std::size_t>(box.height()), rows_per_chunk,
             [&](std::size_t, std::size_t begin, std::size_t end) {
               Band(image, keys, width, box)
                   .cover(box.top + static_cast<int>(begin), box.top + static_cast<int>(end), cover,
                          stride);
             });
}

}  // namespace quartier::render
