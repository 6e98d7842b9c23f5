#include "carto/legend.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"

namespace quartier::carto {
namespace {

constexpr std::string_view en_dash = "\u2013";
constexpr int most_decimals = 12;

/// Fewest decimals at which all edges differ and none moves far.
int decimals_for(std::span<const double> edges) {
  for (int decimals = 0; decimals < most_decimals; ++decimals) {
    const double scale = std::pow(10.0, decimals);
    bool enough = true;
    for (std::size_t i = 0; i < edges.size() && enough; ++i) {
      double room = std::numeric_limits<double>::infinity();  // the narrower class beside the edge
      if (i > 0 && edges[i] > edges[i - 1]) room = edges[i] - edges[i - 1];
      if (i + 1 < edges.size() && edges[i + 1] > edges[i])
        room = std::min(room, edges[i + 1] - edges[i]);
      if (std::isinf(room)) room = std::max(std::abs(edges[i]), 1e-9);
      const double moved = std::abs(std::round(edges[i] * scale) / scale - edges[i]);
      enough = moved <= 0.1 * room;
    }
    if (enough) return decimals;
  }
  return most_decimals;
}

std::string range_text(double low, double high, int decimals) {
  const std::string from = display_text(low, decimals);
  const std::string to = display_text(high, decimals);
  if (from == to) return from;
  if (low < 0.0 || high < 0.0) return from + " to " + to;
  return from + std::string(en_dash) + to;
}

}  // namespace

std::vector<std::string> class_labels(const Breaks& breaks, const LabelRule& rule) {
  std::vector<double> edges = breaks.edges;
  for (double& edge : edges) edge *= rule.factor;
  std::vector<std::string> labels;
  if (rule.whole_numbers) {
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
      const double high = std::floor(edges[i + 1]);
      const double low = i == 0 ? std::ceil(edges[0]) : std::floor(edges[i]) + 1.0;
      labels.push_back(range_text(std::min(low, high), high, 0));
    }
    return labels;
  }
  const int decimals = decimals_for(edges);
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    labels.push_back(range_text(edges[i], edges[i + 1], decimals));
  }
  return labels;
}

}  // namespace quartier::carto
