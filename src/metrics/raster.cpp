#include "metrics/raster.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr std::size_t window_grain = 64;

void check(const CategoryRaster& raster) {
  const std::size_t count = raster.width * raster.height;
  expects(raster.cells.size() == count, "raster: height · width cells");
  expects(raster.density.empty() || raster.density.size() == count, "raster: a density per cell");
  for (const std::int32_t category : raster.cells) {
    expects(category == no_category ||
                (category >= 0 && static_cast<std::size_t>(category) < raster.category_count),
            "raster: categories below their number");
  }
}

void add_pair(const CategoryRaster& raster, std::size_t one, std::size_t other,
              std::vector<double>& pairs) {
  const std::int32_t a = raster.cells[one];
  const std::int32_t b = raster.cells[other];
  if (a == no_category || b == no_category) return;
  const double count =
      raster.density.empty() ? 1.0 : (raster.density[one] + raster.density[other]) / 2.0;
  const std::size_t k = raster.category_count;
  pairs[static_cast<std::size_t>(a) * k + static_cast<std::size_t>(b)] += count;
  pairs[static_cast<std::size_t>(b) * k + static_cast<std::size_t>(a)] += count;
}

std::vector<double> pairs_within(const CategoryRaster& raster, const RasterWindow& window) {
  std::vector<double> pairs(raster.category_count * raster.category_count, 0.0);
  for (std::size_t y = window.row; y < window.row + window.height; ++y) {
    for (std::size_t x = window.column; x < window.column + window.width; ++x) {
      const std::size_t cell = y * raster.width + x;
      if (x + 1 < window.column + window.width) add_pair(raster, cell, cell + 1, pairs);
      if (y + 1 < window.row + window.height) add_pair(raster, cell, cell + raster.width, pairs);
    }
  }
  return pairs;
}

double no_data_share(const CategoryRaster& raster, const RasterWindow& window) {
  std::size_t empty = 0;
  for (std::size_t y = window.row; y < window.row + window.height; ++y) {
    for (std::size_t x = window.column; x < window.column + window.width; ++x) {
      if (raster.cells[y * raster.width + x] == no_category) ++empty;
    }
  }
  return static_cast<double>(empty) / static_cast<double>(window.height * window.width);
}

constexpr PairInformation nothing_known{undefined, undefined, undefined, undefined, undefined};

}  // namespace

std::vector<double> co_occurrences(const CategoryRaster& raster, const RasterWindow& window) {
  check(raster);
  expects(
      window.row + window.height <= raster.height && window.column + window.width <= raster.width,
      "co_occurrences: a window inside the raster");
  return pairs_within(raster, window);
}

PairInformation pair_information(std::span<const double> pairs, PairOrder order) {
  const auto k =
      static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(pairs.size()))));
  expects(k * k == pairs.size(), "pair_information: a square table");
  const double all = total_of(pairs);
  if (!(all > 0.0)) return nothing_known;

  PairInformation result;
  for (std::size_t a = 0; a < k; ++a) {
    double marginal = 0.0;
    for (std::size_t b = 0; b < k; ++b) {
      const double pair = pairs[a * k + b] / all;
      marginal += pair;
      if (order == PairOrder::ordered) {
        result.joint += information(pair);
      } else if (b >= a) {
        result.joint += information(a == b ? pair : pair + pairs[b * k + a] / all);
      }
    }
    result.entropy += information(marginal);
  }
  result.conditional = result.joint - result.entropy;
  result.mutual = result.entropy - result.conditional;
  if (order == PairOrder::ordered) {
    result.mutual = std::clamp(result.mutual, 0.0, result.entropy);
    result.conditional = result.entropy - result.mutual;
  }
  result.relative = result.entropy > 0.0 ? result.mutual / result.entropy : undefined;
  return result;
}

std::vector<WindowInformation> window_information(const CategoryRaster& raster,
                                                  const WindowRule& rule, PairOrder order) {
  check(raster);
  expects(rule.no_data >= 0.0 && rule.no_data <= 1.0, "window_information: a share of cells");
  if (raster.cells.empty()) return {};
  const std::size_t height = rule.size == 0 ? raster.height : rule.size;
  const std::size_t width = rule.size == 0 ? raster.width : rule.size;
  std::vector<WindowInformation> windows;
  for (std::size_t y = 0; y < raster.height; y += rule.shift == 0 ? height : rule.shift) {
    for (std::size_t x = 0; x < raster.width; x += rule.shift == 0 ? width : rule.shift) {
      const RasterWindow window{y, x, std::min(height, raster.height - y),
                                std::min(width, raster.width - x)};
      windows.push_back({window, 0.0, nothing_known});
    }
    if (rule.size == 0) break;
  }
  if (rule.size == 0) windows.resize(1);
  for_chunks(windows.size(), window_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t w = begin; w < end; ++w) {
      WindowInformation& found = windows[w];
      found.no_data = no_data_share(raster, found.window);
      if (found.no_data > rule.no_data) continue;
      found.information = pair_information(pairs_within(raster, found.window), order);
    }
  });
  return windows;
}

}  // namespace quartier::metrics
